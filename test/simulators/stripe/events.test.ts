import { monthlyLink, oneTimeLink, startBench, type Bench } from './test-stripe';

let now = Date.UTC(2026, 10, 20, 12);
let bench: Bench;
beforeEach(async () => {
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

async function pay(count: number): Promise<void> {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	for (let n = 0; n < count; n += 1) await bench.stripe.pay(link.id);
	await bench.stripe.deliveries.settled();
}

it('are listed newest first, page by page, without loss', async () => {
	await pay(5);
	const all = bench.stripe.store.events.newestFirst().map(({ id }) => id);
	const seen: string[] = [];
	for await (const event of bench.client.events.list({ limit: 7 })) seen.push(event.id);
	expect(seen).toEqual(all);
	expect(bench.stripe.log.of('GET', /events/).length).toBe(Math.ceil(all.length / 7));
});

it('are filtered by type and time', async () => {
	await pay(2);
	now += 60_000;
	await pay(1);
	const list = await bench.client.events.list({
		types: ['payment_intent.succeeded', 'charge.succeeded'],
		created: { gte: Math.floor(now / 1000) },
	});
	expect(list.data.map(({ type }) => type)).toEqual([
		'payment_intent.succeeded',
		'charge.succeeded',
	]);
});

it('refuse more than twenty types', async () => {
	const types = Array.from({ length: 21 }, (_, n) => `type.${n}`);
	await expect(bench.client.events.list({ types })).rejects.toMatchObject({ param: 'types' });
});

it('refuse a cursor that does not exist', async () => {
	await expect(bench.client.events.list({ starting_after: 'evt_none' })).rejects.toMatchObject({
		code: 'resource_missing',
		param: 'starting_after',
	});
});

it('are forgotten after 30 days', async () => {
	await pay(1);
	const [event] = bench.stripe.store.events.newestFirst();
	now += 30 * 86_400_000 + 1000;
	expect((await bench.client.events.list()).data).toEqual([]);
	await expect(bench.client.events.retrieve(String(event?.id))).rejects.toMatchObject({
		code: 'resource_missing',
	});
});

describe('delivery_success=false', () => {
	it('lists exactly what an endpoint has not taken', async () => {
		await bench.register(['payment_intent.succeeded', 'checkout.session.completed']);
		bench.receiver.failing = ['checkout.session.completed'];
		await pay(2);
		const missed = await bench.client.events.list({ delivery_success: false });
		const delivered = await bench.client.events.list({ delivery_success: true, limit: 100 });
		expect(missed.data.map(({ type, pending_webhooks }) => [type, pending_webhooks])).toEqual([
			['checkout.session.completed', 1],
			['checkout.session.completed', 1],
		]);
		expect(delivered.data).toHaveLength(bench.stripe.store.events.size - 2);
	});

	it('lists an event while its retry is still to come', async () => {
		await bench.register(['payment_intent.succeeded']);
		bench.stripe.deliveries.timeScale = 1;
		bench.receiver.answers = [503];
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		await bench.stripe.pay(link.id);
		const missed = await bench.client.events.list({ delivery_success: false });
		expect(missed.data.map(({ type }) => type)).toEqual(['payment_intent.succeeded']);
	});

	it('never lists what no endpoint wanted', async () => {
		await pay(1);
		expect((await bench.client.events.list({ delivery_success: false })).data).toEqual([]);
	});
});

it.each([
	['invoices', { created: { gte: 0 } }, 1],
	['invoices', { created: { lt: 1 } }, 0],
	['refunds', { created: 1 }, 0],
	['customers', { created: { gt: 1 } }, 1],
] as const)('lists of %s are filtered by %j as well', async (kind, filter, count) => {
	const link = await bench.client.paymentLinks.create(monthlyLink());
	const { paymentIntentId } = await bench.stripe.pay(link.id);
	await bench.stripe.refund(paymentIntentId);
	expect((await bench.client[kind].list(filter)).data).toHaveLength(count);
});
