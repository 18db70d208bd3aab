import type { JsonObject } from '../core/json';
import { ApiError, ConnectionError, type HttpResponse } from './http';

/** What a POST came to that must not be sent twice; `lost` when nobody can say whether it was carried out. */
export type Creation =
	{ object: JsonObject; lost: null } | { object: null; lost: ApiError | ConnectionError };

/**
 * For providers without idempotency keys: tells a refusal, which is thrown, from an answer that says nothing.
 * @param read what the answer holds; throws ApiError for refusals and for 5xx
 */
export async function createOnce(
	sending: Promise<HttpResponse>,
	read: (response: HttpResponse) => JsonObject,
): Promise<Creation> {
	return await sending.then(read).then((object): Creation => ({ object, lost: null }), unlessLost);
}

function unlessLost(error: unknown): Creation {
	const isLost =
		error instanceof ConnectionError || (error instanceof ApiError && error.details.status >= 500);
	if (isLost) return { object: null, lost: error };
	throw error;
}
