import { isJsonObject, listAt, numberAt, stringAt, type JsonObject } from '../../core/json';
import { createOnce, type Creation } from '../../http/create-once';
import { ApiError, type HttpMethod, type HttpResponse, type SendHttp } from '../../http/http';
import { checkoutComError } from './api-error';

/** The largest page of payments. */
const PAGE_SIZE = 100;

/** Checkout.com's REST conventions. Every method throws ApiError when Checkout.com refuses. */
export class CheckoutComApi {
	constructor(private readonly send: SendHttp) {}

	async get(path: string): Promise<JsonObject> {
		return objectOf(await this.send({ method: 'GET', path }));
	}

	/** @returns null when there is no such thing */
	async find(path: string): Promise<JsonObject | null> {
		const response = await this.send({ method: 'GET', path });
		return response.status === 404 ? null : objectOf(response);
	}

	/** The objects of an answer that is a list, or that has one as `data`. */
	async list(path: string): Promise<JsonObject[]> {
		const { body } = succeeded(await this.send({ method: 'GET', path }));
		return (Array.isArray(body) ? body : listAt(body, 'data')).filter(isJsonObject);
	}

	/** Payments with exactly this reference, newest first; pages are fetched as they are consumed. */
	async *paymentsByReference(reference: string): AsyncGenerator<JsonObject> {
		let skip = 0;
		let total: number;
		do {
			const query = [
				['reference', reference],
				['limit', String(PAGE_SIZE)],
				['skip', String(skip)],
			] as const;
			const page = objectOf(await this.send({ method: 'GET', path: '/payments', query }));
			const payments = listAt(page, 'data').filter(isJsonObject);
			yield* payments;
			skip += PAGE_SIZE;
			total = payments.length < PAGE_SIZE ? 0 : (numberAt(page, 'total_count') ?? 0);
		} while (skip < total);
	}

	/**
	 * Creates something. Neither links nor workflows take an idempotency key, so it is sent once, and what became of it
	 * when no usable answer came is for the caller to find out.
	 */
	async create(path: string, json: object): Promise<Creation> {
		return await createOnce(this.send({ method: 'POST', path, json }), objectOf);
	}

	/** Changes something; doing it twice is as good as once. */
	async change(method: Extract<HttpMethod, 'PUT' | 'PATCH'>, path: string, json: object) {
		succeeded(await this.send({ method, path, json, idempotent: true }));
	}

	/** Deletes something; that it is gone already is as good. */
	async remove(path: string): Promise<void> {
		const response = await this.send({ method: 'DELETE', path, idempotent: true });
		if (response.status !== 404) succeeded(response);
	}
}

function succeeded(response: HttpResponse): HttpResponse {
	const refused = response.status >= 300 || stringAt(response.body, 'error_type') !== null;
	if (refused) throw checkoutComError(response);
	return response;
}

function objectOf(response: HttpResponse): JsonObject {
	const { body } = succeeded(response);
	if (isJsonObject(body)) return body;
	throw new ApiError('The answer did not come from Checkout.com.', {
		status: response.status,
		hint: 'Check the prefix and the base URL in the credential; leave the base URL empty for Checkout.com itself.',
	});
}
