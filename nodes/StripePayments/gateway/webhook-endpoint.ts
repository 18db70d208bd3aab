import { randomUUID } from 'node:crypto';
import { listAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import type { GatewayRegistration, RegistrationRequest } from '../../gateways/gateway';
import { ApiError } from '../../http/http';
import { pathTo, STRIPE_VERSION, StripeApi } from './api';
import { eventsToListenTo } from './event-types';
import type { FormParams } from './form';

const COLLECTION = '/v1/webhook_endpoints';
/** Marks what we made; endpoints without it are never touched. */
const MADE_BY = 'n8n-nodes-kommo-payments';
/** Per account and mode. https://docs.stripe.com/webhooks */
const MOST_ENDPOINTS = 16;
const LONGEST_METADATA = 500;

/** https://docs.stripe.com/api/webhook_endpoints */
export const stripeRegistration: GatewayRegistration = {
	async check({ webhookId }, request, context) {
		const api = new StripeApi(context.send);
		const endpoint = await api.find(pathTo('webhook_endpoints', webhookId));
		if (endpoint === null || stringAt(endpoint, 'url') !== request.url) return false;
		const events = eventsOf(request);
		if (valueAt(endpoint, 'status') !== 'enabled' || !listensTo(endpoint, events)) {
			await api.update(pathTo('webhook_endpoints', webhookId), {
				enabled_events: events,
				disabled: false,
			});
		}
		return true;
	},

	async create(request, context) {
		const api = new StripeApi(context.send);
		const others = await makeRoom(request, api);
		const { object, error } = await api.create(COLLECTION, endpointParams(request), randomUUID());
		if (error !== null) throw others.length < MOST_ENDPOINTS ? error : tooMany(others, error);
		const webhookId = stringAt(object, 'id');
		const secret = stringAt(object, 'secret');
		if (webhookId === null || secret === null) {
			throw new ApiError('Stripe made the webhook but did not give its signing secret.', {
				status: 200,
				hint: 'Publish the workflow again.',
			});
		}
		return { webhookId, secret, live: valueAt(object, 'livemode') === true };
	},

	async remove({ webhookId }, context) {
		await new StripeApi(context.send).remove(pathTo('webhook_endpoints', webhookId));
	},
};

function endpointParams(request: RegistrationRequest): FormParams {
	return {
		url: request.url,
		enabled_events: eventsOf(request),
		// Cannot be changed later, so an older endpoint keeps its version; both shapes are understood.
		api_version: STRIPE_VERSION,
		description: `Kommo payments: ${request.label}`.slice(0, LONGEST_METADATA),
		metadata: { made_by: MADE_BY, workflow: request.label.slice(0, LONGEST_METADATA) },
	};
}

function eventsOf({ types, options }: RegistrationRequest): string[] {
	const events = eventsToListenTo(types, {
		includePaymentIntents: options['includePaymentIntents'] === true,
	});
	if (events.length === 0) throw new Error('Choose at least one event to listen to.');
	return events;
}

/**
 * Deletes what an earlier activation left at our address: its secret is told once, and is lost.
 * @returns the endpoints that stay
 */
async function makeRoom({ url }: RegistrationRequest, api: StripeApi): Promise<JsonObject[]> {
	const others: JsonObject[] = [];
	for await (const endpoint of api.list(COLLECTION)) {
		const id = stringAt(endpoint, 'id');
		if (id !== null && isOurs(endpoint) && stringAt(endpoint, 'url') === url) {
			await api.remove(pathTo('webhook_endpoints', id));
		} else {
			others.push(endpoint);
		}
	}
	return others;
}

function isOurs(endpoint: JsonObject): boolean {
	return valueAt(endpoint, 'metadata', 'made_by') === MADE_BY;
}

function listensTo(endpoint: JsonObject, events: readonly string[]): boolean {
	const enabled = new Set(listAt(endpoint, 'enabled_events'));
	return enabled.size === events.length && events.every((event) => enabled.has(event));
}

function tooMany(endpoints: readonly JsonObject[], cause: ApiError): ApiError {
	const ours = endpoints
		.filter(isOurs)
		.map((endpoint) => stringAt(endpoint, 'metadata', 'workflow') ?? stringAt(endpoint, 'id'));
	const fromHere = ours.length > 0 ? ` Made by n8n: ${ours.join(', ')}.` : '';
	return new ApiError(
		`Stripe allows ${MOST_ENDPOINTS} webhooks per account, and there are ${endpoints.length} already.`,
		{
			...cause.details,
			hint: `Delete one that is no longer needed under Developers → Webhooks in the Stripe Dashboard, then publish the workflow again.${fromHere}`,
			cause,
		},
	);
}
