import { randomBytes } from 'node:crypto';
import { isJsonObject, listAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import type {
	GatewayRegistration,
	RegistrationRequest,
	WebhookRegistration,
} from '../../gateways/gateway';
import { pathTo } from '../../http/path-to';
import { CheckoutComApi } from './api';
import {
	isSameAction,
	isSameCondition,
	markOf,
	workflowDefinition,
	type WorkflowDefinition,
} from './workflow-definition';

const COLLECTION = 'workflows';

/**
 * Webhooks as Checkout.com has them: workflows of conditions and actions. Only those that carry the mark of this
 * trigger's address are touched.
 */
export const checkoutComRegistration: GatewayRegistration = {
	async check({ webhookId, secret, live }, request, context) {
		const api = new CheckoutComApi(context.send);
		if (live !== context.live) return false;
		const workflow = await api.find(pathTo(COLLECTION, webhookId));
		if (workflow === null || !isMarked(workflow, request)) return false;
		await repair(workflow, await workflowDefinition(request, secret, context, api), api);
		return true;
	},

	async create(request, context) {
		const api = new CheckoutComApi(context.send);
		const secret = randomBytes(32).toString('hex');
		const definition = await workflowDefinition(request, secret, context, api);
		const [adopted, ...surplus] = await leftBehind(request, api);
		const webhookId = adopted
			? await adopt(adopted, definition, api)
			: await createWorkflow(definition, request, api);
		for (const { id } of surplus) await api.remove(pathTo(COLLECTION, String(id)));
		return { webhookId, secret, live: context.live } satisfies WebhookRegistration;
	},

	async remove({ webhookId }, context) {
		await new CheckoutComApi(context.send).remove(pathTo(COLLECTION, webhookId));
	},
};

async function createWorkflow(
	{ name, conditions, action }: WorkflowDefinition,
	request: RegistrationRequest,
	api: CheckoutComApi,
): Promise<string> {
	const body = { name, active: true, conditions, actions: [action] };
	const created = await api.create(pathTo(COLLECTION), body);
	if (created.lost === null) return idOf(created.object);
	const [made] = await leftBehind(request, api);
	if (made === undefined) throw created.lost;
	return idOf(made);
}

/** What an earlier activation at our address made and did not remove. */
async function leftBehind(
	request: RegistrationRequest,
	api: CheckoutComApi,
): Promise<JsonObject[]> {
	const workflows = await api.list(pathTo(COLLECTION));
	return workflows.filter((workflow) => isMarked(workflow, request));
}

/** Its key is lost with the activation that made it; it gets a new one. */
async function adopt(
	{ id }: JsonObject,
	definition: WorkflowDefinition,
	api: CheckoutComApi,
): Promise<string> {
	const workflow = await api.get(pathTo(COLLECTION, String(id)));
	await repair(workflow, definition, api);
	return idOf(workflow);
}

/** Changes only what differs, part by part, so that no event falls between an old workflow and a new one. */
async function repair(
	workflow: JsonObject,
	{ name, conditions, action }: WorkflowDefinition,
	api: CheckoutComApi,
): Promise<void> {
	const at = (...path: string[]) => pathTo(COLLECTION, idOf(workflow), ...path);
	const present = listAt(workflow, 'conditions').filter(isJsonObject);
	for (const condition of conditions) {
		const same = present.find(({ type }) => type === condition['type']);
		if (same === undefined) await addPart(at('conditions'), condition, api);
		else if (!isSameCondition(same, condition)) {
			await api.change('PUT', at('conditions', idOf(same)), condition);
		}
	}
	// Of what a person added to it (a filter by entity, say) nothing is taken away.
	const channel = present.find(({ type }) => type === 'processing_channel');
	if (channel && !conditions.some(({ type }) => type === 'processing_channel')) {
		await api.remove(at('conditions', idOf(channel)));
	}

	const [shown] = listAt(workflow, 'actions').filter(isJsonObject);
	if (shown === undefined) await addPart(at('actions'), action, api);
	else if (!isSameAction(shown, action)) {
		await api.change('PUT', at('actions', idOf(shown)), action);
	}
	if (valueAt(workflow, 'active') !== true || stringAt(workflow, 'name') !== name) {
		await api.change('PATCH', at(), { name, active: true });
	}
}

async function addPart(path: string, part: JsonObject, api: CheckoutComApi): Promise<void> {
	const { lost } = await api.create(path, part);
	if (lost !== null) throw lost;
}

function isMarked(workflow: JsonObject, request: RegistrationRequest): boolean {
	return stringAt(workflow, 'name')?.endsWith(markOf(request)) ?? false;
}

function idOf(object: JsonObject): string {
	return stringAt(object, 'id') ?? '';
}
