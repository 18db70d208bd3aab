import {
	isJsonObject,
	listAt,
	objectAt,
	stringAt,
	valueAt,
	type JsonObject,
} from '../../core/json';
import { createOnce, type Creation } from '../../http/create-once';
import { ApiError, type HttpRequest, type HttpResponse, type SendHttp } from '../../http/http';
import { paddleError } from './api-error';

export type Query = ReadonlyArray<readonly [string, string]>;

/** Paddle's REST conventions. Every method throws ApiError when Paddle refuses. */
export class PaddleApi {
	constructor(private readonly send: SendHttp) {}

	/** One entity. */
	async get(path: string, query: Query = []): Promise<JsonObject> {
		return entityOf(await this.request({ method: 'GET', path, query }));
	}

	/** @returns null when there is no such thing */
	async find(path: string, query: Query = []): Promise<JsonObject | null> {
		const response = await this.request({ method: 'GET', path, query });
		return response.status === 404 ? null : entityOf(response);
	}

	/** The whole body of an answer. */
	async answer(path: string, query: Query = []): Promise<JsonObject> {
		return bodyOf(await this.request({ method: 'GET', path, query }));
	}

	/**
	 * All items of a list; pages are fetched as they are consumed.
	 * https://developer.paddle.com/api-reference/about/pagination
	 */
	async *list(path: string, query: Query = []): AsyncGenerator<JsonObject> {
		let page: Query | null = query;
		while (page !== null) {
			const body = await this.answer(path, page);
			const items = listAt(body, 'data').filter(isJsonObject);
			yield* items;
			page = items.length > 0 ? nextPage(body) : null;
		}
	}

	/** Sent once: Paddle knows no idempotency keys. */
	async create(path: string, json: JsonObject): Promise<Creation> {
		return await createOnce(this.request({ method: 'POST', path, json }), entityOf);
	}

	/** Creates what can exist only once: sent again, it is refused as a duplicate. */
	async createUnique(path: string, json: JsonObject): Promise<JsonObject> {
		return entityOf(await this.request({ method: 'POST', path, json, idempotent: true }));
	}

	/** Changes an entity; doing it twice is as good as once. */
	async change(path: string, json: JsonObject): Promise<JsonObject> {
		return entityOf(await this.request({ method: 'PATCH', path, json, idempotent: true }));
	}

	/** Deletes an entity; that it is gone already is as good. */
	async remove(path: string): Promise<void> {
		const response = await this.request({ method: 'DELETE', path, idempotent: true });
		if (response.status >= 300 && response.status !== 404) throw paddleError(response);
	}

	private async request(request: HttpRequest): Promise<HttpResponse> {
		return await this.send({
			...request,
			headers: { ...request.headers, 'paddle-version': '1' },
		});
	}
}

/** `next` is a whole address; the credential supplies the host. */
function nextPage(body: JsonObject): Query | null {
	const next = stringAt(body, 'meta', 'pagination', 'next');
	const hasMore = valueAt(body, 'meta', 'pagination', 'has_more') === true;
	return hasMore && next !== null && URL.canParse(next) ? [...new URL(next).searchParams] : null;
}

function entityOf(response: HttpResponse): JsonObject {
	const entity = objectAt(bodyOf(response), 'data');
	if (entity !== null) return entity;
	throw notPaddle(response);
}

function bodyOf(response: HttpResponse): JsonObject {
	if (response.status >= 300) throw paddleError(response);
	if (isJsonObject(response.body)) return response.body;
	throw notPaddle(response);
}

function notPaddle({ status }: HttpResponse): ApiError {
	return new ApiError('The answer did not come from Paddle.', {
		status,
		hint: 'Check the base URL in the credential; leave it empty for Paddle itself.',
	});
}
