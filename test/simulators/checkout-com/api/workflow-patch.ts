import { newAction, newCondition } from '../objects/workflow';
import type { Workflow } from '../store';
import type { WorkflowPatch } from '../wire';
import { notFound } from './checkout-error';

/**
 * Applies a patch: an action with `workflow_action_id` is updated, one without is added; a condition takes the
 * place of the one of its type, since there may be only one (the OpenAPI gives patched conditions no id).
 * @throws CheckoutError 404 for an action that is not this workflow's
 */
export function patchWorkflow(workflow: Workflow, patch: WorkflowPatch): void {
	for (const { workflow_action_id: id } of patch.actions ?? []) {
		if (id !== undefined && !workflow.actions.some((action) => action.id === id)) throw notFound();
	}
	workflow.name = patch.name ?? workflow.name;
	workflow.active = patch.active ?? workflow.active;
	for (const condition of patch.conditions ?? []) {
		const others = workflow.conditions.filter(({ type }) => type !== condition.type);
		workflow.conditions = [...others, newCondition(condition)];
	}
	for (const { workflow_action_id: id, ...changes } of patch.actions ?? []) {
		const known = workflow.actions.find((action) => action.id === id);
		if (known) Object.assign(known, changes);
		else workflow.actions.push(newAction(changes));
	}
}
