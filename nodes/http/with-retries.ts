import { assertError } from '../core/assert-error';
import { ConnectionError, type HttpRequest, type HttpResponse, type SendHttp } from './http';

export interface RetryPolicy {
	/** Pauses before the second, third … try, in ms. */
	backoffMs: readonly number[];
	/** A provider that asks for a longer pause than this gets no further try, in ms. */
	longestPauseMs: number;
	sleep: (ms: number) => Promise<void>;
	now: () => number;
}

/** Rule 7 of the design: 1, 2, 4, 8 s. */
export const DEFAULT_BACKOFF_MS = [1000, 2000, 4000, 8000];
/** Paddle blocks for 60 s: https://developer.paddle.com/api-reference/about/rate-limiting */
export const DEFAULT_LONGEST_PAUSE_MS = 65_000;

/**
 * Tries again where that is safe: always after 429 (the request was turned away), and after 5xx or silence only
 * where sending twice has the effect of sending once. Other writes are never repeated blindly.
 */
export function withRetries(send: SendHttp, policy: RetryPolicy): SendHttp {
	return async (request) => {
		for (let tries = 0; ; tries += 1) {
			const backoff = policy.backoffMs[tries];
			const response = await attempt(send, request, backoff !== undefined);
			const pause = backoff === undefined ? null : pauseBefore(response, request, backoff, policy);
			if (response !== 'no answer' && pause === null) return response;
			if (pause !== null) await policy.sleep(pause);
		}
	};
}

async function attempt(
	send: SendHttp,
	request: HttpRequest,
	mayRetry: boolean,
): Promise<HttpResponse | 'no answer'> {
	if (!mayRetry || !isRepeatable(request)) return await send(request);
	try {
		return await send(request);
	} catch (error) {
		assertError(error, ConnectionError);
		return 'no answer';
	}
}

/** Milliseconds to wait before the next try, null when there is none. */
function pauseBefore(
	response: HttpResponse | 'no answer',
	request: HttpRequest,
	backoffMs: number,
	policy: RetryPolicy,
): number | null {
	if (response === 'no answer') return backoffMs;
	const turnedAway = response.status === 429;
	const failed = response.status >= 500 && isRepeatable(request);
	if (!turnedAway && !failed) return null;
	const pause = Math.max(backoffMs, retryAfterMs(response.headers['retry-after'], policy.now()));
	return pause <= policy.longestPauseMs ? pause : null;
}

function isRepeatable(request: HttpRequest): boolean {
	return request.method === 'GET' || request.idempotent === true;
}

/** Retry-After in seconds or as a date (RFC 9110 10.2.3); 0 when absent, past or neither. */
function retryAfterMs(header: string | undefined, nowMs: number): number {
	const text = header?.trim() ?? '';
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const pause = Date.parse(text) - nowMs;
	return pause > 0 ? pause : 0;
}
