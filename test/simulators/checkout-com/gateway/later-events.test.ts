import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('what happens to a payment later', () => {
	it('is told under the same id', async () => {
		const { id } = await at.checkout.pay((await at.createLink()).url);
		await at.told();
		await at.checkout.refund(id, 50_000);
		await at.checkout.declineRefund(id, 10_000);
		const first = await at.told();
		await at.checkout.refund(id);
		expect([...first, ...(await at.told())].map(short)).toEqual([
			`payment.refunded ${id} ${LEAD} 1999.00 500.00`,
			`payment.refunded ${id} ${LEAD} 1999.00 500.00`,
			`payment.refunded ${id} ${LEAD} 1999.00 1999.00`,
		]);
	});

	it.each([
		['won', 'won'],
		['lost', 'lost'],
		['accepted', 'lost'],
		['canceled', 'won'],
	])('is a dispute with its lead, and how it ended: %s', async (outcome, reason) => {
		const { id } = await at.checkout.pay((await at.createLink()).url);
		await at.told();
		const dispute = await at.checkout.dispute(id);
		const [opened] = await at.told();
		await at.checkout.moveDispute(dispute.id, outcome);
		const [closed] = await at.told();
		expect([opened, closed]).toMatchObject([
			{ type: 'payment.disputed', paymentId: id, leadId: LEAD, amount: '1999.00' },
			{ type: 'payment.dispute_closed', paymentId: id, leadId: LEAD, reason },
		]);
	});

	it.each<[string, (id: string) => Promise<unknown>, string]>([
		[
			'expires',
			async (id) => await at.checkout.expirePayment(id),
			'the client did not pay in time',
		],
		['is canceled', async (id) => await at.checkout.cancel(id), 'the client canceled the payment'],
	])('is a failure when a pending payment %s', async (_name, end, reason) => {
		const { id } = await at.checkout.leaveToPay((await at.createLink()).url);
		await at.told();
		await end(id);
		expect(await at.told()).toMatchObject([{ type: 'payment.failed', leadId: LEAD, reason }]);
	});

	it('is a failure when an authorization is voided', async () => {
		const { id } = await at.checkout.pay((await at.createLink()).url, { capture: false });
		await at.checkout.void(id);
		expect(await at.told()).toMatchObject([
			{ type: 'payment.failed', reason: 'the authorization was voided' },
		]);
	});

	it('is a refund when an alternative method takes the money back', async () => {
		const { id } = await at.checkout.pay((await at.createLink()).url, { method: 'ideal' });
		await at.told();
		await at.checkout.returnPayment(id);
		expect((await at.told()).map(short)).toEqual([
			`payment.refunded ${id} ${LEAD} 1999.00 1999.00`,
		]);
	});
});
