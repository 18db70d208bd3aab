/**
 * Invoices before and since API version 2025-03-31.basil, which moved everything about subscriptions and payments.
 * https://docs.stripe.com/changelog/basil/2025-03-31/adds-new-parent-field-to-invoicing-objects
 */
import {
	isJsonObject,
	listAt,
	numberAt,
	stringAt,
	valueAt,
	type JsonObject,
} from '../../core/json';

/** null for an invoice that no subscription made. */
export function subscriptionOf(invoice: JsonObject): string | null {
	return (
		stringAt(invoice, 'parent', 'subscription_details', 'subscription') ??
		stringAt(invoice, 'subscription')
	);
}

/** Every place that may carry our metadata, the most reliable first. */
export function metadataOf(invoice: JsonObject): unknown[] {
	return [
		valueAt(invoice, 'parent', 'subscription_details', 'metadata'),
		valueAt(invoice, 'subscription_details', 'metadata'),
		valueAt(invoice, 'metadata'),
		...linesOf(invoice).map((line) => valueAt(line, 'metadata')),
	];
}

/** Unix seconds until which the subscription is billed with this invoice. */
export function periodEndOf(invoice: JsonObject): number | null {
	const ends = regularLines(invoice).map((line) => numberAt(line, 'period', 'end') ?? 0);
	return Math.max(0, ...ends) || null;
}

/** The product's name out of Stripe's line text: `1 × Gold plan (at €29.00 / month)`. */
export function planNameOf(invoice: JsonObject): string | null {
	const text = stringAt(regularLines(invoice)[0], 'description');
	return text?.replace(/^\d+ × (.+) \(at .+\)$/, '$1') ?? null;
}

function linesOf(invoice: JsonObject): JsonObject[] {
	return listAt(invoice, 'lines', 'data').filter(isJsonObject);
}

/** Lines of the subscription itself, without what a change of plan in mid-period adds. */
function regularLines(invoice: JsonObject): JsonObject[] {
	return linesOf(invoice).filter(
		(line) =>
			(valueAt(line, 'parent', 'type') === 'subscription_item_details' ||
				valueAt(line, 'type') === 'subscription') &&
			valueAt(line, 'parent', 'subscription_item_details', 'proration') !== true &&
			valueAt(line, 'proration') !== true,
	);
}
