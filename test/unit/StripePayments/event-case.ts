/** What the suites of Stripe's events have in common: the purchase of the fixtures, and how an event is tried. */
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { stripe } from '../../../nodes/StripePayments/gateway';
import { isolateNetwork } from '../../http/provider-double';
import { context, listOf, stripeAnswers } from './stripe-double';
import { stripeEvent, type EventFixture } from './stripe-fixture';

export const PI = 'pi_3SKommoAbCdEfGh1aBcDeFg';
export const CHARGE = 'ch_3SKommoAbCdEfGh1xYzXyZx';
export const INVOICE = 'in_1SKommoAbCdEfGhIjKlMnOp';
export const SUBSCRIPTION = 'sub_1SKommoAbCdEfGhIjKlMnOp';
export const LEAD = 31415926;

/** The payer of the fixtures. */
export const PAYER = { name: 'Example Payer', email: 'payer@example.com', phone: null };
export const NOBODY = { name: null, email: null, phone: null };

export const charge = objectOf('charge.refunded.full');
export const intent = objectOf('payment_intent.payment_failed');
export const subscriptionInvoice = objectOf('invoice.paid.subscription_create');
export const session = objectOf('checkout.session.completed');
export const subscription = objectOf('customer.subscription.updated');

/** Subscriptions' intents and charges have a customer and no metadata of ours. */
export const ofSubscription = { metadata: {}, customer: 'cus_TKommoAbCdEf' };
export const invoicePayments = `GET /v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]=${PI}&expand[0]=data.invoice`;
export const sessionsOfIntent = `GET /v1/checkout/sessions?payment_intent=${PI}&limit=1`;
export const intentOfFailedInvoice =
	'GET /v1/invoice_payments?invoice=in_1SKommoRenewalFailed&expand[0]=data.payment.payment_intent';
export const failedIntent = listOf({ payment: { type: 'payment_intent', payment_intent: intent } });
export const paidByInvoice = listOf({ id: 'inpay_1', invoice: subscriptionInvoice });

export interface EventCase {
	name: string;
	event: EventFixture;
	/** What Stripe answers when asked; nothing may be asked besides. */
	asks?: Record<string, object>;
	expected: Partial<PaymentEvent> | null;
}

export const oneOff: Partial<PaymentEvent> = {
	paymentId: PI,
	leadId: LEAD,
	amount: '1999.00',
	amountMinor: 199900,
	currency: 'EUR',
	live: false,
};
export const ofInvoice: Partial<PaymentEvent> = {
	paymentId: INVOICE,
	leadId: LEAD,
	amount: '29.00',
	amountMinor: 2900,
	currency: 'EUR',
};

/** One test for each case. */
export function itTells(cases: readonly EventCase[]): void {
	isolateNetwork();
	it.each(cases)('$name', async ({ event, asks = {}, expected }) => {
		const sent = stripeAnswers(asks);
		const events = await stripe.toPaymentEvents(event, context);
		if (expected === null) expect(events).toEqual([]);
		else expect(events).toEqual([expect.objectContaining(expected)]);
		expect(sent).toHaveLength(Object.keys(asks).length);
	});
}

export function objectOf(name: string): Record<string, unknown> {
	return stripeEvent(name).data.object;
}

/** What stripe-node's CHANGELOG 18.0.0 lists as removed, put back; and what was added, taken away. */
export function legacyInvoice(): Record<string, unknown> {
	const invoice = objectOf('invoice.paid.subscription_create');
	const [line] = (invoice['lines'] as { data: Array<Record<string, unknown>> }).data;
	return {
		...invoice,
		parent: undefined,
		paid: true,
		payment_intent: PI,
		subscription: SUBSCRIPTION,
		subscription_details: { metadata: { kommo_lead_id: String(LEAD) } },
		lines: {
			object: 'list',
			data: [{ ...line, parent: undefined, metadata: {}, type: 'subscription', proration: false }],
		},
	};
}
