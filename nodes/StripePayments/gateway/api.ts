import {
	isJsonObject,
	listAt,
	objectAt,
	stringAt,
	valueAt,
	type JsonObject,
} from '../../core/json';
import { ApiError, type HttpRequest, type HttpResponse, type SendHttp } from '../../http/http';
import { pathTo as pathOf } from '../../http/path-to';
import { searchRefused, stripeError } from './api-error';
import { formPairs, type FormParams } from './form';

/** Sent with every request: without it each account answers in a version of its own. */
export const STRIPE_VERSION = '2026-10-28.endive';

/** The largest page that Stripe's lists give. */
const PAGE_SIZE = 100;

/** What a POST with an idempotency key came to. A replay is what the key's first request was answered, even if an error. */
export type Creation = { replayed: boolean } & (
	{ object: JsonObject; error: null } | { object: null; error: ApiError }
);

/** Stripe's REST conventions: https://docs.stripe.com/api. Every method throws ApiError when Stripe refuses. */
export class StripeApi {
	constructor(private readonly send: SendHttp) {}

	async get(path: string, query: FormParams = {}): Promise<JsonObject> {
		return objectOf(await this.request({ method: 'GET', path, query: formPairs(query) }));
	}

	/** @returns null when there is no such thing, or when a list is asked for those of something that is not there */
	async find(path: string, query: FormParams = {}): Promise<JsonObject | null> {
		const response = await this.request({ method: 'GET', path, query: formPairs(query) });
		const code = stringAt(response.body, 'error', 'code');
		const isMissing = response.status === 404 || code === 'resource_missing';
		return isMissing ? null : objectOf(response);
	}

	/** All items of a list, newest first; pages are fetched as they are consumed. */
	async *list(path: string, query: FormParams = {}): AsyncGenerator<JsonObject> {
		let after: string | undefined;
		do {
			const page = await this.get(path, { ...query, limit: PAGE_SIZE, starting_after: after });
			const items = listAt(page, 'data').filter(isJsonObject);
			yield* items;
			const last = stringAt(items.at(-1), 'id');
			after = valueAt(page, 'has_more') === true && last !== null ? last : undefined;
		} while (after !== undefined);
	}

	/**
	 * All items that a query finds. Search is about a minute behind, an hour in outages, and is not offered to merchants
	 * in India. https://docs.stripe.com/search#data-freshness
	 */
	async *search(path: string, params: FormParams): AsyncGenerator<JsonObject> {
		let next: string | undefined;
		do {
			const query = formPairs({ ...params, limit: PAGE_SIZE, page: next });
			const response = await this.request({ method: 'GET', path, query });
			if (response.status === 400) throw searchRefused(response);
			const page = objectOf(response);
			yield* listAt(page, 'data').filter(isJsonObject);
			next = stringAt(page, 'next_page') ?? undefined;
		} while (next !== undefined);
	}

	/** Changes an object; doing it twice is as good as once. */
	async update(path: string, params: FormParams): Promise<JsonObject> {
		const form = formPairs(params);
		return objectOf(await this.request({ method: 'POST', path, form, idempotent: true }));
	}

	/** Creates an object at most once per key. https://docs.stripe.com/api/idempotent_requests */
	async create(path: string, params: FormParams, idempotencyKey: string): Promise<Creation> {
		const response = await this.request({
			method: 'POST',
			path,
			form: formPairs(params),
			headers: { 'idempotency-key': idempotencyKey },
			idempotent: true,
		});
		const replayed = response.headers['idempotent-replayed'] === 'true';
		return response.status < 300
			? { replayed, object: objectOf(response), error: null }
			: { replayed, object: null, error: stripeError(response) };
	}

	/** Deletes an object; that it is gone already is as good. */
	async remove(path: string): Promise<void> {
		const response = await this.request({ method: 'DELETE', path, idempotent: true });
		if (response.status !== 404) objectOf(response);
	}

	private async request(request: HttpRequest): Promise<HttpResponse> {
		return await this.send({
			...request,
			headers: { ...request.headers, 'stripe-version': STRIPE_VERSION },
		});
	}
}

/** The path of one object. */
export function pathTo(collection: string, id: string): string {
	return pathOf(`v1/${collection}`, id);
}

function objectOf(response: HttpResponse): JsonObject {
	if (response.status >= 300 || objectAt(response.body, 'error')) throw stripeError(response);
	if (isJsonObject(response.body)) return response.body;
	throw new ApiError('The answer did not come from Stripe.', {
		status: response.status,
		hint: 'Check the base URL in the credential; leave it empty for Stripe itself.',
	});
}
