import { refusal, startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());

it('a customer is made and found by the exact e-mail', async () => {
	const email = 'payer+lead@example.com';
	const made = await bench.client.customers.create({ email, name: 'Example Payer' });
	expect(made.id).toMatch(/^ctm_[a-z\d]{26}$/);
	const found = await bench.client.customers.list({ email: [email] }).next();
	expect(found.map(({ id }) => id)).toEqual([made.id]);
	const none = await bench.client.customers.list({ email: ['payer@example.com'] }).next();
	expect(none).toEqual([]);
});

it('a second customer with the e-mail is refused with the id of the first', async () => {
	const { id } = await bench.client.customers.create({ email: 'twice@example.com' });
	const again = bench.call('POST', '/customers', { email: 'TWICE@example.com' });
	expect(await again).toMatchObject({ status: 409 });
	expect((await again).body.error).toMatchObject({
		code: 'customer_already_exists',
		detail: `customer email conflicts with customer of id ${id}`,
	});
});

it('an archived customer still owns its e-mail but is listed only when asked for', async () => {
	const { id } = await bench.client.customers.create({ email: 'archived@example.com' });
	await bench.client.customers.archive(id);
	const emails = { email: ['archived@example.com'] };
	expect(await bench.client.customers.list(emails).next()).toEqual([]);
	const all = bench.client.customers.list({ ...emails, status: ['active', 'archived'] });
	expect(await all.next()).toHaveLength(1);
	const error = await refusal(bench.client.customers.create({ email: 'archived@example.com' }));
	expect(error.code).toBe('customer_already_exists');
});

it.each([
	['no e-mail', {}, 'invalid_field', 'email'],
	['a broken e-mail', { email: 'nobody' }, 'invalid_field', 'email'],
	['an unknown key', { email: 'a@example.com', phone: '1' }, 'bad_request', '(root)'],
	['a number as name', { email: 'a@example.com', name: 5 }, 'bad_request', 'name'],
])('%s is refused', async (_case, body, code, field) => {
	const answer = await bench.call('POST', '/customers', body);
	expect(answer.status).toBe(400);
	expect(answer.body.error).toMatchObject({ code, errors: [{ field }] });
});

it('an address needs a postal code in some countries', async () => {
	const { id } = await bench.client.customers.create({ email: 'address@example.com' });
	const error = await refusal(bench.client.addresses.create(id, { countryCode: 'US' }));
	expect(error.errors).toMatchObject([{ field: 'postal_code' }]);
	const made = await bench.client.addresses.create(id, { countryCode: 'AE' });
	expect(await bench.client.addresses.get(id, made.id)).toMatchObject({ countryCode: 'AE' });
	expect(await bench.client.addresses.list(id).next()).toHaveLength(1);
});

it('catalog prices are listed with their product, newest first; non-catalog ones are not', async () => {
	const product = bench.paddle.createProduct('Plan');
	const monthly = bench.paddle.createPrice(product.id, '2500', 'USD', 'month');
	const once = bench.paddle.createPrice(product.id, '9900', 'USD');
	await bench.createLink();
	const prices = await bench.client.prices.list({ include: ['product'] }).next();
	expect(prices.map(({ id }) => id)).toEqual([once.id, monthly.id]);
	expect(prices[0]?.product?.name).toBe('Plan');
	const recurring = await bench.client.prices.list({ recurring: true }).next();
	expect(recurring.map(({ id }) => id)).toEqual([monthly.id]);
	expect(await bench.client.products.list().next()).toMatchObject([{ name: 'Plan' }]);
});
