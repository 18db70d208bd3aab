/** The one way to Kommo: within its rate, retried where that is safe, refusals in words. */
import { listAt, objectAt, isJsonObject, type JsonObject } from '../../core/json';
import type { HttpRequest, HttpResponse, SendHttp } from '../../http/http';
import { DEFAULT_BACKOFF_MS, DEFAULT_LONGEST_PAUSE_MS, withRetries } from '../../http/with-retries';
import { kommoError, retryAfterSeconds } from './kommo-errors';
import { RateLimiter, type Timing } from './rate-limiter';

export type Query = ReadonlyArray<readonly [string, string]>;

export interface KommoApi {
	/**
	 * The answer's body, null for 204 (Kommo's way of saying "nothing there").
	 * @throws ApiError for every other status; KommoValidationError when values were refused
	 */
	request(request: HttpRequest): Promise<unknown>;
	/**
	 * The entries under `_embedded[embeddedKey]` of all pages, fetched as they are consumed.
	 * @param query may name a smaller page than the 250 that are asked for otherwise
	 */
	pages(path: string, query: Query, embeddedKey: string): AsyncGenerator<JsonObject>;
}

export interface KommoApiOptions extends Timing {
	/** Shared by everything that sends from this address; a new one when left out. */
	limiter?: RateLimiter;
	/** This client's share of what Kommo takes; all of it when left out. */
	requestsPerSecond?: number;
}

/** The most Kommo returns per page. */
export const PAGE_SIZE = 250;

/** How long everybody waits after a 429 that names no time. */
const DEFAULT_PAUSE_MS = 1_000;

export function createKommoApi(send: SendHttp, options: KommoApiOptions): KommoApi {
	const { now, sleep, limiter = new RateLimiter(options), requestsPerSecond } = options;
	const sendInTurn = withRetries(rateLimited(send, limiter, requestsPerSecond), {
		backoffMs: DEFAULT_BACKOFF_MS,
		longestPauseMs: DEFAULT_LONGEST_PAUSE_MS,
		now,
		sleep,
	});

	async function request(httpRequest: HttpRequest): Promise<unknown> {
		const response = await sendInTurn(httpRequest);
		if (response.status === 204) return null;
		if (response.status >= 200 && response.status < 300) return response.body;
		throw kommoError(httpRequest, response);
	}

	async function* pages(
		path: string,
		query: Query,
		embeddedKey: string,
	): AsyncGenerator<JsonObject> {
		const sized = query.some(([key]) => key === 'limit');
		const limited: Query = sized ? query : [...query, ['limit', String(PAGE_SIZE)]];
		for (let page = 1; ; page += 1) {
			const body = await request({
				method: 'GET',
				path,
				query: [...limited, ['page', String(page)]],
			});
			const entries = listAt(body, '_embedded', embeddedKey).filter(isJsonObject);
			yield* entries;
			if (entries.length === 0 || objectAt(body, '_links', 'next') === null) return;
		}
	}

	return { request, pages };
}

function rateLimited(send: SendHttp, limiter: RateLimiter, perSecond?: number): SendHttp {
	return async (request) => {
		const answered = await limiter.turn(request.method === 'GET' ? 'read' : 'write', perSecond);
		try {
			return obeyed(await send(request), limiter);
		} finally {
			answered();
		}
	};
}

/** After a 429 everybody waits; the time stands in the body, the retries look for it in the header. */
function obeyed(response: HttpResponse, limiter: RateLimiter): HttpResponse {
	if (response.status !== 429) return response;
	const header = response.headers['retry-after'];
	const seconds = header ?? retryAfterSeconds(response.body) ?? undefined;
	const pauseMs = Number(seconds) * 1000;
	limiter.pause(Number.isFinite(pauseMs) ? pauseMs : DEFAULT_PAUSE_MS);
	if (seconds === undefined) return response;
	return { ...response, headers: { ...response.headers, 'retry-after': String(seconds) } };
}
