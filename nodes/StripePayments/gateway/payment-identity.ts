/**
 * Which payment an object of Stripe tells of, and of which lead. One payment has many objects; its canonical id is the
 * invoice (`in_`) for subscriptions and the payment intent (`pi_`) for everything else.
 */
import { objectAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import { pathTo, type StripeApi } from './api';
import { findPage } from './checkout-page';
import { metadataOf, subscriptionOf } from './invoice-shapes';
import { leadOf, type Lead } from '../../core/lead-metadata';
import { leadOfSession } from './lead';

export interface PaymentIdentity {
	paymentId: string;
	lead: Lead;
	/** The invoice, when the payment is one of a subscription. */
	invoice: JsonObject | null;
}

/**
 * @param payment a payment intent or a charge; both carry `customer`, `metadata` and, before basil, `invoice`
 * @see https://docs.stripe.com/metadata#exceptions which object gets whose metadata
 */
export async function identify(payment: JsonObject, api: StripeApi): Promise<PaymentIdentity> {
	const intentId = intentIdOf(payment);
	const paymentId = intentId ?? stringAt(payment, 'id') ?? '';
	const lead = leadOf(valueAt(payment, 'metadata'));
	// Intents of subscriptions never get our metadata, so this one is none.
	if (lead.leadId !== null || intentId === null) return { paymentId, lead, invoice: null };

	const invoice = await invoiceOf(payment, intentId, api);
	if (invoice !== null && subscriptionOf(invoice) !== null) {
		const invoiceId = stringAt(invoice, 'id') ?? paymentId;
		return { paymentId: invoiceId, lead: await leadOfInvoice(invoice, api), invoice };
	}
	const invoiced =
		invoice === null ? lead : firstKnown(metadataOf(invoice).map((one) => leadOf(one)));
	return {
		paymentId,
		lead:
			invoiced.leadId !== null
				? invoiced
				: leadOfSession(await findPage({ payment_intent: intentId }, api)),
		invoice: null,
	};
}

export async function leadOfInvoice(invoice: JsonObject, api: StripeApi): Promise<Lead> {
	const lead = firstKnown(metadataOf(invoice).map((metadata) => leadOf(metadata)));
	const subscriptionId = subscriptionOf(invoice);
	if (lead.leadId !== null || subscriptionId === null) return lead;
	return await leadOfSubscription(await api.get(pathTo('subscriptions', subscriptionId)), api);
}

export async function leadOfSubscription(subscription: JsonObject, api: StripeApi): Promise<Lead> {
	const lead = leadOf(valueAt(subscription, 'metadata'));
	const id = stringAt(subscription, 'id');
	if (lead.leadId !== null || id === null) return lead;
	return leadOfSession(await findPage({ subscription: id }, api));
}

/** The intent that pays an invoice; null while there is none. */
export async function intentOfInvoice(
	invoice: JsonObject,
	api: StripeApi,
): Promise<JsonObject | null> {
	const legacyId = stringAt(invoice, 'payment_intent');
	if (legacyId !== null) return await api.get(pathTo('payment_intents', legacyId));
	const payments = await api.get('/v1/invoice_payments', {
		invoice: stringAt(invoice, 'id'),
		expand: ['data.payment.payment_intent'],
	});
	return objectAt(payments, 'data', 0, 'payment', 'payment_intent');
}

/** Invoices are only made for customers, so without one there is nothing to ask for. */
async function invoiceOf(
	payment: JsonObject,
	intentId: string,
	api: StripeApi,
): Promise<JsonObject | null> {
	const legacyId = stringAt(payment, 'invoice');
	if (legacyId !== null) return await api.get(pathTo('invoices', legacyId));
	if (!stringAt(payment, 'customer') && !stringAt(payment, 'customer_account')) return null;
	const payments = await api.get('/v1/invoice_payments', {
		payment: { type: 'payment_intent', payment_intent: intentId },
		expand: ['data.invoice'],
	});
	return objectAt(payments, 'data', 0, 'invoice');
}

function firstKnown(leads: Lead[]): Lead {
	return leads.find(({ leadId }) => leadId !== null) ?? leadOf(null);
}

function intentIdOf(payment: JsonObject): string | null {
	return valueAt(payment, 'object') === 'payment_intent'
		? stringAt(payment, 'id')
		: (stringAt(payment, 'payment_intent') ?? stringAt(payment, 'payment_intent', 'id'));
}
