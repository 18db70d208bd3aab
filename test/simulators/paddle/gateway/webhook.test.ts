import { gatewayBench } from './gateway-bench';

const at = gatewayBench();
const { createLink, told, register, registrationRequest } = at;

describe('the webhook', () => {
	const settings = () => at.paddle.store.settings.oldestFirst();
	const check = async () =>
		await at.registrar.check(at.registration, registrationRequest(), at.context);

	it('is found, repaired and switched on again', async () => {
		const [setting] = settings();
		if (!setting) throw new Error('No notification setting');
		const events = setting.subscribed_events;
		setting.active = false;
		setting.subscribed_events = events.slice(1);
		setting.traffic_source = 'simulation';
		expect(await check()).toBe(true);
		expect(settings()).toMatchObject([{ active: true, traffic_source: 'platform' }]);
		expect(settings()[0]?.subscribed_events.map(({ name }) => name)).toEqual(
			events.map(({ name }) => name),
		);
		at.paddle.log.clear();
		expect(await check()).toBe(true);
		expect(at.paddle.log.of('PATCH', /./)).toHaveLength(0);
	});

	it('that is left over is taken over with its secret', async () => {
		const again = await register();
		expect(again).toEqual(at.registration);
		expect(settings()).toHaveLength(1);
	});

	it('whose twin appears meanwhile is taken over as well', async () => {
		at.paddle.faults.add({
			kind: 'answer',
			method: 'GET',
			path: /\/notification-settings$/,
			times: 1,
			status: 200,
			body: { data: [], meta: {} },
		});
		expect(await register()).toEqual(at.registration);
		expect(settings()).toHaveLength(1);
	});

	it('whose secret was rotated is taken over with the new one', async () => {
		const secret = at.paddle.rotateSecret(at.registration.webhookId);
		expect(await check()).toBe(false);
		expect(await register()).toEqual({ ...at.registration, secret });
	});

	it('understands deliveries signed with the old and the new secret, in any order', async () => {
		at.paddle.rotateSecret(at.registration.webhookId);
		const { url } = await createLink();
		at.paddle.decline(url);
		at.paddle.settings.oldSignaturePosition = 'first';
		at.paddle.pay(url);
		expect((await told()).map(({ type }) => type)).toEqual(['payment.failed', 'payment.succeeded']);
	});

	it('is removed, once and for all', async () => {
		await at.registrar.remove(at.registration, at.context);
		expect(settings()).toEqual([]);
		await at.registrar.remove(at.registration, at.context);
		expect(await check()).toBe(false);
	});

	it('of another environment is not looked for in this one', async () => {
		const live = { ...at.registration, live: true };
		expect(await at.registrar.check(live, registrationRequest(), at.context)).toBe(false);
	});

	it('is refused in words when there are ten, naming those of n8n', async () => {
		for (let index = 1; index < 10; index += 1) {
			await register({ url: `${at.bench.receiver.url}/${index}`, label: `workflow ${index}` });
		}
		await expect(register({ url: `${at.bench.receiver.url}/more` })).rejects.toMatchObject({
			message: 'Paddle allows 10 active webhooks per account, and there are 10 already.',
			details: { hint: expect.stringContaining('workflow 9') as string },
		});
		const [first] = settings();
		if (!first) throw new Error('No notification setting');
		first.active = false;
		await register({ url: `${at.bench.receiver.url}/10` });
		await expect(check()).rejects.toThrow('Paddle allows 10 active webhooks');
	});

	it('hears of simulated events only when told so, and marks them', async () => {
		expect(() => at.paddle.simulate(at.registration.webhookId, 'transaction.completed')).toThrow();
		await register({ options: { includeSimulated: true } });
		at.paddle.simulate(at.registration.webhookId, 'transaction.completed');
		at.paddle.simulate(at.registration.webhookId, 'adjustment.updated', {
			...(await simulatedRefund()),
		});
		const events = await told();
		expect(events).toMatchObject([
			{ type: 'payment.succeeded', simulated: true },
			{ type: 'payment.refunded', simulated: true, refunded: { amount: '1.00', total: false } },
		]);
		// What they name does not exist, so nothing is asked for it.
		expect(at.paddle.log.of('GET', /transactions|customers/)).toHaveLength(0);
	});

	async function simulatedRefund(): Promise<object> {
		const fixture: unknown =
			await import('../../../fixtures/paddle/derived.adjustment.updated.refund.approved.json');
		return (fixture as { data: object }).data;
	}
});
