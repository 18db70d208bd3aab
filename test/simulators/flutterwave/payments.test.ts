import { Client, fixture, linkRequest, startBench, type Bench } from './test-flutterwave';
import { timedOut } from '.';

const MINUTE = 60_000;
let now = Date.UTC(2026, 10, 20, 12);
let bench: Bench;
beforeEach(async () => {
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

describe('a key', () => {
	it.each([
		['is missing', ''],
		['is wrong', 'FLWSECK_TEST-another'],
	])('that %s is answered with 401', async (_how, key) => {
		const { status, body } = await new Client(bench.flutterwave.url, key).get('/balances');
		expect(status).toBe(401);
		expect(body).toEqual(fixture('v3.api.error.unauthorized.401'));
	});

	it('of the other mode is accepted and finds nothing of this one', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		const { url, otherModeKey } = bench.flutterwave;
		const { body } = await new Client(url, otherModeKey).get(`/transactions/${id}/verify`);
		expect(body).toEqual(fixture('v3.api.transactions.verify.not_found'));
		expect((await bench.verify(id))['id']).toBe(id);
	});
});

describe('POST /payments', () => {
	it('takes the documented request and answers with the link and nothing else', async () => {
		const answer = await bench.client.post('/payments', fixture('v3.api.payments.create.request'));
		expect(answer.status).toBe(200);
		const { data, ...rest } = answer.body;
		const expected = fixture('v3.api.payments.create.response');
		expect(rest).toEqual({ status: expected['status'], message: expected['message'] });
		expect(data).toEqual({
			link: expect.stringMatching(
				/^http:\/\/127\.0\.0\.1:\d+\/v3\/hosted\/pay\/flwlnk-[0-9a-z]{26}$/,
			),
		});
	});

	it.each([
		['amount is required', { amount: undefined }],
		['tx_ref is required', { tx_ref: '' }],
		['customer is required', { customer: undefined }],
		['customer.email is required', { customer: { name: 'Example Payer' } }],
		['customer.email must be a valid email', { customer: { email: 'payer' } }],
		['currency is not supported', { currency: 'XXX' }],
		['amount is not valid for NGN', { amount: '-1' }],
		['amount is not valid for NGN', { amount: '7,500' }],
		['amount is not valid for NGN', { amount: 0 }],
		['amount is not valid for NGN', { amount: 10.005 }],
		['amount is not valid for UGX', { amount: '7500.50', currency: 'UGX' }],
		['amount is not valid for XAF', { amount: 165.5, currency: 'XAF' }],
		['redirect_url must be a valid URL', { redirect_url: 'thanks' }],
		['meta must be an object', { meta: 'lead' }],
		['payment_plan does not exist', { payment_plan: 1 }],
		['session_duration is not valid', { configurations: { session_duration: 1441 } }],
		['max_retry_attempt is not valid', { configurations: { max_retry_attempt: 0 } }],
	])('is refused: %s', async (message, extra) => {
		const { status, body } = await bench.client.post('/payments', { ...linkRequest(), ...extra });
		expect(status).toBe(400);
		expect(body).toEqual({ status: 'error', message, data: null });
		expect(bench.flutterwave.store.links.size).toBe(0);
	});

	it.each([
		['NGN', '107.5', 107.5],
		['UGX', '5000.00', 5000],
		['KES', 100, 100],
	])('reads an amount in major units: %s %s', async (currency, amount, expected) => {
		const { id } = await bench.flutterwave.pay(await bench.createLink({ currency, amount }));
		expect(await bench.verify(id)).toMatchObject({ currency, amount: expected });
	});

	it('takes naira when no currency is given', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink({ currency: undefined }));
		expect((await bench.verify(id))['currency']).toBe('NGN');
	});

	it('makes several transactions of a tx_ref that is used twice', async () => {
		const links = [await bench.createLink(), await bench.createLink()];
		const paid = [
			await bench.flutterwave.pay(String(links[0])),
			await bench.flutterwave.pay(String(links[1])),
		];
		expect(new Set(paid.map(({ id }) => id)).size).toBe(2);
		expect(new Set(paid.map(({ txRef }) => txRef)).size).toBe(1);
	});

	it('can refuse a tx_ref that was used', async () => {
		bench.flutterwave.settings.duplicateTxRef = 'refuse';
		await bench.createLink();
		await expect(bench.createLink()).rejects.toThrow('Duplicate transaction reference');
	});

	it('offers what the currency has of the options asked for', async () => {
		const link = await bench.createLink({ payment_options: 'card, mpesa,ussd' });
		await expect(bench.flutterwave.pay(link, { method: 'mpesa' })).rejects.toThrow(
			'This page does not offer M-Pesa, only Card, USSD.',
		);
	});
});

