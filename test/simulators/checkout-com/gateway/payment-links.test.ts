import { checkoutCom as gateway } from '../../../../nodes/CheckoutComPayments/gateway';
import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('links', () => {
	it('are handed back while they can be paid, and replaced then', async () => {
		const first = await at.createLink();
		const existingLink = { id: null, url: first.url };
		expect(await at.createLink({ existingLink })).toMatchObject({
			linkId: first.linkId,
			url: first.url,
			reused: true,
			expiresAt: first.expiresAt,
		});
		at.now += 86_400_000;
		expect(await gateway.paymentLinks.get(first.linkId, at.context, null)).toMatchObject({
			status: 'expired',
		});
		const second = await at.createLink({ existingLink });
		expect(second).toMatchObject({ reused: false, status: 'active' });
		expect(second.linkId).not.toBe(first.linkId);
	});

	it('are not made again for what was paid by a link that was never saved', async () => {
		const { id } = await at.checkout.pay((await at.createLink()).url);
		await expect(at.createLink()).rejects.toThrow(
			`has paid exactly this already: 1999.00 EUR, payment ${id}`,
		);
		expect((await at.createLink({ description: 'Gold, second year' })).reused).toBe(false);
		await at.checkout.refund(id);
		expect((await at.createLink()).reused).toBe(false);
	});

	const attempts = () => at.checkout.log.of('POST', /payment-links/).length;

	it.each(['dropAfter', 'drop'] as const)(
		'are asked for once more, after a look, when no answer came (%s)',
		async (kind) => {
			at.checkout.faults.add({ kind, method: 'POST', path: /payment-links/, times: 1 });
			const { url } = await at.createLink();
			expect(attempts()).toBe(2);
			const requests = at.checkout.log.entries.filter(({ path }) => /pay/.test(path));
			expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST']);
			const { id } = await at.checkout.pay(url);
			expect((await at.told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
		},
	);

	it('are given up when there is no answer again', async () => {
		at.checkout.faults.add({
			kind: 'answerAfter',
			status: 502,
			method: 'POST',
			path: /payment-links/,
		});
		await expect(at.createLink()).rejects.toThrow('a problem of its own (status 502)');
		expect(attempts()).toBe(2);
	});

	it('are refused in words when the key needs a processing channel', async () => {
		at.checkout.settings.requireProcessingChannel = true;
		await expect(at.createLink()).rejects.toThrow('the processing channel is missing or wrong');
		at.context = {
			...at.context,
			settings: { processingChannelId: at.checkout.processingChannelId },
		};
		expect((await at.createLink()).status).toBe('active');
	});
});
