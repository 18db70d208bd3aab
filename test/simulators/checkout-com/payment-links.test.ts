import axios from 'axios';
import golden from '../../fixtures/checkout-com/golden-requests.json';
import full from '../../fixtures/checkout-com/payment-links.create.request.full.json';
import minimal from '../../fixtures/checkout-com/payment-links.create.request.minimal.json';
import { validateCheckoutJson } from '../../specs/validate-checkout-json';
import { startCheckoutCom } from '.';
import { linkRequest, officialClient, refusal, startBench, type Bench } from './test-checkout-com';

const START = Date.UTC(2026, 10, 20, 12);
let now = START;
let bench: Bench;
beforeEach(async () => {
	now = START;
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

const without = (...keys: string[]) =>
	Object.fromEntries(Object.entries(linkRequest()).filter(([key]) => !keys.includes(key)));
const billing = (address: object, phone?: object) => ({ billing: { address, phone } });
const country = { country: 'GB' };

it.each([
	['minimal', minimal],
	['full', full],
])('a %s request makes a link whose answers follow the schema', async (_name, request) => {
	const created = await bench.client.paymentLinks.create(request);
	expect(validateCheckoutJson('POST /payment-links', 'response:201', created)).toEqual([]);
	expect(created).not.toHaveProperty('amount');
	const { id } = created as { id: string };
	const found = await bench.client.paymentLinks.get(id);
	expect(validateCheckoutJson('GET /payment-links/{id}', 'response:200', found)).toEqual([]);
	expect(found).toMatchObject({ status: 'Active', amount: request.amount });
	expect(found).not.toHaveProperty('payment_id');
});

it.each([
	['no amount', without('amount'), ['amount_required']],
	['no currency', without('currency'), ['currency_required']],
	['no billing', without('billing'), ['billing_required']],
	['no address', { ...linkRequest(), billing: {} }, ['billing_address_required']],
	['no country', { ...linkRequest(), ...billing({}) }, ['billing_address_country_required']],
	[
		'only amount and reference',
		{ amount: 1000, reference: 'x' },
		['currency_required', 'billing_required'],
	],
])('%s is 422', async (_name, request, codes) => {
	const failure = await refusal(bench.client.paymentLinks.create(request));
	expect(failure.status).toBe(422);
	expect(failure.codes?.sort()).toEqual(codes.sort());
});

it.each([
	['amount as text', { amount: '1000' }, 'amount_invalid'],
	['amount with decimals', { amount: 10.5 }, 'amount_invalid'],
	['amount 0', { amount: 0 }, 'amount_invalid'],
	['ten digits', { amount: 1_000_000_000 }, 'amount_invalid'],
	['lower-case currency', { currency: 'eur' }, 'currency_invalid'],
	['unknown currency', { currency: 'EUU' }, 'currency_invalid'],
	['last digit in KWD', { currency: 'KWD', amount: 5125 }, 'amount_invalid'],
	['last digit in IQD', { currency: 'IQD', amount: 5001 }, 'amount_invalid'],
	['decimals in CLP', { currency: 'CLP', amount: 100_050 }, 'amount_invalid'],
	['country by name', billing({ country: 'GBR' }), 'billing_address_country_invalid'],
	['unknown country', billing({ country: 'QZ' }), 'billing_address_country_invalid'],
	['long state', billing({ ...country, state: 'London' }), 'billing_address_state_invalid'],
	['long city', billing({ ...country, city: 'c'.repeat(51) }), 'billing_address_city_invalid'],
	['phone code only', billing(country, { country_code: '+44' }), 'billing_phone_number_required'],
	['e-mail in billing', { billing: { address: country, email: 'a@b.c' } }, 'billing_email_unknown'],
	['long reference', { reference: 'r'.repeat(51) }, 'reference_invalid'],
	['long description', { description: 'd'.repeat(101) }, 'description_invalid'],
	['nested metadata', { metadata: { lead: { id: 1 } } }, 'metadata_lead_invalid'],
	['wrong channel', { processing_channel_id: 'pc_1' }, 'processing_channel_id_invalid'],
	['15 days', { expires_in: 1_209_601 }, 'expires_in_invalid'],
	['0 seconds', { expires_in: 0 }, 'expires_in_invalid'],
	['wrong e-mail', { customer: { email: 'nobody' } }, 'customer_email_invalid'],
	['long name', { customer: { name: 'n'.repeat(256) } }, 'customer_name_invalid'],
	['no products', { products: [] }, 'products_invalid'],
	['product price', { products: [{ name: 'a', quantity: 1 }] }, 'products_price_required'],
	[
		'no quantity',
		{ products: [{ name: 'a', quantity: 0, price: 1 }] },
		'products_quantity_invalid',
	],
	[
		'challenge',
		{ '3ds': { challenge_indicator: 'data_share' } },
		'3ds_challenge_indicator_invalid',
	],
	['long return URL', { return_url: `https://e.com/${'x'.repeat(255)}` }, 'return_url_invalid'],
	['return path', { return_url: '/thanks' }, 'return_url_invalid'],
	['Russian', { locale: 'ru-RU' }, 'locale_invalid'],
	['payment type', { payment_type: 'regular' }, 'payment_type_invalid'],
	['capture date', { capture_on: 'tomorrow' }, 'capture_on_invalid'],
	['authorisation type', { authorization_type: 'Maybe' }, 'authorization_type_invalid'],
	['typo', { metdata: {} }, 'metdata_unknown'],
])('%s is 422', async (_name, extra, code) => {
	expect(await refusal(bench.createLink(extra))).toEqual({ status: 422, codes: [code] });
});

it('a PayPal link needs a reference', async () => {
	const request = { ...without('reference'), allow_payment_methods: ['paypal'] };
	expect((await refusal(bench.client.paymentLinks.create(request))).codes).toEqual([
		'reference_required',
	]);
});

it.each([
	['ISK', 1999],
	['UGX', 1],
	['CLP', 100_000],
	['KWD', 5120],
	['JPY', 500],
	['EUR', 999_999_999],
])('%s %d is an amount', async (currency, amount) => {
	const link = await bench.createLink({ currency, amount });
	expect(link.id).toMatch(/^pl_[\w-]{12}$/);
});

it('an account with several channels wants to be told which', async () => {
	bench.checkout.settings.requireProcessingChannel = true;
	expect((await refusal(bench.createLink())).codes).toEqual(['processing_channel_id_required']);
	const { processingChannelId } = bench.checkout;
	await bench.createLink({ processing_channel_id: processingChannelId });
});

it('localhost as return address is for sandboxes', async () => {
	const live = await startCheckoutCom({ sandbox: false });
	const request = { ...linkRequest(), return_url: 'http://localhost/thanks' };
	await bench.client.paymentLinks.create(request);
	const failure = await refusal(officialClient(live).paymentLinks.create(request));
	await live.close();
	expect(failure.codes).toEqual(['return_url_invalid']);
});

it('the same request with the same idempotency key makes two links', async () => {
	const post = () =>
		axios.post<{ id: string }>(`${bench.checkout.url}/payment-links`, linkRequest(), {
			headers: {
				Authorization: `Bearer ${bench.checkout.secretKey}`,
				'Cko-Idempotency-Key': 'once',
			},
		});
	const [first, second] = [await post(), await post()];
	expect(first.data.id).not.toBe(second.data.id);
	expect(first.headers['cko-request-id']).toMatch(/^0HL/);
});

it('a link lives a day by default, and exactly as long as it is told to', async () => {
	const day = await bench.createLink();
	expect(day.expires_on).toBe('2026-11-21T12:00:00.000Z');
	const minute = await bench.createLink({ expires_in: 60 });
	now += 59_999;
	expect(await bench.client.paymentLinks.get(minute.id)).toMatchObject({ status: 'Active' });
	now += 1;
	expect(await bench.client.paymentLinks.get(minute.id)).toMatchObject({ status: 'Expired' });
	await expect(bench.checkout.pay(minute.id)).rejects.toThrow('Expired');
});

it.each([
	['GET', '/payment-links', 405],
	['DELETE', '/payment-links/pl_abcdefghijkl', 405],
	['PATCH', '/payment-links/pl_abcdefghijkl', 405],
	['GET', '/payment-links/pl_abcdefghijkl', 404],
	['POST', '/payment-links/pl_abcdefghijkl/cancel', 404],
	['GET', '/events', 404],
])('%s %s is %d without a body', async (method, path, status) => {
	const answer = await axios.request({
		method,
		url: bench.checkout.url + path,
		headers: { Authorization: `Bearer ${bench.checkout.secretKey}` },
		validateStatus: () => true,
	});
	expect([answer.status, answer.data]).toEqual([status, '']);
});

describe('the secret key', () => {
	const key = () => bench.checkout.secretKey;
	it.each([
		['is missing', () => undefined],
		['has no Bearer', () => key()],
		['is a public key', () => `Bearer ${key().replace('sk', 'pk')}`],
		['is that of the live account', () => `Bearer ${key().replace('sbox_', '')}`],
		['lost its last character', () => `Bearer ${key().slice(0, -1)}`],
		['is URL-encoded', () => `Bearer ${key().replace('*', '%2A')}`],
		['is of somebody else', () => `Bearer ${key().replace(/.{3}$/, 'aaa')}`],
	])('that %s is 401 with an empty body', async (_name, authorization) => {
		const answer = await axios.get(`${bench.checkout.url}/payment-links/pl_x`, {
			headers: { Authorization: authorization() },
			validateStatus: () => true,
		});
		expect([answer.status, answer.data]).toEqual([401, '']);
	});

	it('must have the form of its environment', async () => {
		await expect(startCheckoutCom({ secretKey: 'sk_sbox_short' })).rejects.toThrow('form');
		await expect(startCheckoutCom({ secretKey: key(), sandbox: false })).rejects.toThrow('form');
	});
});

it('every request captured from the official client is understood', async () => {
	const link = await bench.createLink({ processing_channel_id: 'pc_axclravnqf5u5ejkweijnp5zc4' });
	const workflow = await bench.register({ gateway: ['payment_approved'] });
	const payment = await bench.checkout.pay(link.id);
	const [event] = [...bench.checkout.store.events.keys()];
	const statuses: Record<string, number> = {};
	const last = golden.requests.filter(({ name }) => name === 'workflows.remove');
	const others = golden.requests.filter(({ name }) => name !== 'workflows.remove');
	for (const { name, method, url, headers, body } of [...others, ...last]) {
		const answer = await axios.request({
			method,
			url:
				bench.checkout.url +
				url
					.replace(/pl_\w+/, link.id)
					.replace(/pay_\w+/, payment.id)
					.replace(/wf_\w+/, workflow)
					.replace(/evt_\w+/, event ?? ''),
			headers: {
				...headers,
				authorization: headers.authorization.replace('{secretKey}', bench.checkout.secretKey),
			},
			data: body || undefined,
			validateStatus: () => true,
		});
		statuses[name] = answer.status;
	}
	expect(statuses).toEqual({
		'paymentLinks.create': 201,
		'paymentLinks.get': 200,
		'workflows.add': 201,
		'workflows.getAll': 200,
		'workflows.get': 200,
		'workflows.remove': 204,
		'workflows.getSubjectEvents': 200,
		'workflows.reflowByEvent': 202,
		'workflows.reflowBySubjectAndWorkflow': 202,
		'payments.get': 200,
		'payments.getActions': 200,
		'payments.getPaymentList': 200,
	});
});

it('429 and lost connections come when they are switched on', async () => {
	const { rateLimited } = await import('.');
	bench.checkout.faults.add({ ...rateLimited(), times: 1 });
	expect(await refusal(bench.createLink())).toMatchObject({ status: 429 });
	bench.checkout.faults.add({ kind: 'dropAfter', times: 1 });
	await expect(bench.createLink()).rejects.toThrow();
	expect([...bench.checkout.store.links.values()]).toHaveLength(1);
	expect(bench.checkout.log.of('POST', /^\/payment-links$/)).toHaveLength(2);
});