describe('a link', () => {
	it('that is disabled cannot be paid, nor disabled again', async () => {
		const link = await bench.createLink();
		const first = await bench.client.post('/payments/link/disable', { link });
		expect(first).toMatchObject({ status: 200, body: { status: 'success' } });
		await expect(bench.flutterwave.pay(link)).rejects.toThrow('it is disabled');
		const second = await bench.client.post('/payments/link/disable', { link });
		expect(second.status).toBe(400);
		expect(second.body).toEqual(fixture('v3.api.payments.link.disable.already-inactive.400'));
	});

	it('that is not known cannot be disabled', async () => {
		const link = 'https://checkout.flutterwave.com/v3/hosted/pay/flwlnk-0';
		const { status } = await bench.client.post('/payments/link/disable', { link });
		expect(status).toBe(404);
	});

	it.each(['configurations', 'configuration'])(
		'dies at the end of the session_duration in %s',
		async (name) => {
			const link = await bench.createLink({ [name]: { session_duration: 10 } });
			now += 10 * MINUTE - 1;
			await bench.flutterwave.decline(link);
			now += 1;
			await expect(bench.flutterwave.pay(link)).rejects.toThrow('it is expired');
			const { status } = await bench.client.post('/payments/link/disable', { link });
			expect(status).toBe(400);
		},
	);

	it('dies at its link_expiration', async () => {
		const link_expiration = new Date(now + MINUTE).toISOString();
		const link = await bench.createLink({ configurations: { link_expiration } });
		now += MINUTE;
		await expect(bench.flutterwave.pay(link)).rejects.toThrow('it is expired');
	});

	it('fails after max_retry_attempt failures', async () => {
		const link = await bench.createLink({ configurations: { max_retry_attempt: 2 } });
		await bench.flutterwave.decline(link);
		await bench.flutterwave.decline(link);
		await expect(bench.flutterwave.pay(link)).rejects.toThrow('it is failed');
	});

	it('is paid once, unless that is switched off', async () => {
		const link = await bench.createLink();
		await bench.flutterwave.pay(link);
		await expect(bench.flutterwave.pay(link)).rejects.toThrow('it is paid');
		bench.flutterwave.settings.paidLinksStayOpen = true;
		expect((await bench.flutterwave.pay(link)).status).toBe('successful');
	});

	it('is found by its tx_ref too', async () => {
		await bench.createLink();
		expect((await bench.flutterwave.pay('KL-31415926-01')).status).toBe('successful');
	});
});

describe('a 503', () => {
	it.each([
		[true, 1],
		[false, 0],
	])('with the work done: %s', async (worked, made) => {
		bench.flutterwave.faults.add({ ...timedOut({ worked }), method: 'POST', times: 1 });
		const { status, body } = await bench.client.post('/payments', linkRequest());
		expect(status).toBe(503);
		expect(body).toEqual(fixture('v3.api.error.timeout.503'));
		expect(bench.flutterwave.store.links.size).toBe(made);
		expect(bench.flutterwave.log.of('POST', /^\/v3\/payments$/)[0]?.status).toBe(503);
	});
});
