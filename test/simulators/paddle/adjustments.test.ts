import { refusal, startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

describe('money back', () => {
	let id: string;
	beforeEach(async () => {
		id = await bench.createLink();
		bench.paddle.pay(id);
	});
	const totals = async () => (await bench.client.transactions.get(id)).details?.adjustedTotals;

	it('a refund waits for approval; the transaction stays completed', async () => {
		const { id: refund, status } = bench.paddle.refund(id);
		expect(status).toBe('pending_approval');
		expect(bench.snapshot('adjustment.created')).toMatchObject({
			action: 'refund',
			type: 'full',
			status: 'pending_approval',
			transaction_id: id,
			totals: { total: '199900', currency_code: 'EUR' },
		});
		expect(bench.snapshot('adjustment.created')).not.toHaveProperty('custom_data');
		expect((await totals())?.total).toBe('199900');
		bench.paddle.approve(refund);
		expect(bench.snapshot('adjustment.updated')).toMatchObject({ id: refund, status: 'approved' });
		expect((await totals())?.total).toBe('0');
		expect((await bench.client.transactions.get(id)).status).toBe('completed');
	});

	it('a rejected refund changes nothing', async () => {
		bench.paddle.reject(bench.paddle.refund(id).id);
		expect(bench.snapshot('adjustment.updated')).toMatchObject({ status: 'rejected' });
		expect((await totals())?.total).toBe('199900');
		expect(bench.paddle.refund(id).totals.total).toBe('199900');
	});

	it('parts add up and cannot exceed the whole', async () => {
		bench.paddle.approve(bench.paddle.refund(id, '50000').id);
		bench.paddle.approve(bench.paddle.refund(id, 49900).id);
		expect((await totals())?.total).toBe('100000');
		expect(() => bench.paddle.refund(id, 100001)).toThrow('above the remaining allowed');
		// The SDK's type says `adjustment`; the OpenAPI document has `adjustments`.
		const path = `/transactions/${id}?include=adjustments,adjustments_totals`;
		const { data } = (await bench.call('GET', path)).body;
		expect(data['adjustments']).toHaveLength(2);
		expect(data['adjustments_totals']).toMatchObject({
			total: '99900',
			breakdown: { refund: '99900' },
		});
	});

	it('only one refund may be pending', async () => {
		bench.paddle.refund(id, 100);
		const again = bench.client.adjustments.create({
			action: 'refund',
			type: 'full',
			transactionId: id,
			reason: 'twice',
		});
		expect((await refusal(again)).code).toBe('adjustment_pending_refund_request');
	});

	it('is made by the API for a part of an item, and found by its transaction', async () => {
		const line = (await bench.client.transactions.get(id)).details?.lineItems[0]?.id ?? '';
		bench.paddle.settings.approveRefundsAtOnce = true;
		const made = await bench.client.adjustments.create({
			action: 'refund',
			type: 'partial',
			transactionId: id,
			reason: 'goodwill',
			items: [{ itemId: line, type: 'partial', amount: '900' }],
		});
		expect(made).toMatchObject({ status: 'approved', totals: { total: '900' } });
		const found = await bench.client.adjustments.list({ transactionId: [id] }).next();
		expect(found.map((item) => item.id)).toEqual([made.id]);
	});

	it.each<[string, { items?: object[]; action?: string; type?: string }, string]>([
		[
			'an amount of zero',
			{ items: [{ type: 'partial', amount: '0' }] },
			'adjustment_amount_cannot_be_zero',
		],
		['no items and no type', {}, 'invalid_field'],
		[
			'a chargeback of our own making',
			{ action: 'chargeback', type: 'full' },
			'adjustment_invalid_action',
		],
		[
			'a credit of a paid link',
			{ action: 'credit', type: 'full' },
			'adjustment_invalid_credit_action',
		],
	])('refuses %s', async (_case, extra, code) => {
		const item_id = bench.paddle.store.transactions.get(id).details.line_items[0]?.id;
		const items = extra.items?.map((item) => ({ ...item, item_id }));
		const body = {
			action: 'refund',
			transaction_id: id,
			reason: 'x',
			...extra,
			...(items && { items }),
		};
		const answer = await bench.call('POST', '/adjustments', body);
		expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
	});

	it('what is not paid cannot be refunded', async () => {
		const open = await bench.createLink();
		expect(() => bench.paddle.refund(open)).toThrow(
			'adjustment_transaction_invalid_status_for_refund',
		);
	});

	it('a chargeback takes the money, its reversal brings it back', async () => {
		const warning = bench.paddle.chargebackWarning(id);
		expect(warning).toMatchObject({ action: 'chargeback_warning', status: 'approved' });
		expect((await totals())?.total).toBe('199900');
		const { id: chargeback } = bench.paddle.chargeback(id);
		expect(bench.snapshot('adjustment.created')).toMatchObject({
			action: 'chargeback',
			status: 'approved',
		});
		expect((await totals())?.total).toBe('0');
		expect(bench.paddle.chargebackReverse(id).action).toBe('chargeback_reverse');
		expect((await totals())?.total).toBe('199900');
		expect(bench.paddle.store.adjustments.get(chargeback).status).toBe('reversed');
	});
});
