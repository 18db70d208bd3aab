import type Stripe from 'stripe';
import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { WebhookEndpoint, Wire } from '../wire';
import { mergeMetadata, toMetadata } from './metadata';
import { onlyKeys } from './parameters';
import { route, type Route } from './router';
import { invalid } from './stripe-error';

/** Per account and mode. https://docs.stripe.com/webhooks#register-webhook */
export const MOST_ENDPOINTS = 16;

/** https://docs.stripe.com/api/webhook_endpoints */
export function webhookEndpointRoutes(simulation: Simulation): Route[] {
	const { endpoints } = simulation.store;
	return [
		route<Wire<Stripe.WebhookEndpointCreateParams>>(
			'POST',
			'/v1/webhook_endpoints',
			'POST /v1/webhook_endpoints',
			({ input }) => create(simulation, input),
		),
		route<Wire<Stripe.WebhookEndpointListParams>>(
			'GET',
			'/v1/webhook_endpoints',
			'GET /v1/webhook_endpoints',
			({ input }) => endpoints.page('/v1/webhook_endpoints', input),
		),
		route('GET', '/v1/webhook_endpoints/:id', onlyKeys({}), ({ id }) => endpoints.get(id)),
		route<Wire<Stripe.WebhookEndpointUpdateParams>>(
			'POST',
			'/v1/webhook_endpoints/:id',
			'POST /v1/webhook_endpoints/{id}',
			({ id, input }) => update(simulation, endpoints.get(id), input),
		),
		route('DELETE', '/v1/webhook_endpoints/:id', onlyKeys({}), ({ id }) => {
			endpoints.delete(endpoints.get(id).id);
			return { id, object: 'webhook_endpoint', deleted: true };
		}),
	];
}

/** The answer to this call is the only one that ever shows the secret. */
function create(
	simulation: Simulation,
	input: Wire<Stripe.WebhookEndpointCreateParams>,
): WebhookEndpoint {
	const { endpoints, secrets } = simulation.store;
	checkUrl(simulation, input.url);
	checkEvents(input.enabled_events);
	if (endpoints.size >= MOST_ENDPOINTS) {
		throw invalid(
			`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`,
			'url',
		);
	}
	const endpoint = endpoints.add({
		id: newId('we_1'),
		object: 'webhook_endpoint',
		api_version: input.api_version ?? null,
		application: null,
		created: simulation.seconds(),
		description: input.description || null,
		enabled_events: input.enabled_events,
		livemode: simulation.livemode,
		metadata: toMetadata(input.metadata),
		status: 'enabled',
		url: input.url,
	});
	const secret = newId('whsec_', 32);
	secrets.set(endpoint.id, { current: secret, previous: null });
	return { ...endpoint, secret };
}

function update(
	simulation: Simulation,
	endpoint: WebhookEndpoint,
	input: Wire<Stripe.WebhookEndpointUpdateParams>,
): WebhookEndpoint {
	if (input.url !== undefined) {
		checkUrl(simulation, input.url);
		endpoint.url = input.url;
	}
	if (input.enabled_events) {
		checkEvents(input.enabled_events);
		endpoint.enabled_events = input.enabled_events;
	}
	if (input.disabled !== undefined) endpoint.status = input.disabled ? 'disabled' : 'enabled';
	if (input.description !== undefined) endpoint.description = input.description || null;
	if (input.metadata !== undefined) {
		endpoint.metadata = mergeMetadata(endpoint.metadata, input.metadata);
	}
	return endpoint;
}

/** Live endpoints need https; sandboxes of ours take http on loopback, where tests listen. */
function checkUrl(simulation: Simulation, text: string): void {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw invalid(
			'Invalid URL: URL must be an absolute http or https address.',
			'url',
			'url_invalid',
		);
	}
	const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
	if (url.protocol === 'http:' && !loopback && simulation.livemode) {
		throw invalid('Invalid URL: URL must begin with https in live mode.', 'url', 'url_invalid');
	}
}

function checkEvents(names: string[]): void {
	if (names.length === 0 || (names.includes('*') && names.length > 1)) {
		throw invalid("Use either '*' or a list of event names.", 'enabled_events');
	}
}
