import type { JsonObject } from '../../../nodes/core/json';
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { flutterwave } from '../../../nodes/FlutterwavePayments/gateway';
import { isolateNetwork } from '../../http/provider-double';
import {
	context,
	flutterwaveAnswers,
	flutterwaveFixture,
	listOf,
	verified,
} from './flutterwave-double';

isolateNetwork();

const charge = flutterwaveFixture('v3.webhook.charge.completed.card.successful');
const flatCharge = flutterwaveFixture('legacy.webhook.flat.card.successful');
const flatRefund = flutterwaveFixture('v3.webhook.refund.flat');
const cancellation = flutterwaveFixture('unverified.v3.webhook.subscription.cancelled');
const notFound = flutterwaveFixture('v3.api.transactions.verify.not_found');
const plan = flutterwaveFixture('v3.api.payment-plans.create.response');
const VERIFY = 'GET /v3/transactions/285959875/verify';

/** Of the refund in the fixtures. */
const REFUNDED = 'GET /v3/transactions/8784082/verify';
const refundRow = { ...refundOf(89074, 5000, 'completed'), comments: 'refunds for ABC goods' };

function refundOf(id: number, amount_refunded: number, status: string): JsonObject {
	return { id, tx_id: 8784082, amount_refunded, status, created_at: '2025-08-04T16:18:31.000Z' };
}

const ours = {
	id: 285959875,
	tx_ref: 'kommo_31415926_x',
	meta: { kommo_lead_id: '31415926', kommo_contact_id: '7', kommo_responsible_user_id: '8' },
};

interface Case {
	name: string;
	body: JsonObject;
	/** What Flutterwave answers when asked; nothing may be asked besides. */
	asks: Record<string, object>;
	expected: Partial<PaymentEvent> | null;
}

