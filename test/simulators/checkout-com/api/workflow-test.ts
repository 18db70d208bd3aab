import { bucketOf, isEventType } from '../events/event-types';
import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { StoredEvent, Workflow } from '../store';
import { longIsoTime } from '../timestamps';
import { CheckoutError, invalid, notFound } from './checkout-error';
import type { Route } from './router';
import { findWorkflow } from './workflows';

/** `POST /workflows/{id}/test`: sandbox only, and by the OpenAPI only with OAuth, which this simulator has not. */
export function workflowTestRoute(simulation: Simulation): Route {
	return {
		method: 'POST',
		path: '/workflows/:id/test',
		handle: ({ params, body }) => {
			if (!simulation.settings.workflowTestTakesKey) throw new CheckoutError(401);
			if (!simulation.sandbox) throw notFound();
			const workflow = findWorkflow(simulation, params['id']);
			const types = (body as { event_types?: unknown } | undefined)?.event_types;
			if (!Array.isArray(types) || types.length === 0) throw invalid('event_types_required');
			if (!types.every(isKnown)) throw invalid('event_types_invalid');
			const events = types.map((type) => sampleEvent(simulation, workflow, type));
			void simulation.events.dispatch(events);
			return { status: 204 };
		},
	};
}

function isKnown(type: unknown): type is string {
	return typeof type === 'string' && (isEventType('gateway', type) || isEventType('dispute', type));
}

/** Belongs to no payment; it goes to this workflow only. */
function sampleEvent(simulation: Simulation, workflow: Workflow, type: string): StoredEvent {
	const id = newId(bucketOf(type) === 'dispute' ? 'dsp' : 'pay');
	const event = simulation.events.record({
		type,
		subjectId: id,
		channelId: simulation.processingChannelId,
		data: {
			id,
			action_id: newId('act'),
			reference: 'TEST',
			amount: 1000,
			currency: 'USD',
			processed_on: longIsoTime(simulation.now()),
			response_code: '10000',
			response_summary: 'Approved',
		},
		links: { subject: simulation.link('workflows/events/subject', id) },
	});
	event.invocations = event.invocations.filter(({ workflowId }) => workflowId === workflow.id);
	return event;
}
