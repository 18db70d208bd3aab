import { linkRequest, MONTHLY, refusal, startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
	bench.paddle.settings.requestsPerMinute = null;
});
afterEach(() => bench.close());

async function customerWithAddress(name?: string): Promise<{ customer: string; address: string }> {
	const customer = await bench.client.customers.create({ email: 'payer@example.com', name });
	const address = await bench.client.addresses.create(customer.id, { countryCode: 'AE' });
	return { customer: customer.id, address: address.id };
}

describe('a payment link', () => {
	it('is a draft with a checkout URL when the payer is unknown', async () => {
		const transaction = await bench.client.transactions.get(await bench.createLink());
		expect(transaction).toMatchObject({
			status: 'draft',
			origin: 'api',
			currencyCode: 'EUR',
			customerId: null,
			customData: { lead_id: '31415926' },
			checkout: { url: `${bench.paddle.url}/pay?_ptxn=${transaction.id}` },
			details: { totals: { grandTotal: '199900', fee: null, earnings: null } },
		});
	});

	it('is ready with customer and address', async () => {
		const { customer, address } = await customerWithAddress();
		const parties = { customer_id: customer, address_id: address };
		const id = await bench.createLink(parties);
		expect(await bench.client.transactions.get(id)).toMatchObject({ status: 'ready' });
	});

	it('leads to the page that was asked for, keeping its query', async () => {
		const id = await bench.createLink({ checkout: { url: 'https://example.com/pay?lang=de' } });
		const { checkout } = await bench.client.transactions.get(id);
		expect(checkout?.url).toBe(`https://example.com/pay?lang=de&_ptxn=${id}`);
	});

	it('can be made of a catalog price by the official client', async () => {
		const product = bench.paddle.createProduct('Plan');
		const price = bench.paddle.createPrice(product.id, '2500', 'USD', 'month');
		const made = await bench.client.transactions.create({
			items: [{ priceId: price.id, quantity: 3 }],
		});
		expect(made.details?.totals?.total).toBe('7500');
		expect(made.details?.lineItems[0]?.product?.name).toBe('Plan');
	});
});

const item = (extra: object): object => ({ items: [{ ...first(), ...extra }] });
const priced = (extra: object): object => linkRequest(extra);
function first(): object {
	return (linkRequest()['items'] as object[])[0] ?? {};
}

it.each<[string, object, string, string]>([
	['no items', { items: undefined }, 'invalid_field', 'items'],
	['an empty list of items', { items: [] }, 'invalid_field', 'items'],
	['success_url', { success_url: 'https://example.com' }, 'bad_request', '(root)'],
	['cancel_url', { cancel_url: 'https://example.com' }, 'bad_request', '(root)'],
	['a quantity as text', item({ quantity: '1' }), 'bad_request', 'items.0.quantity'],
	['a quantity of 0', item({ quantity: 0 }), 'invalid_field', 'items.0.quantity'],
	['an unknown key in an item', item({ webhook: 'x' }), 'bad_request', 'items.0'],
	[
		'a price without description',
		priced({ description: undefined }),
		'invalid_field',
		'items.0.price.description',
	],
	[
		'a price without product',
		priced({ product: undefined }),
		'invalid_field',
		'items.0.price.product_id',
	],
	[
		'an amount as number',
		priced({ unit_price: { amount: 1500, currency_code: 'USD' } }),
		'bad_request',
		'items.0.price.unit_price.amount',
	],
	[
		'a decimal amount',
		priced({ unit_price: { amount: '15.00', currency_code: 'USD' } }),
		'invalid_field',
		'items.0.price.unit_price.amount',
	],
	[
		'a currency that Paddle lacks',
		priced({ unit_price: { amount: '1500', currency_code: 'AED' } }),
		'invalid_field',
		'items.0.price.unit_price.currency_code',
	],
	[
		'an unknown tax category',
		priced({ product: { name: 'x', tax_category: 'food' } }),
		'invalid_field',
		'items.0.price.product.tax_category',
	],
	['custom data as text', { custom_data: 'lead 5' }, 'bad_request', 'custom_data'],
])('refuses %s', async (_case, extra, code, field) => {
	const answer = await bench.call('POST', '/transactions', { ...linkRequest(), ...extra });
	expect(answer.status).toBe(400);
	expect(answer.body.error?.code).toBe(code);
	expect(answer.body.error?.errors?.map((error) => error.field)).toContain(field);
	expect(bench.paddle.store.transactions.size).toBe(0);
});

