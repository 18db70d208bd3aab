import type { DeliveryRules } from '../../http/deliveries';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second … failure: eight retries over some 30 hours. */
export const RETRY_PAUSES = [
	5 * MINUTE,
	10 * MINUTE,
	15 * MINUTE,
	30 * MINUTE,
	HOUR,
	4 * HOUR,
	12 * HOUR,
	12 * HOUR,
];

/** Milliseconds a receiver has to answer. */
export const ANSWER_TIMEOUT = 10_000;

/** https://www.checkout.com/docs/developer-resources/event-notifications/receive-webhooks (2025-11-12) */
export function deliveryRules(timeoutMs: number): DeliveryRules {
	return {
		timeoutMs,
		succeeded: (status) => status >= 200 && status < 300,
		retryAfterMs: (attempt) => RETRY_PAUSES[attempt - 1] ?? null,
	};
}
