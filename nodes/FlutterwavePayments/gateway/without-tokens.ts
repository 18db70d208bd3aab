import { isJsonObject, type JsonObject } from '../../core/json';

/**
 * The same without tokens: `card.token` (and `customertoken` of the older shape) charges the card again, without its
 * owner. Events carry the provider's body unchanged, but secrets go before that.
 */
export function withoutTokens(object: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(object)
			.filter(([key]) => !/token/i.test(key))
			.map(([key, value]) => [key, cleaned(value)]),
	);
}

function cleaned(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(cleaned);
	return isJsonObject(value) ? withoutTokens(value) : value;
}