const cases: Case[] = [
	{
		name: 'a card payment of the v3 shape',
		body: charge,
		asks: { [VERIFY]: verified(ours) },
		expected: {
			gateway: 'flutterwave',
			type: 'payment.succeeded',
			eventId: 'flw:charge.completed:285959875:successful',
			eventType: 'charge.completed',
			paymentId: '285959875',
			reference: 'kommo_31415926_x',
			leadId: 31415926,
			contactId: 7,
			responsibleUserId: 8,
			amount: '100.00',
			amountMinor: 10000,
			currency: 'NGN',
			refunded: null,
			occurredAt: '2020-07-15T14:31:16.000Z',
			live: true,
			simulated: false,
			method: 'card',
			reason: null,
			customer: { name: 'Yemi Desola', email: 'user@gmail.com', phone: null },
			subscription: null,
		},
	},
	{
		name: 'a card payment of the flat shape',
		body: flatCharge,
		asks: { 'GET /v3/transactions/8944267/verify': verified({ ...ours, id: 8944267 }) },
		expected: { type: 'payment.succeeded', paymentId: '8944267', leadId: 31415926, contactId: 7 },
	},
	{
		name: 'a payment whose meta is lost, by its reference',
		body: charge,
		asks: {
			[VERIFY]: verified({ ...ours, meta: null }),
			'GET /v3/subscriptions?email=user@gmail.com&status=active&page=1': listOf(),
			'GET /v3/subscriptions?email=user@gmail.com&status=cancelled&page=1': listOf(),
		},
		expected: { type: 'payment.succeeded', leadId: 31415926, contactId: null },
	},
	{
		name: 'a payment of somebody else',
		body: charge,
		asks: { [VERIFY]: verified({ id: 285959875, payment_type: 'ussd' }) },
		expected: {
			type: 'payment.succeeded',
			leadId: null,
			reference: 'LiveCardTest',
			method: 'ussd',
		},
	},
	{
		name: 'a payment that the body calls successful and Flutterwave failed',
		body: charge,
		asks: {
			[VERIFY]: verified({ ...ours, status: 'failed', processor_response: 'Do Not Honour' }),
		},
		expected: {
			type: 'payment.failed',
			eventId: 'flw:charge.completed:285959875:failed',
			reason: 'Do Not Honour',
		},
	},
	{
		name: 'a payment that waits for a one-time password which nobody entered',
		body: charge,
		asks: {
			[VERIFY]: verified({
				...ours,
				status: 'failed',
				processor_response: 'Please enter the OTP sent to your mobile number 080****',
			}),
		},
		expected: { type: 'payment.failed', reason: 'the client did not confirm the payment' },
	},
	{
		name: 'a payment that Flutterwave still waits for',
		body: charge,
		asks: { [VERIFY]: verified({ ...ours, status: 'pending', payment_type: 'mpesa' }) },
		expected: { type: 'payment.pending', method: 'mpesa' },
	},
	{
		name: 'an amount that differs from what the body claims',
		body: { ...charge, data: { ...(charge['data'] as object), amount: 999999, currency: 'USD' } },
		asks: { [VERIFY]: verified({ ...ours, amount: 107.5, charged_amount: 110.25 }) },
		expected: { amount: '107.50', amountMinor: 10750, currency: 'NGN' },
	},
	{
		name: 'nothing of a transaction that is not there',
		body: charge,
		asks: { [VERIFY]: notFound },
		expected: null,
	},
	{
		name: 'nothing of a transaction in an unknown state',
		body: charge,
		asks: { [VERIFY]: verified({ ...ours, status: 'reversed' }) },
		expected: null,
	},
	{
		name: 'nothing of a transfer',
		body: flutterwaveFixture('v3.webhook.transfer.completed.failed'),
		asks: {},
		expected: null,
	},
	{
		name: 'nothing of a flat transfer',
		body: flutterwaveFixture('legacy.webhook.flat.transfer.successful'),
		asks: {},
		expected: null,
	},
	{
		name: 'a payment that v4 reports, by its reference',
		body: {
			webhook_id: 'wbk_1',
			timestamp: 1795161700000,
			type: 'charge.completed',
			data: { id: 'chg_1', reference: 'kommo_31415926_x', status: 'succeeded', amount: 1 },
		},
		asks: {
			'GET /v3/transactions/verify_by_reference?tx_ref=kommo_31415926_x': verified(ours),
		},
		expected: { type: 'payment.succeeded', paymentId: '285959875', amount: '100.00' },
	},
	{
		name: 'a refund, added to the one before it',
		body: flatRefund,
		asks: {
			[REFUNDED]: verified({ ...ours, id: 8784082, amount: 7500 }),
			'GET /v3/refunds?id=8784082&page=1': listOf(
				refundRow,
				refundOf(89073, 1000.5, 'completed-momo'),
			),
		},
		expected: {
			type: 'payment.refunded',
			eventId: 'flw:refund:89074:completed',
			eventType: 'refund',
			paymentId: '8784082',
			leadId: 31415926,
			amount: '7500.00',
			refunded: { amount: '6000.50', amountMinor: 600050, total: false },
			reason: 'refunds for ABC goods',
			occurredAt: '2025-08-04T16:18:31.000Z',
		},
	},
	{
		name: 'a refund that the list does not have yet',
		body: flatRefund,
		asks: {
			[REFUNDED]: verified({ ...ours, id: 8784082, amount: 5000 }),
			'GET /v3/refunds?id=8784082&page=1': listOf(refundOf(1, 99, 'failed')),
			'GET /v3/refunds/89074': { status: 'success', data: refundRow },
		},
		expected: { refunded: { amount: '5000.00', amountMinor: 500000, total: true } },
	},
	{
		name: 'nothing of a refund that is on its way, whatever the body claims',
		body: flatRefund,
		asks: {
			[REFUNDED]: verified({ ...ours, id: 8784082 }),
			'GET /v3/refunds': listOf(refundOf(89074, 5000, 'pending-momo')),
		},
		expected: null,
	},
	{
		name: 'a refund that failed',
		body: flatRefund,
		asks: {
			[REFUNDED]: verified({ ...ours, id: 8784082 }),
			'GET /v3/refunds': listOf(refundOf(89074, 5000, 'failed')),
		},
		expected: {
			eventId: 'flw:refund:89074:failed',
			refunded: { amount: '0.00', amountMinor: 0, total: false },
			occurredAt: '2025-08-04T16:18:32.000Z',
		},
	},
	{
		name: 'the end of a subscription, of the lead whose link started it',
		body: cancellation,
		asks: {
			'GET /v3/subscriptions?email=user@example.com&plan=3807&status=cancelled&page=1':
				flutterwaveFixture('v3.api.subscriptions.list.response'),
			'GET /v3/payment-plans/17490': plan,
			'GET /v3/transactions': listOf(
				{ id: '1', tx_ref: 'a shop' },
				{ id: '285959875', tx_ref: ours.tx_ref },
			),
			'GET /v3/subscriptions?transaction_id=285959875&status=cancelled&page=1': listOf({
				id: 15376,
			}),
			[VERIFY]: verified(ours),
		},
		expected: {
			type: 'subscription.canceled',
			eventId: 'flw:subscription.cancelled:15376:cancelled',
			eventType: 'subscription.cancelled',
			paymentId: null,
			leadId: 31415926,
			amount: '2000.00',
			currency: 'NGN',
			occurredAt: '2026-11-20T12:00:00.000Z',
			planName: 'Church collections plan',
			subscription: { id: '15376', status: 'cancelled', nextBillingAt: null, endsAt: null },
		},
	},
	{
		name: 'nothing of a subscription that Flutterwave does not call canceled',
		body: cancellation,
		asks: {
			'GET /v3/subscriptions': listOf({ id: 15376, plan: 3807, status: 'active', amount: 1 }),
		},
		expected: null,
	},
];

