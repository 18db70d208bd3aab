import type { FaultKind } from '../http/faults';

type Answer = Extract<FaultKind, { kind: 'answer' }>;

/** What Stripe says at its rate limit. https://docs.stripe.com/rate-limits */
export function rateLimited(reason = 'global-rate'): Answer {
	return {
		kind: 'answer',
		status: 429,
		headers: { 'Stripe-Rate-Limited-Reason': reason },
		body: {
			error: {
				code: 'rate_limit',
				message: 'Too many requests hit the API too quickly.',
				type: 'invalid_request_error',
			},
		},
	};
}

/** An outage. With an idempotency key this answer is stored and replayed, as Stripe does. */
export function serverError(status = 500): Answer {
	return {
		kind: 'answer',
		status,
		body: {
			error: { message: 'An unexpected error occurred.', type: 'api_error' },
		},
	};
}
