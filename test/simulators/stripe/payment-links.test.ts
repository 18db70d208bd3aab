import { oneTimeLink, startBench, type Bench } from './test-stripe';

let now = Date.UTC(2026, 10, 20, 12);
let bench: Bench;
beforeEach(async () => {
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

const once = { restrictions: { completed_sessions: { limit: 1 } } };

it('are paid at the simulator', async () => {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	expect(link.url).toMatch(new RegExp(`^${bench.stripe.url}/pay/test_\\w+$`));
});

it('are listed, newest first, by whether they are active', async () => {
	const first = await bench.client.paymentLinks.create(oneTimeLink());
	const second = await bench.client.paymentLinks.create(oneTimeLink());
	await bench.client.paymentLinks.update(first.id, { active: false });
	const active = await bench.client.paymentLinks.list({ active: true });
	const inactive = await bench.client.paymentLinks.list({ active: false });
	expect(active.data.map(({ id }) => id)).toEqual([second.id]);
	expect(inactive.data.map(({ id }) => id)).toEqual([first.id]);
});

it('cannot be opened once deactivated', async () => {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	await bench.client.paymentLinks.update(link.id, { active: false, inactive_message: 'Too late.' });
	await expect(bench.stripe.pay(link.id)).rejects.toThrow('Too late.');
});

it('merge metadata, but replace that of the intent', async () => {
	const link = await bench.client.paymentLinks.create(
		oneTimeLink({ metadata: { a: '1' }, payment_intent_data: { metadata: { a: '1' } } }),
	);
	const updated = await bench.client.paymentLinks.update(link.id, {
		metadata: { b: '2' },
		payment_intent_data: { metadata: { b: '2' } },
	});
	expect(updated.metadata).toEqual({ a: '1', b: '2' });
	expect(updated.payment_intent_data?.metadata).toEqual({ b: '2' });
});

describe('with a limit of one', () => {
	it('count the completion and switch themselves off', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink(once));
		await bench.stripe.pay(link.id);
		expect(await bench.client.paymentLinks.retrieve(link.id)).toMatchObject({
			active: false,
			restrictions: { completed_sessions: { count: 1, limit: 1 } },
		});
		await expect(bench.stripe.pay(link.id)).rejects.toThrow('no longer active');
	});

	it.each([
		[true, 2],
		[false, 1],
	])('with pages opened before (they survive: %s) take %d payments', async (survive, count) => {
		bench.stripe.settings.openPagesSurviveDeactivation = survive;
		const link = await bench.client.paymentLinks.create(oneTimeLink(once));
		const pages = [await bench.stripe.open(link.id), await bench.stripe.open(link.id)];
		await Promise.allSettled(pages.map(({ id }) => bench.stripe.pay(id)));
		const { data } = await bench.client.checkout.sessions.list({ status: 'complete' });
		expect(data).toHaveLength(count);
	});
});

describe('parameters in the URL', () => {
	it.each([
		['client_reference_id=lead_31415926-1', 'lead_31415926-1'],
		['client_reference_id=kommo:123', null],
		['client_reference_id=lead%231', null],
		['client_reference_id=a.b', null],
		[`client_reference_id=${'a'.repeat(201)}`, null],
		['', null],
	])('%s gives the reference %s', async (query, reference) => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const session = await bench.stripe.open(`${link.url}?${query}`);
		expect(session.client_reference_id).toBe(reference);
	});

	it.each([
		['prefilled_email=payer%40example.com', 'payer@example.com'],
		['prefilled_email=payer', null],
		['prefilled_email=a%40example.com&locked_prefilled_email=b%40example.com', 'b@example.com'],
	])('%s gives the e-mail %s', async (query, email) => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const session = await bench.stripe.open(`${link.url}?${query}`);
		expect(session.customer_email).toBe(email);
	});
});

describe('a page that is left open', () => {
	it('expires after a day, while the link lives on', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const session = await bench.stripe.open(link.id);
		now += 24 * 60 * 60 * 1000;
		expect((await bench.client.checkout.sessions.retrieve(session.id)).status).toBe('expired');
		expect(bench.stripe.store.events.newestFirst()[0]?.type).toBe('checkout.session.expired');
		await expect(bench.stripe.pay(session.id)).rejects.toThrow('expired');
		await expect(bench.stripe.pay(link.id)).resolves.toBeDefined();
	});
});

describe('a checkout session made by itself', () => {
	const params = {
		mode: 'payment',
		line_items: oneTimeLink().line_items as never,
		success_url: 'https://example.com/ok?session_id={CHECKOUT_SESSION_ID}',
		client_reference_id: 'lead-1',
		metadata: { kommo_lead_id: '1' },
		payment_intent_data: { metadata: { kommo_lead_id: '1' } },
	} as const;

	it('is paid at its own URL', async () => {
		const session = await bench.client.checkout.sessions.create(params);
		expect(session.url).toContain(`${bench.stripe.url}/c/pay/cs_test_`);
		const { paymentIntentId } = await bench.stripe.pay(String(session.url));
		const paid = await bench.client.checkout.sessions.retrieve(session.id);
		expect(paid).toMatchObject({
			payment_status: 'paid',
			payment_intent: paymentIntentId,
			url: null,
		});
	});

	it.each([29 * 60, 25 * 60 * 60])('refuses to expire in %d s', async (seconds) => {
		const expires_at = Math.floor(now / 1000) + seconds;
		await expect(
			bench.client.checkout.sessions.create({ ...params, expires_at }),
		).rejects.toMatchObject({ param: 'expires_at' });
	});

	it('can be expired once', async () => {
		const session = await bench.client.checkout.sessions.create(params);
		expect((await bench.client.checkout.sessions.expire(session.id)).status).toBe('expired');
		await expect(bench.client.checkout.sessions.expire(session.id)).rejects.toMatchObject({
			statusCode: 400,
		});
	});
});

describe('search', () => {
	it('finds payments by metadata and status, once it has caught up', async () => {
		bench.stripe.settings.searchLagMs = 60_000;
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		await bench.stripe.decline(link.id);
		const { paymentIntentId } = await bench.stripe.pay(link.id);
		const query = "metadata['kommo_lead_id']:'31415926' AND status:'succeeded'";
		expect((await bench.client.paymentIntents.search({ query })).data).toEqual([]);
		now += 60_000;
		const found = await bench.client.paymentIntents.search({ query });
		expect(found.data.map(({ id }) => id)).toEqual([paymentIntentId]);
	});

	it('goes through pages by token', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		for (let n = 0; n < 5; n += 1) await bench.stripe.pay(link.id);
		const found: string[] = [];
		for await (const { id } of bench.client.paymentIntents.search({
			query: 'status:"succeeded" AND amount>1000',
			limit: 2,
		})) {
			found.push(id);
		}
		expect(new Set(found).size).toBe(5);
	});

	it.each([
		'status',
		"status:'a' OR amount:1 AND amount:2",
		"colour:'red'",
		"metadata['a']:'b' AND",
		'',
	])('refuses the query %j', async (query) => {
		await expect(bench.client.paymentIntents.search({ query })).rejects.toMatchObject({
			statusCode: 400,
		});
	});
});
