import { shapeDifferences } from './shape-differences';
import { fixture, startBench, type Bench } from './test-flutterwave';

const DAY = 24 * 60 * 60 * 1000;
let now = Date.UTC(2026, 10, 20, 12);
let bench: Bench;
beforeEach(async () => {
	now = Date.UTC(2026, 10, 20, 12);
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

describe('verify', () => {
	it('answers in the shape of the documented sample, with the card and its token', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		const { body } = await bench.client.get(`/transactions/${id}/verify`);
		const sample = fixture('v3.api.transactions.verify.card.successful');
		expect(shapeDifferences(body, sample)).toEqual([]);
		expect(body).toMatchObject({ status: 'success', message: sample['message'] });
	});

	it('carries meta as text, with what the payment page adds', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		expect((await bench.verify(id))['meta']).toEqual({
			__CheckoutInitAddress: 'https://checkout-v2.dev-flutterwave.com/v3/hosted/pay',
			kommo_lead_id: '31415926',
			first: '1',
		});
	});

	it('gives fees as the binary floats they are', async () => {
		const { id } = await bench.flutterwave.pay(
			await bench.createLink({ currency: 'XAF', amount: 165 }),
		);
		expect((await bench.verify(id))['app_fee']).toBe(3.3000000000000003);
	});

	it('charges the payer the fee where the payer bears it', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink(), {
			feeBearer: 'customer',
		});
		expect(await bench.verify(id)).toMatchObject({
			amount: 7500,
			charged_amount: 7605,
			amount_settled: 7500,
		});
	});

	it('masks e-mails in test mode', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		expect((await bench.verify(id))['customer']).toMatchObject({
			email: expect.stringMatching(/^ravesb_[0-9a-f]{20}_payer@example\.com$/),
			phone_number: 'N/A',
		});
	});

	it.each([400, 404, 200] as const)(
		'says in the body that nothing was found, with HTTP %s',
		async (code) => {
			bench.flutterwave.settings.notFoundStatus = code;
			const { status, body } = await bench.client.get('/transactions/1/verify');
			expect(status).toBe(code);
			expect(body).toEqual(fixture('v3.api.transactions.verify.not_found'));
		},
	);

	it.each([
		['newest', 1],
		['oldest', 0],
		['successful', 0],
	] as const)('by reference finds the %s of several attempts', async (choice, index) => {
		bench.flutterwave.settings.byReference = choice;
		const { createLink, flutterwave } = bench;
		const attempts = [
			await flutterwave.pay(await createLink()),
			await flutterwave.decline(await createLink()),
		];
		const { body } = await bench.client.get('/transactions/verify_by_reference', {
			tx_ref: 'KL-31415926-01',
		});
		expect(body.data).toMatchObject({ id: attempts[index]?.id, tx_ref: 'KL-31415926-01' });
	});

	it('by reference answers in the shape of the sample', async () => {
		const meta = { source: 'test', consumer_mac: '92a3' };
		await bench.flutterwave.pay(await bench.createLink({ meta }));
		const { body } = await bench.client.get('/transactions/verify_by_reference', {
			tx_ref: 'KL-31415926-01',
		});
		const sample = fixture('v3.api.transactions.verify_by_reference.with_meta');
		expect(shapeDifferences(body, sample)).toEqual([]);
	});
});

describe('a transaction', () => {
	it('is pending without a fee, then successful under the same id', async () => {
		const link = await bench.createLink({ currency: 'KES' });
		const { id } = await bench.flutterwave.payPending(link, { method: 'mpesa' });
		expect(await bench.verify(id)).toMatchObject({ status: 'pending', app_fee: null });
		await bench.flutterwave.settlePending(id, true);
		expect(await bench.verify(id)).toMatchObject({
			status: 'successful',
			payment_type: 'mpesa',
			amount_settled: 7282.5,
		});
		await expect(bench.flutterwave.settlePending(id, true)).rejects.toThrow('not pending');
	});

	it('of a transfer that was too small is successful and has what arrived', async () => {
		const { id } = await bench.flutterwave.underpay(await bench.createLink(), 7000);
		expect(await bench.verify(id)).toMatchObject({
			status: 'successful',
			payment_type: 'bank_transfer',
			amount: 7000,
			charged_amount: 7000,
		});
	});

	it('is one for each attempt, all with the same tx_ref', async () => {
		const link = await bench.createLink();
		await bench.flutterwave.decline(link, 'Do Not Honour');
		await bench.flutterwave.pay(link);
		const { body } = await bench.client.get('/transactions', { tx_ref: 'KL-31415926-01' });
		expect(body.data).toMatchObject([
			{ status: 'successful' },
			{ status: 'failed', processor_response: 'Do Not Honour' },
		]);
	});
});

