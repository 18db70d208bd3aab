import { newAction, newCondition } from '../objects/workflow';
import type { Simulation } from '../simulation';
import { invalid, notFound } from './checkout-error';
import type { Answer, ApiCall, Route } from './router';
import { checkDistinct, checkSingleAction, checkSingleCondition } from './workflow-rules';
import { findWorkflow } from './workflows';

/** Single actions and conditions of a workflow: add, replace, remove (never the last one). */
export function workflowPartRoutes(simulation: Simulation): Route[] {
	return [
		{
			method: 'POST',
			path: '/workflows/:id/actions',
			handle: ({ params, body }) => {
				const workflow = findWorkflow(simulation, params['id']);
				const action = newAction(checkSingleAction(body));
				workflow.actions.push(action);
				return created(simulation, workflow.id, 'actions', action.id);
			},
		},
		{
			method: 'PUT',
			path: '/workflows/:id/actions/:part',
			handle: ({ params, body }) => {
				const { actions } = findWorkflow(simulation, params['id']);
				const index = position(actions, params);
				actions[index] = { ...checkSingleAction(body), id: params['part'] ?? '' };
				return { status: 200 };
			},
		},
		{
			method: 'DELETE',
			path: '/workflows/:id/actions/:part',
			handle: ({ params }) => {
				const { actions } = findWorkflow(simulation, params['id']);
				remove(actions, params, 'actions_required');
				return { status: 204 };
			},
		},
		{
			method: 'POST',
			path: '/workflows/:id/conditions',
			handle: ({ params, body }) => {
				const workflow = findWorkflow(simulation, params['id']);
				const condition = newCondition(checkSingleCondition(body));
				checkDistinct([...workflow.conditions, condition]);
				workflow.conditions.push(condition);
				return created(simulation, workflow.id, 'conditions', condition.id);
			},
		},
		{
			method: 'PUT',
			path: '/workflows/:id/conditions/:part',
			handle: ({ params, body }) => {
				const { conditions } = findWorkflow(simulation, params['id']);
				const index = position(conditions, params);
				const condition = { ...checkSingleCondition(body), id: params['part'] ?? '' };
				checkDistinct(conditions.map((known, at) => (at === index ? condition : known)));
				conditions[index] = condition;
				return { status: 200 };
			},
		},
		{
			method: 'DELETE',
			path: '/workflows/:id/conditions/:part',
			handle: ({ params }) => {
				const { conditions } = findWorkflow(simulation, params['id']);
				remove(conditions, params, 'conditions_required');
				return { status: 204 };
			},
		},
	];
}

type Parts = Array<{ id: string }>;

function created(simulation: Simulation, workflow: string, kind: string, id: string): Answer {
	const _links = { self: simulation.link('workflows', workflow, kind, id) };
	return { status: 201, body: { id, _links } };
}

function position(parts: Parts, params: ApiCall['params']): number {
	const index = parts.findIndex(({ id }) => id === params['part']);
	if (index < 0) throw notFound();
	return index;
}

function remove(parts: Parts, params: ApiCall['params'], code: string): void {
	const index = position(parts, params);
	if (parts.length === 1) throw invalid(code);
	parts.splice(index, 1);
}
