import axios, { type AxiosResponse } from 'axios';
import Stripe from 'stripe';
import golden from '../../fixtures/stripe/golden-requests.json';
import { rateLimited } from './fault-answers';
import { officialClient, oneTimeLink, startBench, type Bench } from './test-stripe';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterEach(() => bench.stripe.faults.clear());
afterAll(() => bench.close());

/** A request as it stands on the wire; never throws. */
function send(
	method: string,
	path: string,
	body = '',
	headers: Record<string, string> = {},
): Promise<AxiosResponse> {
	return axios.request({
		method,
		url: `${bench.stripe.url}${path}`,
		data: body,
		headers: {
			Authorization: `Bearer ${bench.stripe.secretKey}`,
			'Content-Type': 'application/x-www-form-urlencoded',
			'Stripe-Version': '2026-10-28.endive',
			...headers,
		},
		validateStatus: () => true,
	});
}

const PRICE = 'line_items[0][price_data]';
const ITEM = `${PRICE}[currency]=eur&${PRICE}[unit_amount]=1000&${PRICE}[product_data][name]=A&line_items[0][quantity]=1`;

describe('a request that the official client sends', () => {
	it.each(golden.requests.map((request) => [request.name, request] as const))(
		'%s is understood',
		async (_name, request) => {
			const { status, data } = await send(request.method, request.url, request.body, {
				'Stripe-Version': request.headers['stripe-version'],
			});
			const error = (data as { error?: { code?: string; param?: string } }).error;
			// Ids in the recordings do not exist here, and time has passed since.
			const expected = error?.code === 'resource_missing' || error?.param === 'expires_at';
			expect(status === 200 || expected ? 'understood' : data).toBe('understood');
		},
	);
});

describe('the key', () => {
	it.each([
		['no key', {}],
		['a wrong key', { Authorization: 'Bearer not-the-key' }],
		['another scheme', { Authorization: 'Digest x' }],
	])('%s is refused with 401', async (_what, headers) => {
		const { status, data } = await axios.get(`${bench.stripe.url}/v1/account`, {
			headers,
			validateStatus: () => true,
		});
		expect(status).toBe(401);
		expect(data).toMatchObject({ error: { type: 'invalid_request_error' } });
	});

	it('never appears whole in the refusal', async () => {
		const key = `${bench.stripe.secretKey}-wrong`;
		const { data } = await send('GET', '/v1/account', '', { Authorization: `Bearer ${key}` });
		expect(JSON.stringify(data)).not.toContain(key);
	});

	it('is also taken as the user of Basic authentication', async () => {
		const basic = Buffer.from(`${bench.stripe.secretKey}:`).toString('base64');
		const { status } = await send('GET', '/v1/account', '', { Authorization: `Basic ${basic}` });
		expect(status).toBe(200);
	});
});

describe('parameters', () => {
	it.each([
		['client_reference_id=lead-1', 'parameter_unknown', 'client_reference_id'],
		['customer_email=a%40example.com', 'parameter_unknown', 'customer_email'],
		['metdata[a]=b', 'parameter_unknown', 'metdata'],
		[`${PRICE}[colour]=red`, 'parameter_unknown', `${PRICE}[colour]`],
		['submit_type=beg', undefined, 'submit_type'],
		['allow_promotion_codes=maybe', undefined, 'allow_promotion_codes'],
		[
			'restrictions[completed_sessions][limit]=one',
			'parameter_invalid_integer',
			'restrictions[completed_sessions][limit]',
		],
		['after_completion[type]=redirect', 'parameter_missing', 'after_completion[redirect]'],
		[`metadata[${'k'.repeat(41)}]=v`, undefined, 'metadata'],
		[`metadata[k]=${'v'.repeat(501)}`, undefined, 'metadata[k]'],
		['subscription_data[metadata][a]=b', undefined, 'subscription_data'],
	])('%s is refused', async (extra, code, param) => {
		const { status, data } = await send('POST', '/v1/payment_links', `${ITEM}&${extra}`);
		expect(status).toBe(400);
		expect((data as { error: object }).error).toMatchObject({
			type: 'invalid_request_error',
			param,
			...(code && { code }),
		});
	});

	it.each([
		['', 'line_items'],
		['line_items[0][price]=price_1', 'line_items[0][quantity]'],
		[
			`${PRICE}[unit_amount]=1&${PRICE}[product_data][name]=A&line_items[0][quantity]=1`,
			`${PRICE}[currency]`,
		],
	])('"%s" misses %s', async (body, param) => {
		const { status, data } = await send('POST', '/v1/payment_links', body);
		expect(status).toBe(400);
		expect(data).toMatchObject({ error: { code: 'parameter_missing', param } });
	});

	it('are not coerced into numbers inside metadata', async () => {
		const { data } = await send('POST', '/v1/payment_links', `${ITEM}&metadata[lead]=0123`);
		expect(data).toMatchObject({ metadata: { lead: '0123' } });
	});
});

