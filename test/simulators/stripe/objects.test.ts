import type { AnyObject } from './wire';
import { objectProblems } from './object-schema';
import { monthlyLink, oneTimeLink, startBench, type Bench } from './test-stripe';
import { DELAYED_METHODS } from './objects/charge';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
	const { stripe, client } = bench;

	const link = await client.paymentLinks.create(
		oneTimeLink({
			restrictions: { completed_sessions: { limit: 9 } },
			after_completion: { type: 'redirect', redirect: { url: 'https://example.com/thanks' } },
			invoice_creation: { enabled: true, invoice_data: { metadata: { kommo_lead_id: '1' } } },
		}),
	);
	const paid = await stripe.pay(`${link.url}?client_reference_id=kommo-1`);
	await stripe.decline(link.id, 'insufficient_funds');
	const pending = await stripe.refund(paid.paymentIntentId, 100, { status: 'pending' });
	await stripe.settleRefund(pending.id);
	await stripe.refund(paid.paymentIntentId, 200);
	await stripe.failRefund(pending.id);
	const dispute = await stripe.dispute(paid.paymentIntentId);
	await stripe.closeDispute(dispute.id, true);
	await stripe.expireSession((await stripe.open(link.id)).id);

	for (const method of DELAYED_METHODS) {
		const delayed = await stripe.pay(link.id, { method });
		await stripe.settleDelayed(delayed.sessionId, method !== 'boleto');
	}

	const monthly = await client.paymentLinks.create(monthlyLink());
	const subscriber = await stripe.pay(monthly.id);
	await stripe.renew(String(subscriber.subscriptionId));
	await stripe.failRenewal(String(subscriber.subscriptionId));
	await stripe.renew(String(subscriber.subscriptionId));
	await stripe.cancelSubscription(String(subscriber.subscriptionId), { atPeriodEnd: true });
	await stripe.cancelSubscription(String(subscriber.subscriptionId));
	const trial = await client.paymentLinks.create(
		monthlyLink({ subscription_data: { trial_period_days: 7 } }),
	);
	await stripe.pay(trial.id);
	await client.webhookEndpoints.create({ url: bench.receiver.url, enabled_events: ['*'] });
	await client.customers.create({ email: 'payer@example.com' });
	await client.paymentIntents.create({ amount: 500, currency: 'jpy' });
});
afterAll(() => bench.close());

it('emits only objects that agree with the official types', () => {
	const events = bench.stripe.store.events.oldestFirst();
	const problems = events.flatMap((event) =>
		objectProblems(event.data.object).map((problem) => `${event.type}: ${problem}`),
	);
	expect([...new Set(problems)]).toEqual([]);
	expect(events.length).toBeGreaterThan(80);
});

it('emits events that agree with the official event type', () => {
	const problems = bench.stripe.store.events
		.oldestFirst()
		.flatMap((event) => objectProblems({ ...event, data: { object: {} } } as AnyObject));
	expect([...new Set(problems)]).toEqual([]);
});

it('emits every event the trigger may listen to', () => {
	const types = new Set(bench.stripe.store.events.oldestFirst().map(({ type }) => type));
	expect([...types].sort()).toEqual(
		expect.arrayContaining([
			'charge.dispute.closed',
			'charge.dispute.created',
			'charge.refunded',
			'charge.succeeded',
			'charge.updated',
			'checkout.session.async_payment_failed',
			'checkout.session.async_payment_succeeded',
			'checkout.session.completed',
			'checkout.session.expired',
			'customer.subscription.created',
			'customer.subscription.deleted',
			'customer.subscription.updated',
			'invoice.paid',
			'invoice.payment_failed',
			'invoice.payment_succeeded',
			'invoice_payment.paid',
			'payment_intent.created',
			'payment_intent.payment_failed',
			'payment_intent.processing',
			'payment_intent.succeeded',
			'refund.created',
			'refund.failed',
			'refund.updated',
		]),
	);
});

it.each([
	'links',
	'prices',
	'products',
	'sessions',
	'paymentIntents',
	'charges',
	'refunds',
	'disputes',
	'customers',
	'invoices',
	'invoicePayments',
	'subscriptions',
	'endpoints',
] as const)('stores %s that agree with the official types', (kind) => {
	const objects = bench.stripe.store[kind].oldestFirst();
	expect(objects.length).toBeGreaterThan(0);
	expect(objects.flatMap((object) => objectProblems(object))).toEqual([]);
});
