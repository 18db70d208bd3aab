import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('one payment is told as succeeded exactly once', () => {
	it.each(['approved-first', 'captured-first'] as const)(
		'when a link is paid by card, %s',
		async (order) => {
			const { url, reference } = await at.createLink();
			const { id } = await at.checkout.pay(url, { order });
			expect(await at.told()).toEqual([
				expect.objectContaining({
					type: 'payment.succeeded',
					paymentId: id,
					leadId: LEAD,
					contactId: 8,
					responsibleUserId: 9,
					reference,
					amount: '1999.00',
					currency: 'EUR',
					live: false,
					method: 'card',
					customer: { name: 'A client', email: 'client@example.com', phone: null },
				}),
			]);
		},
	);

	it('when the body has bytes that re-serialising would change', async () => {
		Object.assign(at.checkout.settings, { awkwardBytes: true, metadataAsText: true });
		const { id } = await at.checkout.pay((await at.createLink()).url);
		expect((await at.told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
	});

	it('when the envelope is that of the API', async () => {
		at.checkout.settings.envelope = 'timestamp';
		const { id } = await at.checkout.pay((await at.createLink()).url);
		expect((await at.told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
	});

	it('when a first attempt is declined', async () => {
		const { url } = await at.createLink();
		const declined = await at.checkout.decline(url, '20051');
		const failed = await at.told();
		const paid = await at.checkout.pay(url);
		expect([...failed, ...(await at.told())].map(short)).toEqual([
			`payment.failed ${declined.id} ${LEAD} 1999.00`,
			`payment.succeeded ${paid.id} ${LEAD} 1999.00`,
		]);
		expect(failed[0]?.reason).toBe('there is not enough money on the card or account');
	});

	it('when the client pays at another party', async () => {
		const { url } = await at.createLink();
		const { id } = await at.checkout.leaveToPay(url, 'ideal');
		const pending = await at.told();
		await at.checkout.succeed(id);
		expect([...pending, ...(await at.told())].map(short)).toEqual([
			`payment.pending ${id} ${LEAD} 1999.00`,
			`payment.succeeded ${id} ${LEAD} 1999.00`,
		]);
		expect(pending[0]?.method).toBe('ideal');
	});

	it('when the merchant captures by hand, in two parts', async () => {
		const { url } = await at.createLink({ options: { billingCountry: 'GB', capture: 'manual' } });
		const { id } = await at.checkout.pay(url);
		expect(await at.told()).toEqual([]);
		await at.checkout.capture(id, 50_000);
		const [part] = await at.told();
		await at.checkout.capture(id);
		const [rest] = await at.told();
		expect([part, rest]).toMatchObject([
			{ type: 'payment.pending', reason: '500.00 EUR captured so far' },
			{ type: 'payment.succeeded', amount: '1999.00' },
		]);
	});
});
