import { stripe } from '../../../nodes/StripePayments/gateway';
import {
	CHARGE,
	INVOICE,
	LEAD,
	PAYER,
	charge,
	ofSubscription,
	invoicePayments,
	paidByInvoice,
	itTells,
	type EventCase,
	oneOff,
} from './event-case';
import { context, stripeAnswers } from './stripe-double';
import { stripeEvent } from './stripe-fixture';

const cases: EventCase[] = [
	{
		name: 'a charge that was refunded in full says so',
		event: stripeEvent('charge.refunded.full'),
		expected: {
			...oneOff,
			type: 'payment.refunded',
			refunded: { amount: '1999.00', amountMinor: 199900, total: true },
			method: 'card',
			customer: PAYER,
		},
	},
	{
		name: 'a charge that was refunded in part says how much so far',
		event: stripeEvent('charge.refunded.full', { amount_refunded: 50000, refunded: false }),
		expected: { ...oneOff, refunded: { amount: '500.00', amountMinor: 50000, total: false } },
	},
	{
		name: 'the refunded charge of a subscription belongs to its invoice',
		event: stripeEvent('charge.refunded.full', ofSubscription),
		asks: { [invoicePayments]: paidByInvoice },
		expected: { paymentId: INVOICE, leadId: LEAD, type: 'payment.refunded' },
	},
	{
		name: 'a charge without an intent is its own payment',
		event: stripeEvent('charge.refunded.full', { payment_intent: null }),
		expected: { ...oneOff, paymentId: CHARGE },
	},
	{
		name: 'a refund asks its charge for the lead and the sum so far',
		event: stripeEvent('refund.created'),
		asks: {
			[`GET /v1/charges/${CHARGE}`]: { ...charge, amount_refunded: 50000, refunded: false },
		},
		expected: {
			...oneOff,
			type: 'payment.refunded',
			refunded: { amount: '500.00', amountMinor: 50000, total: false },
			reason: 'the client asked for it',
		},
	},
	{
		name: 'a refund that failed gives the money back to the merchant',
		event: stripeEvent(
			'refund.created',
			{ status: 'failed', failure_reason: 'expired_or_canceled_card' },
			'refund.failed',
		),
		asks: { [`GET /v1/charges/${CHARGE}`]: { ...charge, amount_refunded: 0, refunded: false } },
		expected: {
			...oneOff,
			type: 'payment.refunded',
			refunded: { amount: '0.00', amountMinor: 0, total: false },
			reason: 'the card has expired or was canceled',
		},
	},
	{
		name: 'a refund of a balance is of no payment',
		event: stripeEvent('refund.created', { charge: null, payment_intent: null }),
		expected: null,
	},
	{
		name: 'a dispute asks its charge for the lead',
		event: stripeEvent('charge.dispute.created'),
		asks: { [`GET /v1/charges/${CHARGE}`]: { ...charge, amount_refunded: 0, refunded: false } },
		expected: {
			...oneOff,
			type: 'payment.disputed',
			reason: 'the cardholder says it was not them, answer by 2026-12-05',
			refunded: null,
		},
	},
	{
		name: 'a dispute of a part tells how much it is',
		event: stripeEvent('charge.dispute.created', { amount: 100000 }),
		asks: { [`GET /v1/charges/${CHARGE}`]: charge },
		expected: { ...oneOff, amount: '1000.00', amountMinor: 100000 },
	},
	{
		name: 'a dispute that does not say how much is of the whole charge',
		event: stripeEvent('charge.dispute.created', { amount: undefined }),
		asks: { [`GET /v1/charges/${CHARGE}`]: charge },
		expected: oneOff,
	},
	...(['won', 'warning_closed', 'prevented', 'lost'] as const).map((status) => ({
		name: `a dispute that ended as ${status} is ${status === 'lost' ? 'lost' : 'won'}`,
		event: stripeEvent('charge.dispute.created', { status }, 'charge.dispute.closed'),
		asks: { [`GET /v1/charges/${CHARGE}`]: charge },
		expected: {
			...oneOff,
			type: 'payment.dispute_closed' as const,
			reason: status === 'lost' ? 'lost' : 'won',
		},
	})),
	{
		name: 'the dispute of a subscription payment belongs to its invoice',
		event: stripeEvent('charge.dispute.created'),
		asks: {
			[`GET /v1/charges/${CHARGE}`]: { ...charge, ...ofSubscription },
			[invoicePayments]: paidByInvoice,
		},
		expected: { paymentId: INVOICE, leadId: LEAD },
	},
];

describe('what refunds and disputes tell', () => {
	itTells(cases);

	it('fail visibly when Stripe does not let the key look up the lead', async () => {
		const refusal = {
			status: 403,
			body: { error: { message: 'The provided key does not have the required permissions.' } },
		};
		stripeAnswers({ [`GET /v1/charges/${CHARGE}`]: [refusal] });
		await expect(stripe.toPaymentEvents(stripeEvent('refund.created'), context)).rejects.toThrow(
			'The Stripe key may not do this',
		);
	});
});
