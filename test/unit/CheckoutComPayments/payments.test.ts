import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { checkoutCom } from '../../../nodes/CheckoutComPayments/gateway';
import type { PaymentFilter } from '../../../nodes/gateways/gateway';
import { isolateNetwork } from '../../http/provider-double';
import { checkoutComAnswers, context, NO_PAYMENTS } from './checkout-com-double';
import { checkoutComEvent, checkoutComFixture } from './checkout-com-fixture';

const PAY = 'pay_mbabizu24mvu3mela5njyhpit4';
const GET_PAYMENT = `GET /payments/${PAY}`;
const ACTIONS = `GET /payments/${PAY}/actions`;
const LINK = 'pl_ELqQJXdXzabU';
const GET_LINK = `GET /payment-links/${LINK}`;

const payment = checkoutComFixture<Record<string, unknown>>('payments.get.response.200');
const [capture, authorization] = checkoutComFixture<object[]>('payments.actions.response.200');
const list = checkoutComFixture<object>('payments.list.by-reference.response.200');
const refund = (amount: number, processed_on: string, approved = true) => ({
	...capture,
	id: `act_refund_${processed_on.slice(8, 10)}`,
	type: 'Refund',
	amount,
	processed_on,
	approved,
	...(approved ? {} : { response_code: '20051' }),
});

const filter: PaymentFilter = { sinceMs: 0, leadId: null, types: [], options: {} };

async function many(changes: Partial<PaymentFilter>): Promise<PaymentEvent[]> {
	const events: PaymentEvent[] = [];
	for await (const event of checkoutCom.payments.getMany({ ...filter, ...changes }, context)) {
		events.push(event);
	}
	return events;
}

interface Case {
	name: string;
	changes: Record<string, unknown>;
	actions: object[];
	/** Type, time, and what else tells it apart, oldest first. */
	expected: Array<Partial<PaymentEvent>>;
}

const declined = {
	...authorization,
	approved: false,
	response_code: '20051',
	response_summary: 'Insufficient Funds',
};

const cases: Case[] = [
	{
		name: 'captured',
		changes: {},
		actions: [capture!, authorization!],
		expected: [
			{
				type: 'payment.succeeded',
				eventId: `${PAY}:act_uqlj3642dyyuroivzdwfg2fysq`,
				eventType: 'payment_captured',
				paymentId: PAY,
				leadId: 31415926,
				amount: '1999.00',
				occurredAt: '2026-11-20T09:00:27.000Z',
				method: 'card',
			},
		],
	},
	{
		name: 'captured and refunded in two parts, the second after a refusal',
		changes: { status: 'Partially Refunded' },
		actions: [
			refund(70000, '2026-11-23T09:00:00Z'),
			refund(90000, '2026-11-22T09:00:00Z', false),
			refund(50000, '2026-11-21T09:00:00Z'),
			capture!,
			authorization!,
		],
		expected: [
			{ type: 'payment.succeeded' },
			{
				type: 'payment.refunded',
				refunded: { amount: '500.00', amountMinor: 50000, total: false },
				occurredAt: '2026-11-21T09:00:00.000Z',
			},
			{
				type: 'payment.refunded',
				eventType: 'payment_refund_declined',
				refunded: { amount: '500.00', amountMinor: 50000, total: false },
				reason: 'there is not enough money on the card or account',
			},
			{
				type: 'payment.refunded',
				amount: '1999.00',
				refunded: { amount: '1200.00', amountMinor: 120000, total: false },
			},
		],
	},
	{
		name: 'captured in two parts',
		changes: {},
		actions: [
			{ ...capture, id: 'act_second', amount: 149900, processed_on: '2026-11-21T09:00:00Z' },
			{ ...capture, amount: 50000 },
			authorization!,
		],
		expected: [
			{ type: 'payment.pending', reason: '500.00 EUR captured so far' },
			{
				type: 'payment.succeeded',
				amount: '1999.00',
				occurredAt: '2026-11-21T09:00:00.000Z',
			},
		],
	},
	{
		name: 'authorized and not captured yet',
		changes: { status: 'Authorized' },
		actions: [authorization!],
		expected: [{ type: 'payment.pending', occurredAt: '2026-11-20T09:00:01.000Z' }],
	},
	{
		name: 'voided',
		changes: { status: 'Voided', balances: { available_to_capture: 0 } },
		actions: [{ ...capture, type: 'Void' }, authorization!],
		expected: [{ type: 'payment.failed', reason: 'the authorization was voided' }],
	},
	{
		name: 'declined',
		changes: { status: 'Declined', approved: false },
		actions: [declined],
		expected: [
			{
				type: 'payment.failed',
				reason: 'there is not enough money on the card or account',
				occurredAt: '2026-11-20T09:00:01.000Z',
			},
		],
	},
	{
		name: 'declined once and captured then',
		changes: {},
		actions: [capture!, authorization!, declined],
		expected: [{ type: 'payment.succeeded' }],
	},
	{
		name: 'pending',
		changes: { status: 'Pending', approved: false },
		actions: [{ ...authorization, approved: false, response_summary: 'Pending' }],
		expected: [{ type: 'payment.pending', eventType: 'payment_pending' }],
	},
	{
		name: 'canceled',
		changes: { status: 'Canceled', approved: false },
		actions: [declined],
		expected: [{ type: 'payment.failed', reason: 'the client canceled the payment' }],
	},
	{
		name: 'expired, of which no action tells',
		changes: { status: 'Expired', approved: false },
		actions: [],
		expected: [
			{
				type: 'payment.failed',
				eventId: `${PAY}:payment_expired`,
				reason: 'the client did not pay in time',
				occurredAt: '2026-11-20T09:00:00.000Z',
			},
		],
	},
	{
		name: 'returned',
		changes: { status: 'Refunded' },
		actions: [
			{ ...capture, id: 'act_return', type: 'Return', processed_on: '2026-11-25T09:00:00Z' },
			capture!,
		],
		expected: [
			{ type: 'payment.succeeded' },
			{
				type: 'payment.refunded',
				refunded: { amount: '1999.00', amountMinor: 199900, total: true },
			},
		],
	},
	{
		name: 'of a kind that no money came by',
		changes: { status: 'Card Verified' },
		actions: [{ ...authorization, type: 'Card Verification' }],
		expected: [],
	},
];

