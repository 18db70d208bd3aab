import { newApiKey } from '.';
import { refusal, startBench, type Bench } from './test-paddle';

let bench: Bench;
let time = Date.parse('2026-11-20T12:00:00Z');
beforeEach(async () => {
	time = Date.parse('2026-11-20T12:00:00Z');
	bench = await startBench({ now: () => time });
});
afterEach(() => bench.close());

describe('the API root', () => {
	it('tells a key its environment, account and permissions', async () => {
		bench.paddle.settings.permissions = new Set(['transaction.read']);
		const { status, body } = await bench.call('GET', '/');
		expect(status).toBe(200);
		expect(body.data).toMatchObject({
			api: { environment: 'sandbox', version: '1' },
			caller: { auth_type: 'api_key', account: {}, permissions: ['transaction.read'] },
		});
		expect(body.meta.request_id).toMatch(/^[\da-f-]{36}$/);
	});

	it('answers without a key, with no account', async () => {
		const body = (await (await fetch(bench.paddle.url)).json()) as { data: object };
		expect(body.data).toMatchObject({
			caller: { auth_type: null, account: null, permissions: [] },
		});
	});

	it('shows browsers the dashboard instead', async () => {
		const page = await fetch(bench.paddle.url, { headers: { Accept: 'text/html,*/*;q=0.8' } });
		expect(await page.text()).toContain('Simulated Paddle');
	});

	it('is production for a live key', async () => {
		const live = await startBench({ apiKey: newApiKey('live') });
		const { body } = await live.call('GET', '/');
		await live.close();
		expect(body.data).toMatchObject({ api: { environment: 'production' } });
	});
});

it('a key has the format of 2025', () => {
	expect(newApiKey()).toMatch(/^pdl_sdbx_apikey_[a-z\d]{26}_[A-Za-z\d]{22}_[A-Za-z\d]{3}$/);
});

it.each([
	['no key', {}, 'authentication_missing'],
	['another scheme', { Authorization: 'Basic abc' }, 'authentication_malformed'],
	['no token', { Authorization: 'Bearer ' }, 'authentication_malformed'],
	[
		'a key of the other environment',
		{ Authorization: `Bearer ${newApiKey('live')}` },
		'invalid_token',
	],
])('refuses %s with 403', async (_case, headers, code) => {
	const response = await fetch(`${bench.paddle.url}/event-types`, { headers });
	expect(response.status).toBe(403);
	expect(await response.json()).toMatchObject({ error: { type: 'request_error', code } });
});

it('an invalid key is refused at the root as well', async () => {
	const headers = { Authorization: `Bearer ${newApiKey()}` };
	expect((await fetch(bench.paddle.url, { headers })).status).toBe(403);
});

it.each([
	['GET', '/transactions', 'transaction.read'],
	['GET', '/events', 'notification.read'],
	['GET', '/notification-settings', 'notification_setting.read'],
	['GET', '/settings/checkout-url', 'checkout_settings.read'],
	['GET', '/customers', 'customer.read'],
])('%s %s needs %s', async (method, path, permission) => {
	bench.paddle.settings.permissions = new Set(['something.else']);
	expect((await bench.call(method, path)).body.error?.code).toBe('forbidden');
	bench.paddle.settings.permissions = new Set([permission]);
	expect((await bench.call(method, path)).status).toBe(200);
});

it('including an entity needs the permission to read it', async () => {
	const id = await bench.createLink();
	bench.paddle.settings.permissions = new Set(['transaction.read']);
	expect((await bench.call('GET', `/transactions/${id}`)).status).toBe(200);
	const refused = await bench.call('GET', `/transactions/${id}?include=customer`);
	expect(refused.status).toBe(403);
});

it('lists event types and currencies without needing a permission', async () => {
	bench.paddle.settings.permissions = new Set();
	const names = (await bench.client.eventTypes.list()).map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining(['transaction.completed', 'adjustment.updated']));
	const { body } = await bench.call('GET', '/currencies');
	const places = Object.fromEntries(
		body.data.map(({ code, decimal_places }) => [String(code), decimal_places]),
	);
	expect(places).toMatchObject({ USD: 2, JPY: 0, KRW: 0, CLP: 0, VND: 0, HUF: 2, TWD: 2, COP: 2 });
	expect(Object.keys(places)).toHaveLength(33);
});

describe('the default payment link', () => {
	it('is the checkout page of the simulator', async () => {
		const { body } = await bench.call('GET', '/settings/checkout-url');
		expect(body.data).toEqual({ default_url: `${bench.paddle.url}/pay` });
	});

	it('can be changed and cleared', async () => {
		const url = 'https://shop.example.com/buy';
		const changed = await bench.call('PATCH', '/settings/checkout-url', { default_url: url });
		expect(changed.body.data).toEqual({ default_url: url });
		const cleared = await bench.call('PATCH', '/settings/checkout-url', { default_url: null });
		expect(cleared.body.data).toEqual({ default_url: null });
	});

	it('must be an https URL on an approved domain', async () => {
		const change = (url: string) =>
			bench.call('PATCH', '/settings/checkout-url', { default_url: url });
		expect((await change('http://shop.example.com')).body.error?.code).toBe('invalid_field');
		bench.paddle.settings.approvedDomains = ['example.com'];
		expect((await change('https://shop.example.com')).status).toBe(200);
		expect((await change('https://example.org')).body.error?.code).toBe(
			'checkout_url_domain_not_approved',
		);
	});
});

it('blocks an address for a minute after too many requests', async () => {
	bench.paddle.settings.requestsPerMinute = 2;
	const call = () => bench.call('GET', '/event-types');
	expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
	const blocked = await call();
	expect(blocked.status).toBe(429);
	expect(blocked.headers.get('retry-after')).toBe('60');
	expect((await refusal(bench.client.eventTypes.list())).retryAfter).toBe(60);
	time += 60_000;
	expect((await call()).status).toBe(200);
});

it('knows its addresses and refuses others', async () => {
	expect((await bench.call('GET', '/ips')).status).toBe(200);
	const { status, body } = await bench.call('GET', '/nothing-here');
	expect([status, body.error?.code]).toEqual([404, 'invalid_url']);
});

it('every request is logged with what was sent', async () => {
	await bench.createLink();
	const [logged] = bench.paddle.log.of('POST', /^\/transactions$/);
	expect(logged).toMatchObject({ status: 201 });
	expect(JSON.parse(logged?.body ?? '')).toMatchObject({ custom_data: { lead_id: '31415926' } });
});

it('a fault can drop the answer after the work was done', async () => {
	bench.paddle.faults.add({ kind: 'dropAfter', method: 'POST', times: 1 });
	await expect(bench.createLink()).rejects.toThrow('fetch failed');
	expect(bench.paddle.store.transactions.size).toBe(1);
});
