import { apiEvent, eventSummary } from '../events/rendering';
import type { Simulation } from '../simulation';
import type { Invocation, StoredEvent } from '../store';
import { isoTime } from '../timestamps';
import { notFound } from './checkout-error';
import type { Route } from './router';

export function workflowEventRoutes(simulation: Simulation): Route[] {
	return [
		{
			method: 'GET',
			path: '/workflows/events/subject/:subject',
			handle: ({ params }) => {
				const events = simulation.store.eventsOf(params['subject'] ?? '');
				if (events.length === 0) throw notFound();
				const data = events.map((event) => eventSummary(simulation, event));
				return { status: 200, body: { data } };
			},
		},
		{
			method: 'GET',
			path: '/workflows/events/:id',
			handle: ({ params }) => ({
				status: 200,
				body: apiEvent(simulation, findEvent(simulation, params['id'])),
			}),
		},
		{
			method: 'GET',
			path: '/workflows/events/:id/actions/:action',
			handle: ({ params }) => {
				const event = findEvent(simulation, params['id']);
				const invocation = event.invocations.find(({ action }) => action.id === params['action']);
				if (!invocation) throw notFound();
				return { status: 200, body: invocationDetails(simulation, event, invocation) };
			},
		},
	];
}

/** @throws CheckoutError 404 */
export function findEvent(simulation: Simulation, id: string | undefined): StoredEvent {
	const event = simulation.store.events.get(id ?? '');
	if (!event) throw notFound();
	return event;
}

function invocationDetails(
	simulation: Simulation,
	event: StoredEvent,
	invocation: Invocation,
): object {
	const { action, workflowId } = invocation;
	const attempts = simulation.events.attempts(event, invocation);
	const status = simulation.events.status(event, invocation);
	return {
		workflow_id: workflowId,
		event_id: event.id,
		workflow_action_id: action.id,
		action_type: action.type,
		status,
		action_invocations: attempts.map((attempt, index) => ({
			invocation_id: `${event.id}-${index + 1}`,
			timestamp: isoTime(attempt.at),
			retry: attempt.attempt > 1,
			succeeded: attempt.status >= 200 && attempt.status < 300,
			final: status !== 'pending' && index === attempts.length - 1,
			result_details: { status_code: attempt.status },
		})),
		_links: { self: simulation.link('workflows/events', event.id, 'actions', action.id) },
	};
}