it.each<[string, object, string]>([
	[
		'more than the price allows at once',
		{ ...item({ quantity: 101 }) },
		'transaction_item_quantity_out_of_range',
	],
	[
		'less than can be charged',
		priced({ unit_price: { amount: '50', currency_code: 'USD' } }),
		'transaction_balance_less_than_charge_limit',
	],
	[
		'an invoice without billing details',
		{ collection_mode: 'manual' },
		'transaction_billing_details_object_required',
	],
	[
		'recurring items of different intervals',
		{
			items: [
				...(priced(MONTHLY) as { items: object[] }).items,
				...(priced({ billing_cycle: { interval: 'year', frequency: 1 } }) as { items: object[] })
					.items,
			],
		},
		'transaction_price_different_billing_cycle',
	],
])('refuses %s', async (_case, extra, code) => {
	const answer = await bench.call('POST', '/transactions', { ...linkRequest(), ...extra });
	expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
});

it('more than 100 are sold at once when the price says so', async () => {
	const quantity = { minimum: 1, maximum: 1000 };
	const items = [
		{ ...first(), quantity: 500, price: { ...(first() as { price: object }).price, quantity } },
	];
	expect((await bench.call('POST', '/transactions', { items })).status).toBe(201);
});

describe('without a default payment link', () => {
	beforeEach(() => {
		bench.paddle.settings.defaultCheckoutUrl = null;
	});

	it('no transaction can be made', async () => {
		const error = await refusal(
			bench.client.transactions.create({
				items: [{ priceId: 'pri_01hv8wptq8987qeep44cyrewp9', quantity: 1 }],
			}),
		);
		expect(error.code).toBe('transaction_default_checkout_url_not_set');
	});

	it('a page of one’s own helps only if the account is one of those that authors report', async () => {
		const body = { ...linkRequest(), checkout: { url: 'https://example.com/pay' } };
		expect((await bench.call('POST', '/transactions', body)).status).toBe(400);
		bench.paddle.settings.explicitUrlBypassesDefault = true;
		expect((await bench.call('POST', '/transactions', body)).status).toBe(201);
	});
});

it('a page must be on an approved domain', async () => {
	bench.paddle.settings.approvedDomains = ['example.com'];
	const post = (url: string) =>
		bench.call('POST', '/transactions', { ...linkRequest(), checkout: { url } });
	expect((await post('https://pay.example.com/')).status).toBe(201);
	const refused = await post('https://notexample.com/');
	expect(refused.body.error?.code).toBe('transaction_checkout_url_domain_is_not_approved');
});

describe('changing a transaction', () => {
	it('works while nobody has paid', async () => {
		const id = await bench.createLink();
		const { customer, address } = await customerWithAddress();
		const changed = await bench.client.transactions.update(id, {
			customerId: customer,
			addressId: address,
			customData: { lead_id: '7' },
		});
		expect(changed).toMatchObject({ status: 'ready', customData: { lead_id: '7' } });
		expect(changed.checkout?.url).toBe(`${bench.paddle.url}/pay?_ptxn=${id}`);
	});

	it('is refused once it is completed', async () => {
		const id = await bench.createLink();
		bench.paddle.pay(id);
		const error = await refusal(bench.client.transactions.update(id, { customData: {} }));
		expect(error.code).toBe('transaction_immutable');
	});

	it.each([
		['draft', false, 'transaction_invalid_status_change'],
		['ready', true, undefined],
	])('canceling a %s one: %s', async (status, allowed, code) => {
		const { customer, address } = await customerWithAddress();
		const parties = status === 'ready' ? { customer_id: customer, address_id: address } : {};
		const id = await bench.createLink(parties);
		const answer = await bench.call('PATCH', `/transactions/${id}`, { status: 'canceled' });
		expect(answer.status).toBe(allowed ? 200 : 400);
		expect(answer.body.error?.code).toBe(code);
		const { status: now } = await bench.client.transactions.get(id);
		expect(now).toBe(allowed ? 'canceled' : 'draft');
		if (allowed) expect(() => bench.paddle.pay(id)).toThrow('cannot be paid');
	});
});

