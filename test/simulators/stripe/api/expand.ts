import type { StripeStore } from '../store';
import type { AnyObject } from '../wire';
import { invalid } from './stripe-error';

type Json = Record<string, unknown>;

/**
 * Replaces ids by objects, and adds lists that are left out by default, along `expand[]` paths.
 * https://docs.stripe.com/api/expanding_objects
 * @throws StripeError 400 when a path is deeper than four levels or cannot be expanded
 */
export function expand(store: StripeStore, result: AnyObject | Json, paths: string[]): Json {
	const copy = structuredClone(result) as Json;
	for (const path of paths) {
		const parts = path.split('.');
		if (parts.length > 4 + Number(parts.includes('data'))) {
			throw invalid('You cannot expand more than 4 levels of a property.', 'expand');
		}
		expandPath(store, copy, parts, path);
	}
	return copy;
}

function expandPath(store: StripeStore, node: unknown, parts: string[], path: string): void {
	const [part, ...rest] = parts;
	if (part === undefined) return;
	if (Array.isArray(node)) {
		for (const item of node) expandPath(store, item, parts, path);
		return;
	}
	if (typeof node !== 'object' || node === null) return;
	const object = node as Json;
	const value = object[part] ?? includable(store, object, part);
	if (value === undefined) {
		throw invalid(`This property cannot be expanded (${path}).`, 'expand');
	}
	if (typeof value === 'string') {
		const found = store.find(value);
		if (!found) throw invalid(`This property cannot be expanded (${path}).`, 'expand');
		object[part] = structuredClone(found);
	} else {
		object[part] = value;
	}
	expandPath(store, object[part], rest, path);
}

/** Lists that Stripe sends only when asked for. */
function includable(store: StripeStore, object: Json, part: string): unknown {
	const id = String(object['id']);
	const list = (url: string, data: unknown[]) => ({
		object: 'list',
		data: structuredClone(data),
		has_more: false,
		total_count: data.length,
		url,
	});
	switch (`${String(object['object'])}.${part}`) {
		case 'payment_link.line_items':
			return list(`/v1/payment_links/${id}/line_items`, store.linkItems.get(id) ?? []);
		case 'checkout.session.line_items':
			return list(`/v1/checkout/sessions/${id}/line_items`, store.plan(id).lineItems);
		case 'invoice.payments':
			return list(
				'/v1/invoice_payments',
				store.invoicePayments.newestFirst().filter((payment) => payment.invoice === id),
			);
		case 'charge.refunds':
			return list(
				`/v1/charges/${id}/refunds`,
				store.refunds.newestFirst().filter((refund) => refund.charge === id),
			);
		default:
			return undefined;
	}
}
