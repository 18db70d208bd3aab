import { checkoutJsonProblems } from '../../../specs/validate-checkout-json';
import { isEventType } from '../events/event-types';
import type { WebhookAction, WorkflowCondition, WorkflowPatch, WorkflowRequest } from '../wire';
import { invalid } from './checkout-error';
import { errorCodes } from './schema-codes';

/** https://www.checkout.com/docs (2025-04-23): up to 100 webhooks an account. The answer beyond is not documented. */
export const MOST_WORKFLOWS = 100;

/** The body of `POST /workflows`. @throws CheckoutError 422 */
export function checkWorkflowRequest(body: unknown): WorkflowRequest {
	const codes = schemaCodes('POST /workflows', body ?? {});
	const request = (body ?? {}) as WorkflowRequest;
	if (!request.conditions?.length) codes.push('conditions_required');
	if (!request.actions?.length) codes.push('actions_required');
	if (codes.length > 0) throw invalid(...codes);
	checkConditions(request.conditions);
	request.actions.forEach(checkAction);
	return request;
}

/** The body of `PATCH /workflows/{id}`. @throws CheckoutError 422 */
export function checkWorkflowPatch(body: unknown): WorkflowPatch {
	const codes = schemaCodes('PATCH /workflows/{id}', body ?? {});
	if (codes.length > 0) throw invalid(...codes);
	const patch = (body ?? {}) as WorkflowPatch;
	checkConditions(patch.conditions ?? []);
	patch.actions?.forEach(({ workflow_action_id, ...action }) => {
		if (workflow_action_id === undefined) checkSingleAction(action);
		else checkAction(action);
	});
	return patch;
}

/** The body of `POST` and `PUT …/actions`. @throws CheckoutError 422 */
export function checkSingleAction(body: unknown): WebhookAction {
	const codes = schemaCodes('POST /workflows', { actions: [body] });
	if (codes.length > 0) throw invalid(...codes);
	checkAction(body as WebhookAction);
	return body as WebhookAction;
}

/** The body of `POST` and `PUT …/conditions`. @throws CheckoutError 422 */
export function checkSingleCondition(body: unknown): WorkflowCondition {
	const codes = schemaCodes('POST /workflows', { conditions: [body] });
	if (codes.length > 0) throw invalid(...codes);
	checkConditions([body as WorkflowCondition]);
	return body as WorkflowCondition;
}

/** Only one condition of each type. @throws CheckoutError 422 */
export function checkDistinct(conditions: WorkflowCondition[]): void {
	const types = conditions.map(({ type }) => type);
	if (new Set(types).size < types.length) throw invalid('conditions_type_duplicated');
}

function checkConditions(conditions: WorkflowCondition[]): void {
	checkDistinct(conditions);
	for (const condition of conditions) {
		if (condition.type !== 'event') continue;
		const types = Object.entries(condition.events).flatMap(([source, names]) =>
			names.map((name) => isEventType(source, name)),
		);
		if (types.length === 0 || types.includes(false)) throw invalid('event_types_invalid');
	}
}

function checkAction({ url }: Pick<WebhookAction, 'url'>): void {
	if (url !== undefined && !/^https?:\/\//.test(url)) throw invalid('actions_url_invalid');
}

/** Conditions are a union: what each of its branches misses says nothing, so one code stands for all. */
function schemaCodes(operation: string, body: object): string[] {
	const codes = errorCodes(checkoutJsonProblems(operation, 'request', body));
	return codes.map((code) => (code.startsWith('conditions') ? 'conditions_invalid' : code));
}
