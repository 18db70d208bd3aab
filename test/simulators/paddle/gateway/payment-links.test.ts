import { parseMoney } from '../../../../nodes/core/money';
import type { LinkRequest } from '../../../../nodes/gateways/gateway';
import { paddle as gateway } from '../../../../nodes/PaddlePayments/gateway';
import { catalogPrices } from '../../../../nodes/PaddlePayments/gateway/prices';
import { gatewayBench, LEAD, short } from './gateway-bench';

const CLIENT = { name: null, email: 'client+deals@example.com', phone: null };
const NO_CLIENT = { name: null, email: null, phone: null };
const at = gatewayBench();
const { createLink, told } = at;
const transactions = () => at.paddle.store.transactions.oldestFirst();
const posts = () => at.paddle.log.of('POST', /\/transactions$/).length;

describe('payment links', () => {
	it('know the client, tell what is paid and cannot be closed', async () => {
		const link = await createLink({ customer: { ...CLIENT, name: 'A client' } });
		expect(link).toMatchObject({
			gateway: 'paddle',
			leadId: LEAD,
			url: `${at.paddle.url}/pay?_ptxn=${link.linkId}`,
			amount: '1999.00',
			amountMinor: 199900,
			currency: 'EUR',
			status: 'active',
			expiresAt: null,
			live: false,
			reused: false,
		});
		const customer = at.paddle.store.customerByEmail('client+deals@example.com');
		expect(customer).toMatchObject({ name: 'A client' });
		expect(transactions()[0]?.customer_id).toBe(customer?.id);
		expect(gateway.paymentLinks.deactivate).toBeUndefined();
	});

	it('ask for exactly the amount, whatever the tax', async () => {
		Object.assign(at.paddle.settings, { taxRate: '0.19', taxMode: 'external' });
		const { url } = await createLink();
		at.paddle.pay(url);
		expect(await told()).toMatchObject([{ amount: '1999.00' }]);
	});

	it('ask for the tax on top when told so', async () => {
		at.paddle.settings.taxRate = '0.2';
		const { amount } = await createLink({
			money: parseMoney('100.00', 'EUR'),
			options: { taxMode: 'external' },
		});
		expect(amount).toBe('120.00');
	});

	it('find the client that Paddle knows in other letters', async () => {
		const known = await at.bench.client.customers.create({ email: 'Client@example.com' });
		at.paddle.faults.add({
			kind: 'answer',
			method: 'GET',
			path: /\/customers$/,
			status: 200,
			body: { data: [], meta: {} },
		});
		await createLink({ customer: { name: 'A client', email: 'client@example.com', phone: null } });
		expect(at.paddle.store.customers.size).toBe(1);
		expect(transactions()[0]?.customer_id).toBe(known.id);
		expect(at.paddle.store.customers.get(known.id).name).toBe('A client');
	});

	it('leave the name of a known client as it is, and archived clients alone', async () => {
		const known = await at.bench.client.customers.create({
			email: 'client@example.com',
			name: 'Purchasing department',
		});
		const customer = { name: 'A client', email: 'client@example.com', phone: null };
		await createLink({ customer });
		expect(at.paddle.store.customers.get(known.id).name).toBe('Purchasing department');
		await at.bench.client.customers.archive(known.id);
		await createLink({ customer, money: parseMoney('5.00', 'EUR') });
		expect(transactions().map(({ customer_id: id }) => id)).toEqual([known.id, null]);
	});

	it('are made once for one request', async () => {
		const first = await createLink();
		const second = await createLink();
		expect(second).toMatchObject({ linkId: first.linkId, url: first.url, reused: true });
		expect(transactions()).toHaveLength(1);
	});

	it.each([
		['lost on the way back', { kind: 'dropAfter' } as const, 1],
		['answered with an error after all', { kind: 'answerAfter', status: 502 } as const, 1],
		['lost on the way there', { kind: 'drop' } as const, 2],
	])('are made once when the request is %s', async (_name, fault, tries) => {
		at.paddle.faults.add({ ...fault, method: 'POST', path: /\/transactions$/, times: 1 });
		const link = await createLink({ customer: NO_CLIENT });
		expect(transactions().map(({ id }) => id)).toEqual([link.linkId]);
		expect(posts()).toBe(tries);
	});

	it('are given up after a second silence', async () => {
		at.paddle.faults.add({ kind: 'drop', method: 'POST', path: /\/transactions$/ });
		await expect(createLink()).rejects.toThrow();
		expect(posts()).toBe(2);
	});

	it('are made anew for the same request once the first is paid', async () => {
		const first = await createLink();
		at.paddle.pay(first.url);
		const existingLink = { id: first.linkId, url: first.url };
		const second = await createLink({ existingLink });
		expect(second).toMatchObject({ status: 'active', reused: false });
		expect(second.linkId).not.toBe(first.linkId);
		expect(await gateway.paymentLinks.get(first.linkId, at.context, null)).toMatchObject({
			status: 'paid',
			leadId: LEAD,
			amount: '1999.00',
			reference: first.reference,
		});
	});

	it('are reused a month later as long as nothing changed', async () => {
		const first = await createLink();
		at.now += 31 * 24 * 60 * 60 * 1000;
		// The saved id may have become that of a payment; the address says which link it is.
		const existingLink = { id: 'txn_01hv8wptq8987qeep44cyrewp9', url: first.url };
		const second = await createLink({ existingLink });
		expect(second).toMatchObject({ linkId: first.linkId, reused: true });
		expect(transactions()).toHaveLength(1);
	});

	it.each<[string, Partial<LinkRequest>, string]>([
		['amount', { money: parseMoney('2500.00', 'EUR') }, '2500.00 EUR'],
		['currency', { money: parseMoney('300000', 'JPY') }, '300000 JPY'],
		['interval', { options: { interval: 'year' } }, '1999.00 EUR'],
	])('are changed in place when the %s changed', async (_name, changes, expected) => {
		const first = await createLink();
		const existingLink = { id: first.linkId, url: first.url };
		const second = await createLink({ ...changes, existingLink });
		expect(second).toMatchObject({ linkId: first.linkId, url: first.url, reused: true });
		expect(`${second.amount} ${second.currency}`).toBe(expected);
		expect(second.reference).not.toBe(first.reference);
		at.paddle.pay(first.url);
		const paid = (await told()).find(({ type }) => type === 'payment.succeeded');
		expect(`${paid?.amount} ${paid?.currency}`).toBe(expected);
		expect(paid?.reference).toBe(second.reference);
		expect(transactions()).toHaveLength(1);
	});

	it("leave another lead's link alone", async () => {
		const first = await createLink();
		const existingLink = { id: first.linkId, url: first.url };
		const other = await createLink({ leadId: 27182818, existingLink });
		expect(other).toMatchObject({ leadId: 27182818, reused: false });
		expect(other.linkId).not.toBe(first.linkId);
	});

	it('sell what the catalog has, by the names in its list', async () => {
		const gold = at.paddle.createProduct('Gold');
		const silver = at.paddle.createProduct('Silver');
		at.paddle.createPrice(gold.id, '2900', 'EUR', 'month');
		at.paddle.createPrice(silver.id, '500', 'EUR', 'month');
		const prices = await catalogPrices(at.context);
		expect(prices.map(({ name }) => name)).toEqual([
			'Gold, 2900 EUR: 29.00 EUR every month',
			'Silver, 500 EUR: 5.00 EUR every month',
		]);
		const priceIds = prices.map(({ id }) => id);
		const options = { priceIds, quantity: 2 };
		const { url, linkId, amount } = await createLink({ options });
		expect(amount).toBe('68.00');
		at.paddle.pay(url);
		const events = await told();
		expect(events.map(short)).toEqual([
			`subscription.activated  ${LEAD} 68.00`,
			`payment.succeeded ${linkId} ${LEAD} 68.00`,
		]);
		for (const { planName } of events) expect(planName).toBe('Gold, Silver');
	});

	it('open the page that was chosen', async () => {
		const own = await createLink({ options: { checkoutUrl: 'https://example.com/pay?lang=de' } });
		expect(own.url).toBe(`https://example.com/pay?lang=de&_ptxn=${own.linkId}`);
		const hosted = 'https://sandbox-pay.paddle.io/hsc_01jt8s46kx4nv91002z7vy4ecj_x';
		const there = await createLink({ options: { checkoutUrl: hosted } });
		expect(there.url).toBe(`${hosted}?transaction_id=${there.linkId}`);
		expect(there.linkId).not.toBe(own.linkId);
	});

	it.each<[string, Partial<LinkRequest>, string]>([
		['yen', { money: parseMoney('5000', 'JPY') }, '5000'],
		['Chilean pesos', { money: parseMoney('20000', 'CLP') }, '20000'],
		['won', { money: parseMoney('20000', 'KRW') }, '20000'],
	])('are made for %s', async (_name, changes, amount) => {
		const { url, linkId } = await createLink(changes);
		expect(at.paddle.store.transactions.get(linkId).details.totals?.grand_total).toBe(amount);
		at.paddle.pay(url);
		expect(await told()).toMatchObject([{ amount, amountMinor: Number(amount) }]);
	});
});
