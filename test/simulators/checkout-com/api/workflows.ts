import { eventTypesResponse } from '../events/event-types';
import { newWorkflow, workflowDetails, workflowSummary } from '../objects/workflow';
import type { Simulation } from '../simulation';
import type { Workflow } from '../store';
import { invalid, notFound } from './checkout-error';
import type { Route } from './router';
import { patchWorkflow } from './workflow-patch';
import { checkWorkflowPatch, checkWorkflowRequest, MOST_WORKFLOWS } from './workflow-rules';

export function workflowRoutes(simulation: Simulation): Route[] {
	const { workflows } = simulation.store;
	return [
		{
			method: 'GET',
			path: '/workflows/event-types',
			handle: () => ({ status: 200, body: eventTypesResponse() }),
		},
		{
			method: 'POST',
			path: '/workflows',
			handle: ({ body }) => {
				const workflow = newWorkflow(checkWorkflowRequest(body));
				if (workflows.size >= MOST_WORKFLOWS) throw invalid('workflows_limit_exceeded');
				workflows.set(workflow.id, workflow);
				const _links = { self: simulation.link('workflows', workflow.id) };
				return { status: 201, body: { id: workflow.id, _links } };
			},
		},
		{
			method: 'GET',
			path: '/workflows',
			handle: () => {
				const data = [...workflows.values()].map((workflow) =>
					workflowSummary(simulation, workflow),
				);
				return { status: 200, body: { data } };
			},
		},
		{
			method: 'GET',
			path: '/workflows/:id',
			handle: ({ params }) => ({
				status: 200,
				body: workflowDetails(simulation, findWorkflow(simulation, params['id'])),
			}),
		},
		{
			method: 'PATCH',
			path: '/workflows/:id',
			handle: ({ params, body }) => {
				const workflow = findWorkflow(simulation, params['id']);
				patchWorkflow(workflow, checkWorkflowPatch(body));
				return { status: 200, body: workflowDetails(simulation, workflow) };
			},
		},
		{
			method: 'DELETE',
			path: '/workflows/:id',
			handle: ({ params }) => {
				workflows.delete(findWorkflow(simulation, params['id']).id);
				return { status: 204 };
			},
		},
	];
}

/** @throws CheckoutError 404 */
export function findWorkflow(simulation: Simulation, id: string | undefined): Workflow {
	const workflow = simulation.store.workflows.get(id ?? '');
	if (!workflow) throw notFound();
	return workflow;
}
