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
		['arbitration_won', 'won'],
		['arbitration_lost', 'lost'],
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

	it('is a dispute over a part of it', async () => {
		const { id } = await at.checkout.pay((await at.createLink()).url);
		await at.told();
		const dispute = await at.checkout.dispute(id, { amount: 50_000 });
		await at.checkout.moveDispute(dispute.id, 'lost');
		expect((await at.told()).map(short)).toEqual([
			`payment.disputed ${id} ${LEAD} 500.00`,
			`payment.dispute_closed ${id} ${LEAD} 500.00`,
		]);
	});

	it('belongs to the lead whatever the merchant calls what it does', async () => {
		const own = { reference: 'INV-77', metadata: { order: '77' } };
		const { url, reference } = await at.createLink({
			options: { billingCountry: 'GB', capture: 'manual' },
		});
		const { id } = await at.checkout.pay(url);
		await at.checkout.capture(id, 50_000, own);
		await at.checkout.capture(id, undefined, own);
		await at.checkout.refund(id, 10_000, own);
		const told = await at.told();
		expect(told.map(short)).toEqual([
			`payment.pending ${id} ${LEAD} 1999.00`,
			`payment.succeeded ${id} ${LEAD} 1999.00`,
			`payment.refunded ${id} ${LEAD} 1999.00 100.00`,
		]);
		const found = await at.list();
		expect(found.map(short)).toEqual(told.map(short));
		for (const event of [...told, ...found]) expect(event.reference).toBe(reference);
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
		await at.checkout.void(id, { reference: 'INV-77', metadata: { order: '77' } });
		expect(await at.told()).toMatchObject([
			{ type: 'payment.failed', leadId: LEAD, reason: 'the authorization was voided' },
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
