import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { Workflow } from '../store';
import type { WebhookAction, WorkflowCondition, WorkflowRequest } from '../wire';

export function newWorkflow({ name, active, conditions, actions }: WorkflowRequest): Workflow {
	return {
		id: newId('wf'),
		name,
		active: active ?? true,
		conditions: conditions.map(newCondition),
		actions: actions.map(newAction),
	};
}

export function newCondition(condition: WorkflowCondition): Workflow['conditions'][number] {
	return { ...condition, id: newId('wfc') };
}

export function newAction(action: WebhookAction): Workflow['actions'][number] {
	return { ...action, id: newId('wfa') };
}

/** One entry of `GET /workflows`: no URL, conditions or actions. */
export function workflowSummary(simulation: Simulation, workflow: Workflow): object {
	return {
		id: workflow.id,
		name: workflow.name,
		active: workflow.active,
		_links: { self: simulation.link('workflows', workflow.id) },
	};
}

/** The body of `GET /workflows/{id}`. */
export function workflowDetails(simulation: Simulation, workflow: Workflow): object {
	const self = (...path: string[]) => ({
		_links: { self: simulation.link('workflows', workflow.id, ...path) },
	});
	const { showSignatureKeys } = simulation.settings;
	return {
		id: workflow.id,
		name: workflow.name,
		active: workflow.active,
		conditions: workflow.conditions.map((condition) => ({
			...condition,
			...self('conditions', condition.id),
		})),
		actions: workflow.actions.map((action) => ({
			...action,
			...(action.signature &&
				!showSignatureKeys && { signature: { ...action.signature, key: '********' } }),
			...self('actions', action.id),
		})),
		...self(),
	};
}
