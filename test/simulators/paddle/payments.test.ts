import type { ErrorCode } from '@paddle/paddle-node-sdk';
import { startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

describe('paying a link', () => {
	it('tells of the payer, then of the payment', async () => {
		const id = await bench.createLink();
		bench.newEvents();
		bench.paddle.pay(id, { email: 'buyer@example.com', name: 'Example Buyer', country: 'DE' });
		expect(bench.newEvents()).toEqual([
			'customer.created',
			'address.created',
			'transaction.updated',
			'transaction.ready',
			'transaction.paid',
			'transaction.updated',
			'transaction.completed',
		]);
		expect(bench.snapshot('address.created')).toMatchObject({ country_code: 'DE' });
		const paid = await bench.client.transactions.get(id, { include: ['customer', 'address'] });
		expect(paid).toMatchObject({
			status: 'completed',
			origin: 'api',
			customer: { email: 'buyer@example.com', name: 'Example Buyer' },
			address: { countryCode: 'DE' },
			customData: { lead_id: '31415926' },
		});
	});

	it('knows fee, earnings and invoice number only once it is completed', async () => {
		bench.paddle.pay(await bench.createLink());
		expect(bench.snapshot('transaction.paid')).toMatchObject({
			status: 'paid',
			invoice_number: null,
			details: { totals: { fee: null, earnings: null, balance: '0' }, payout_totals: null },
		});
		expect(bench.snapshot('transaction.completed')).toMatchObject({
			status: 'completed',
			invoice_number: '325-10001',
			details: {
				totals: { grand_total: '199900', fee: '10045', earnings: '189855' },
				payout_totals: { earnings: '189855' },
			},
			payments: [{ status: 'captured', error_code: null, amount: '199900' }],
		});
	});

	it('can be left unprocessed', async () => {
		bench.paddle.settings.holdCompletion = true;
		const id = await bench.createLink();
		expect(bench.paddle.pay(id).status).toBe('paid');
		expect(bench.paddle.complete(id).status).toBe('completed');
		expect(() => bench.paddle.complete(id)).toThrow('only a paid transaction completes');
	});

	it('works by the checkout URL, and once only', async () => {
		const { checkout } = await bench.client.transactions.get(await bench.createLink());
		bench.paddle.pay(checkout?.url ?? '');
		expect(() => bench.paddle.pay(checkout?.url ?? '')).toThrow('cannot be paid');
	});

	it('finds a customer again by e-mail', async () => {
		const [first, second] = [await bench.createLink(), await bench.createLink()];
		const customer = bench.paddle.pay(first, { email: 'buyer@example.com' }).customer_id;
		expect(bench.paddle.pay(second, { email: 'Buyer@example.com' }).customer_id).toBe(customer);
	});

	it('records other methods without a card', async () => {
		const { payments } = bench.paddle.pay(await bench.createLink(), { method: 'ideal' });
		expect(payments[0]?.method_details).toMatchObject({ type: 'ideal', card: null });
	});
});

it.each<ErrorCode>(['declined', 'expired_card', 'not_enough_balance'])(
	'a payment refused with %s leaves the link payable',
	async (code) => {
		const id = await bench.createLink();
		bench.paddle.decline(id, code);
		expect(bench.snapshot('transaction.payment_failed')).toMatchObject({
			status: 'ready',
			payments: [{ status: 'error', error_code: code, captured_at: null }],
		});
		const { payments, status } = bench.paddle.pay(id);
		expect(status).toBe('completed');
		expect(payments.map((attempt) => attempt.status)).toEqual(['captured', 'error']);
	},
);

it.each([
	['no tax', '0', 'external', '199900', '0', '199900'],
	['tax on top', '0.2', 'external', '199900', '39980', '239880'],
	['tax contained', '0.2', 'internal', '166583', '33317', '199900'],
] as const)('with %s totals add up', async (_case, rate, mode, subtotal, tax, total) => {
	Object.assign(bench.paddle.settings, { taxRate: rate, taxMode: mode });
	const { details } = bench.paddle.pay(await bench.createLink());
	expect(details.totals).toMatchObject({ subtotal, tax, total, grand_total: total });
	expect(details.tax_rates_used).toMatchObject([{ tax_rate: rate, totals: { tax } }]);
	expect(Number(details.totals?.earnings)).toBe(
		Number(total) - Number(tax) - Number(details.totals?.fee),
	);
});

it('JPY has no decimals: 500 is ¥500', async () => {
	const unit_price = { amount: '500', currency_code: 'JPY' };
	const { details } = bench.paddle.pay(await bench.createLink({}, { unit_price }));
	expect(details.totals).toMatchObject({ grand_total: '500', currency_code: 'JPY' });
});
