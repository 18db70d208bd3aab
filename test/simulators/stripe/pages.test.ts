import axios, { type AxiosResponse } from 'axios';
import { monthlyLink, oneTimeLink, startBench, type Bench } from './test-stripe';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const browser = { validateStatus: () => true, maxRedirects: 0, responseType: 'text' } as const;

function open(url: string): Promise<AxiosResponse<string>> {
	return axios.get<string>(url, browser);
}

/** Presses a button of the first form whose action ends like this. */
async function press(
	page: string,
	ending: string,
	fields: Record<string, string>,
): Promise<AxiosResponse<string>> {
	const action = new RegExp(`action="([^"]*${ending})"`).exec(page)?.[1];
	if (!action) throw new Error(`No form for ${ending} on ${page}`);
	const hidden = /type="hidden" name="(\w+)" value="([^"]+)"/.exec(page);
	return axios.post<string>(
		`${bench.stripe.url}${action}`,
		new URLSearchParams({ ...(hidden && { [hidden[1] ?? '']: hidden[2] ?? '' }), ...fields }),
		browser,
	);
}

it('lets a payer be refused, pay, and be refunded in two parts', async () => {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	const checkout = await open(`${link.url}?prefilled_email=payer%40example.com`);
	expect(checkout.data).toContain('1999.00 EUR');
	expect(checkout.data).toContain('value="payer@example.com"');

	const refused = await press(checkout.data, 'pay/cs_\\w+', { choice: 'insufficient_funds' });
	expect(refused.data).toContain('Your card has insufficient funds.');
	const paid = await press(refused.data, 'pay/cs_\\w+', { choice: 'card' });
	expect(paid.status).toBe(303);

	const receipt = await open(`${bench.stripe.url}${String(paid.headers['location'])}`);
	expect(receipt.data).toContain('>Paid<');
	await press(receipt.data, '/refund', { amount: '999.5' });
	const partly = await open(`${bench.stripe.url}${String(paid.headers['location'])}`);
	expect(partly.data).toContain('Partially refunded: 999.50 EUR');
	await press(partly.data, '/refund', { amount: '' });
	const [charge] = (await bench.client.charges.list({ limit: 1 })).data;
	expect(charge).toMatchObject({ refunded: true, amount_refunded: 199_900 });
});

it('lets a delayed payment be settled', async () => {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	const checkout = await open(link.url);
	const { headers } = await press(checkout.data, 'pay/cs_\\w+', { choice: 'sepa_debit' });
	const address = `${bench.stripe.url}${String(headers['location'])}`;
	const waiting = await open(address);
	expect(waiting.data).toContain('Payment on its way');
	await press(waiting.data, '/settle', { ok: 'yes' });
	expect((await open(address)).data).toContain('>Paid<');
});

it('lets a payment be disputed', async () => {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	const { sessionId } = await bench.stripe.pay(link.id);
	const address = `${bench.stripe.url}/c/pay/${sessionId}`;
	await press((await open(address)).data, '/dispute', {});
	const disputed = await open(address);
	expect(disputed.data).toContain('Disputed');
	await press(disputed.data, '/close-dispute', { won: 'no' });
	expect((await bench.client.disputes.list()).data[0]?.status).toBe('lost');
});

it.each([
	[
		'http://127.0.0.1:9/thanks?s={CHECKOUT_SESSION_ID}',
		/^http:\/\/127\.0\.0\.1:9\/thanks\?s=cs_test_/,
	],
	['https://example.com/thanks', /^\/c\/pay\/cs_test_/],
])('after paying, a redirect to %s leads to %s', async (url, expected) => {
	const link = await bench.client.paymentLinks.create(
		oneTimeLink({ after_completion: { type: 'redirect', redirect: { url } } }),
	);
	const { headers } = await press((await open(link.url)).data, 'pay/cs_\\w+', { choice: 'card' });
	expect(headers['location']).toMatch(expected);
});

it('shows the way on for a redirect that leaves this machine', async () => {
	const url = 'https://example.com/thanks?id={CHECKOUT_SESSION_ID}';
	const link = await bench.client.paymentLinks.create(
		oneTimeLink({ after_completion: { type: 'redirect', redirect: { url } } }),
	);
	const { sessionId } = await bench.stripe.pay(`${link.url}?utm_source=kommo`);
	const { data } = await open(`${bench.stripe.url}/c/pay/${sessionId}`);
	expect(data).toContain(`href="https://example.com/thanks?id=${sessionId}&amp;utm_source=kommo"`);
});

it('says why an inactive link cannot be paid', async () => {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	await bench.client.paymentLinks.update(link.id, { active: false, inactive_message: 'Paid <b>' });
	const { data } = await open(link.url);
	expect(data).toContain('Paid &lt;b&gt;');
});

it('lists everything on the dashboard and resends from there', async () => {
	await bench.register(['payment_intent.succeeded']);
	const link = await bench.client.paymentLinks.create(
		monthlyLink({ metadata: { kommo_lead_id: '<script>' } }),
	);
	const { subscriptionId, paymentIntentId } = await bench.stripe.pay(link.id);
	await bench.stripe.deliveries.settled();
	const { data } = await open(bench.stripe.url);
	for (const text of [link.url, paymentIntentId, String(subscriptionId), 'delivered']) {
		expect(data).toContain(text);
	}
	expect(data).not.toContain('<script>');

	const { event } = bench.last('payment_intent.succeeded');
	await press(data, '/resend', { event: event.id });
	await press(data, '/subscription', { id: String(subscriptionId), what: 'renew' });
	await bench.stripe.deliveries.settled();
	expect(bench.receiver.received.map(({ event: { id } }) => id)).toHaveLength(3);
	expect(bench.receiver.received[1]?.event.id).toBe(event.id);
});

it('switches faults from the dashboard', async () => {
	const { data } = await open(bench.stripe.url);
	await press(data, '/fault', { fault: '429 rate limit', times: '1' });
	await expect(bench.client.accounts.retrieveCurrent()).rejects.toMatchObject({ statusCode: 429 });
	await expect(bench.client.accounts.retrieveCurrent()).resolves.toBeDefined();
	await press(data, '/deliveries', { what: 'duplicate' });
	expect(bench.stripe.deliveries.copies).toBe(2);
});
