import { parseMoney } from '../../../../nodes/core/money';
import { CardOfPayment } from './card-of-payment';
import { GatewayBench, LEAD, MINUTE, START } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('refunds', () => {
	it('are told with the sum of all that arrived', async () => {
		const { id } = await at.bench.flutterwave.pay((await at.createLink()).url);
		await at.told();
		await at.bench.flutterwave.refund(id, 500, { comments: 'One page less' });
		const [part] = await at.told();
		const pending = await at.bench.flutterwave.refund(id, 1000, { status: 'pending' });
		const onItsWay = await at.told();
		await at.bench.flutterwave.settleRefund(pending.id, false);
		const [failed] = await at.told();
		await at.bench.flutterwave.refund(id);
		const [rest] = await at.told();
		expect(onItsWay).toEqual([]);
		expect([part, failed, rest]).toMatchObject([
			{ refunded: { amount: '500.00', total: false }, reason: 'One page less', leadId: LEAD },
			{ refunded: { amount: '500.00', total: false } },
			{ refunded: { amount: '7500.50', amountMinor: 750050, total: true }, amount: '7500.50' },
		]);
		expect(part).toMatchObject({ type: 'payment.refunded', paymentId: String(id) });
	});

	describe.each([
		['only when they were made', false],
		['when they were changed too', true],
	])('whose rows tell %s', (_name, told) => {
		let paymentId: number;
		/** What a card shows that hears everything. */
		let card: CardOfPayment;

		beforeEach(async () => {
			at.bench.flutterwave.settings.refundsTellChange = told;
			paymentId = (await at.bench.flutterwave.pay((await at.createLink()).url)).id;
			card = new CardOfPayment();
			card.hear(await at.told());
		});

		const hear = async () => card.hear(await at.told());
		const pending = { status: 'pending' };

		it('leave the right sum when they arrive in another order than they were made', async () => {
			const first = await at.bench.flutterwave.refund(paymentId, 1000, pending);
			await hear();
			const second = await at.bench.flutterwave.refund(paymentId, 500, pending);
			await hear();
			await at.bench.flutterwave.settleRefund(second.id, true);
			expect([await hear(), card.returned]).toEqual([['new'], '500.00']);
			await at.bench.flutterwave.settleRefund(first.id, true);
			expect([await hear(), card.returned]).toEqual([['new'], '1500.00']);
		});

		it('leave the right sum when one fails that had arrived', async () => {
			const first = await at.bench.flutterwave.refund(paymentId, 1000);
			await hear();
			await at.bench.flutterwave.refund(paymentId, 500);
			await hear();
			await at.bench.flutterwave.bounceRefund(first.id);
			expect([await hear(), card.returned]).toEqual([['new'], '500.00']);
			await at.bench.flutterwave.refund(paymentId, 1000);
			expect([await hear(), card.returned]).toEqual([['advanced'], '1500.00']);
		});

		it('leave nothing returned when the only one fails', async () => {
			const { id } = await at.bench.flutterwave.refund(paymentId);
			expect([await hear(), card.returned]).toEqual([['new'], '7500.50']);
			await at.bench.flutterwave.bounceRefund(id);
			expect([await hear(), card.returned]).toEqual([['new'], '0.00']);
		});

		it('are told at the same time by the look back, and never twice', async () => {
			const first = await at.bench.flutterwave.refund(paymentId, 1000, pending);
			await hear();
			const second = await at.bench.flutterwave.refund(paymentId, 500);
			await hear();
			const third = await at.bench.flutterwave.refund(paymentId, 200);
			await hear();
			await at.bench.flutterwave.bounceRefund(third.id);
			await at.bench.flutterwave.settleRefund(first.id, true);
			const events = await at.told();
			card.hear(events);
			const found = await at.list({ types: ['payment.refunded'] });
			expect(found).toHaveLength(1);
			expect(found[0]?.occurredAt).toBe(events.at(-1)?.occurredAt);
			expect([card.hear(found), card.returned]).toEqual([['duplicate'], '1500.00']);
			expect(second.status).toBe('completed');
		});
	});

	it('are told at the time they arrived, where the row says so', async () => {
		at.bench.flutterwave.settings.refundsTellChange = true;
		const { id } = await at.bench.flutterwave.pay((await at.createLink()).url);
		const { id: refundId } = await at.bench.flutterwave.refund(id, 500, { status: 'pending' });
		await at.told();
		at.now = START + 90 * MINUTE;
		await at.bench.flutterwave.settleRefund(refundId, true);
		expect((await at.told())[0]?.occurredAt).toBe('2026-11-20T10:30:00.000Z');
	});

	it('count in the currency without decimals too', async () => {
		const { url } = await at.createLink({ money: parseMoney('65000', 'XAF') });
		const { id } = await at.bench.flutterwave.pay(url);
		await at.told();
		await at.bench.flutterwave.refund(id, 15000);
		expect((await at.told())[0]?.refunded).toEqual({
			amount: '15000',
			amountMinor: 15000,
			total: false,
		});
	});
});
