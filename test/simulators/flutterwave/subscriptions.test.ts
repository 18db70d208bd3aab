import { shapeDifferences } from './shape-differences';
import { fixture, startBench, type Bench } from './test-flutterwave';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

async function createPlan(extra: object = {}): Promise<number> {
	const request = { name: 'Gold', interval: 'monthly', amount: 5000, duration: 12, ...extra };
	const { body } = await bench.client.post('/payment-plans', request);
	return (body.data as { id: number }).id;
}

/** Pays the first period and returns the subscription. */
async function subscribe(): Promise<{ id: number; planId: number; txRef: string }> {
	const planId = await createPlan();
	const link = await bench.createLink({ payment_plan: planId, amount: 5000 });
	const { txRef } = await bench.flutterwave.pay(link);
	const [subscription] = bench.flutterwave.store.subscriptions.values();
	return { id: Number(subscription?.id), planId, txRef };
}

describe('payment plans', () => {
	it('are made, read, changed and cancelled in the documented shape', async () => {
		const request = { name: 'Gold', interval: 'monthly', amount: 5000, duration: 48 };
		const { body } = await bench.client.post('/payment-plans', request);
		expect(shapeDifferences(body, fixture('v3.api.payment-plans.create.response'))).toEqual([]);
		expect(body).toMatchObject({ message: 'Payment plan created', data: { currency: 'NGN' } });

		const path = `/payment-plans/${(body.data as { id: number }).id}`;
		expect((await bench.client.get(path)).body.data).toEqual(body.data);
		const renamed = await bench.client.put(path, { name: 'Platinum' });
		expect(renamed.body.data).toMatchObject({ name: 'Platinum', status: 'active' });
		const cancelled = await bench.client.put(`${path}/cancel`);
		expect(cancelled.body.data).toMatchObject({ name: 'Platinum', status: 'cancelled' });
		const active = await bench.client.get('/payment-plans', { status: 'active' });
		expect(active.body.data).toEqual([]);
	});

	it.each([
		['name is required', { name: undefined }],
		['interval is required', { interval: undefined }],
		['interval is not valid', { interval: 'sometimes' }],
		['currency is not supported', { currency: 'XXX' }],
		['amount is not valid for UGX', { currency: 'UGX', amount: 10.5 }],
	])('are refused: %s', async (message, extra) => {
		const request = { name: 'Gold', interval: 'every 90 days', ...extra };
		const { status, body } = await bench.client.post('/payment-plans', request);
		expect([status, body.message]).toEqual([400, message]);
	});

	it('must have the currency of the link', async () => {
		const payment_plan = await createPlan({ currency: 'KES' });
		await expect(bench.createLink({ payment_plan })).rejects.toThrow('currency must be the same');
	});

	it('cannot be paid once cancelled', async () => {
		const payment_plan = await createPlan();
		await bench.client.put(`/payment-plans/${payment_plan}/cancel`);
		await expect(bench.createLink({ payment_plan })).rejects.toThrow('is not active');
	});

	it('leave cards as the only method', async () => {
		const link = await bench.createLink({ payment_plan: await createPlan() });
		await expect(bench.flutterwave.pay(link, { method: 'ussd' })).rejects.toThrow('only Card');
	});
});

describe('a subscription', () => {
	it('is made by the first successful charge, once for an e-mail', async () => {
		const payment_plan = await createPlan();
		const link = await bench.createLink({ payment_plan });
		await bench.flutterwave.decline(link);
		expect(bench.flutterwave.store.subscriptions.size).toBe(0);
		await bench.flutterwave.pay(link);
		await bench.flutterwave.pay(await bench.createLink({ payment_plan, tx_ref: 'second' }));
		const { body } = await bench.client.get('/subscriptions', { plan: payment_plan });
		expect(shapeDifferences(body, fixture('v3.api.subscriptions.list.response'))).toEqual([]);
		expect(body.data).toMatchObject([{ plan: payment_plan, status: 'active', amount: 5000 }]);
		expect(body.data).toHaveLength(1);
	});

	it.each([
		['new', /^flwsub-\d{12}$/],
		['same', /^KL-31415926-01$/],
	] as const)('is renewed by a charge with a %s tx_ref and without meta', async (choice, txRef) => {
		bench.flutterwave.settings.renewalTxRef = choice;
		const { id } = await subscribe();
		await bench.flutterwave.renew(id);
		const [, hook] = await bench.webhooks();
		expect(hook?.body.data).toMatchObject({
			tx_ref: expect.stringMatching(txRef),
			status: 'successful',
			amount: 5000,
		});
		expect(hook?.body).not.toHaveProperty('meta_data');
	});

	it('is cancelled by the fourth failed try in a row', async () => {
		const { id } = await subscribe();
		await bench.flutterwave.failRenewal(id);
		await bench.flutterwave.renew(id);
		for (let failed = 0; failed < 4; failed += 1) await bench.flutterwave.failRenewal(id);
		const hooks = await bench.webhooks();
		const statuses = hooks.map(({ body }) => String(body.data?.['status']));
		expect(statuses.slice(0, 2).sort()).toEqual(['failed', 'successful']);
		expect(statuses.filter((status) => status === 'failed')).toHaveLength(5);
		expect(statuses.filter((status) => status === 'deactivated')).toHaveLength(1);
		await expect(bench.flutterwave.renew(id)).rejects.toThrow('is cancelled');
	});

	it('is cancelled and activated by the API, with one webhook', async () => {
		const { id, planId } = await subscribe();
		const cancelled = await bench.client.put(`/subscriptions/${id}/cancel`);
		expect(cancelled.body).toMatchObject({
			message: 'Subscription cancelled',
			data: { id, plan: planId, status: 'cancelled' },
		});
		await bench.client.put(`/subscriptions/${id}/cancel`);
		const activated = await bench.client.put(`/subscriptions/${id}/activate`);
		expect(activated.body.data).toMatchObject({ id, status: 'active' });
		expect([...bench.flutterwave.store.hooks.values()].map(({ event }) => event)).toEqual([
			'charge.completed',
			'subscription.cancelled',
		]);
	});
});
