/** The workflow that tells our trigger of payments. https://www.checkout.com/docs/workflows */
import { createHash } from 'node:crypto';
import { isJsonObject, listAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import type { GatewayContext, RegistrationRequest } from '../../gateways/gateway';
import type { CheckoutComApi } from './api';
import { eventsToListenTo } from './event-types';

export interface WorkflowDefinition {
	name: string;
	conditions: JsonObject[];
	action: JsonObject;
}

const LONGEST_LABEL = 80;

/** @param key signs the deliveries; we choose it */
export async function workflowDefinition(
	request: RegistrationRequest,
	key: string,
	{ settings }: GatewayContext,
	api: CheckoutComApi,
): Promise<WorkflowDefinition> {
	const channel = settings?.['processingChannelId'] ?? '';
	return {
		name: `${request.label.slice(0, LONGEST_LABEL)} ${markOf(request)}`,
		conditions: [
			{ type: 'event', events: await eventsBySource(request, api) },
			...(channel === '' ? [] : [{ type: 'processing_channel', processing_channels: [channel] }]),
		],
		action: {
			type: 'webhook',
			url: request.url,
			signature: { method: 'HMACSHA256', key },
		},
	};
}

/** Ends the names of what we made. The list of workflows shows no addresses, so the name has to tell whose it is. */
export function markOf({ url }: RegistrationRequest): string {
	const digest = createHash('sha256').update(url).digest('hex').slice(0, 12);
	return `(kommo-payments ${digest})`;
}

/** Only what the account offers: one unknown type would make Checkout.com refuse all. */
async function eventsBySource(
	{ types, options }: RegistrationRequest,
	api: CheckoutComApi,
): Promise<Record<string, string[]>> {
	const wanted = eventsToListenTo(types, {
		includeAuthorizations: options['includeAuthorizations'] === true,
	});
	if (wanted.length === 0) {
		throw new Error('Checkout.com has none of the chosen events. Choose at least one that it has.');
	}
	const sources = await api.list('/workflows/event-types');
	const offered = sources.map((source): [string, string[]] => [
		stringAt(source, 'id') ?? '',
		listAt(source, 'events')
			.map((event) => stringAt(event, 'id') ?? '')
			.filter((id) => wanted.includes(id))
			.sort(),
	]);
	const events = offered.filter(([source, ids]) => source !== '' && ids.length > 0);
	if (events.length > 0) return Object.fromEntries(events);
	throw new Error(
		'This Checkout.com account offers none of the chosen events. Choose others, or ask Checkout.com to enable them.',
	);
}

/** Whether a condition, as the API shows it, asks for the same as ours. */
export function isSameCondition(shown: JsonObject, ours: JsonObject): boolean {
	return JSON.stringify(comparable(shown)) === JSON.stringify(comparable(ours));
}

function comparable({ type, events, processing_channels }: JsonObject): unknown[] {
	const sources = isJsonObject(events) ? Object.entries(events) : [];
	const sorted = sources
		.map(([source, ids]) => [source, Array.isArray(ids) ? [...(ids as unknown[])].sort() : ids])
		.sort(([a], [b]) => String(a).localeCompare(String(b)));
	return [type, sorted, processing_channels ?? null];
}

/** Whether an action, as the API shows it, delivers to us under our key. A masked key counts as another. */
export function isSameAction(shown: JsonObject, ours: JsonObject): boolean {
	return (
		valueAt(shown, 'url') === valueAt(ours, 'url') &&
		valueAt(shown, 'signature', 'key') === valueAt(ours, 'signature', 'key')
	);
}
