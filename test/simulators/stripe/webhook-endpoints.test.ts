import { startBench, type Bench } from './test-stripe';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const params = {
	url: 'https://n8n.example.com/webhook/7f3c',
	enabled_events: ['payment_intent.succeeded' as const],
	metadata: { n8n_workflow: '7f3c' },
};

it('show their secret when they are made and never again', async () => {
	const made = await bench.client.webhookEndpoints.create(params);
	expect(made.secret).toMatch(/^whsec_\w{32}$/);
	const [listed] = (await bench.client.webhookEndpoints.list()).data;
	const updated = await bench.client.webhookEndpoints.update(made.id, { description: 'mine' });
	const read = await bench.client.webhookEndpoints.retrieve(made.id);
	for (const endpoint of [listed, updated, read]) {
		expect(endpoint).toMatchObject({ id: made.id, metadata: params.metadata });
		expect(endpoint).not.toHaveProperty('secret');
	}
});

it('are sixteen at most', async () => {
	for (let n = 0; n < 16; n += 1) await bench.client.webhookEndpoints.create(params);
	await expect(bench.client.webhookEndpoints.create(params)).rejects.toMatchObject({
		statusCode: 400,
		message: expect.stringContaining('16') as string,
	});
	const [first] = (await bench.client.webhookEndpoints.list()).data;
	await bench.client.webhookEndpoints.del(String(first?.id));
	await expect(bench.client.webhookEndpoints.create(params)).resolves.toBeDefined();
});

it('keep the version they were made with', async () => {
	const made = await bench.client.webhookEndpoints.create({
		...params,
		api_version: '2026-08-26.dahlia',
	});
	await expect(
		bench.client.webhookEndpoints.update(made.id, { api_version: '2024-06-20' } as never),
	).rejects.toMatchObject({ code: 'parameter_unknown', param: 'api_version' });
	expect((await bench.client.webhookEndpoints.retrieve(made.id)).api_version).toBe(
		'2026-08-26.dahlia',
	);
});

it.each([
	['an event that does not exist', { enabled_events: ['payment.done'] }],
	['no event', { enabled_events: [] }],
	['a version that does not exist', { api_version: '2099-01-01' }],
	['an address that is none', { url: 'n8n/webhook' }],
])('refuse %s', async (_what, wrong) => {
	await expect(
		bench.client.webhookEndpoints.create({ ...params, ...wrong } as never),
	).rejects.toMatchObject({ statusCode: 400 });
});

it('are gone once deleted', async () => {
	const { id } = await bench.client.webhookEndpoints.create(params);
	expect(await bench.client.webhookEndpoints.del(id)).toMatchObject({ id, deleted: true });
	await expect(bench.client.webhookEndpoints.del(id)).rejects.toMatchObject({ statusCode: 404 });
});

it('get nothing while disabled', async () => {
	const { id } = await bench.register(['customer.created']);
	await bench.client.webhookEndpoints.update(id, { disabled: true });
	await bench.client.customers.create({ email: 'payer@example.com' });
	await bench.client.webhookEndpoints.update(id, { disabled: false });
	await bench.client.customers.create({ email: 'second@example.com' });
	await bench.stripe.deliveries.settled();
	expect(bench.receiver.received.map(({ event }) => event.data.object)).toEqual([
		expect.objectContaining({ email: 'second@example.com' }),
	]);
});
