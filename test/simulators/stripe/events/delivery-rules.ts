import type { DeliveryRules } from '../../http/deliveries';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const THREE_DAYS = 72 * HOUR;

/** Pauses after the first, second … failure: three retries over a few hours in a sandbox. */
const SANDBOX_PAUSES = [10 * MINUTE, HOUR, 2 * HOUR];

/** https://docs.stripe.com/webhooks#behaviors. The receiver's time is not published; 10 s is assumed. */
export function deliveryRules(livemode: boolean): DeliveryRules {
	return {
		timeoutMs: 10_000,
		succeeded: (status) => status >= 200 && status < 300,
		retryAfterMs: (attempt) =>
			livemode ? livePause(attempt) : (SANDBOX_PAUSES[attempt - 1] ?? null),
	};
}

/** Exponential back-off from five minutes to half a day, until three days have passed. */
function livePause(attempt: number): number | null {
	const pause = (n: number): number => Math.min(5 * MINUTE * 3 ** (n - 1), 12 * HOUR);
	let passed = 0;
	for (let n = 1; n <= attempt; n += 1) passed += pause(n);
	return passed <= THREE_DAYS ? pause(attempt) : null;
}
