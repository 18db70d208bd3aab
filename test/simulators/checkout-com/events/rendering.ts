import type { Simulation } from '../simulation';
import type { StoredEvent } from '../store';
import { isoTime, longIsoTime } from '../timestamps';

const VERSION = '1.0.29';
/** Stands for a number that JSON.stringify cannot write. */
const NUMBER_TEXT = '\u0000 20.00';

/** The body of `GET /workflows/events/{id}`. */
export function apiEvent(simulation: Simulation, event: StoredEvent): Record<string, unknown> {
	return {
		id: event.id,
		source: event.bucket,
		type: event.type,
		timestamp: isoTime(event.at),
		version: VERSION,
		data: event.data,
		action_invocations: event.invocations.map((invocation) => ({
			workflow_id: invocation.workflowId,
			workflow_action_id: invocation.action.id,
			status: simulation.events.status(event, invocation),
			_links: {
				self: simulation.link('workflows/events', event.id, 'actions', invocation.action.id),
			},
		})),
		_links: eventLinks(simulation, event),
	};
}

/** One entry of `GET /workflows/events/subject/{id}`. */
export function eventSummary(simulation: Simulation, event: StoredEvent): object {
	return {
		id: event.id,
		type: event.type,
		timestamp: isoTime(event.at),
		_links: { self: simulation.link('workflows/events', event.id) },
	};
}

/** The exact bytes of a delivery. */
export function webhookBody(simulation: Simulation, event: StoredEvent): Buffer {
	const { envelope, awkwardBytes } = simulation.settings;
	const whole =
		envelope === 'timestamp'
			? apiEvent(simulation, event)
			: {
					id: event.id,
					type: event.type,
					version: VERSION,
					created_on: longIsoTime(event.at),
					data: event.data,
					_links: eventLinks(simulation, event),
				};
	const data = awkwardBytes ? { ...event.data, ...awkward(event) } : event.data;
	const text = JSON.stringify({ ...whole, data });
	return Buffer.from(text.replaceAll(JSON.stringify(NUMBER_TEXT), '20.00'));
}

function awkward(event: StoredEvent): object {
	const processing = event.data['processing'] as object | undefined;
	return { processing: { ...processing, product: 'Widget®', rate: NUMBER_TEXT } };
}

function eventLinks(simulation: Simulation, event: StoredEvent): object {
	return {
		self: simulation.link('workflows/events', event.id),
		...event.links,
	};
}
