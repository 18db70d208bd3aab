import { parseMoney } from '../../../../nodes/core/money';
import {
	DEFAULT_BACKOFF_MS,
	DEFAULT_LONGEST_PAUSE_MS,
	withRetries,
} from '../../../../nodes/http/with-retries';
import { paddle as gateway } from '../../../../nodes/PaddlePayments/gateway';
import { gatewayBench, LEAD } from './gateway-bench';

const at = gatewayBench();
const { createLink, told, list } = at;

describe('asking for payments', () => {
	it('gives what the webhook missed, with the ids it would have had, over several pages', async () => {
		const first = await createLink();
		at.paddle.pay(first.url);
		const [received] = await told();
		at.bench.receiver.respond = (_req, res) => void res.status(500).end();
		const second = await createLink({ money: parseMoney('5.00', 'EUR') });
		at.paddle.pay(second.url);
		await at.paddle.deliveries.settled();
		for (let index = 0; index < 250; index += 1) await at.bench.createLink();

		const all = await list();
		expect(all.map(({ paymentId }) => paymentId)).toEqual([second.linkId, first.linkId]);
		expect(all[1]).toEqual({
			...received,
			raw: expect.not.objectContaining({ notification_id: expect.anything() }) as object,
		});
		const undelivered = await list({ options: { undeliveredOnly: true } });
		expect(undelivered.map(({ paymentId }) => paymentId)).toEqual([second.linkId]);
		expect(await list({ types: ['payment.refunded'] })).toEqual([]);
		expect(await list({ leadId: 27182818 })).toEqual([]);
		expect(await list({ leadId: LEAD })).toHaveLength(2);
		expect(await list({ sinceMs: at.now + 60_000 })).toEqual([]);
		expect(await list({ types: ['payment.pending'] })).toEqual([]);
	});

	it('asks once for a customer who bought several times', async () => {
		for (let sale = 0; sale < 3; sale += 1) {
			at.paddle.pay(await at.bench.createLink({ custom_data: null }));
		}
		at.paddle.log.clear();
		expect(await list()).toHaveLength(3);
		expect(at.paddle.log.of('GET', /customers/)).toHaveLength(1);
	});

	it('waits for the minute that Paddle blocks for, and goes on where it was', async () => {
		for (const email of ['a@example.com', 'b@example.com', 'c@example.com']) {
			at.paddle.pay(await at.bench.createLink({ custom_data: null }), { email });
		}
		at.paddle.settings.requestsPerMinute = 2;
		const pauses: number[] = [];
		at.context.send = withRetries(at.context.send, {
			backoffMs: DEFAULT_BACKOFF_MS,
			longestPauseMs: DEFAULT_LONGEST_PAUSE_MS,
			now: () => at.now,
			async sleep(ms) {
				pauses.push(ms);
				at.now += ms;
				await Promise.resolve();
			},
		});
		expect((await list()).map(({ customer }) => customer.email)).toEqual([
			'c@example.com',
			'b@example.com',
			'a@example.com',
		]);
		expect(pauses).toEqual([60_000]);
	});

	it('stops by the time of the events where Paddle does not know `from`', async () => {
		at.paddle.pay((await createLink()).url);
		at.now += 3_600_000;
		const { url, linkId } = await createLink({ money: parseMoney('5.00', 'EUR') });
		at.paddle.pay(url);
		const send = at.context.send;
		at.context.send = async (asked) =>
			await send({ ...asked, query: asked.query?.filter(([name]) => name !== 'from') });
		const events = await list({ sinceMs: at.now - 60_000 });
		expect(events.map(({ paymentId }) => paymentId)).toEqual([linkId]);
	});

	it('gives one payment as it stands, by its id or its link', async () => {
		const { url, linkId } = await createLink();
		const state = async (id = linkId) => await gateway.payments.get(id, at.context);
		expect(await state()).toMatchObject({ type: 'payment.pending', paymentId: linkId });
		at.paddle.decline(url, 'declined');
		expect(await state(url)).toMatchObject({
			type: 'payment.failed',
			eventType: 'transaction.payment_failed',
			reason: 'the bank declined without a reason; the client should call it',
		});
		at.now += 5000;
		at.paddle.pay(url);
		const paid = await state();
		expect(paid).toMatchObject({
			type: 'payment.succeeded',
			leadId: LEAD,
			occurredAt: '2026-11-20T09:00:05.000Z',
			customer: { email: 'client+deals@example.com' },
		});
		expect(await state()).toEqual(paid);
		at.now += 5000;
		at.paddle.approve(at.paddle.refund(linkId, 100).id);
		expect(await state()).toMatchObject({
			type: 'payment.refunded',
			refunded: { amount: '1.00', total: false },
			occurredAt: '2026-11-20T09:00:10.000Z',
		});
		at.now += 5000;
		at.paddle.chargeback(linkId);
		expect(await state()).toMatchObject({ type: 'payment.disputed', paymentId: linkId });
		at.now += 5000;
		at.paddle.chargebackReverse(linkId);
		expect(await state()).toMatchObject({ type: 'payment.dispute_closed', reason: 'won' });
	});

	it('tells of a renewal that is overdue', async () => {
		const { url } = await createLink({ options: { interval: 'month' } });
		const id = String(at.paddle.pay(url).subscription_id);
		const overdue = at.paddle.failRenewal(id, 'fraud');
		expect(await gateway.payments.get(overdue.id, at.context)).toMatchObject({
			type: 'payment.failed',
			eventType: 'transaction.past_due',
			reason: 'the payment was blocked as suspected fraud',
			subscription: { id, status: 'past_due' },
		});
	});
});
