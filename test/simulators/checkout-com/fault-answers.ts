import type { FaultKind } from '../http/faults';
import { newRequestId } from './ids';

type Answer = Extract<FaultKind, { kind: 'answer' }>;

/** 100 reads and 100 writes a second, fewer in sandbox. Only the status is documented; there is no Retry-After. */
export function rateLimited(): Answer {
	return {
		kind: 'answer',
		status: 429,
		body: {
			request_id: newRequestId(),
			error_type: 'request_rate_limited',
			error_codes: ['rate_limit_exceeded'],
		},
	};
}

/** An outage: 500 or 502, without a body. */
export function serverError(status = 502): Answer {
	return { kind: 'answer', status, body: '' };
}
