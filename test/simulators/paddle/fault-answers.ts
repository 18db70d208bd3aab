import type { FaultKind } from '../http/faults';
import { PaddleError } from './api/paddle-error';
import { tooMany } from './api/rate-limit';

type Answer = Extract<FaultKind, { kind: 'answer' }>;

const REQUEST_ID = '00000000-0000-0000-0000-000000000000';

/** What Paddle says at its rate limit. https://developer.paddle.com/errors/shared/too_many_requests */
export function rateLimited(retryAfterSeconds = 60): Answer {
	return answer(tooMany(retryAfterSeconds * 1000));
}

/** An outage. Paddle has no idempotency keys: whether the work was done stays unknown. */
export function serverError(status = 500): Answer {
	return answer(
		new PaddleError(status, 'shared', 'internal_error', 'An unexpected error occurred.'),
	);
}

function answer(error: PaddleError): Answer {
	return {
		kind: 'answer',
		status: error.status,
		headers: error.headers,
		body: error.body(REQUEST_ID),
	};
}
