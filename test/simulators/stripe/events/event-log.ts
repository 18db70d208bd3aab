import type { Deliveries } from '../../http/deliveries';
import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { AnyObject, StripeEvent, WebhookEndpoint } from '../wire';
import { render } from './rendering';
import { signatureHeader } from './signing';

export type EventRequest = StripeEvent['request'];

const NOBODY: EventRequest = { id: null, idempotency_key: null };

/** How one event stands with one endpoint. */
export interface DeliveryState {
	endpointId: string;
	url: string;
	attempts: number;
	/** HTTP status of the last attempt, 0 without an answer, null before the first. */
	lastStatus: number | null;
	delivered: boolean;
}

/** Makes events, keeps them for `/v1/events`, and sends them to the endpoints that want them. */
export class EventLog {
	private batch: StripeEvent[] = [];
	private request: EventRequest = NOBODY;
	private readonly targets = new Map<string, string[]>();

	constructor(private readonly simulation: Simulation) {}

	private get deliveries(): Deliveries {
		return this.simulation.deliveries;
	}

	/** Runs synchronous work and returns the events it made, for the caller to dispatch when it is time. */
	collect<T>(request: EventRequest, work: () => T): { value: T; batch: StripeEvent[] } {
		const outer = { batch: this.batch, request: this.request };
		this.batch = [];
		this.request = request;
		try {
			return { value: work(), batch: this.batch };
		} finally {
			this.batch = outer.batch;
			this.request = outer.request;
		}
	}

	/** Runs work that no API request asked for, and sends its events. */
	act<T>(work: () => T): T {
		const { value, batch } = this.collect(NOBODY, work);
		this.dispatch(batch);
		return value;
	}

	/** Records an event with a snapshot of the object; it is sent with the batch it belongs to. */
	emit(type: string, object: AnyObject, previous?: Record<string, unknown>): StripeEvent {
		const { store, livemode, settings } = this.simulation;
		const event: StripeEvent = {
			id: newId('evt_1', 23),
			object: 'event',
			api_version: settings.apiVersion,
			created: this.simulation.seconds(),
			data: {
				object: structuredClone(object),
				...(previous && { previous_attributes: structuredClone(previous) }),
			},
			livemode,
			pending_webhooks: 0,
			request: { ...this.request },
			type,
		};
		store.events.add(event);
		this.targets.set(
			event.id,
			store.endpoints
				.oldestFirst()
				.filter((endpoint) => endpoint.status === 'enabled' && wants(endpoint, type))
				.map(({ id }) => id),
		);
		this.batch.push(event);
		return event;
	}

	dispatch(batch: StripeEvent[]): void {
		for (const event of batch) this.resend(event.id);
	}

	/** Sends a stored event once more, to the endpoints that were to have it. */
	resend(eventId: string): void {
		const event = this.simulation.store.events.get(eventId);
		for (const id of this.targets.get(eventId) ?? []) this.deliver(event, id);
	}

	/** Makes and sends another event with a new id and the same content, as Stripe sometimes does. */
	twin(eventId: string): StripeEvent {
		const original = this.simulation.store.events.get(eventId);
		return this.act(() =>
			this.emit(original.type, original.data.object, original.data.previous_attributes),
		);
	}

	states(eventId: string): DeliveryState[] {
		return (this.targets.get(eventId) ?? []).map((endpointId) => {
			const attempts = this.deliveries.attempts.filter(
				({ deliveryId }) => deliveryId === `${eventId}/${endpointId}`,
			);
			return {
				endpointId,
				url: this.simulation.store.endpoints.find(endpointId)?.url ?? '(deleted)',
				attempts: attempts.length,
				lastStatus: attempts.at(-1)?.status ?? null,
				delivered: attempts.some(({ status }) => status >= 200 && status < 300),
			};
		});
	}

	/** The event as `/v1/events` shows it: in the account's version, with what is still to be delivered. */
	view(event: StripeEvent): StripeEvent {
		const pending = this.states(event.id).filter(({ delivered }) => !delivered).length;
		return { ...this.rendered(event, event.api_version), pending_webhooks: pending };
	}

	private rendered(event: StripeEvent, version: string): StripeEvent {
		const object = render(this.simulation.store, event.data.object, version);
		return { ...event, api_version: version, data: { ...event.data, object } };
	}

	private deliver(event: StripeEvent, endpointId: string): void {
		const { store, settings } = this.simulation;
		const endpoint = store.endpoints.find(endpointId);
		if (!endpoint) return;
		const body = JSON.stringify(
			{
				...this.rendered(event, endpoint.api_version ?? settings.apiVersion),
				pending_webhooks: this.targets.get(event.id)?.length ?? 0,
			},
			null,
			2,
		);
		this.deliveries.send({
			id: `${event.id}/${endpointId}`,
			url: endpoint.url,
			body: Buffer.from(body),
			headers: () => this.headers(body, endpointId),
			cancelled: () => store.endpoints.find(endpointId)?.status !== 'enabled',
		});
	}

	/** Made anew for every attempt, so that a retry is never too old. */
	private headers(body: string, endpointId: string): Record<string, string> {
		const { store, settings } = this.simulation;
		const secrets = store.secrets.get(endpointId);
		if (!secrets) throw new Error(`No secret for ${endpointId}`);
		return {
			'Content-Type': 'application/json; charset=utf-8',
			'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
			Accept: '*/*; q=0.5, application/xml',
			'Cache-Control': 'no-cache',
			'Stripe-Signature': signatureHeader(
				body,
				secrets,
				this.simulation.seconds() + settings.signatureSkew,
				{ now: this.simulation.now(), v0: settings.signV0 },
			),
		};
	}
}

function wants(endpoint: WebhookEndpoint, type: string): boolean {
	return endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type);
}
