import { parseMoney } from '../../../../nodes/core/money';
import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('what happens to a payment later', () => {
	it.each([
		['a single payment', ''],
		['a subscription', 'month'],
	])('is told under the same id: %s', async (_name, interval) => {
		const { url } = await at.createLink({ options: { interval } });
		const { paymentIntentId, invoiceId } = await at.stripe.pay(url);
		const paymentId = interval === '' ? paymentIntentId : invoiceId;
		await at.told();

		await at.stripe.refund(paymentIntentId, 50_000);
		const [part] = await at.told();
		const { id: refundId } = await at.stripe.refund(paymentIntentId);
		const [full] = await at.told();
		await at.stripe.failRefund(refundId);
		const [failed] = await at.told();
		expect([part, full, failed]).toMatchObject([
			{ paymentId, leadId: LEAD, refunded: { amount: '500.00', total: false } },
			{ paymentId, leadId: LEAD, refunded: { amount: '1999.00', total: true } },
			{ paymentId, leadId: LEAD, refunded: { amount: '500.00', total: false } },
		]);
		expect(failed?.reason).toBe('the card has expired or was canceled');

		const dispute = await at.stripe.dispute(paymentIntentId);
		const opened = await at.told();
		await at.stripe.closeDispute(dispute.id, true);
		expect([...opened, ...(await at.told())].map(short)).toEqual([
			`payment.disputed ${paymentId} ${LEAD} 1999.00`,
			`payment.dispute_closed ${paymentId} ${LEAD} 1999.00`,
		]);
	});

	it('is a dispute of the part that the bank took back', async () => {
		const { url } = await at.createLink({ money: parseMoney('100.00', 'EUR') });
		const { paymentIntentId } = await at.stripe.pay(url);
		await at.told();
		const { id } = await at.stripe.dispute(paymentIntentId, 'product_not_received', 2000);
		const opened = await at.told();
		await at.stripe.closeDispute(id, false);
		expect([...opened, ...(await at.told())]).toMatchObject([
			{ type: 'payment.disputed', amount: '20.00', amountMinor: 2000, currency: 'EUR' },
			{ type: 'payment.dispute_closed', amount: '20.00', amountMinor: 2000, currency: 'EUR' },
		]);
	});

	it('is one event for each refund', async () => {
		const { paymentIntentId } = await at.stripe.pay((await at.createLink()).url);
		await at.told();
		await at.stripe.refund(paymentIntentId);
		expect(await at.told()).toHaveLength(1);
	});

	it('is a failure with a reason when a delayed payment bounces', async () => {
		const { url } = await at.createLink();
		const { sessionId } = await at.stripe.pay(url, { method: 'sepa_debit' });
		await at.told();
		await at.stripe.settleDelayed(sessionId, false);
		const events = await at.told();
		expect(new Set(events.map(({ type, reason }) => `${type}: ${reason}`))).toEqual(
			new Set(['payment.failed: the payment did not go through']),
		);
		// Told by the page and by the intent, at the same second: one meaning.
		expect(new Set(events.map(({ paymentId, occurredAt }) => paymentId + occurredAt)).size).toBe(1);
	});

	it('is a subscription that falls behind, catches up and ends', async () => {
		const { url } = await at.createLink({ options: { interval: 'month' } });
		const id = String((await at.stripe.pay(url)).subscriptionId);
		await at.told();
		const invoice = await at.stripe.failRenewal(id);
		const behind = await at.told();
		expect(behind.map(short)).toEqual(
			expect.arrayContaining([
				`payment.failed ${invoice.id} ${LEAD} 1999.00`,
				`subscription.past_due  ${LEAD} 1999.00`,
			]),
		);
		expect(behind.filter(({ type }) => type === 'payment.failed')).toMatchObject([
			{ reason: 'there is not enough money on the card or account' },
		]);
		await at.stripe.renew(id);
		expect((await at.told()).map(short)).toContain(
			`payment.succeeded ${invoice.id} ${LEAD} 1999.00`,
		);
		await at.stripe.cancelSubscription(id);
		expect(await at.told()).toMatchObject([
			{
				type: 'subscription.canceled',
				leadId: LEAD,
				reason: 'canceled on request',
				subscription: { id, status: 'canceled', nextBillingAt: null },
			},
		]);
	});
});
