import { numberAt, stringAt, type JsonObject } from '../../../core/json';
import type { PaymentEvent } from '../../../core/payment-event';
import { periodEndOf, planNameOf, subscriptionOf } from '../invoice-shapes';
import type { Lead } from '../../../core/lead-metadata';
import { intentOfInvoice, leadOfInvoice } from '../payment-identity';
import { failureReason } from '../reasons';
import type { StripeEvent } from '../stripe-event';
import { isoTime, isoTimeAt, moneyAt, paymentEvent, type ReadPaymentEvents } from './payment-event';

/**
 * Only invoices of subscriptions count: a one-off invoice is paid with a payment intent that tells of itself, and one
 * that Checkout makes after a purchase repeats what `checkout.session.completed` said. Trials are "paid" with nothing.
 */
export const invoicePaid: ReadPaymentEvents = async (event, api) => {
	const { object: invoice } = event;
	const paid = numberAt(invoice, 'amount_paid') ?? 0;
	if (subscriptionOf(invoice) === null || paid <= 0) return [];
	return [invoiceEvent(event, 'payment.succeeded', await leadOfInvoice(invoice, api))];
};

export const invoiceFailed: ReadPaymentEvents = async (event, api) => {
	const { object: invoice } = event;
	if (subscriptionOf(invoice) === null) return [];
	const lead = await leadOfInvoice(invoice, api);
	const reason = failureReason(await intentOfInvoice(invoice, api));
	return [{ ...invoiceEvent(event, 'payment.failed', lead), reason }];
};

/** What an invoice of a subscription tells of its payment. */
export function invoiceEvent(
	event: StripeEvent,
	type: PaymentEvent['type'],
	lead: Lead,
): PaymentEvent {
	const { object: invoice } = event;
	const paid = (numberAt(invoice, 'amount_paid') ?? 0) > 0;
	return paymentEvent(event, {
		type,
		paymentId: stringAt(invoice, 'id'),
		money: moneyAt(invoice, paid ? 'amount_paid' : 'amount_due'),
		lead,
		customer: {
			name: stringAt(invoice, 'customer_name'),
			email: stringAt(invoice, 'customer_email'),
			phone: stringAt(invoice, 'customer_phone'),
		},
		invoiceNumber: stringAt(invoice, 'number'),
		planName: planNameOf(invoice),
		subscription: subscriptionAfter(invoice, type),
	});
}

/** The invoice does not say how its subscription stands, but it follows from what happened. */
function subscriptionAfter(
	invoice: JsonObject,
	type: PaymentEvent['type'],
): PaymentEvent['subscription'] {
	const id = subscriptionOf(invoice);
	if (id === null) return null;
	if (type === 'payment.succeeded') {
		const periodEnd = periodEndOf(invoice);
		const nextBillingAt = periodEnd === null ? null : isoTime(periodEnd);
		return { id, status: 'active', nextBillingAt, endsAt: null };
	}
	const first = stringAt(invoice, 'billing_reason') === 'subscription_create';
	return {
		id,
		status: first ? 'incomplete' : 'past_due',
		nextBillingAt: isoTimeAt(invoice, 'next_payment_attempt'),
		endsAt: null,
	};
}
