import type { DeliveryRules } from '../../http/deliveries';
import type { DashboardSettings } from '../dashboard';

/** Real milliseconds a receiver has to answer. */
export const ANSWER_TIMEOUT = 60_000;
const RETRIES = 3;
const PAUSE = 30 * 60_000;

/** "Must return a 200"; retries only when the merchant has switched them on. https://developer.flutterwave.com/docs/webhooks */
export function deliveryRules(dashboard: DashboardSettings, timeoutMs: number): DeliveryRules {
	return {
		timeoutMs,
		succeeded: (status) => status === 200,
		retryAfterMs: (attempt) => (dashboard.retries && attempt <= RETRIES ? PAUSE : null),
	};
}
