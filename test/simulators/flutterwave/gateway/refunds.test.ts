import { parseMoney } from '../../../../nodes/core/money';
import { GatewayBench, LEAD } from './gateway-bench';

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
