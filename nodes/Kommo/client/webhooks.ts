import { listAt, isJsonObject, numberAt, stringAt, type JsonObject } from '../../core/json';
import { ApiError } from '../../http/http';
import type { KommoApi } from './kommo-api';

export interface Subscription {
	/** The exact address, which is also its key. */
	destination: string;
	/** Event codes: status_lead, add_task … */
	settings: string[];
	/** Kommo switches a webhook off after too many bad answers. */
	disabled: boolean;
	accountId: number | null;
}

const WEBHOOKS = '/api/v4/webhooks';

/** Subscribes an address; a second time replaces its events. */
export async function subscribe(
	api: KommoApi,
	destination: string,
	settings: readonly string[],
): Promise<Subscription> {
	const json = { destination, settings };
	const body = await api.request({ method: 'POST', path: WEBHOOKS, json, idempotent: true });
	return toSubscription(isJsonObject(body) ? body : json);
}

/** @returns null when nothing is subscribed at exactly this address */
export async function findSubscription(
	api: KommoApi,
	destination: string,
): Promise<Subscription | null> {
	const query = [['filter[destination]', destination] as const];
	const body = await api.request({ method: 'GET', path: WEBHOOKS, query });
	const found = listAt(body, '_embedded', 'webhooks')
		.filter(isJsonObject)
		.find((webhook) => webhook.destination === destination);
	return found ? toSubscription(found) : null;
}

/** Every subscription of an address, whichever its query. */
export async function destinationsAt(api: KommoApi, address: string): Promise<string[]> {
	const body = await api.request({ method: 'GET', path: WEBHOOKS });
	return listAt(body, '_embedded', 'webhooks')
		.map((webhook) => stringAt(webhook, 'destination') ?? '')
		.filter((destination) => destination.startsWith(`${address}?`));
}

/** Removes exactly this address; that it is gone already is as good. */
export async function unsubscribe(api: KommoApi, destination: string): Promise<void> {
	const json = { destination };
	await api
		.request({ method: 'DELETE', path: WEBHOOKS, json, idempotent: true })
		.catch((error: unknown) => {
			if (!(error instanceof ApiError && error.details.status === 404)) throw error;
		});
}

function toSubscription(webhook: JsonObject): Subscription {
	return {
		destination: stringAt(webhook, 'destination') ?? '',
		settings: listAt(webhook, 'settings').map(String),
		disabled: webhook.disabled === true,
		accountId: numberAt(webhook, 'account_id'),
	};
}
