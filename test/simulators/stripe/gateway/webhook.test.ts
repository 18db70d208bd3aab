import { GatewayBench } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('the webhook', () => {
	const endpoints = () => at.stripe.store.endpoints.oldestFirst();

	it('is found, repaired and switched on again', async () => {
		const [endpoint] = endpoints();
		if (!endpoint) throw new Error('No endpoint');
		endpoint.status = 'disabled';
		const events = [...endpoint.enabled_events];
		endpoint.enabled_events = ['charge.failed'];
		const found = await at.registrar.check(at.registration, at.registrationRequest(), at.context);
		expect(found).toBe(true);
		expect(endpoints()).toMatchObject([{ status: 'enabled', enabled_events: events }]);
	});

	it('whose secret was lost is made anew', async () => {
		const again = await at.registrar.create(at.registrationRequest(), at.context);
		expect(again.webhookId).not.toBe(at.registration.webhookId);
		expect(endpoints().map(({ id }) => id)).toEqual([again.webhookId]);
	});

	it('is removed, once and for all', async () => {
		await at.registrar.remove(at.registration, at.context);
		expect(endpoints()).toEqual([]);
		await at.registrar.remove(at.registration, at.context);
		expect(await at.registrar.check(at.registration, at.registrationRequest(), at.context)).toBe(
			false,
		);
	});

	it('is refused in words when there are sixteen', async () => {
		for (let index = 0; index < 15; index += 1) {
			await at.register({ url: `${at.bench.receiver.url}/${index}` });
		}
		await expect(at.register({ url: `${at.bench.receiver.url}/one-more` })).rejects.toThrow(
			'Stripe allows 16 webhooks per account, and there are 16 already.',
		);
		expect(endpoints()).toHaveLength(16);
		const again = await at.register();
		expect(again.webhookId).not.toBe(at.registration.webhookId);
	});
});
