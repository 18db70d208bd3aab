import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operation } from './api/openapi';
import { checkBody } from './api/body-check';
import { entityErrors, keyPaths } from './openapi-check';
import { MONTHLY, startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
	await bench.register(['transaction.completed'], 'all');
	const { pay, decline, refund, approve, renew, failRenewal, pause, resume } = bench.paddle;
	const once = await bench.createLink();
	decline(once);
	pay(once, { country: 'DE' });
	approve(refund(once, 900).id);
	bench.paddle.chargeback(once);
	bench.paddle.chargebackReverse(once);
	const monthly = pay(await bench.createLink({}, MONTHLY)).subscription_id ?? '';
	renew(monthly);
	failRenewal(monthly);
	renew(monthly);
	pause(monthly);
	resume(monthly);
	bench.paddle.cancelSubscription(monthly, { atPeriodEnd: true });
	renew(monthly);
	const trial = { ...MONTHLY, trial_period: { interval: 'day', frequency: 14 } };
	pay(await bench.createLink({}, trial));
	const ready = await bench.createLink({
		customer_id: bench.paddle.store.transactions.get(once).customer_id,
		address_id: bench.paddle.store.transactions.get(once).address_id,
	});
	await bench.call('PATCH', `/transactions/${ready}`, { status: 'canceled' });
	await bench.paddle.deliveries.settled();
});
afterAll(() => bench.close());

const fixture = (name: string): Record<string, unknown> =>
	JSON.parse(readFileSync(join(__dirname, '../../fixtures/paddle', name), 'utf8')) as Record<
		string,
		unknown
	>;

const EVENT_TYPES = [
	'transaction.created',
	'transaction.ready',
	'transaction.updated',
	'transaction.billed',
	'transaction.paid',
	'transaction.completed',
	'transaction.payment_failed',
	'transaction.past_due',
	'transaction.canceled',
	'subscription.created',
	'subscription.activated',
	'subscription.trialing',
	'subscription.updated',
	'subscription.past_due',
	'subscription.paused',
	'subscription.resumed',
	'subscription.canceled',
	'adjustment.created',
	'adjustment.updated',
	'customer.created',
];

/** Inside of what is null unless a sale is recurring, prorated, invoiced or priced by country. */
const DEPENDS = /(proration|unit_price_overrides|billing_cycle|billing_period|billing_details)[.[]/;

describe.each(EVENT_TYPES)('%s', (type) => {
	const emitted = () =>
		bench.paddle.store.events.oldestFirst().filter(({ event_type }) => event_type === type);

	it('agrees with the OpenAPI document', () => {
		expect(emitted().length).toBeGreaterThan(0);
		for (const event of emitted()) expect(entityErrors(type, event)).toEqual([]);
	});

	it('has every key of the official example', () => {
		const ours = new Set(emitted().flatMap(({ data }) => keyPaths(data)));
		const official = keyPaths(fixture(`openapi.${type}.json`)['data']);
		const missing = official.filter((path) => !ours.has(path) && !DEPENDS.test(path));
		expect(missing).toEqual([]);
	});
});

it.each([
	['transaction.completed', 'transaction.completed'],
	['transaction.payment_failed', 'transaction.payment_failed'],
	['adjustment.updated', 'adjustment.updated'],
])('%s has the newer keys of the Python SDK’s fixture', (type, name) => {
	const official = keyPaths(fixture(`python-sdk.Entities.notification.entity.${name}.json`));
	const ours = new Set(
		bench.paddle.store.events
			.oldestFirst()
			.filter(({ event_type }) => event_type === type)
			.flatMap(({ data }) => keyPaths(data)),
	);
	expect(official.filter((path) => !ours.has(path))).toEqual([]);
});

it.each([
	['/transactions', 'transaction-includes'],
	['/transactions?include=customer,address,adjustments,adjustments_totals', 'transaction-includes'],
	['/subscriptions', 'subscription'],
	['/adjustments', 'adjustment'],
	['/customers', 'customer'],
	['/prices?type=custom&include=product', 'price-includes'],
	['/products?type=custom', 'product-includes'],
	['/notification-settings', 'notification_setting'],
	['/notifications', 'notification'],
	['/events', 'event'],
])('what GET %s lists agrees with %s', async (path, component) => {
	const { body } = await bench.call('GET', path);
	expect(body.data.length).toBeGreaterThan(0);
	expect(body.data.flatMap((item) => entityErrors(component, item))).toEqual([]);
	expect(entityErrors('meta-paginated', body.meta)).toEqual([]);
});

it('errors agree with the document', async () => {
	const { body } = await bench.call('POST', '/transactions', { success_url: 'x' });
	expect(entityErrors('error', body)).toEqual([]);
});

it('the check notices a wrong value', () => {
	const [event] = bench.paddle.store.events
		.oldestFirst()
		.filter(({ event_type }) => event_type === 'transaction.paid');
	const wrong = { ...event, data: { ...event?.data, status: 'refunded' } };
	expect(entityErrors('transaction.paid', wrong)).not.toEqual([]);
});

it.each([
	['POST', '/transactions', 'python-sdk.Transactions.request.create_with_non_catalog_price.json'],
	['POST', '/notification-settings', 'python-sdk.NotificationSettings.request.create_basic.json'],
])('%s %s takes the request of the official Python SDK', (method, path, name) => {
	const schema = operation(method, path)?.body;
	expect(() => checkBody(schema ?? {}, fixture(name))).not.toThrow();
	expect(() => checkBody(schema ?? {}, { ...fixture(name), unknown: 1 })).toThrow('bad_request');
});
