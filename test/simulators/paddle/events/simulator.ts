import { exampleData } from '../api/openapi';
import { invalidField, notFound, notificationError } from '../api/paddle-error';
import type { Simulation } from '../simulation';
import type { SimulationRun } from '../store';
import type { NotificationSetting } from '../wire';

/** https://developer.paddle.com/webhooks/test-webhooks */
export const SCENARIOS: Record<string, string[]> = {
	subscription_creation: [
		'customer.created',
		'address.created',
		'transaction.created',
		'transaction.ready',
		'transaction.paid',
		'subscription.created',
		'subscription.activated',
		'transaction.completed',
	],
	subscription_renewal: [
		'subscription.updated',
		'transaction.created',
		'transaction.billed',
		'transaction.paid',
		'transaction.completed',
	],
	subscription_pause: ['subscription.updated', 'subscription.paused'],
	subscription_resume: ['subscription.resumed', 'subscription.updated'],
	subscription_cancellation: ['subscription.updated', 'subscription.canceled'],
};

/** @throws PaddleError 409 when the destination takes no simulated events */
export function checkSimulated(setting: NotificationSetting): void {
	if (setting.type === 'url' && setting.traffic_source !== 'platform') return;
	throw notificationError(
		409,
		'notification_simulation_run_notification_settings_conflict',
		'The notification setting does not accept simulation traffic',
	);
}

/** Sends made-up events to one destination; their ids start with `ntfsimevt_` and `ntfsimntf_`. */
export function runSimulation(
	simulation: Simulation,
	settingId: string,
	type: string,
	payload: object | null,
	simulationId: string,
): SimulationRun {
	const { ids, store, events } = simulation;
	checkSimulated(store.settings.get(settingId));
	const run: SimulationRun = {
		id: ids.next('ntfsimrun'),
		simulationId,
		type,
		createdAt: simulation.timestamp(),
		events: (SCENARIOS[type] ?? [type]).map((eventType) => {
			const data = payload ?? exampleData(eventType);
			if (!data) throw invalidField({ field: 'type', message: `${eventType} has no example` });
			const at = simulation.timestamp();
			const event = {
				event_id: ids.next('ntfsimevt'),
				event_type: eventType,
				occurred_at: at,
				data: structuredClone(data),
			};
			return { event, notificationId: ids.next('ntfsimntf') };
		}),
	};
	for (const { event, notificationId } of run.events) {
		events.deliver(event, notificationId, settingId);
	}
	return store.runs.add(run);
}

/** A replay in the webhook simulator makes a new event id as well. */
export function replaySimulated(simulation: Simulation, run: SimulationRun, eventId: string): void {
	const sent = run.events.find(({ event }) => event.event_id === eventId);
	const record = simulation.store.simulations.find(run.simulationId);
	if (!sent || !record) throw notFound('Simulation event', eventId);
	simulation.events.deliver(
		{ ...sent.event, event_id: simulation.ids.next('ntfsimevt') },
		simulation.ids.next('ntfsimntf'),
		record.settingId,
	);
}
