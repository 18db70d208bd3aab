import { rateLimited, serverError } from './fault-answers';
import { oneTimeLink, startBench, until, type Bench } from './test-stripe';

let bench: Bench;
let now = Date.UTC(2026, 10, 20);
beforeEach(async () => {
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

const KEY = { idempotencyKey: 'kommo-lead-31415926' };

/** Creates the link under the one key, with this much of a difference. */
function create(extra: Parameters<typeof oneTimeLink>[0] = {}) {
	return bench.client.paymentLinks.create(oneTimeLink(extra), KEY);
}

it('answers the same request once more with the same link', async () => {
	const first = await create();
	const second = await create();
	expect(second.id).toBe(first.id);
	expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
	expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
	expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
	expect(bench.stripe.store.links.size).toBe(1);
});

it('refuses other parameters under the same key', async () => {
	await create();
	await expect(create({ metadata: { kommo_lead_id: '2' } })).rejects.toMatchObject({
		type: 'StripeIdempotencyError',
		statusCode: 400,
	});
});

it('forgets the key after a day', async () => {
	const first = await create();
	now += 24 * 60 * 60 * 1000;
	expect((await create()).id).not.toBe(first.id);
});

it('replays a 500 without doing the work', async () => {
	bench.stripe.faults.add({ ...serverError(), method: 'POST', times: 1 });
	await expect(create()).rejects.toMatchObject({ statusCode: 500 });
	await expect(create()).rejects.toMatchObject({
		statusCode: 500,
		headers: { 'idempotent-replayed': 'true' },
	});
	expect(bench.stripe.store.links.size).toBe(0);
});

it('replays a refusal that came out of the work', async () => {
	const refused = { line_items: [{ price: 'price_none', quantity: 1 }] };
	await expect(create(refused)).rejects.toMatchObject({ code: 'resource_missing' });
	await expect(create(refused)).rejects.toMatchObject({
		headers: { 'idempotent-replayed': 'true' },
	});
});

it('does not store a request whose parameters are wrong', async () => {
	const wrong = { submit_type: 'beg' as 'pay' };
	await expect(create(wrong)).rejects.toMatchObject({ param: 'submit_type' });
	await expect(create()).resolves.toMatchObject({ object: 'payment_link' });
});

it('does not store a rate limit', async () => {
	bench.stripe.faults.add({ ...rateLimited(), method: 'POST', times: 1 });
	await expect(create()).rejects.toMatchObject({ statusCode: 429 });
	await expect(create()).resolves.toMatchObject({ object: 'payment_link' });
});

it('gives the link to a caller whose connection broke after the work', async () => {
	bench.stripe.faults.add({ kind: 'dropAfter', method: 'POST', times: 1 });
	// The official client tries a reset connection once more by itself, with the same key.
	const link = await create();
	expect(bench.stripe.log.of('POST', /payment_links/)).toHaveLength(2);
	expect(link.lastResponse.headers['idempotent-replayed']).toBe('true');
	expect(bench.stripe.store.links.size).toBe(1);
});

it('does the work for a caller whose connection broke before it', async () => {
	bench.stripe.faults.add({ kind: 'drop', method: 'POST', times: 1 });
	const link = await create();
	expect(bench.stripe.log.of('POST', /payment_links/)).toHaveLength(2);
	expect(link.lastResponse.headers['idempotent-replayed']).toBeUndefined();
	expect(bench.stripe.store.links.size).toBe(1);
});

it('says 409 while the first request is under way', async () => {
	bench.stripe.faults.add({ kind: 'delay', ms: 500, method: 'POST', times: 1 });
	const first = create();
	await until(() => bench.stripe.store.links.size === 1);
	await expect(create()).rejects.toMatchObject({
		statusCode: 409,
		code: 'idempotency_key_in_use',
	});
	await expect(first).resolves.toMatchObject({ object: 'payment_link' });
});
