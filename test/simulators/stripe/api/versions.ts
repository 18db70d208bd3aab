import { StripeError } from './stripe-error';

/** The newest release the simulator knows. */
export const NEWEST_VERSION = '2026-10-28.endive';

/** Removed invoice fields: `invoice.payment_intent`, `.subscription`, `.paid`, and `invoice` on intents. */
export const BASIL = '2025-03-31';
/** First release whose payment links take inline `price_data`. */
export const INLINE_LINK_PRICES = '2025-07-30';
/** First release that refuses `payment_method_types` on sessions and intents. */
export const ENDIVE = '2026-09-30';

/** Versions are dates with an optional name, so texts compare as times do. */
export function isBefore(version: string, release: string): boolean {
	return version.slice(0, 10) < release;
}

/** @throws StripeError 400 for a version that does not exist */
export function checkVersion(version: string): void {
	const known = /^20\d\d-\d\d-\d\d(\.[a-z]+)?$/.test(version);
	if (known && version.slice(0, 10) <= NEWEST_VERSION.slice(0, 10)) return;
	throw new StripeError(400, { message: `Invalid Stripe API version: ${version}` });
}
