import { stripe } from '../../../nodes/StripePayments/gateway';
import {
	PI,
	INVOICE,
	SUBSCRIPTION,
	PAYER,
	NOBODY,
	intent,
	ofSubscription,
	invoicePayments,
	sessionsOfIntent,
	paidByInvoice,
	objectOf,
	legacyInvoice,
	itTells,
	type EventCase,
	oneOff,
	ofInvoice,
	session,
} from './event-case';
import { context, listOf } from './stripe-double';
import { stripeEvent } from './stripe-fixture';

const jpy = { currency: 'jpy', amount_total: 500 };
const ugx = { currency: 'ugx', amount_total: 500 };
const kwd = { currency: 'kwd', amount_total: 5120 };

const cases: EventCase[] = [
	{
		name: 'a paid page is a success',
		event: stripeEvent('checkout.session.completed'),
		expected: {
			...oneOff,
			gateway: 'stripe',
			type: 'payment.succeeded',
			eventId: 'evt_mIw72RZ73TlgvbPUKol8kyPO',
			eventType: 'checkout.session.completed',
			reference: 'kommo-31415926',
			contactId: null,
			responsibleUserId: null,
			refunded: null,
			occurredAt: '2026-11-20T08:01:03.000Z',
			simulated: false,
			method: null,
			reason: null,
			customer: PAYER,
			invoiceNumber: null,
			planName: null,
			subscription: null,
		},
	},
	{
		name: 'a page that was completed with a delayed method is pending',
		event: stripeEvent('checkout.session.completed', {
			payment_status: 'unpaid',
			payment_method_types: ['sepa_debit'],
		}),
		expected: { ...oneOff, type: 'payment.pending', method: 'sepa_debit' },
	},
	{
		name: 'a page that cost nothing is no payment',
		event: stripeEvent('checkout.session.completed', {
			payment_status: 'no_payment_required',
			amount_total: 0,
		}),
		expected: null,
	},
	{
		name: 'the page of a subscription is told by its invoice',
		event: stripeEvent('checkout.session.completed.subscription'),
		expected: null,
	},
	{
		name: 'the page of a subscription that waits for its money is pending under its invoice',
		event: stripeEvent('checkout.session.completed.subscription', { payment_status: 'unpaid' }),
		expected: {
			...ofInvoice,
			type: 'payment.pending',
			subscription: { id: SUBSCRIPTION, status: 'incomplete', nextBillingAt: null, endsAt: null },
		},
	},
	{
		name: 'nor is it of the lead that its payer wrote into the address',
		event: stripeEvent('checkout.session.completed.subscription', {
			payment_status: 'unpaid',
			metadata: {},
			client_reference_id: 'kommo_7_abc',
		}),
		expected: { type: 'payment.pending', leadId: null },
	},
	{
		name: 'all that we sent with a link comes back',
		event: stripeEvent('checkout.session.completed', {
			metadata: {
				kommo_lead_id: '7',
				kommo_contact_id: '8',
				kommo_responsible_user_id: '9',
				kommo_reference: 'kommo_7_abc',
			},
			client_reference_id: 'kommo_666_edited',
		}),
		expected: { leadId: 7, contactId: 8, responsibleUserId: 9, reference: 'kommo_7_abc' },
	},
	{
		name: 'without metadata the reference in the address names the lead',
		event: stripeEvent('checkout.session.completed', {
			metadata: {},
			client_reference_id: 'kommo_7_abc',
		}),
		expected: { leadId: 7, reference: 'kommo_7_abc' },
	},
	{
		name: 'a reference of somebody else names no lead',
		event: stripeEvent('checkout.session.completed', {
			metadata: { kommo_lead_id: '-1' },
			client_reference_id: 'cart-7',
		}),
		expected: { leadId: null, reference: 'cart-7' },
	},
	{
		name: 'yen have no decimals',
		event: stripeEvent('checkout.session.completed', jpy),
		expected: { amount: '500', amountMinor: 500, currency: 'JPY' },
	},
	{
		name: 'Ugandan shillings come with two decimals that mean nothing',
		event: stripeEvent('checkout.session.completed', ugx),
		expected: { amount: '5', amountMinor: 5, currency: 'UGX' },
	},
	{
		name: 'Kuwaiti dinars have three decimals',
		event: stripeEvent('checkout.session.completed', kwd),
		expected: { amount: '5.120', amountMinor: 5120, currency: 'KWD' },
	},
	{
		name: 'a live event says so, whatever the key is for',
		event: { ...stripeEvent('checkout.session.completed'), livemode: true },
		expected: { live: true },
	},
	{
		name: 'a delayed payment that arrived is a success',
		event: stripeEvent('checkout.session.async_payment_succeeded'),
		expected: { ...oneOff, type: 'payment.succeeded', method: 'sepa_debit' },
	},
	{
		name: 'a delayed payment that arrived for a subscription is told by its invoice',
		event: stripeEvent('checkout.session.async_payment_succeeded', { mode: 'subscription' }),
		expected: null,
	},
	{
		name: 'a delayed payment that failed says why, in words',
		event: stripeEvent('checkout.session.async_payment_failed'),
		asks: { [`GET /v1/payment_intents/${PI}`]: intent },
		expected: {
			...oneOff,
			type: 'payment.failed',
			reason: 'there is not enough money on the card or account',
		},
	},
	{
		name: 'an abandoned page is noise',
		event: stripeEvent('checkout.session.expired'),
		expected: null,
	},
	{
		name: 'a payment intent is a success under its own id',
		event: stripeEvent('payment_intent.succeeded'),
		expected: { ...oneOff, type: 'payment.succeeded' },
	},
	{
		name: 'what was collected counts, not what was asked for',
		event: stripeEvent('payment_intent.succeeded', { amount_received: 150000 }),
		expected: { amount: '1500.00' },
	},
	{
		name: 'the intent of a subscription is a success under its invoice',
		event: stripeEvent('payment_intent.succeeded', ofSubscription),
		asks: { [invoicePayments]: paidByInvoice },
		expected: {
			...ofInvoice,
			type: 'payment.succeeded',
			eventType: 'payment_intent.succeeded',
			invoiceNumber: 'ABCD1234-0001',
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: '2026-12-21T08:00:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'before basil the intent itself names its invoice',
		event: stripeEvent('payment_intent.succeeded', { ...ofSubscription, invoice: INVOICE }),
		asks: { [`GET /v1/invoices/${INVOICE}`]: legacyInvoice() },
		expected: { ...ofInvoice, type: 'payment.succeeded' },
	},
	{
		name: 'the intent of a one-off invoice keeps its own id and takes the lead from the invoice',
		event: stripeEvent('payment_intent.succeeded', ofSubscription),
		asks: {
			[invoicePayments]: listOf({
				invoice: objectOf('invoice.paid.one_time_invoice_creation'),
			}),
		},
		expected: { ...oneOff, type: 'payment.succeeded' },
	},
	{
		name: 'the intent of a link made by hand takes the lead from its page',
		event: stripeEvent('payment_intent.succeeded', { metadata: {} }),
		asks: {
			[sessionsOfIntent]: listOf({
				...session,
				metadata: {},
				client_reference_id: 'kommo_7_abc',
			}),
		},
		expected: { paymentId: PI, leadId: 7, reference: 'kommo_7_abc' },
	},
	{
		name: 'a payment that has nothing to do with Kommo has no lead',
		event: stripeEvent('payment_intent.succeeded', { metadata: {} }),
		asks: { [sessionsOfIntent]: listOf() },
		expected: { paymentId: PI, leadId: null, reference: null },
	},
	{
		name: 'an intent in processing is pending',
		event: stripeEvent('payment_intent.processing'),
		expected: { ...oneOff, type: 'payment.pending', method: 'sepa_debit' },
	},
	{
		name: 'a declined card is a failure with the reason in words',
		event: stripeEvent('payment_intent.payment_failed'),
		expected: {
			...oneOff,
			type: 'payment.failed',
			reason: 'there is not enough money on the card or account',
			customer: NOBODY,
		},
	},
	{
		name: 'a failure knows its payer from the payment method',
		event: stripeEvent('payment_intent.payment_failed', {
			last_payment_error: {
				code: 'card_declined',
				decline_code: 'a_new_code',
				message: 'Your card was declined.',
				payment_method: { type: 'card', billing_details: PAYER },
			},
		}),
		expected: { method: 'card', customer: PAYER, reason: 'the bank declined the card' },
	},
	{
		name: 'a failure with codes nobody knows repeats what Stripe says',
		event: stripeEvent('payment_intent.payment_failed', {
			last_payment_error: { code: 'brand_new', message: 'Something new happened.' },
		}),
		expected: { reason: 'Something new happened' },
	},
	{
		name: 'a failure with nothing but an unknown code keeps it readable',
		event: stripeEvent('payment_intent.payment_failed', {
			last_payment_error: { code: 'brand_new_code' },
		}),
		expected: { reason: 'brand new code' },
	},
	{
		name: 'the failed intent of a subscription is told by its invoice',
		event: stripeEvent('payment_intent.payment_failed', ofSubscription),
		asks: { [invoicePayments]: paidByInvoice },
		expected: null,
	},
	{
		name: 'the other events of one purchase say nothing',
		event: stripeEvent('charge.succeeded'),
		expected: null,
	},
];

describe('what checkout pages and payment intents tell', () => {
	itTells(cases);

	it('keep the whole body as it came', async () => {
		const body = stripeEvent('checkout.session.completed');
		const [event] = await stripe.toPaymentEvents(body, context);
		expect(event?.raw).toEqual(stripeEvent('checkout.session.completed'));
	});

	it('are none for what is no event', async () => {
		expect(await stripe.toPaymentEvents({ object: 'v2.core.event' }, context)).toEqual([]);
	});
});