it('an invoice is issued, paid by its link and can be canceled before', async () => {
	const { customer, address } = await customerWithAddress('Example Payer');
	const invoice = {
		customer_id: customer,
		address_id: address,
		collection_mode: 'manual',
		billing_details: { enable_checkout: true, payment_terms: { interval: 'day', frequency: 14 } },
		status: 'billed',
	};
	const [first, second] = [await bench.createLink(invoice), await bench.createLink(invoice)];
	const { status, invoiceNumber, checkout } = await bench.client.transactions.get(first);
	expect([status, invoiceNumber]).toEqual(['billed', '325-10001']);
	expect(bench.paddle.pay(checkout?.url ?? '').invoice_number).toBe('325-10001');
	const canceled = await bench.client.transactions.update(second, { status: 'canceled' });
	expect(canceled.status).toBe('canceled');
});

describe('listing', () => {
	it('gives at most 30 a page, newest first, and a full URL for the next', async () => {
		const made: string[] = [];
		for (let count = 0; count < 32; count += 1) made.push(await bench.createLink());
		const { body } = await bench.call('GET', '/transactions?per_page=200');
		expect(body.data).toHaveLength(30);
		expect(body.data[0]?.['id']).toBe(made.at(-1));
		expect(body.meta.pagination).toMatchObject({
			per_page: 30,
			has_more: true,
			estimated_total: 32,
		});
		expect(body.meta.pagination?.next).toBe(
			`${bench.paddle.url}/transactions?per_page=200&after=${made[2]}`,
		);
		const seen: string[] = [];
		for await (const { id } of bench.client.transactions.list({ perPage: 10 })) seen.push(id);
		expect(seen).toEqual(made.reverse());
	});

	it('filters by status, customer and time', async () => {
		const open = await bench.createLink();
		const paid = await bench.createLink();
		const { customer_id: customer, created_at: at } = bench.paddle.pay(paid);
		const ids = async (query: string): Promise<unknown[]> => {
			const { body } = await bench.call('GET', `/transactions?${query}`);
			return body.data.map(({ id }) => id);
		};
		expect(await ids('status=draft,ready')).toEqual([open]);
		expect(await ids(`customer_id=${customer}`)).toEqual([paid]);
		expect(await ids(`created_at[GT]=${at}`)).toEqual([]);
		expect(await ids(`created_at[LTE]=${at}&order_by=id[ASC]`)).toEqual([open, paid]);
	});

	it.each([
		['a parameter it does not know', 'reference=5', 'bad_request'],
		['a status there is not', 'status=refunded', 'invalid_field'],
		['an order there is not', 'order_by=amount[ASC]', 'invalid_field'],
		['a page of nothing', 'per_page=0', 'invalid_field'],
		['a time that is none', 'created_at[GTE]=yesterday', 'invalid_field'],
	])('refuses %s', async (_case, query, code) => {
		const { status, body } = await bench.call('GET', `/transactions?${query}`);
		expect([status, body.error?.code]).toEqual([400, code]);
	});
});

it('an unknown transaction is not found', async () => {
	const error = await refusal(bench.client.transactions.get('txn_01hv8wptq8987qeep44cyrewp9'));
	expect(error.code).toBe('not_found');
	expect(error.detail).toBe('Transaction txn_01hv8wptq8987qeep44cyrewp9 not found.');
});
