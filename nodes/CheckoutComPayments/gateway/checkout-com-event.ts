import { isJsonObject, objectAt, stringAt, type JsonObject } from '../../core/json';

/** A webhook, or an action of a payment dressed as one. */
export interface CheckoutComEvent {
	id: string;
	type: string;
	/** When it happened, ISO 8601 UTC. */
	at: string;
	/** The payment's or dispute's own fields. */
	data: JsonObject;
	raw: JsonObject;
}

/**
 * Webhooks have `created_on`; the same event got from the API, which the documentation also prints as a webhook, has
 * `timestamp`. An action's own time goes before both, because it is what the API tells later too.
 * @returns null for anything that is not an event
 */
export function readCheckoutComEvent(body: unknown): CheckoutComEvent | null {
	const id = stringAt(body, 'id');
	const type = stringAt(body, 'type');
	const data = objectAt(body, 'data');
	if (!isJsonObject(body) || id === null || type === null || data === null) return null;
	const at = isoTimeOf(data, 'processed_on') ?? isoTimeOf(body, 'created_on', 'timestamp');
	return at === null ? null : { id, type, at, data, raw: body };
}

/** The first of the times that can be read; Checkout.com writes up to seven decimals of a second. */
export function isoTimeOf(object: unknown, ...keys: string[]): string | null {
	for (const key of keys) {
		const time = Date.parse(stringAt(object, key) ?? '');
		if (Number.isFinite(time)) return new Date(time).toISOString();
	}
	return null;
}
