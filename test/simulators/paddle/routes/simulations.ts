import { notFound } from '../api/paddle-error';
import { paginate } from '../api/paging';
import { created, list, ok, route, type Route } from '../api/router';
import { notificationState } from '../events/notification-state';
import { webhookBody } from '../events/webhook-body';
import { checkSimulated, replaySimulated, runSimulation } from '../events/simulator';
import type { Simulation } from '../simulation';
import type { SimulationRecord, SimulationRun } from '../store';

const PAGE = { idOf: ({ id }: { id: string }) => id, defaultPerPage: 50, maxPerPage: 200 };
const RUN = '/simulations/{simulation_id}/runs/{simulation_run_id}';

interface SimulationInput {
	notification_setting_id: string;
	name: string;
	type: string;
	payload?: object | null;
}

/** The webhook simulator of the dashboard, by API. */
export function simulationRoutes(simulation: Simulation): Route[] {
	const { store, ids: newIds } = simulation;
	const runOf = (ids: Record<string, string>): SimulationRun => {
		const run = store.runs.get(ids['simulation_run_id'] ?? '');
		if (run.simulationId !== ids['simulation_id']) throw notFound('Simulation run', run.id);
		return run;
	};
	return [
		route('GET', '/simulations', ({ query, url }) => {
			const items = store.simulations
				.oldestFirst()
				.filter(
					({ id, settingId }) =>
						query.allows('id', id) && query.allows('notification_setting_id', settingId),
				);
			const page = paginate(items, query, url, PAGE);
			return list({ ...page, data: page.data.map(recordView) });
		}),
		route<SimulationInput>('POST', '/simulations', ({ body }) => {
			checkSimulated(store.settings.get(body.notification_setting_id));
			const at = simulation.timestamp();
			const record = store.simulations.add({
				id: newIds.next('ntfsim'),
				settingId: body.notification_setting_id,
				name: body.name,
				type: body.type,
				payload: body.payload ?? null,
				createdAt: at,
				updatedAt: at,
				lastRunAt: null,
			});
			return created(recordView(record));
		}),
		route('GET', '/simulations/{simulation_id}', ({ ids }) =>
			ok(recordView(store.simulations.get(ids['simulation_id'] ?? ''))),
		),
		route('POST', '/simulations/{simulation_id}/runs', ({ ids }) => {
			const record = store.simulations.get(ids['simulation_id'] ?? '');
			const run = runSimulation(
				simulation,
				record.settingId,
				record.type,
				record.payload,
				record.id,
			);
			record.lastRunAt = run.createdAt;
			return created(runView(run));
		}),
		route('GET', RUN, ({ ids }) => ok(runView(runOf(ids)))),
		route('GET', `${RUN}/events`, ({ ids, query, url }) => {
			const items = runOf(ids).events.map((sent) => sentView(simulation, runOf(ids), sent));
			return list(paginate(items, query, url, PAGE));
		}),
		route('POST', `${RUN}/events/{simulation_event_id}/replay`, ({ ids }) => {
			replaySimulated(simulation, runOf(ids), ids['simulation_event_id'] ?? '');
			return { status: 200, data: { simulation_event_id: ids['simulation_event_id'] } };
		}),
	];
}

function recordView(record: SimulationRecord): object {
	return {
		id: record.id,
		status: 'active',
		notification_setting_id: record.settingId,
		name: record.name,
		type: record.type,
		payload: record.payload,
		config: null,
		last_run_at: record.lastRunAt,
		created_at: record.createdAt,
		updated_at: record.updatedAt,
	};
}

function runView({ id, type, createdAt }: SimulationRun): object {
	return { id, status: 'completed', type, created_at: createdAt, updated_at: createdAt };
}

function sentView(
	simulation: Simulation,
	run: SimulationRun,
	{ event, notificationId }: SimulationRun['events'][number],
): { id: string } {
	const record = simulation.store.simulations.get(run.simulationId);
	const state = notificationState(simulation, { id: notificationId, settingId: record.settingId });
	const last = simulation.deliveries.attempts
		.filter(({ deliveryId }) => deliveryId === notificationId)
		.at(-1);
	const status = { delivered: 'success', failed: 'failed' }[state.status as string] ?? 'pending';
	const view = {
		id: event.event_id,
		status,
		event_type: event.event_type,
		payload: event.data,
		request: { body: webhookBody(event, notificationId).toString('ascii') },
		response: last ? { body: '', status_code: last.status } : null,
		created_at: event.occurred_at,
		updated_at: event.occurred_at,
	};
	return view;
}
