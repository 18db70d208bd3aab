import {
	isJsonObject,
	listAt,
	numberAt,
	objectAt,
	stringAt,
	type JsonObject,
} from '../../core/json';
import { createOnce, type Creation } from '../../http/create-once';
import { ApiError, type HttpRequest, type HttpResponse, type SendHttp } from '../../http/http';
import { flutterwaveError, isInactiveLink, isNotFound } from './api-error';

export type Query = Readonly<Record<string, string | undefined>>;

/**
 * Flutterwave's v3 conventions: every answer is `{ status, message, data }`, and `status` says whether it is one.
 * Every method throws ApiError when Flutterwave refuses. https://developer.flutterwave.com/reference
 */
export class FlutterwaveApi {
	constructor(private readonly send: SendHttp) {}

	/** What stands in `data`. */
	async get(path: string, query: Query = {}): Promise<JsonObject> {
		return dataOf(await this.send(getRequest(path, query)));
	}

	/** @returns null when there is no such thing */
	async find(path: string, query: Query = {}): Promise<JsonObject | null> {
		const response = await this.send(getRequest(path, query));
		return isNotFound(response) ? null : dataOf(response);
	}

	/** All rows of a list, newest first; pages of ten are fetched as they are consumed. */
	async *list(path: string, query: Query = {}): AsyncGenerator<JsonObject> {
		let page = 1;
		let lastPage: number;
		do {
			const request = getRequest(path, { ...query, page: String(page) });
			const body = envelopeOf(await this.send(request));
			const rows = listAt(body, 'data').filter(isJsonObject);
			yield* rows;
			lastPage = rows.length === 0 ? 0 : (numberAt(body, 'meta', 'page_info', 'total_pages') ?? 0);
			page += 1;
		} while (page <= lastPage);
	}

	/**
	 * Makes a payment link, once: there is no idempotency key, and Flutterwave says of its 503 after 28 s that the
	 * request may have worked all the same. https://developer.flutterwave.com/docs/handling-error-timeouts
	 */
	async createLink(json: object): Promise<Creation> {
		return await createOnce(this.send({ method: 'POST', path: '/v3/payments', json }), envelopeOf);
	}

	/**
	 * Closes a payment link; that it is closed or gone already is as good.
	 * @returns what Flutterwave answered
	 */
	async disableLink(link: string): Promise<JsonObject> {
		const path = '/v3/payments/link/disable';
		const response = await this.send({ method: 'POST', path, json: { link }, idempotent: true });
		if (isInactiveLink(response) || isNotFound(response)) return objectAt(response, 'body') ?? {};
		return envelopeOf(response);
	}
}

function getRequest(path: string, query: Query): HttpRequest {
	const pairs = Object.entries(query).filter(
		(pair): pair is [string, string] => pair[1] !== undefined,
	);
	return { method: 'GET', path: `/v3${path}`, query: pairs };
}

function dataOf(response: HttpResponse): JsonObject {
	return objectAt(envelopeOf(response), 'data') ?? {};
}

function envelopeOf(response: HttpResponse): JsonObject {
	const { status, body } = response;
	if (status < 300 && stringAt(body, 'status') === 'success' && isJsonObject(body)) return body;
	if (status < 300 && stringAt(body, 'status') !== 'error') {
		throw new ApiError('The answer did not come from Flutterwave.', {
			status,
			hint: 'Check the base URL in the credential; leave it empty for Flutterwave itself.',
		});
	}
	throw flutterwaveError(response);
}
