import type { LinkRequest } from '../../../../nodes/gateways/gateway';
import { paddle as gateway } from '../../../../nodes/PaddlePayments/gateway';
import { gatewayBench, LEAD, short } from './gateway-bench';

const at = gatewayBench();
const { createLink, told, list } = at;

describe('what happens to a payment later', () => {
	async function paidLink(options: LinkRequest['options'] = {}) {
		const { url, linkId } = await createLink({ options });
		const { subscription_id: subscriptionId } = at.paddle.pay(url);
		await told();
		return { paymentId: linkId, subscriptionId: String(subscriptionId) };
	}

	it('is a refund once it is approved, with the sum so far', async () => {
		const { paymentId } = await paidLink({ interval: 'month' });
		const part = at.paddle.refund(paymentId, 50_000, 'Delivered late.');
		expect(await told()).toEqual([]);
		at.paddle.approve(part.id);
		const [partly] = await told();
		at.paddle.approve(at.paddle.refund(paymentId).id);
		const [fully] = await told();
		expect([partly, fully]).toMatchObject([
			{
				type: 'payment.refunded',
				paymentId,
				leadId: LEAD,
				amount: '1999.00',
				refunded: { amount: '500.00', amountMinor: 50_000, total: false },
				reason: 'Delivered late',
			},
			{ paymentId, refunded: { amount: '1999.00', total: true } },
		]);
	});

	it('is no refund when Paddle rejects it', async () => {
		const { paymentId } = await paidLink();
		at.paddle.reject(at.paddle.refund(paymentId).id);
		expect(await told()).toEqual([]);
	});

	it('is a refund that was approved at once', async () => {
		const { paymentId } = await paidLink();
		at.paddle.settings.approveRefundsAtOnce = true;
		at.paddle.refund(paymentId);
		expect(await told()).toMatchObject([
			{ eventType: 'adjustment.created', refunded: { amount: '1999.00', total: true } },
		]);
	});

	it('is a chargeback, and a won one when it is reversed', async () => {
		const { paymentId } = await paidLink();
		at.paddle.chargeback(paymentId);
		const opened = await told();
		at.paddle.chargebackReverse(paymentId);
		const closed = await told();
		expect([...opened, ...closed].map(short)).toEqual([
			`payment.disputed ${paymentId} ${LEAD} 1999.00`,
			`payment.dispute_closed ${paymentId} ${LEAD} 1999.00`,
		]);
		expect([opened[0]?.reason, closed[0]?.reason]).toEqual(['fraud', 'won']);
	});

	it('is a chargeback of a part', async () => {
		const { paymentId } = await paidLink();
		at.paddle.chargeback(paymentId, 50_000);
		const opened = await told();
		const state = await gateway.payments.get(paymentId, at.context);
		at.paddle.chargebackReverse(paymentId);
		const closed = await told();
		const tales = [...opened, ...(state === null ? [] : [state]), ...closed];
		expect(tales.map(short)).toEqual([
			`payment.disputed ${paymentId} ${LEAD} 500.00`,
			`payment.disputed ${paymentId} ${LEAD} 500.00`,
			`payment.dispute_closed ${paymentId} ${LEAD} 500.00`,
		]);
		expect((await list()).map(({ type, amount }) => `${type} ${amount}`)).toEqual([
			'payment.dispute_closed 500.00',
			'payment.disputed 500.00',
			'payment.succeeded 1999.00',
		]);
	});

	it('is not told when the bank only warns of a chargeback', async () => {
		const { paymentId } = await paidLink();
		at.paddle.chargebackWarning(paymentId);
		at.paddle.chargebackReverse(paymentId);
		expect(await told()).toEqual([]);
	});

	it('is a subscription that falls behind, catches up, pauses, resumes and ends', async () => {
		const { subscriptionId: id } = await paidLink({ interval: 'month' });
		const overdue = at.paddle.failRenewal(id, 'not_enough_balance');
		const behind = await told();
		expect(behind.map(short)).toEqual([
			`subscription.updated  ${LEAD} 1999.00`,
			`payment.failed ${overdue.id} ${LEAD} 1999.00`,
			`subscription.past_due  ${LEAD} 1999.00`,
		]);
		expect(behind[1]).toMatchObject({
			reason: 'there is not enough money on the card or account',
			subscription: { id, status: 'past_due' },
		});
		at.paddle.renew(id);
		expect((await told()).map(short)).toContain(`payment.succeeded ${overdue.id} ${LEAD} 1999.00`);

		at.paddle.pause(id);
		const paused = await told();
		at.paddle.resume(id);
		const resumed = await told();
		at.paddle.cancelSubscription(id, { atPeriodEnd: true });
		const ending = await told();
		at.paddle.renew(id);
		const ended = await told();
		expect([...paused, ...resumed, ...ending, ...ended]).toMatchObject([
			{ type: 'subscription.updated', subscription: { status: 'paused', nextBillingAt: null } },
			{
				type: 'subscription.updated',
				subscription: { status: 'active', nextBillingAt: expect.any(String) as string },
			},
			{
				type: 'subscription.updated',
				subscription: {
					status: 'active',
					nextBillingAt: null,
					endsAt: expect.any(String) as string,
				},
			},
			{
				type: 'subscription.canceled',
				leadId: LEAD,
				subscription: { id, status: 'canceled', nextBillingAt: null },
			},
		]);
	});
});
