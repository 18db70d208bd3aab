import type { Simulation } from '../simulation';
import type { Notification, NotificationSetting, PaddleEvent } from '../wire';
import { signatureHeader } from './signing';
import { webhookBody } from './webhook-body';

/** Makes events, keeps them for `/events` and `/notifications`, and sends them to the destinations that want them. */
export class EventLog {
	private batch: Notification[] = [];

	constructor(private readonly simulation: Simulation) {}

	/** Records an event with a snapshot of the entity; it is sent with the batch it belongs to. */
	emit(type: string, data: object): PaddleEvent {
		const { store, ids } = this.simulation;
		const event = store.events.add({
			event_id: ids.next('evt'),
			event_type: type,
			occurred_at: this.simulation.timestamp(),
			data: structuredClone(data),
		});
		for (const setting of store.settings.oldestFirst()) {
			if (!wantsPlatformEvent(setting, type)) continue;
			this.batch.push(
				store.notifications.add({
					id: ids.next('ntf'),
					settingId: setting.id,
					event,
					origin: 'event',
					replayedAt: null,
				}),
			);
		}
		return event;
	}

	/** Takes what has been emitted since the last time, for the caller to send when it is time. */
	take(): Notification[] {
		const batch = this.batch;
		this.batch = [];
		return batch;
	}

	/** Runs work that no API request asked for, and sends its events. */
	act<T>(work: () => T): T {
		const value = work();
		this.send(this.take());
		return value;
	}

	send(batch: Notification[]): void {
		for (const { id, settingId, event } of batch) this.deliver(event, id, settingId);
	}

	/** Sends the same notification once more: same event id, same notification id. */
	resend(notificationId: string): void {
		this.send([this.simulation.store.notifications.get(notificationId)]);
	}

	/** Makes a new notification of the same event, as POST /notifications/{id}/replay does. */
	replay(notificationId: string): Notification {
		const { store, ids } = this.simulation;
		const original = store.notifications.get(notificationId);
		original.replayedAt = this.simulation.timestamp();
		const copy = store.notifications.add({
			...original,
			id: ids.next('ntf'),
			origin: 'replay',
			replayedAt: null,
		});
		this.batch.push(copy);
		return copy;
	}

	/** Sends any event to one destination, under any notification id. */
	deliver(event: PaddleEvent, notificationId: string, settingId: string): void {
		const { store, deliveries } = this.simulation;
		const setting = store.settings.find(settingId);
		if (!setting || setting.type !== 'url') return;
		const body = webhookBody(event, notificationId);
		deliveries.send({
			id: notificationId,
			url: setting.destination,
			body,
			headers: () => this.headers(body, settingId),
			cancelled: () => store.settings.find(settingId)?.active !== true,
		});
	}

	/** Made anew for every attempt: a retry carries a fresh time and signature. */
	private headers(body: Buffer, settingId: string): Record<string, string> {
		const { store, settings, now } = this.simulation;
		const current = store.settings.get(settingId).endpoint_secret_key;
		const previous = store.previousSecrets.get(settingId);
		const secrets = previous === undefined ? [current] : [current, previous];
		if (settings.oldSignaturePosition === 'first') secrets.reverse();
		return {
			'Content-Type': 'application/json',
			'User-Agent': 'Paddle',
			Accept: '*/*',
			'Paddle-Signature': signatureHeader(
				body,
				secrets,
				Math.floor(now() / 1000) + settings.signatureSkew,
			),
		};
	}
}

function wantsPlatformEvent(setting: NotificationSetting, type: string): boolean {
	return (
		setting.active &&
		setting.traffic_source !== 'simulation' &&
		setting.subscribed_events.some(({ name }) => name === type)
	);
}