describe('what a Checkout.com payment has been through', () => {
	isolateNetwork();

	it.each(cases)('$name', async ({ changes, actions, expected }) => {
		const shown = { ...payment, ...changes };
		checkoutComAnswers({ [GET_PAYMENT]: shown, [ACTIONS]: actions });
		const events = await many({ options: { payment: PAY } });
		expect(events).toEqual(expected.map((event) => expect.objectContaining(event) as unknown));
		for (const { raw } of events) expect(raw).toEqual(shown);
		const now = await checkoutCom.payments.get(PAY, context);
		expect(now).toEqual(events.at(-1) ?? null);
	});

	describe('by actions with a reference and metadata of their own', () => {
		const own = { reference: 'INV-77', metadata: { order: '77' } };
		const actions = [
			{ ...refund(50000, '2026-11-21T09:00:00Z'), ...own },
			{ ...capture, ...own },
			authorization!,
		];

		it('is the lead’s that the payment names', async () => {
			checkoutComAnswers({ [GET_PAYMENT]: payment, [ACTIONS]: actions });
			const lead = { leadId: 31415926, reference: 'KL-31415926-01' };
			expect(await many({ options: { payment: PAY } })).toEqual([
				expect.objectContaining({ type: 'payment.succeeded', ...lead }),
				expect.objectContaining({ type: 'payment.refunded', ...lead }),
			]);
		});

		it('is the lead’s that an action names where the payment names none', async () => {
			const shop = { ...payment, reference: 'SHOP-1', metadata: undefined };
			const named = { ...capture, ...own, metadata: { kommo_lead_id: '7' } };
			checkoutComAnswers({ [GET_PAYMENT]: shop, [ACTIONS]: [named, authorization!] });
			expect(await many({ options: { payment: PAY } })).toMatchObject([{ leadId: 7 }]);
		});

		it('is nobody’s when the payment names none, and is not asked for again', async () => {
			const shop = { ...payment, reference: undefined, metadata: undefined };
			const sent = checkoutComAnswers({ [GET_PAYMENT]: shop, [ACTIONS]: actions });
			const nobody = expect.objectContaining({ leadId: null, reference: null }) as unknown;
			expect(await many({ options: { payment: PAY } })).toEqual([nobody, nobody]);
			expect(sent).toHaveLength(2);
		});
	});

	it('has the same time and meaning as the webhook that told of it', async () => {
		checkoutComAnswers({ [GET_PAYMENT]: payment, [ACTIONS]: [capture!, authorization!] });
		const webhook = checkoutComEvent('payment_captured');
		const [told] = await checkoutCom.toPaymentEvents(webhook, context);
		const polled = await checkoutCom.payments.get(PAY, context);
		expect(polled).toMatchObject({
			...told,
			eventId: `${PAY}:act_uqlj3642dyyuroivzdwfg2fysq`,
			raw: payment,
			// The API leaves out the fraction of the second.
			occurredAt: told?.occurredAt.replace(/\.\d+Z$/, '.000Z'),
		});
	});
});