describe('amounts', () => {
	it.each([
		['eur', 49, 'amount_too_small'],
		['gbp', 29, 'amount_too_small'],
		['jpy', 49, 'amount_too_small'],
		['huf', 17_499, 'amount_too_small'],
		['ugx', 550, 'parameter_invalid_integer'],
		['isk', 101, 'parameter_invalid_integer'],
		['kwd', 5124, 'parameter_invalid_integer'],
		['eur', 10.5, 'parameter_invalid_integer'],
		['eur', -5, 'parameter_invalid_integer'],
		['EUR', 1000, undefined],
		['zzz', 1000, undefined],
	])('%s %d is refused', async (currency, amount, code) => {
		const body = `${PRICE}[currency]=${currency}&${PRICE}[unit_amount]=${amount}&${PRICE}[product_data][name]=A&line_items[0][quantity]=1`;
		const { status, data } = await send('POST', '/v1/payment_links', body);
		expect(status).toBe(400);
		expect((data as { error: { code?: string } }).error.code).toBe(code);
	});

	it.each([
		['eur', 50],
		['gbp', 30],
		['jpy', 50],
		['ugx', 500],
		['kwd', 5120],
	])('%s %d is accepted', async (currency, amount) => {
		const link = await bench.client.paymentLinks.create({
			line_items: [
				{
					price_data: { currency, unit_amount: amount, product_data: { name: 'A' } },
					quantity: 1,
				},
			],
		});
		expect(link.currency).toBe(currency);
	});

	it('must share one currency', async () => {
		const item = (currency: string) => ({
			price_data: { currency, unit_amount: 1000, product_data: { name: 'A' } },
			quantity: 1,
		});
		await expect(
			bench.client.paymentLinks.create({ line_items: [item('eur'), item('usd')] }),
		).rejects.toMatchObject({ type: 'StripeInvalidRequestError', param: 'line_items' });
	});
});

describe('versions', () => {
	it('are recorded with the request', async () => {
		await send('GET', '/v1/account', '', { 'Stripe-Version': '2026-08-26.dahlia' });
		expect(bench.stripe.log.of('GET', /account/).at(-1)?.headers['stripe-version']).toBe(
			'2026-08-26.dahlia',
		);
	});

	it('that do not exist are refused', async () => {
		const { status } = await send('GET', '/v1/account', '', { 'Stripe-Version': '2099-01-01' });
		expect(status).toBe(400);
	});

	it('before 2025-07-30 know no inline prices on links', async () => {
		const old = officialClient(bench.stripe, { apiVersion: '2025-06-30.basil' as never });
		await expect(old.paymentLinks.create(oneTimeLink())).rejects.toMatchObject({
			code: 'parameter_unknown',
			param: 'line_items[0][price_data]',
		});
		const price = await old.prices.create({
			currency: 'eur',
			unit_amount: 1000,
			product_data: { name: 'A' },
		});
		const link = await old.paymentLinks.create({ line_items: [{ price: price.id, quantity: 2 }] });
		const session = await bench.stripe.open(link.id);
		expect(session.amount_total).toBe(2000);
	});

	it.each([
		['2026-10-28.endive', 400],
		['2026-08-26.dahlia', 200],
	])('%s answers payment_method_types on a session with %d', async (version, status) => {
		const body = `mode=payment&${ITEM}&success_url=https%3A%2F%2Fexample.com&payment_method_types[0]=card`;
		const answer = await send('POST', '/v1/checkout/sessions', body, { 'Stripe-Version': version });
		expect(answer.status).toBe(status);
	});
});

describe('answers', () => {
	it.each([
		['a success', 'GET', '/v1/account'],
		['a missing object', 'GET', '/v1/payment_links/plink_none'],
		['an unknown address', 'GET', '/v1/paymentlinks'],
		['a refusal', 'POST', '/v1/payment_links'],
	])('%s carries a Request-Id', async (_what, method, path) => {
		const { headers } = await send(method, path);
		expect(headers['request-id']).toMatch(/^req_\w{14}$/);
	});

	it('say 404 resource_missing for what is not there', async () => {
		await expect(bench.client.webhookEndpoints.del('we_x')).rejects.toMatchObject({
			statusCode: 404,
			code: 'resource_missing',
			message: "No such webhook endpoint: 'we_x'",
		});
	});

	it('say 429 at the rate limit, which the official client reports as such', async () => {
		bench.stripe.faults.add({ ...rateLimited(), path: /^\/v1\/account$/, times: 1 });
		await expect(bench.client.accounts.retrieveCurrent()).rejects.toBeInstanceOf(
			Stripe.errors.StripeRateLimitError,
		);
		await expect(bench.client.accounts.retrieveCurrent()).resolves.toMatchObject({
			object: 'account',
		});
	});
});

describe('a list', () => {
	it.each([0, 101])('refuses a limit of %d', async (limit) => {
		await expect(bench.client.paymentLinks.list({ limit })).rejects.toMatchObject({
			param: 'limit',
		});
	});

	it('expands ids and left-out lists', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const whole = await bench.client.paymentLinks.retrieve(link.id, { expand: ['line_items'] });
		expect(link.line_items).toBeUndefined();
		expect(whole.line_items?.data[0]).toMatchObject({ amount_total: 199_900, quantity: 1 });
		const { paymentIntentId } = await bench.stripe.pay(link.id);
		const intent = await bench.client.paymentIntents.retrieve(paymentIntentId, {
			expand: ['latest_charge'],
		});
		expect(intent.latest_charge).toMatchObject({ object: 'charge', paid: true });
		await expect(
			bench.client.paymentIntents.retrieve(paymentIntentId, { expand: ['nonsense'] }),
		).rejects.toMatchObject({ statusCode: 400 });
	});
});
