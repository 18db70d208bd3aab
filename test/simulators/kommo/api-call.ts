import type { KommoSimulator } from '.';

export interface Answer<T> {
	status: number;
	/** Content type. */
	type: string | null;
	text: string;
	/** Parsed JSON; null without a body. */
	body: T;
}

/** One call with the account's token. */
export async function call<T = Record<string, unknown>>(
	simulator: KommoSimulator,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Answer<T>> {
	const response = await fetch(simulator.url + path, {
		method,
		headers: {
			authorization: `Bearer ${simulator.token}`,
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
		body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	const type = response.headers.get('content-type');
	const parsed = type?.includes('json') ? JSON.parse(text) : null;
	return { status: response.status, type, text, body: parsed };
}

/** `_embedded[name]` of a list answer. */
export function embedded<T = Record<string, unknown>>(answer: Answer<unknown>, name: string): T[] {
	const body = answer.body as { _embedded?: Record<string, T[]> } | null;
	return body?._embedded?.[name] ?? [];
}
