import { checkoutJsonProblems } from '../../../specs/validate-checkout-json';
import type { Simulation } from '../simulation';
import type { StoredEvent } from '../store';
import { invalid, notFound } from './checkout-error';
import type { Answer, Route } from './router';
import { errorCodes } from './schema-codes';
import { findEvent } from './workflow-events';
import { findWorkflow } from './workflows';

const SUBJECT_ID = /^[a-z]{3}_[a-z0-9]{26}$/;
const WORKFLOW_ID = /^wf_[a-z0-9]{26}$/;

/** Past events once more; without workflow ids, every workflow that matches fires again. */
export function reflowRoutes(simulation: Simulation): Route[] {
	const subject = (id = ''): StoredEvent[] => simulation.store.eventsOf(id);
	const one = (id = ''): StoredEvent[] => [findEvent(simulation, id)];
	const workflow = (id = ''): string[] => [findWorkflow(simulation, id).id];
	return [
		{
			method: 'POST',
			path: '/workflows/events/reflow',
			handle: ({ body }) => bulk(simulation, body),
		},
		{
			method: 'POST',
			path: '/workflows/events/:id/reflow',
			handle: ({ params }) => reflow(simulation, one(params['id'])),
		},
		{
			method: 'POST',
			path: '/workflows/events/:id/workflow/:workflow/reflow',
			handle: ({ params }) => reflow(simulation, one(params['id']), workflow(params['workflow'])),
		},
		{
			method: 'POST',
			path: '/workflows/events/subject/:id/reflow',
			handle: ({ params }) => reflow(simulation, subject(params['id'])),
		},
		{
			method: 'POST',
			path: '/workflows/events/subject/:id/workflow/:workflow/reflow',
			handle: ({ params }) =>
				reflow(simulation, subject(params['id']), workflow(params['workflow'])),
		},
	];
}

function bulk(simulation: Simulation, body: unknown): Answer {
	const { events, subjects, workflows } = checkBulk(body);
	const found = subjects
		? subjects.flatMap((id) => simulation.store.eventsOf(id))
		: (events ?? []).flatMap((id) => simulation.store.events.get(id) ?? []);
	return reflow(simulation, found, workflows);
}

interface BulkRequest {
	events?: string[];
	subjects?: string[];
	workflows?: string[];
}

/** Either events or subjects, not both. */
function checkBulk(body: unknown): BulkRequest {
	const request = (body ?? {}) as BulkRequest;
	if (request.subjects === undefined) {
		const problems = checkoutJsonProblems('POST /workflows/events/reflow', 'request', request);
		if (problems.length > 0) throw invalid(...errorCodes(problems));
		return request;
	}
	if (request.events !== undefined) throw invalid('request_body_malformed');
	if (!allMatch(request.subjects, SUBJECT_ID)) throw invalid('subjects_invalid');
	if (!allMatch(request.workflows ?? [], WORKFLOW_ID)) throw invalid('workflows_invalid');
	return request;
}

function allMatch(ids: unknown, pattern: RegExp): boolean {
	return Array.isArray(ids) && ids.every((id) => typeof id === 'string' && pattern.test(id));
}

function reflow(simulation: Simulation, events: StoredEvent[], workflows?: string[]): Answer {
	const reflowed = events.filter((event) => simulation.events.reflow(event, workflows) !== null);
	if (reflowed.length === 0) throw notFound();
	return { status: 202 };
}