describe('finding Checkout.com payments', () => {
	isolateNetwork();

	const found = { [GET_PAYMENT]: payment, [ACTIONS]: [capture!, authorization!] };

	it.each([LINK, `https://pay.sandbox.checkout.com/link/${LINK}`, ` ${LINK} `])(
		'by the link %s',
		async (id) => {
			const link = checkoutComFixture<object>('payment-links.get.payment-received');
			checkoutComAnswers({ [GET_LINK]: link, ...found });
			expect(await checkoutCom.payments.get(id, context)).toMatchObject({
				type: 'payment.succeeded',
				paymentId: PAY,
			});
		},
	);

	it('by a link that nobody has paid by is nothing', async () => {
		checkoutComAnswers({ [GET_LINK]: checkoutComFixture('payment-links.get.active') });
		expect(await checkoutCom.payments.get(LINK, context)).toBeNull();
		expect(await many({ options: { payment: LINK } })).toEqual([]);
	});

	it('by a reference', async () => {
		const sent = checkoutComAnswers({ 'GET /payments': list, ...found });
		expect(await checkoutCom.payments.get('KL-31415926-01', context)).toMatchObject({
			paymentId: PAY,
		});
		expect(sent[0]?.query).toBe('reference=KL-31415926-01&limit=100&skip=0');
	});

	it('by a reference that nobody has paid under is nothing', async () => {
		checkoutComAnswers({ 'GET /payments': NO_PAYMENTS });
		expect(await checkoutCom.payments.get('KL-0', context)).toBeNull();
	});

	it('by a session', async () => {
		const sid = 'sid_qocmjw6skb4u3c4wd3avpot64y';
		checkoutComAnswers({ ...found, [`GET /payments/${sid}`]: payment });
		expect(await checkoutCom.payments.get(sid, context)).toMatchObject({ paymentId: PAY });
	});

	it('of a lead by the one reference that all its links have', async () => {
		const sent = checkoutComAnswers({ 'GET /payments': list, ...found });
		expect(await many({ leadId: 31415926 })).toHaveLength(1);
		expect(sent[0]?.query).toBe('reference=kommo_31415926_link&limit=100&skip=0');
	});

	it('page by page', async () => {
		const page = (data: object[]) => ({ body: { total_count: 101, data } });
		const first = Array.from({ length: 100 }, () => payment);
		const sent = checkoutComAnswers({
			'GET /payments': [page(first), page([payment])],
			...found,
		});
		expect(await many({ leadId: 7 })).toHaveLength(101);
		expect(sent.filter(({ path }) => path === '/payments').map(({ query }) => query)).toEqual([
			'reference=kommo_7_link&limit=100&skip=0',
			'reference=kommo_7_link&limit=100&skip=100',
		]);
	});

	it.each<[string, Partial<PaymentFilter>, number]>([
		['since a moment', { sinceMs: Date.parse('2026-11-20T09:00:27Z') }, 1],
		['since a later moment', { sinceMs: Date.parse('2026-11-20T09:00:28Z') }, 0],
		['of a wanted type', { types: ['payment.succeeded'] }, 1],
		['of another type', { types: ['payment.refunded'] }, 0],
	])('only %s', async (_name, changes, count) => {
		checkoutComAnswers({ 'GET /payments': list, ...found });
		expect(await many({ leadId: 31415926, ...changes })).toHaveLength(count);
	});

	it('of nobody in particular is refused in words', async () => {
		await expect(many({})).rejects.toThrow('Add the filter "Lead ID"');
	});
});
