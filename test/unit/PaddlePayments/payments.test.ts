import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { paddle } from '../../../nodes/PaddlePayments/gateway';
import { isolateNetwork } from '../../http/provider-double';
import { context, entity, paddleAnswers, page } from './paddle-double';
import { CUSTOM_DATA, LEAD, paddleEvent } from './paddle-fixture';

const TXN = 'txn_01hv8wptq8987qeep44cyrewp9';
const GET = `GET /transactions/${TXN}?include=customer,adjustments,adjustments_totals`;

const completed = { ...paddleEvent('transaction.completed').data, custom_data: CUSTOM_DATA };
const failed = { ...paddleEvent('transaction.payment_failed').data, custom_data: CUSTOM_DATA };
const refund = paddleEvent('derived.adjustment.updated.refund.approved').data;

const cases: Array<[string, object, Partial<PaymentEvent>]> = [
	[
		'completed',
		completed,
		{
			type: 'payment.succeeded',
			eventId: `${TXN}:completed:2024-04-12T10:18:47.635Z`,
			eventType: 'transaction.completed',
			occurredAt: '2024-04-12T10:18:47.635Z',
			amount: '652.15',
		},
	],
	['paid, but not completed', { ...completed, status: 'paid' }, { type: 'payment.pending' }],
	['a draft', { ...failed, status: 'draft', payments: [] }, { type: 'payment.pending' }],
	['an invoice', { ...failed, status: 'billed', payments: [] }, { type: 'payment.pending' }],
	[
		'refused',
		failed,
		{ type: 'payment.failed', eventType: 'transaction.payment_failed', method: 'card' },
	],
	[
		'overdue',
		{ ...failed, status: 'past_due', payments: [] },
		{ type: 'payment.failed', reason: 'it was not paid by the due date' },
	],
	[
		'canceled',
		{ ...failed, status: 'canceled' },
		{ type: 'payment.failed', reason: 'the payment was canceled' },
	],
	[
		'refunded, with a later refund still waiting',
		{ ...completed, adjustments: [{ ...refund, status: 'pending_approval' }, refund] },
		{
			type: 'payment.refunded',
			eventId: 'adj_01hvgf2s84dr6reszzg29zbvcm:approved',
			refunded: { amount: '1.00', amountMinor: 100, total: false },
			occurredAt: '2024-04-15T08:54:10.646Z',
		},
	],
	[
		'disputed in part',
		{ ...completed, adjustments: [{ ...refund, action: 'chargeback' }] },
		{ type: 'payment.disputed', amount: '1.00', amountMinor: 100, refunded: null },
	],
];

describe('how a payment stands', () => {
	isolateNetwork();

	it.each(cases)('%s', async (_name, transaction, expected) => {
		paddleAnswers({ [GET]: entity(transaction) });
		const event = await paddle.payments.get(TXN, context);
		expect(event).toMatchObject({ paymentId: TXN, leadId: LEAD, raw: transaction, ...expected });
	});

	it('is not asked for by the id of something else', async () => {
		await expect(paddle.payments.get('pi_1', context)).rejects.toThrow('It begins with txn_.');
	});

	it('is unknown to an account that does not have it', async () => {
		paddleAnswers({
			[GET]: [{ status: 404, body: { error: { code: 'not_found', detail: 'No entity.' } } }],
		});
		await expect(paddle.payments.get(TXN, context)).rejects.toMatchObject({
			message: 'Paddle does not have it: No entity.',
			details: { status: 404, requestId: 'request-of-the-test' },
		});
	});
});

describe('what happened lately', () => {
	isolateNetwork();

	it('is asked of Paddle by type and time, each event once', async () => {
		const event = paddleEvent('transaction.completed', { custom_data: CUSTOM_DATA });
		const undelivered = (id: string) => ({ id, payload: event });
		const sent = paddleAnswers({
			'GET /notifications': page(undelivered('ntf_1'), undelivered('ntf_2'), { id: 'ntf_3' }),
			'GET /events': page(event),
		});
		const filter = { sinceMs: Date.parse(event.occurred_at), leadId: null };
		const types = ['payment.succeeded', 'subscription.canceled'] as const;
		for (const undeliveredOnly of [true, false]) {
			const asked = { ...filter, types, options: { undeliveredOnly } };
			const events: PaymentEvent[] = [];
			for await (const one of paddle.payments.getMany(asked, context)) events.push(one);
			expect(events.map(({ eventId }) => eventId)).toEqual([event.event_id]);
		}
		expect(sent.map(({ query }) => query)).toEqual([
			`from=2024-04-12T10:18:50.155Z&order_by=id[DESC]&per_page=200&status=failed,needs_retry`,
			`from=2024-04-12T10:18:50.155Z&order_by=id[DESC]&per_page=200&event_type=transaction.completed,subscription.canceled`,
		]);
	});
});