describe('what a Flutterwave delivery tells, once Flutterwave is asked', () => {
	it.each(cases)('$name', async ({ body, asks, expected }) => {
		const sent = flutterwaveAnswers(asks);
		const events = await flutterwave.toPaymentEvents(body, context);
		if (expected === null) expect(events).toEqual([]);
		else expect(events).toEqual([expect.objectContaining(expected)]);
		expect(sent).toHaveLength(Object.keys(asks).length);
	});

	it('is shown as Flutterwave said it, but for the token of the card', async () => {
		const answer = verified(ours);
		flutterwaveAnswers({ [VERIFY]: answer });
		const [event] = await flutterwave.toPaymentEvents(charge, context);
		const { token, ...card } = answer.data['card'] as Record<string, unknown>;
		expect(token).toMatch(/^flw-/);
		expect(event?.raw).toEqual({ ...answer.data, card });
	});

	it.each([
		[false, 'user@example.com'],
		[true, 'ravesb_8d7f0a_user@example.com'],
	])('shows the e-mail address without the mask of test mode (live: %s)', async (live, email) => {
		const customer = { email: 'ravesb_8d7f0a_user@example.com' };
		flutterwaveAnswers({ [VERIFY]: verified({ ...ours, customer }) });
		const [event] = await flutterwave.toPaymentEvents(charge, { ...context, live });
		expect(event?.customer.email).toBe(email);
	});

	it.each([
		['v3.api.error.unauthorized.401', 401, 'Flutterwave does not accept the secret key.'],
		['v3.api.error.timeout.503', 503, 'Flutterwave has a problem of its own (status 503).'],
	])('is an error when Flutterwave answers %s', async (name, status, message) => {
		flutterwaveAnswers({ [VERIFY]: [{ status, body: flutterwaveFixture(name) }] });
		await expect(flutterwave.toPaymentEvents(charge, context)).rejects.toThrow(message);
	});

	it('is an error when something else answers', async () => {
		flutterwaveAnswers({ [VERIFY]: [{ status: 200, body: '<html>Sign in</html>' }] });
		await expect(flutterwave.toPaymentEvents(charge, context)).rejects.toThrow(
			'The answer did not come from Flutterwave.',
		);
	});
});

describe('names of payment methods', () => {
	it.each([
		['card', 'card'],
		['account', 'bank_account'],
		['bank_transfer', 'bank_transfer'],
		['ussd', 'ussd'],
		['mpesa', 'mpesa'],
		['mobilemoneygh', 'mobile_money'],
		['mobilemoneysn', 'mobile_money'],
		['mobile_money_uganda', 'mobile_money'],
		['applepay', 'apple_pay'],
		['ACH Payment', 'ach_payment'],
		['constructor', 'constructor'],
		['', null],
	])('%s is %s', async (payment_type, method) => {
		flutterwaveAnswers({ [VERIFY]: verified({ ...ours, payment_type }) });
		const [event] = await flutterwave.toPaymentEvents(charge, context);
		expect(event?.method).toBe(method);
	});
});
