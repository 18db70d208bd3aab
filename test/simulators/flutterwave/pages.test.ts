import axios, { type AxiosResponse } from 'axios';
import { startBench, type Bench } from './test-flutterwave';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const browser = { validateStatus: () => true, maxRedirects: 0, responseType: 'text' } as const;

function open(url: string): Promise<AxiosResponse<string>> {
	return axios.get<string>(url, browser);
}

/** Presses the button that leads there, with the hidden field of its form. */
async function press(
	page: string,
	ending: string,
	fields: Record<string, string> = {},
): Promise<AxiosResponse<string>> {
	const action = new RegExp(`action="([^"]*/${ending})"`).exec(page)?.[1];
	if (!action) throw new Error(`Nothing leads to ${ending} on ${page}`);
	const hidden = /type="hidden" name="(\w+)" value="([^"]+)"/.exec(page);
	return axios.post<string>(
		`${bench.flutterwave.url}${action}`,
		new URLSearchParams({ ...(hidden && { [hidden[1] ?? '']: hidden[2] ?? '' }), ...fields }),
		browser,
	);
}

it('lets a payer be refused, pay, and be refunded in two parts', async () => {
	const link = await bench.createLink();
	const checkout = await open(link);
	for (const text of ['Invoice 42 – Café', '7,500.00 NGN', 'Bank transfer', 'USSD']) {
		expect(checkout.data).toContain(text);
	}
	expect(checkout.data).not.toContain('M-Pesa');

	await press(checkout.data, 'decline', { method: 'card', reason: 'Do Not Honour' });
	const refused = await open(link);
	expect(refused.data).toContain('Not paid: Do Not Honour');
	const { headers } = await press(refused.data, 'pay', { method: 'ussd' });
	expect(headers['location']).toBe(new URL(link).pathname);

	const paid = await open(link);
	expect(paid.data).toContain('Payment successful');
	await press(paid.data, 'refund', { amount: '2500' });
	const partly = await open(link);
	expect(partly.data).toContain('Refunded: 2,500.00 NGN');
	await press(partly.data, 'refund', { amount: '' });
	expect((await open(link)).data).toContain('Refunded: 7,500.00 NGN');
});

it('lets a payment be decided later', async () => {
	const link = await bench.createLink({ currency: 'KES' });
	await press((await open(link)).data, 'pend', { method: 'mpesa' });
	const waiting = await open(link);
	expect(waiting.data).toContain('Waiting for M-Pesa');
	await press(waiting.data, 'succeed');
	expect((await open(link)).data).toContain('Payment successful');
});

it('lets a payer transfer too little', async () => {
	const link = await bench.createLink();
	await press((await open(link)).data, 'underpay', { amount: '7000' });
	expect((await open(link)).data).toContain('7,000.00 NGN');
});

it.each([
	[
		'http://127.0.0.1:9/thanks',
		/^http:\/\/127\.0\.0\.1:9\/thanks\?status=successful&tx_ref=KL-31415926-01&transaction_id=\d+$/,
	],
	['http://127.0.0.1:9/thanks?lang=en', /\?lang=en&status=successful&tx_ref=/],
	['https://example.com/thanks', /^\/v3\/hosted\/pay\/flwlnk-/],
])('after paying, redirect_url %s leads there', async (redirect_url, expected) => {
	const link = await bench.createLink({ redirect_url });
	const { headers } = await press((await open(link)).data, 'pay');
	expect(headers['location']).toMatch(expected);
});

it('shows the way on when redirect_url leaves this machine', async () => {
	const link = await bench.createLink({ redirect_url: 'https://example.com/thanks' });
	const { id } = await bench.flutterwave.pay(link);
	expect((await open(link)).data).toContain(
		`href="https://example.com/thanks?status=successful&amp;tx_ref=KL-31415926-01&amp;transaction_id=${id}"`,
	);
});

it('sends a payer who cancels back without a transaction', async () => {
	const link = await bench.createLink({ redirect_url: 'http://127.0.0.1:9/thanks' });
	const { headers } = await press((await open(link)).data, 'close');
	expect(headers['location']).toBe(
		'http://127.0.0.1:9/thanks?status=cancelled&tx_ref=KL-31415926-01',
	);
	expect(bench.flutterwave.store.transactions.size).toBe(0);
});

it('says why a link cannot be paid', async () => {
	const link = await bench.createLink();
	await bench.client.post('/payments/link/disable', { link });
	expect((await open(link)).data).toContain('This payment link is currently inactive.');
	const attempt = await axios.post<string>(`${link}/pay`, new URLSearchParams(), browser);
	expect(attempt.status).toBe(409);
	expect(attempt.data).toContain('it is disabled');
});

it('sets what the merchant can set', async () => {
	const { data } = await open(bench.flutterwave.url);
	expect(data).toContain(`value="${bench.receiver.url}"`);
	await press(data, 'settings', {
		webhookUrl: 'http://127.0.0.1:9/other',
		secretHash: 'another',
		json: 'on',
		v3Webhooks: 'on',
	});
	expect(bench.flutterwave.dashboard).toEqual({
		webhookUrl: 'http://127.0.0.1:9/other',
		secretHash: 'another',
		json: true,
		v3Webhooks: true,
		addMeta: false,
		failedWebhooks: false,
		refundWebhooks: false,
		retries: false,
		resend: false,
	});
});

it('lists everything on the dashboard and resends from there', async () => {
	const link = await bench.createLink({ meta: { kommo_lead_id: '<script>' } });
	const { id } = await bench.flutterwave.pay(link);
	await bench.webhooks();
	const { data } = await open(bench.flutterwave.url);
	for (const text of ['KL-31415926-01', String(id), 'charge.completed, successful', 'delivered']) {
		expect(data).toContain(text);
	}
	expect(data).not.toContain('<script>');
	await press(data, 'resend', { transaction: String(id) });
	const [hook] = bench.flutterwave.store.hooks.values();
	await press(data, 'repeat', { hook: String(hook?.id) });
	expect(await bench.webhooks()).toHaveLength(3);
});

it('switches faults and open questions from the dashboard', async () => {
	const { data } = await open(bench.flutterwave.url);
	await press(data, 'fault', { fault: '429 rate limit', times: '1' });
	expect((await bench.client.get('/balances')).status).toBe(429);
	expect((await bench.client.get('/balances')).status).toBe(200);
	await press(data, 'switch', { what: 'duplicate' });
	expect(bench.flutterwave.deliveries.copies).toBe(2);
	await press(data, 'questions', { notFoundStatus: '404', byReference: 'nonsense' });
	expect(bench.flutterwave.settings).toMatchObject({ notFoundStatus: 404, byReference: 'newest' });
});

it('does not log pages as requests', async () => {
	const link = await bench.createLink();
	await open(link);
	await open(bench.flutterwave.url);
	expect(bench.flutterwave.log.entries.map(({ path }) => path)).toEqual(['/v3/payments']);
});
