import { parse } from 'qs';
import { shapeDifferences } from './shape-differences';
import { fixture, SECRET_HASH, startBench, until, type Bench } from './test-flutterwave';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

/** Pays a new link and returns what arrived. */
async function paid(extra: object = {}): Promise<Bench['receiver']['received']> {
	await bench.flutterwave.pay(await bench.createLink(extra));
	return bench.webhooks();
}

describe('the headers', () => {
	it('are those of the old axios, with the secret hash verbatim', async () => {
		const [hook] = await paid();
		expect(hook?.headers).toMatchObject({
			'verif-hash': SECRET_HASH,
			'user-agent': 'axios/0.19.2',
			'content-type': 'application/json;charset=utf-8',
		});
	});

	it('lack verif-hash when no hash is set', async () => {
		bench.flutterwave.dashboard.secretHash = '';
		const [hook] = await paid();
		expect(hook?.headers).not.toHaveProperty('verif-hash');
	});
});

describe('the v3 shape', () => {
	it('is that of the documented sample, with event.type and meta beside the data', async () => {
		const [hook] = await paid();
		const sample = fixture('v3.webhook.charge.completed.card.successful');
		expect(shapeDifferences(hook?.body, sample)).toEqual([
			'$.meta_data is too many',
			'$.event.type is too many',
		]);
		expect(hook?.body).toMatchObject({
			event: 'charge.completed',
			data: { tx_ref: 'KL-31415926-01', status: 'successful', amount: 7500, currency: 'NGN' },
			meta_data: {
				__CheckoutInitAddress: 'https://checkout-v2.dev-flutterwave.com/v3/hosted/pay',
				kommo_lead_id: '31415926',
				first: '1',
			},
		});
	});

	it('has neither a token nor what is settled', async () => {
		const [hook] = await paid();
		expect(hook?.text).not.toMatch(/token|amount_settled/);
	});

	it('has no meta at all without the box', async () => {
		bench.flutterwave.dashboard.addMeta = false;
		const [hook] = await paid();
		expect(hook?.text).not.toContain('meta');
	});

	it.each([
		['card', 'NGN', 'card', 'CARD_TRANSACTION'],
		['account', 'NGN', 'account', 'ACCOUNT_TRANSACTION'],
		['banktransfer', 'NGN', 'bank_transfer', 'BANK_TRANSFER_TRANSACTION'],
		['ussd', 'NGN', 'ussd', 'USSD_TRANSACTION'],
		['mpesa', 'KES', 'mpesa', 'MPESA_TRANSACTION'],
		['mobilemoneyghana', 'GHS', 'mobilemoneygh', 'MOBILEMONEYGH_TRANSACTION'],
		['mobilemoneyfranco', 'XAF', 'mobilemoneysn', 'MOBILEMONEYSN_TRANSACTION'],
	] as const)('names %s in %s', async (method, currency, paymentType, eventType) => {
		await bench.flutterwave.pay(await bench.createLink({ currency }), { method });
		const [hook] = await bench.webhooks();
		expect(hook?.body.data).toMatchObject({ payment_type: paymentType });
		expect(hook?.body['event.type']).toBe(eventType);
	});

	it('tells where a bank transfer came from', async () => {
		await bench.flutterwave.underpay(await bench.createLink(), 7000);
		const [hook] = await bench.webhooks();
		expect(hook?.body).toMatchObject({
			data: { amount: 7000 },
			meta_data: { originatoraccountnumber: '123*******90', bankname: 'Access Bank' },
		});
	});
});

describe('other shapes', () => {
	it('are flat while v3 webhooks are off', async () => {
		bench.flutterwave.dashboard.v3Webhooks = false;
		const [hook] = await paid();
		expect(shapeDifferences(hook?.body, fixture('legacy.webhook.flat.card.successful'))).toEqual(
			[],
		);
		expect(hook?.body).toMatchObject({ txRef: 'KL-31415926-01', status: 'successful' });
	});

	it('are form-encoded while JSON is off', async () => {
		bench.flutterwave.dashboard.json = false;
		const [hook] = await paid();
		expect(hook?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(parse(String(hook?.text))).toMatchObject({
			event: 'charge.completed',
			data: { tx_ref: 'KL-31415926-01' },
		});
	});

	it('are flat for refunds, with a status for each step', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		const refund = await bench.flutterwave.refund(id, 500, {
			status: 'pending',
			comments: 'wrong size',
		});
		await bench.webhooks();
		await bench.flutterwave.settleRefund(refund.id, true);
		const [, first, second] = await bench.webhooks();
		expect(shapeDifferences(first?.body, fixture('v3.webhook.refund.flat'))).toEqual([]);
		expect(first?.body).toMatchObject({
			AmountRefunded: 500,
			TransactionId: id,
			status: 'pending',
		});
		expect(second?.body).toMatchObject({ id: refund.id, status: 'completed' });
	});

	it('tell of a cancelled subscription', async () => {
		const plan = await bench.client.post('/payment-plans', { name: 'Gold', interval: 'monthly' });
		const payment_plan = (plan.body.data as { id: number }).id;
		await bench.flutterwave.pay(await bench.createLink({ payment_plan }));
		const [subscription] = bench.flutterwave.store.subscriptions.values();
		await bench.client.put(`/subscriptions/${subscription?.id}/cancel`);
		await until(() => bench.flutterwave.deliveries.attempts.length === 2);
		const [, hook] = await bench.webhooks();
		const sample = fixture('unverified.v3.webhook.subscription.cancelled');
		expect(shapeDifferences(hook?.body, sample)).toEqual([]);
	});
});

