import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { checkoutCom } from '../../../nodes/CheckoutComPayments/gateway';
import { isolateNetwork, type Answer } from '../../http/provider-double';
import { checkoutComAnswers, context } from './checkout-com-double';
import { checkoutComEvent, checkoutComFixture, type EventFixture } from './checkout-com-fixture';

const PAY = 'pay_mbabizu24mvu3mela5njyhpit4';
const GET_PAYMENT = `GET /payments/${PAY}`;

const payment = checkoutComFixture<Record<string, unknown>>('payments.get.response.200');
const payer = customerOf(payment);
const balances = checkoutComEvent('payment_captured').data['balances'] as object;

/** What a merchant's own system may call a capture or a refund. */
const own = { reference: 'INV-77', metadata: { order: '77' } };

interface Case {
	name: string;
	event: EventFixture;
	/** What Checkout.com answers when asked; nothing may be asked besides. */
	asks?: Record<string, object | Answer[]>;
	expected: Partial<PaymentEvent> | null;
}

const lead = { leadId: 31415926, reference: 'KL-31415926-01', live: false };
const sale = { ...lead, paymentId: PAY, amount: '1999.00', amountMinor: 199900, currency: 'EUR' };

const cases: Case[] = [
	{
		name: 'captured is paid, and the payment is asked who paid how',
		event: checkoutComEvent('payment_captured'),
		asks: { [GET_PAYMENT]: payment },
		expected: {
			...sale,
			gateway: 'checkoutCom',
			type: 'payment.succeeded',
			eventId: 'evt_fkfqht6yonme7bk7jawrgzbbxq',
			eventType: 'payment_captured',
			contactId: null,
			responsibleUserId: null,
			refunded: null,
			occurredAt: '2026-11-20T09:00:27.469Z',
			simulated: false,
			method: 'card',
			reason: null,
			customer: payer,
			subscription: null,
		},
	},
	{
		name: 'captured is paid even when the payment can not be had just then',
		event: checkoutComEvent('payment_captured'),
		asks: { [GET_PAYMENT]: [{ status: 404, body: '' }] },
		expected: {
			...sale,
			type: 'payment.succeeded',
			method: null,
			customer: { name: null, email: null, phone: null },
		},
	},
	{
		name: 'a first capture of several is not paid yet',
		event: checkoutComEvent('payment_captured', {
			amount: 50000,
			balances: { ...balances, total_captured: 50000, available_to_capture: 149900 },
		}),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.pending', reason: '500.00 EUR captured so far' },
	},
	{
		name: 'the last capture of several is paid with their sum',
		event: checkoutComEvent('payment_captured', { amount: 149900 }),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.succeeded' },
	},
	{
		name: 'a capture that tells no balances is paid with its own amount',
		event: checkoutComEvent('payment_captured', { amount: 50000, balances: undefined }),
		asks: { [GET_PAYMENT]: payment },
		expected: { type: 'payment.succeeded', amount: '500.00', amountMinor: 50000 },
	},
	{
		name: 'approved is not paid',
		event: checkoutComEvent('payment_approved'),
		expected: {
			...sale,
			type: 'payment.pending',
			occurredAt: '2026-11-20T09:00:01.129Z',
			method: 'card',
			customer: payer,
		},
	},
	{
		name: 'pending waits for another party',
		event: checkoutComEvent('payment_pending'),
		expected: { ...lead, type: 'payment.pending', method: 'ideal', amount: '1999.00' },
	},
	{
		name: 'declined has failed, with the reason in words',
		event: checkoutComEvent('payment_declined'),
		expected: {
			...lead,
			type: 'payment.failed',
			paymentId: 'pay_do6kcxcq4pwehkbrupwnohnbyq',
			reason: 'the bank declined without a reason; the client should call it',
			customer: payer,
		},
	},
	{
		name: 'declined for a reason nobody has put into words yet says it as Checkout.com does',
		event: checkoutComEvent('payment_declined', {
			response_code: '20099',
			response_summary: 'Declined - Other Reason',
		}),
		expected: { type: 'payment.failed', reason: 'other reason' },
	},
	{
		name: 'a capture that was declined has failed',
		event: checkoutComEvent(
			'payment_declined',
			{ response_code: '20051' },
			'payment_capture_declined',
		),
		expected: {
			type: 'payment.failed',
			reason: 'the money could not be captured, there is not enough money on the card or account',
		},
	},
	{
		name: 'expired has failed',
		event: checkoutComEvent('payment_expired'),
		expected: { ...lead, type: 'payment.failed', reason: 'the client did not pay in time' },
	},
	{
		name: 'canceled has failed',
		event: checkoutComEvent('payment_canceled'),
		expected: { ...lead, type: 'payment.failed', reason: 'the client canceled the payment' },
	},
	{
		name: 'voided has failed',
		event: checkoutComEvent(
			'payment_captured',
			{ balances: { ...balances, total_captured: 0, total_voided: 199900 } },
			'payment_voided',
		),
		expected: { ...sale, type: 'payment.failed', reason: 'the authorization was voided' },
	},
	{
		name: 'voiding the rest after a part was captured is paid with that part',
		event: checkoutComEvent(
			'payment_captured',
			{ amount: 149900, balances: { ...balances, total_captured: 50000 } },
			'payment_voided',
		),
		asks: { [GET_PAYMENT]: payment },
		expected: { type: 'payment.succeeded', paymentId: PAY, amount: '500.00' },
	},
	{
		name: 'voiding a part says nothing',
		event: checkoutComEvent(
			'payment_captured',
			{ balances: { ...balances, total_captured: 0, available_to_capture: 100 } },
			'payment_voided',
		),
		expected: null,
	},
	{
		name: 'refunded tells the payment and the sum so far',
		event: checkoutComEvent('payment_refunded'),
		asks: { [GET_PAYMENT]: payment },
		expected: {
			...sale,
			type: 'payment.refunded',
			refunded: refundedSoFar(),
			customer: payer,
			reason: null,
		},
	},
	{
		name: 'refunded in full is total',
		event: checkoutComEvent('payment_refunded', {
			balances: { ...balances, total_refunded: 199900 },
		}),
		asks: { [GET_PAYMENT]: payment },
		expected: {
			...sale,
			refunded: { amount: '1999.00', amountMinor: 199900, total: true },
		},
	},
	{
		name: 'returned by an alternative method is a refund',
		event: checkoutComEvent(
			'payment_refunded',
			{ amount: 199900, balances: { ...balances, total_refunded: 0 } },
			'payment_returned',
		),
		asks: { [GET_PAYMENT]: payment },
		expected: {
			type: 'payment.refunded',
			refunded: { amount: '1999.00', amountMinor: 199900, total: true },
		},
	},
	{
		name: 'a refund that was declined leaves the sum as it was, and says why',
		event: checkoutComEvent(
			'payment_refunded',
			{ balances: undefined, response_code: '20051' },
			'payment_refund_declined',
		),
		asks: { [GET_PAYMENT]: payment },
		expected: {
			...sale,
			type: 'payment.refunded',
			refunded: { amount: '0.00', amountMinor: 0, total: false },
			reason: 'there is not enough money on the card or account',
		},
	},
	{
		name: 'a dispute asks its payment for the lead',
		event: checkoutComEvent('dispute_received', { metadata: undefined }),
		asks: { [GET_PAYMENT]: payment },
		expected: {
			...sale,
			type: 'payment.disputed',
			eventType: 'dispute_received',
			occurredAt: '2026-12-01T10:00:00.000Z',
			reason: 'the cardholder says it was not them, answer by 2026-12-15',
			customer: payer,
		},
	},
	...(
		[
			['dispute_won', {}, 'won'],
			['dispute_lost', {}, 'lost'],
			['dispute_accepted', {}, 'lost'],
			['dispute_expired', {}, 'lost'],
			['dispute_canceled', {}, 'won'],
			['dispute_arbitration_won', {}, 'won'],
			['dispute_arbitration_lost', {}, 'lost'],
			['dispute_resolved', { resolved_reason: 'already_refunded' }, 'won'],
			['dispute_resolved', { resolved_reason: 'rapid_dispute_resolution' }, 'lost'],
		] as const
	).map(([type, changes, reason]) => ({
		name: `${type} ${Object.values(changes).join()} is a dispute that was ${reason}`,
		event: checkoutComEvent('dispute_received', changes, type),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.dispute_closed' as const, reason },
	})),
	{
		name: 'evidence required is a dispute too',
		event: checkoutComEvent('dispute_received', {}, 'dispute_evidence_required'),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.disputed' },
	},
	...(
		[
			['of a part', { amount: 50_000 }, '500.00'],
			['in another currency', { amount: 50_000, currency: 'JPY' }, '1999.00'],
			['of an amount that is not told', { amount: undefined }, '1999.00'],
			['of an amount without its currency', { amount: 50_000, currency: undefined }, '1999.00'],
			['of an amount below zero', { amount: -50_000 }, '1999.00'],
		] as const
	).map(([name, changes, amount]) => ({
		name: `a dispute ${name} is over ${amount}`,
		event: checkoutComEvent('dispute_received', changes),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...lead, type: 'payment.disputed' as const, paymentId: PAY, amount },
	})),
	{
		name: 'a dispute of no payment says nothing',
		event: checkoutComEvent('dispute_received', { payment_id: undefined }),
		expected: null,
	},
	{
		name: 'a capture with a reference of its own is the lead’s that the payment names',
		event: checkoutComEvent('payment_captured', own),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.succeeded', method: 'card', customer: payer },
	},
	{
		name: 'a capture that names another lead is the payment’s all the same',
		event: checkoutComEvent('payment_captured', { metadata: { kommo_lead_id: '7' } }),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.succeeded' },
	},
	{
		name: 'a capture names the lead where the payment does not',
		event: checkoutComEvent('payment_captured'),
		asks: { [GET_PAYMENT]: { ...payment, reference: undefined, metadata: undefined } },
		expected: { ...sale, type: 'payment.succeeded' },
	},
	{
		name: 'a capture of a payment that names no lead either has the reference of the payment',
		event: checkoutComEvent('payment_captured', own),
		asks: { [GET_PAYMENT]: { ...payment, reference: 'SHOP-1', metadata: undefined } },
		expected: { ...sale, type: 'payment.succeeded', leadId: null, reference: 'SHOP-1' },
	},
	{
		name: 'a capture with a reference of its own is paid even when the payment can not be had just then',
		event: checkoutComEvent('payment_captured', own),
		asks: { [GET_PAYMENT]: [{ status: 404, body: '' }] },
		expected: { ...sale, type: 'payment.succeeded', leadId: null, reference: 'INV-77' },
	},
	{
		name: 'a capture that tells who paid but no lead asks for the lead',
		event: checkoutComEvent('payment_captured', { ...own, source: { type: 'card' } }),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.succeeded' },
	},
	{
		name: 'a refund with a reference of its own is the lead’s that the payment names',
		event: checkoutComEvent('payment_refunded', own),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.refunded', refunded: refundedSoFar(), customer: payer },
	},
	{
		name: 'a declined refund with a reference of its own asks for the payment once',
		event: checkoutComEvent(
			'payment_refunded',
			{ ...own, balances: undefined },
			'payment_refund_declined',
		),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: 'payment.refunded', customer: payer },
	},
	...(
		[
			['payment_capture_pending', 'payment.pending'],
			['payment_capture_declined', 'payment.failed'],
			['payment_voided', 'payment.failed'],
		] as const
	).map(([type, becomes]) => ({
		name: `${type} with a reference of its own is the lead’s that the payment names`,
		event: checkoutComEvent(
			'payment_captured',
			{ ...own, balances: { ...balances, total_captured: 0 } },
			type,
		),
		asks: { [GET_PAYMENT]: payment },
		expected: { ...sale, type: becomes, customer: payer },
	})),
	{
		name: 'a payment that expired without a word of its lead asks for it',
		event: checkoutComEvent('payment_expired', { reference: undefined, metadata: undefined }),
		asks: { 'GET /payments/pay_aaaaaaaaaaaaaaaaaaaaaaaaa5': payment },
		expected: { ...lead, type: 'payment.failed' },
	},
	{
		name: 'all that we sent with a link comes back, as text or as numbers',
		event: checkoutComEvent('payment_pending', {
			reference: 'kommo_7_link',
			metadata: { kommo_lead_id: 7, kommo_contact_id: '8', kommo_responsible_user_id: 9 },
		}),
		expected: { leadId: 7, contactId: 8, responsibleUserId: 9, reference: 'kommo_7_link' },
	},
	{
		name: 'the reference names the lead where metadata does not',
		event: checkoutComEvent('payment_pending', { reference: 'kommo_7_link', metadata: undefined }),
		expected: { leadId: 7, contactId: null },
	},
	{
		name: 'payments of a shop have no lead',
		event: checkoutComEvent('payment_approved', { metadata: { order: '42' } }),
		expected: { ...sale, leadId: null },
	},
	...['payment_paid', 'payment_refund_pending', 'card_verified', 'constructor'].map((type) => ({
		name: `${type} means nothing to us`,
		event: checkoutComEvent('payment_approved', {}, type),
		expected: null,
	})),
];

