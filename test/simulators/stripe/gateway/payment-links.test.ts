import { parseMoney } from '../../../../nodes/core/money';
import { stripe as gateway } from '../../../../nodes/StripePayments/gateway';
import { GatewayBench, LEAD } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('payment links', () => {
	it('are made once for one request', async () => {
		const first = await at.createLink();
		const second = await at.createLink();
		expect(second).toMatchObject({ linkId: first.linkId, url: first.url, reused: true });
		expect(at.stripe.store.links.size).toBe(1);
	});

	it('are made anew for the same request once the first is paid', async () => {
		const first = await at.createLink();
		await at.stripe.pay(first.url);
		const second = await at.createLink();
		expect(second).toMatchObject({ status: 'active', reused: false });
		expect(second.linkId).not.toBe(first.linkId);
		expect(second.reference).not.toBe(first.reference);
		expect(await gateway.paymentLinks.get(first.linkId, at.context)).toMatchObject({
			status: 'paid',
			leadId: LEAD,
			amount: '1999.00',
			reference: first.reference,
		});
	});

	it('are reused a week later as long as nothing changed', async () => {
		const first = await at.createLink();
		at.now += 7 * 24 * 60 * 60 * 1000;
		const existingLink = { id: first.linkId, url: first.url };
		expect(await at.createLink({ existingLink })).toMatchObject({
			linkId: first.linkId,
			reused: true,
		});
	});

	it('are replaced when the amount changed, back and forth', async () => {
		const first = await at.createLink();
		const existingLink = { id: first.linkId, url: first.url };
		const dearer = parseMoney('2500.00', 'EUR');
		const second = await at.createLink({ money: dearer, existingLink });
		expect(second).toMatchObject({ amount: '2500.00', reused: false });
		const third = await at.createLink({
			existingLink: { id: second.linkId, url: second.url },
		});
		expect(third).toMatchObject({ amount: '1999.00', status: 'active', reused: false });
		const active = at.stripe.store.links.oldestFirst().filter(({ active: is }) => is);
		expect(active.map(({ id }) => id)).toEqual([third.linkId]);
	});

	it('are deactivated', async () => {
		const { linkId, url } = await at.createLink();
		const deactivated = await gateway.paymentLinks.deactivate?.(linkId, at.context);
		expect(deactivated).toMatchObject({ linkId, status: 'inactive', amount: '1999.00' });
		await expect(at.stripe.pay(url)).rejects.toThrow();
	});

	it('are made for yen', async () => {
		const money = parseMoney('5000', 'JPY');
		const { url } = await at.createLink({ money });
		await at.stripe.pay(url);
		expect(await at.told()).toMatchObject([{ amount: '5000', amountMinor: 5000, currency: 'JPY' }]);
	});

	it('below the minimum are refused in words', async () => {
		const money = parseMoney('0.10', 'EUR');
		await expect(at.createLink({ money })).rejects.toMatchObject({
			details: { requestId: expect.stringMatching(/^req_/) as string },
		});
	});
});