describe('the boxes', () => {
	it('keep back failures', async () => {
		const link = await bench.createLink();
		await bench.flutterwave.decline(link);
		bench.flutterwave.dashboard.failedWebhooks = false;
		await bench.flutterwave.decline(link);
		const hooks = await bench.webhooks();
		expect(hooks.map(({ body }) => [body.event, body.data?.['status']])).toEqual([
			['charge.completed', 'failed'],
		]);
	});

	it('keep back refunds', async () => {
		bench.flutterwave.dashboard.refundWebhooks = false;
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		await bench.flutterwave.refund(id);
		expect(await bench.webhooks()).toHaveLength(1);
	});

	it('keep back everything without a URL', async () => {
		bench.flutterwave.dashboard.webhookUrl = '';
		expect(await paid()).toEqual([]);
	});
});

describe('deliveries', () => {
	it('are tried three times more, whatever is answered but 200', async () => {
		bench.receiver.answers = [201, 302, 204, 500, 200];
		const hooks = await paid();
		expect(hooks).toHaveLength(4);
		expect(new Set(hooks.map(({ text }) => text)).size).toBe(1);
		expect(bench.flutterwave.deliveries.failed).toHaveLength(1);
	});

	it('are not tried again once 200 is answered', async () => {
		bench.receiver.answers = [500, 200];
		expect(await paid()).toHaveLength(2);
	});

	it('are tried once while retries are off', async () => {
		bench.flutterwave.dashboard.retries = false;
		bench.receiver.answers = [500];
		expect(await paid()).toHaveLength(1);
	});

	it('wait half an hour between attempts', async () => {
		bench.flutterwave.deliveries.timeScale = 18_000;
		bench.receiver.answers = [500];
		await paid();
		const [first, second] = bench.flutterwave.deliveries.attempts;
		expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(99);
	});

	it('tell of pending and of successful with the same id', async () => {
		const link = await bench.createLink();
		const { id } = await bench.flutterwave.payPending(link, { method: 'ussd' });
		await bench.webhooks();
		await bench.flutterwave.settlePending(id, true);
		const hooks = await bench.webhooks();
		expect(hooks.map(({ body }) => [body.data?.['id'], body.data?.['status']])).toEqual([
			[id, 'pending'],
			[id, 'successful'],
		]);
	});

	it('leave after the answer to the call that caused them', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		await bench.webhooks();
		const { faults, store, deliveries } = bench.flutterwave;
		faults.add({ kind: 'delay', ms: 100, method: 'POST', times: 1 });
		const answered = bench.client.post(`/transactions/${id}/refund`);
		await until(() => store.refunds.size === 1);
		expect(deliveries.attempts).toHaveLength(1);
		await answered;
		await until(() => deliveries.attempts.length === 2);
	});
});

describe('resend-hook', () => {
	it('sends the transaction again as it stands, in the shape that is set now', async () => {
		const [first] = await paid();
		bench.flutterwave.dashboard.v3Webhooks = false;
		const id = first?.body.data?.['id'];
		const { body } = await bench.client.post(`/transactions/${String(id)}/resend-hook`);
		expect(body).toEqual(fixture('v3.api.transactions.resend-hook.response'));
		await until(() => bench.flutterwave.deliveries.attempts.length === 2);
		const [, second] = await bench.webhooks();
		expect(second?.body).toMatchObject({ id, status: 'successful' });
	});

	it('is refused while the box is not ticked', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		bench.flutterwave.dashboard.resend = false;
		expect((await bench.client.post(`/transactions/${id}/resend-hook`)).status).toBe(400);
		expect(await bench.webhooks()).toHaveLength(1);
	});

	it('repeats a webhook byte for byte from the dashboard', async () => {
		const [first] = await paid();
		const [hook] = bench.flutterwave.store.hooks.values();
		await bench.flutterwave.repeatHook(String(hook?.id));
		const [, second] = await bench.webhooks();
		expect(second?.text).toBe(first?.text);
	});
});

describe('a receiver that does not answer', () => {
	let impatient: Bench;
	beforeEach(async () => {
		impatient = await startBench({ answerTimeoutMs: 30 });
	});
	afterEach(() => impatient.close());

	it('is tried again', async () => {
		impatient.receiver.answers = [0];
		await impatient.flutterwave.pay(await impatient.createLink());
		expect(await impatient.webhooks()).toHaveLength(2);
		const { attempts } = impatient.flutterwave.deliveries;
		expect(attempts.map(({ status }) => status)).toEqual([0, 200]);
	});
});