describe('what becomes of a Checkout.com event', () => {
	isolateNetwork();

	it.each(cases)('$name', async ({ event, asks = {}, expected }) => {
		const sent = checkoutComAnswers(asks);
		const events = await checkoutCom.toPaymentEvents(event, context);
		if (expected === null) expect(events).toEqual([]);
		else expect(events).toEqual([expect.objectContaining(expected)]);
		expect(sent).toHaveLength(Object.keys(asks).length);
		for (const { raw } of events) expect(raw).toBe(event);
		const foreseen = checkoutCom.webhook.read(event)?.types ?? [];
		for (const { type } of events) expect(foreseen).toContain(type);
	});

	it('reads the envelope of the API like that of a webhook', async () => {
		checkoutComAnswers({ [GET_PAYMENT]: payment });
		const { created_on: timestamp, ...event } = checkoutComEvent('payment_captured');
		const fromApi = { ...event, timestamp, source: 'gateway', action_invocations: [] };
		const [told] = await checkoutCom.toPaymentEvents(fromApi, context);
		expect(told).toMatchObject({ type: 'payment.succeeded', ...sale });
	});

	it('is of real money when the key is', async () => {
		const event = checkoutComEvent('payment_declined');
		const [told] = await checkoutCom.toPaymentEvents(event, { ...context, live: true });
		expect(told?.live).toBe(true);
	});

	it('fails when a dispute can not ask for its payment, so that it can be run again', async () => {
		checkoutComAnswers({ [GET_PAYMENT]: [{ status: 404, body: '' }] });
		const event = checkoutComEvent('dispute_received');
		await expect(checkoutCom.toPaymentEvents(event, context)).rejects.toThrow(
			'Checkout.com does not have it.',
		);
	});
});

describe("amounts in Checkout.com's units", () => {
	it.each([
		[500, 'JPY', '500', 500],
		[5120, 'KWD', '5.120', 5120],
		[5, 'UGX', '5', 5],
		[2500, 'ISK', '2500', 2500],
		[100000, 'CLP', '1000', 1000],
		[655, 'XAF', '655', 655],
		[1250, 'IQD', '1.250', 1250],
		[250, 'MGA', '2.50', 250],
	])('%i in %s are %s', async (units, currency, amount, amountMinor) => {
		const event = checkoutComEvent('payment_declined', { amount: units, currency });
		const [told] = await checkoutCom.toPaymentEvents(event, context);
		expect(told).toMatchObject({ amount, amountMinor, currency });
	});
});

function customerOf({ customer }: Record<string, unknown>): PaymentEvent['customer'] {
	const { name, email } = customer as { name: string; email: string };
	return { name, email, phone: null };
}

function refundedSoFar(): PaymentEvent['refunded'] {
	const { total_refunded: minor } = checkoutComEvent('payment_refunded').data['balances'] as Record<
		string,
		number
	>;
	const amountMinor = Number(minor);
	return { amount: (amountMinor / 100).toFixed(2), amountMinor, total: false };
}
