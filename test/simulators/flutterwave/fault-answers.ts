import type { FaultKind } from '../http/faults';

const TIMEOUT_BODY = {
	status: 'error',
	message: 'An error occurred. Please contact support',
	data: null,
};

/**
 * The 503 that comes after 28 s; "a timeout does not always mean request failure".
 * @param options.worked whether the work was done all the same (default) or not
 * @param options.afterMs real milliseconds until the answer of done work; 0 by default, to save a test's time
 */
export function timedOut(options: { worked?: boolean; afterMs?: number } = {}): FaultKind {
	const { worked = true, afterMs = 0 } = options;
	return worked
		? { kind: 'answerAfter', status: 503, body: TIMEOUT_BODY, ms: afterMs }
		: { kind: 'answer', status: 503, body: TIMEOUT_BODY };
}

/** No limits are published for v3; 429 is what clients are told to expect. */
export function rateLimited(): FaultKind {
	return {
		kind: 'answer',
		status: 429,
		body: { status: 'error', message: 'Too many requests', data: null },
	};
}