describe('the list', () => {
	it('has ten rows a page, newest first', async () => {
		bench.flutterwave.settings.paidLinksStayOpen = true;
		const link = await bench.createLink();
		const ids: string[] = [];
		for (let made = 0; made < 12; made += 1) {
			ids.unshift(String((await bench.flutterwave.pay(link)).id));
		}
		const pages = [
			await bench.client.get('/transactions'),
			await bench.client.get('/transactions', { page: 2 }),
			await bench.client.get('/transactions', { page: 3 }),
		];
		expect(pages.map(({ body }) => (body.data as object[]).length)).toEqual([10, 2, 0]);
		expect(
			pages.flatMap(({ body }) => (body.data as Array<{ id: string }>).map((x) => x.id)),
		).toEqual(ids);
		expect(pages[1]?.body.meta).toEqual({
			page_info: { total: 12, current_page: 2, total_pages: 2 },
		});
	});

	it('has rows in the shape of the sample', async () => {
		await bench.flutterwave.pay(await bench.createLink(), { method: 'account' });
		const { body } = await bench.client.get('/transactions');
		expect(shapeDifferences(body, fixture('v3.api.transactions.list'))).toEqual([]);
	});

	it('shows no card token', async () => {
		await bench.flutterwave.pay(await bench.createLink());
		const { body } = await bench.client.get('/transactions');
		expect(JSON.stringify(body)).toContain('"card"');
		expect(JSON.stringify(body)).not.toContain('token');
	});

	it.each([
		[{ status: 'successful' }, ['B', 'A']],
		[{ status: 'failed' }, ['C']],
		[{ tx_ref: 'B' }, ['B']],
		[{ currency: 'KES' }, ['B']],
		[{ from: '2026-11-21' }, ['C', 'B']],
		[{ to: '2026-11-21' }, ['B', 'A']],
		[{ from: '2026-11-21', to: '2026-11-21' }, ['B']],
		[{ from: '2026-11-21', status: 'successful' }, ['B']],
		[{ customer_fullname: 'Example Payer' }, ['C', 'B', 'A']],
		[{ customer_email: 'payer@example.com' }, []],
	])('is filtered by %o', async (filter, expected) => {
		const { createLink, flutterwave } = bench;
		await flutterwave.pay(await createLink({ tx_ref: 'A' }));
		now += DAY;
		await flutterwave.pay(await createLink({ tx_ref: 'B', currency: 'KES' }));
		now += DAY;
		await flutterwave.decline(await createLink({ tx_ref: 'C' }));
		const { body } = await bench.client.get('/transactions', filter);
		expect((body.data as Array<{ tx_ref: string }>).map((row) => row.tx_ref)).toEqual(expected);
	});

	it.each([{ page: 0 }, { page: 'two' }, { from: '20-11-2026' }, { to: '2026-13-45' }])(
		'refuses %o',
		async (query) => {
			expect((await bench.client.get('/transactions', query)).status).toBe(400);
		},
	);
});

describe('refunds', () => {
	it('are answered in the shape of the sample and can be read back', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		const { body } = await bench.client.post(`/transactions/${id}/refund`, { amount: 2500 });
		expect(shapeDifferences(body, fixture('v3.api.transactions.refund.response'))).toEqual([]);
		expect(body.data).toMatchObject({ tx_id: id, amount_refunded: 2500, status: 'completed' });
		const list = await bench.client.get('/refunds', { id });
		expect(list.body.data).toEqual([body.data]);
		const one = await bench.client.get(`/refunds/${(body.data as { id: number }).id}`);
		expect(one.body.data).toEqual(body.data);
	});

	it('never exceed what was paid', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink({ amount: 0.3 }));
		const refund = (amount?: number) => bench.client.post(`/transactions/${id}/refund`, { amount });
		expect((await refund(0.1)).status).toBe(200);
		expect((await refund(0.21)).status).toBe(400);
		expect((await refund()).body.data).toMatchObject({ amount_refunded: 0.2 });
		expect((await refund(0.01)).status).toBe(400);
	});

	it('need a transaction that succeeded', async () => {
		const { id } = await bench.flutterwave.decline(await bench.createLink());
		expect((await bench.client.post(`/transactions/${id}/refund`)).status).toBe(400);
	});

	it('that failed can be made again', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		const pending = await bench.flutterwave.refund(id, undefined, { status: 'pending' });
		await expect(bench.flutterwave.refund(id)).rejects.toThrow('exceeds');
		expect((await bench.flutterwave.settleRefund(pending.id, false)).status).toBe('failed');
		expect((await bench.flutterwave.refund(id)).amount).toBe(7500);
	});

	it('leave the balance', async () => {
		const { id } = await bench.flutterwave.pay(await bench.createLink());
		await bench.flutterwave.refund(id, 1000);
		const { body } = await bench.client.get('/balances');
		expect(body.data).toContainEqual({
			currency: 'NGN',
			available_balance: 6395,
			ledger_balance: 6395,
		});
	});
});

describe('a live account', () => {
	let live: Bench;
	beforeEach(async () => {
		live = await startBench({ secretKey: ['FLWSECK', 'simulated-merchant-X'].join('-') });
	});
	afterEach(() => live.close());

	it('shows e-mails as they are and no mock references', async () => {
		const { id } = await live.flutterwave.pay(await live.createLink());
		expect(await live.verify(id)).toMatchObject({
			flw_ref: expect.stringMatching(/^SimulatedMerchant\/FLW\d{9}$/),
			customer: { email: 'payer@example.com' },
		});
	});
});
