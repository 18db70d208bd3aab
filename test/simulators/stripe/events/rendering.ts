import { BASIL, isBefore } from '../api/versions';
import type { StripeStore } from '../store';
import type { Invoice, InvoicePayment } from '../wire';

/**
 * An object, or anything that contains objects, in the shape of a version.
 * Only the basil release changes fields that payments need (stripe-node CHANGELOG 18.0.0).
 */
export function render<T>(store: StripeStore, value: T, version: string): T {
	if (!isBefore(version, BASIL)) return value;
	return legacy(store, value) as T;
}

function legacy(store: StripeStore, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((item) => legacy(store, item));
	if (typeof value !== 'object' || value === null) return value;
	const object = Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, legacy(store, inner)]),
	);
	switch (object['object']) {
		case 'invoice':
			return legacyInvoice(store, object);
		case 'payment_intent':
			return { ...object, invoice: invoiceOfIntent(store, object['id']) };
		case 'charge':
			return { ...object, invoice: invoiceOfIntent(store, object['payment_intent']) };
		default:
			return object;
	}
}

function legacyInvoice(
	store: StripeStore,
	object: Record<string, unknown>,
): Record<string, unknown> {
	const { parent, ...rest } = object;
	delete rest['payments'];
	const details = (parent as Invoice['parent'])?.subscription_details ?? null;
	const payment = paymentsOf(store).find(({ invoice }) => invoice === object['id']);
	const intent = payment?.payment.payment_intent ?? null;
	return {
		...rest,
		charge: store.paymentIntents.find(intent)?.latest_charge ?? null,
		paid: object['status'] === 'paid',
		payment_intent: intent,
		subscription: details?.subscription ?? null,
		subscription_details: details ? { metadata: details.metadata } : { metadata: null },
	};
}

function invoiceOfIntent(store: StripeStore, intent: unknown): string | null {
	return (
		paymentsOf(store).find(({ payment }) => payment.payment_intent === intent)?.invoice ?? null
	);
}

function paymentsOf(store: StripeStore): InvoicePayment[] {
	return store.invoicePayments.newestFirst();
}
