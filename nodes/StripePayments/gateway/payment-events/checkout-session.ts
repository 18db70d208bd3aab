import { stringAt } from '../../../core/json';
import type { PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import { pathTo } from '../api';
import { leadOfSession } from '../lead';
import { failureReason } from '../reasons';
import type { StripeEvent } from '../stripe-event';
import {
	certainMethod,
	customerAt,
	moneyAt,
	paymentEvent,
	type ReadPaymentEvents,
} from './payment-event';

/**
 * A completed page is not yet money: only `paid` is. `unpaid` awaits a delayed method, `no_payment_required` is a
 * trial or a full discount. https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-payment_status
 */
export const checkoutCompleted: ReadPaymentEvents = async (event) => {
	switch (stringAt(event.object, 'payment_status')) {
		case 'paid':
			return isSubscription(event) ? [] : [sessionEvent(event, 'payment.succeeded')];
		case 'unpaid':
			return [sessionEvent(event, 'payment.pending')];
		default:
			return [];
	}
};

export const delayedPaymentSucceeded: ReadPaymentEvents = async (event) =>
	isSubscription(event) ? [] : [sessionEvent(event, 'payment.succeeded')];

export const delayedPaymentFailed: ReadPaymentEvents = async (event, api) => {
	if (isSubscription(event)) return [];
	const intentId = stringAt(event.object, 'payment_intent');
	const intent = intentId === null ? null : await api.get(pathTo('payment_intents', intentId));
	return [sessionEvent(event, 'payment.failed', { reason: failureReason(intent) })];
};

/** What a page tells of its payment. */
export function sessionEvent(
	event: StripeEvent,
	type: PaymentEvent['type'],
	facts: Partial<PaymentFacts> = {},
): PaymentEvent {
	const { object: session } = event;
	const subscriptionId = stringAt(session, 'subscription');
	return paymentEvent(event, {
		type,
		paymentId:
			stringAt(session, 'payment_intent') ??
			stringAt(session, 'invoice') ??
			stringAt(session, 'id'),
		money: moneyAt(session, 'amount_total'),
		lead: leadOfSession(session),
		method: certainMethod(session),
		customer: customerAt(session, 'customer_details'),
		subscription:
			subscriptionId === null
				? null
				: { id: subscriptionId, status: 'incomplete', nextBillingAt: null, endsAt: null },
		...facts,
	});
}

/** Payments of subscriptions are told by their invoices. */
function isSubscription({ object }: StripeEvent): boolean {
	return stringAt(object, 'mode') === 'subscription';
}
