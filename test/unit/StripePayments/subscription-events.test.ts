import {
	SUBSCRIPTION,
	LEAD,
	PAYER,
	subscription,
	intentOfFailedInvoice,
	failedIntent,
	objectOf,
	legacyInvoice,
	itTells,
	type EventCase,
	ofInvoice,
} from './event-case';
import { listOf } from './stripe-double';
import { stripeEvent, type EventFixture } from './stripe-fixture';

const page = objectOf('checkout.session.completed.subscription');

const cases: EventCase[] = [
	{
		name: 'the first invoice of a subscription is a success',
		event: stripeEvent('invoice.paid.subscription_create'),
		expected: {
			...ofInvoice,
			type: 'payment.succeeded',
			eventType: 'invoice.paid',
			customer: PAYER,
			invoiceNumber: 'ABCD1234-0001',
			planName: 'Gold plan',
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: '2026-12-21T08:00:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'the invoice of a renewal is another payment',
		event: stripeEvent('invoice.paid.renewal'),
		expected: { ...ofInvoice, paymentId: 'in_1SKommoRenewalIjKlMnOp', type: 'payment.succeeded' },
	},
	{
		name: 'an invoice in the shape before basil is the same',
		event: {
			...stripeEvent('invoice.paid.subscription_create'),
			data: { object: legacyInvoice() },
		},
		expected: {
			...ofInvoice,
			type: 'payment.succeeded',
			planName: 'Gold plan',
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: '2026-12-21T08:00:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'its twin of another name is the same',
		event: stripeEvent('invoice.payment_succeeded'),
		expected: { ...ofInvoice, type: 'payment.succeeded' },
	},
	{
		name: 'an invoice whose copies of the metadata are gone asks the subscription',
		event: stripeEvent('invoice.paid.renewal', withoutMetadata('invoice.paid.renewal')),
		asks: { [`GET /v1/subscriptions/${SUBSCRIPTION}`]: subscription },
		expected: { leadId: LEAD },
	},
	{
		name: 'a subscription without metadata asks the page it was bought on',
		event: stripeEvent('invoice.paid.renewal', withoutMetadata('invoice.paid.renewal')),
		asks: {
			[`GET /v1/subscriptions/${SUBSCRIPTION}`]: { ...subscription, metadata: {} },
			[`GET /v1/checkout/sessions?subscription=${SUBSCRIPTION}&limit=1`]: listOf(page),
		},
		expected: { leadId: LEAD },
	},
	{
		name: 'a subscription is not of the lead that its payer wrote into the address of the page',
		event: stripeEvent('invoice.paid.renewal', withoutMetadata('invoice.paid.renewal')),
		asks: {
			[`GET /v1/subscriptions/${SUBSCRIPTION}`]: { ...subscription, metadata: {} },
			[`GET /v1/checkout/sessions?subscription=${SUBSCRIPTION}&limit=1`]: listOf({
				...page,
				metadata: {},
				client_reference_id: 'kommo_7_abc',
			}),
		},
		expected: { leadId: null },
	},
	{
		name: 'a trial is no payment',
		event: stripeEvent('invoice.paid.subscription_create', { amount_paid: 0, amount_due: 0 }),
		expected: null,
	},
	{
		name: 'the invoice of a one-off purchase repeats what its page said',
		event: stripeEvent('invoice.paid.one_time_invoice_creation'),
		expected: null,
	},
	{
		name: 'a renewal that failed says why and when Stripe tries again',
		event: stripeEvent('invoice.payment_failed'),
		asks: { [intentOfFailedInvoice]: failedIntent },
		expected: {
			type: 'payment.failed',
			paymentId: 'in_1SKommoRenewalFailed',
			leadId: LEAD,
			amount: '29.00',
			reason: 'there is not enough money on the card or account',
			subscription: {
				id: SUBSCRIPTION,
				status: 'past_due',
				nextBillingAt: '2026-12-25T01:20:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'a subscription that starts at once is activated',
		event: stripeEvent(
			'customer.subscription.updated',
			{ cancel_at: null, cancel_at_period_end: false, description: 'Gold plan' },
			'customer.subscription.created',
		),
		expected: {
			type: 'subscription.activated',
			paymentId: null,
			leadId: LEAD,
			amount: '29.00',
			planName: 'Gold plan',
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: '2026-12-21T08:00:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'a subscription that waits for its first payment is not yet anything',
		event: stripeEvent(
			'customer.subscription.updated',
			{ status: 'incomplete' },
			'customer.subscription.created',
		),
		expected: null,
	},
	{
		name: 'a subscription that got its first payment is activated',
		event: subscriptionUpdate('active', { status: 'incomplete' }),
		expected: { type: 'subscription.activated' },
	},
	{
		name: 'a subscription that fell behind is past due',
		event: subscriptionUpdate('past_due', { status: 'active' }),
		expected: { type: 'subscription.past_due' },
	},
	{
		name: 'a subscription that stays behind is merely updated',
		event: subscriptionUpdate('unpaid', { status: 'past_due' }),
		expected: { type: 'subscription.updated' },
	},
	{
		name: 'a subscription that caught up is updated',
		event: subscriptionUpdate('active', { status: 'past_due' }),
		expected: { type: 'subscription.updated' },
	},
	{
		name: 'a subscription that never got its first payment is still not anything',
		event: subscriptionUpdate('incomplete_expired', { status: 'incomplete' }),
		expected: null,
	},
	{
		name: 'a subscription that is to end says when, and is not billed again',
		event: stripeEvent('customer.subscription.updated'),
		expected: {
			type: 'subscription.updated',
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: null,
				endsAt: '2026-12-21T08:00:00.000Z',
			},
		},
	},
	{
		name: 'a subscription in the shape before basil has its period on itself',
		event: stripeEvent('customer.subscription.updated', {
			cancel_at: null,
			cancel_at_period_end: false,
			current_period_end: 1797840000,
			items: { data: [{ price: { unit_amount: 2900, nickname: 'Gold' }, quantity: 2 }] },
		}),
		expected: {
			amount: '58.00',
			planName: 'Gold',
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: '2026-12-21T08:00:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'a subscription that ended says why',
		event: stripeEvent('customer.subscription.deleted', {
			cancellation_details: { comment: null, feedback: 'unused', reason: 'cancellation_requested' },
		}),
		expected: {
			type: 'subscription.canceled',
			leadId: LEAD,
			reason: 'the client does not use it',
			subscription: {
				id: SUBSCRIPTION,
				status: 'canceled',
				nextBillingAt: null,
				endsAt: '2026-12-21T08:00:00.000Z',
			},
		},
	},
];

describe('what subscriptions and their invoices tell', () => {
	itTells(cases);
});

function subscriptionUpdate(status: string, before: Record<string, unknown>): EventFixture {
	const event = stripeEvent('customer.subscription.updated', { status });
	return { ...event, data: { ...event.data, previous_attributes: before } };
}

function withoutMetadata(name: string): Record<string, unknown> {
	const invoice = objectOf(name);
	const lines = invoice['lines'] as { data: object[] };
	return {
		metadata: {},
		parent: { subscription_details: { metadata: {}, subscription: SUBSCRIPTION } },
		lines: { ...lines, data: lines.data.map((line) => ({ ...line, metadata: {} })) },
	};
}
