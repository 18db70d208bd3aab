import { paddle } from '../../../nodes/PaddlePayments/gateway';
import {
	ANYTHING,
	GET_CUSTOMER,
	PLANS,
	RENEWAL,
	SUBSCRIPTION,
	TXN,
	customer,
	itTells,
	lead,
	ours,
	type EventCase,
} from './event-case';
import { context, entity } from './paddle-double';
import { LEAD, paddleEvent, paddleFixture } from './paddle-fixture';

const cases: EventCase[] = [
	{
		name: 'transaction.completed is the payment',
		event: paddleEvent('transaction.completed', ours),
		expected: {
			...lead,
			gateway: 'paddle',
			type: 'payment.succeeded',
			eventId: 'evt_01hv8x2axb33yr5y238zfwcn5p',
			eventType: 'transaction.completed',
			paymentId: TXN,
			amount: '652.15',
			amountMinor: 65215,
			currency: 'USD',
			refunded: null,
			live: false,
			simulated: false,
			method: 'card',
			reason: null,
			customer: { name: null, email: null, phone: null },
			invoiceNumber: '325-10566',
			planName: PLANS,
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: '2024-05-12T10:18:47.635Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'transaction.completed of nobody we know asks who paid',
		event: paddleEvent('transaction.completed'),
		asks: { [GET_CUSTOMER]: entity(customer) },
		expected: {
			leadId: null,
			reference: null,
			customer: { name: 'Purchasing department', email: 'purchasing@example.com', phone: null },
		},
	},
	{
		name: 'transaction.completed of a customer who is gone',
		event: paddleEvent('transaction.completed'),
		asks: { [GET_CUSTOMER]: [{ status: 404, body: { error: { code: 'not_found' } } }] },
		expected: { leadId: null, customer: { name: null, email: null, phone: null } },
	},
	{
		name: 'transaction.completed of the simulator asks nothing',
		event: paddleEvent('transaction.completed', {}, { event_id: 'ntfsimevt_01hv8x2axb' }),
		expected: { simulated: true, leadId: null, paymentId: TXN },
	},
	{
		name: 'transaction.completed with nothing to pay',
		event: paddleEvent('transaction.completed', {
			...ours,
			details: { totals: { grand_total: '0', currency_code: 'USD' }, line_items: [] },
		}),
		expected: null,
	},
	{
		name: 'transaction.completed of the newer kind, without products on its lines',
		event: paddleEvent('transaction.completed', {
			...paddleFixture<object>('python-sdk.Entities.notification.entity.transaction.completed'),
			...ours,
			details: {
				totals: { grand_total: '40000', currency_code: 'USD' },
				line_items: [{ id: 'txnitm_1' }],
			},
		}),
		expected: { amount: '400.00', planName: ANYTHING },
	},
	{
		name: 'transaction.payment_failed says why',
		event: paddleEvent('transaction.payment_failed', ours),
		expected: {
			...lead,
			type: 'payment.failed',
			paymentId: TXN,
			amount: '652.15',
			method: 'card',
			reason: 'the bank declined without a reason; the client should call it',
			subscription: null,
		},
	},
	{
		name: 'transaction.past_due after an attempt is told by that attempt',
		event: paddleEvent('transaction.past_due', ours),
		expected: null,
	},
	{
		name: 'transaction.past_due of an invoice',
		event: paddleEvent('transaction.past_due', { ...ours, payments: [] }),
		expected: {
			type: 'payment.failed',
			paymentId: RENEWAL,
			reason: 'it was not paid by the due date',
			subscription: { id: SUBSCRIPTION, status: 'past_due', nextBillingAt: null, endsAt: null },
		},
	},
	{
		name: 'transaction.canceled',
		event: paddleEvent('transaction.canceled', ours),
		expected: { type: 'payment.failed', reason: 'the payment was canceled', leadId: LEAD },
	},
	...['created', 'ready', 'billed', 'paid', 'updated'].map((state) => ({
		name: `transaction.${state} says nothing`,
		event: paddleEvent(`transaction.${state}`, ours),
		expected: null,
	})),
];

describe('transactions of Paddle', () => {
	itTells(cases);

	it('takes whether money is real from the credential: no event tells', async () => {
		const event = paddleEvent('transaction.completed', ours);
		const [told] = await paddle.toPaymentEvents(event, { ...context, live: true });
		expect(told?.live).toBe(true);
		expect(
			['live', undefined, 'sandbox'].map((environment) => paddle.isLive({ environment })),
		).toEqual([true, true, false]);
	});

	it('makes nothing of what is no event', async () => {
		expect(await paddle.toPaymentEvents({ hello: 'world' }, context)).toEqual([]);
	});

	it.each([
		['JPY', '5000', '5000', 5000],
		['CLP', '20000', '20000', 20000],
		['KRW', '20000', '20000', 20000],
		['VND', '500000', '500000', 500000],
		['HUF', '500000', '5000.00', 500000],
		['TWD', '50000', '500.00', 50000],
		['COP', '5000000', '50000.00', 5000000],
		['EUR', '199900', '1999.00', 199900],
	])('reads amounts in %s', async (currency_code, grand_total, amount, amountMinor) => {
		const details = { totals: { grand_total, currency_code }, line_items: [] };
		const event = paddleEvent('transaction.completed', { ...ours, currency_code, details });
		const [told] = await paddle.toPaymentEvents(event, context);
		expect(told).toMatchObject({ amount, amountMinor, currency: currency_code });
	});
});

describe('reasons', () => {
	it.each([
		['fraud', 'the payment was blocked as suspected fraud'],
		['some_new_code', 'some new code'],
		['constructor', 'constructor'],
		[null, 'Paddle gave no reason'],
	])('of a failure with the code %s', async (error_code, reason) => {
		const event = paddleEvent('transaction.payment_failed', {
			...ours,
			payments: [{ status: 'error', error_code, method_details: { type: 'paypal' } }],
		});
		expect(await paddle.toPaymentEvents(event, context)).toMatchObject([
			{ reason, method: 'paypal' },
		]);
	});
});
