import type Stripe from 'stripe';
import { monthlyLink, oneTimeLink, startBench, type Bench } from './test-stripe';

let bench: Bench;
const start = Date.UTC(2026, 0, 31, 9);
let now = start;
beforeEach(async () => {
	now = start;
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

async function subscribe(extra: Partial<Stripe.PaymentLinkCreateParams> = {}) {
	const link = await bench.client.paymentLinks.create(monthlyLink(extra));
	const paid = await bench.stripe.pay(link.id);
	return { ...paid, subscriptionId: String(paid.subscriptionId) };
}

function types(): string[] {
	return bench.stripe.store.events.oldestFirst().map(({ type }) => type);
}

it('renews into the next month with an invoice of its own', async () => {
	const { subscriptionId, invoiceId } = await subscribe();
	const before = await bench.client.subscriptions.retrieve(subscriptionId);
	const renewal = await bench.stripe.renew(subscriptionId);
	const after = await bench.client.subscriptions.retrieve(subscriptionId);
	expect(renewal).toMatchObject({ billing_reason: 'subscription_cycle', amount_paid: 2900 });
	expect(renewal.id).not.toBe(invoiceId);
	expect(after.latest_invoice).toBe(renewal.id);
	expect(after.items.data[0]?.current_period_start).toBe(before.items.data[0]?.current_period_end);
	expect(types().filter((type) => type === 'invoice.paid')).toHaveLength(2);
});

it('is past due after a failed renewal and active once the open invoice is paid', async () => {
	const { subscriptionId } = await subscribe();
	const failed = await bench.stripe.failRenewal(subscriptionId);
	await bench.stripe.failRenewal(subscriptionId);
	expect(await bench.client.invoices.retrieve(failed.id)).toMatchObject({
		status: 'open',
		attempt_count: 2,
		amount_remaining: 2900,
	});
	expect((await bench.client.subscriptions.retrieve(subscriptionId)).status).toBe('past_due');
	const paid = await bench.stripe.renew(subscriptionId);
	expect(paid).toMatchObject({ id: failed.id, status: 'paid', attempt_count: 3 });
	expect((await bench.client.subscriptions.retrieve(subscriptionId)).status).toBe('active');
});

it('can be canceled at the end of its period, and at once', async () => {
	const { subscriptionId } = await subscribe();
	const scheduled = await bench.client.subscriptions.update(subscriptionId, {
		cancel_at_period_end: true,
	});
	expect(scheduled).toMatchObject({ status: 'active', cancel_at_period_end: true });
	expect(scheduled.cancel_at).toBe(scheduled.items.data[0]?.current_period_end);
	const gone = await bench.client.subscriptions.cancel(subscriptionId);
	expect(gone.status).toBe('canceled');
	expect(types().at(-1)).toBe('customer.subscription.deleted');
	await expect(bench.client.subscriptions.cancel(subscriptionId)).rejects.toMatchObject({
		statusCode: 400,
	});
});

it('starts a trial without money: an invoice over 0 and no payment', async () => {
	const { sessionId, paymentIntentId, subscriptionId } = await subscribe({
		subscription_data: { trial_period_days: 7 },
	});
	expect(paymentIntentId).toBe('');
	expect(await bench.client.checkout.sessions.retrieve(sessionId)).toMatchObject({
		payment_status: 'no_payment_required',
		amount_total: 0,
	});
	expect((await bench.client.subscriptions.retrieve(subscriptionId)).status).toBe('trialing');
	const [paid] = bench.stripe.store.events
		.newestFirst()
		.filter(({ type }) => type === 'invoice.paid');
	expect(paid?.data.object).toMatchObject({ amount_paid: 0 });
});

describe('the way from an invoice to its intent', () => {
	it('is the expanded list of payments, or the list of invoice payments', async () => {
		const { invoiceId, paymentIntentId } = await subscribe();
		const invoice = await bench.client.invoices.retrieve(String(invoiceId), {
			expand: ['payments'],
		});
		expect(invoice.payments?.data[0]?.payment.payment_intent).toBe(paymentIntentId);
		expect((await bench.client.invoices.retrieve(String(invoiceId))).payments).toBeUndefined();
		const byIntent = await bench.client.invoicePayments.list({
			payment: { type: 'payment_intent', payment_intent: paymentIntentId },
		});
		expect(byIntent.data.map(({ invoice }) => invoice)).toEqual([invoiceId]);
		const whole = await bench.client.invoices.retrieve(String(invoiceId), {
			expand: ['payments.data.payment.payment_intent'],
		});
		expect(whole.payments?.data[0]?.payment.payment_intent).toMatchObject({
			id: paymentIntentId,
			object: 'payment_intent',
		});
	});
});

describe('an invoice in the shape of an endpoint’s version', () => {
	const LEGACY = ['payment_intent', 'subscription', 'subscription_details', 'paid', 'charge'];

	it('has the removed fields up to acacia', async () => {
		await bench.register(['invoice.paid'], '2025-02-24.acacia');
		const { subscriptionId, paymentIntentId } = await subscribe();
		await bench.stripe.deliveries.settled();
		const { event } = bench.last('invoice.paid');
		expect(event.api_version).toBe('2025-02-24.acacia');
		expect(event.data.object).toMatchObject({
			paid: true,
			payment_intent: paymentIntentId,
			subscription: subscriptionId,
			subscription_details: { metadata: { kommo_lead_id: '31415926' } },
		});
		expect(event.data.object).not.toHaveProperty('parent');
	});

	it.each(['2025-03-31.basil', '2026-08-26.dahlia', '2026-10-28.endive'] as const)(
		'has none of them in %s',
		async (version) => {
			await bench.register(['invoice.paid'], version);
			await subscribe();
			await bench.stripe.deliveries.settled();
			const { event } = bench.last('invoice.paid');
			expect(event.api_version).toBe(version);
			for (const name of LEGACY) expect(event.data.object).not.toHaveProperty(name);
			expect(event.data.object).toHaveProperty('parent.subscription_details.subscription');
		},
	);

	it('follows the account’s version where the endpoint names none', async () => {
		bench.stripe.settings.apiVersion = '2024-06-20';
		await bench.register(['invoice.paid']);
		await subscribe();
		await bench.stripe.deliveries.settled();
		expect(bench.last('invoice.paid').event.data.object).toHaveProperty('subscription');
		const [listed] = (await bench.client.events.list({ type: 'invoice.paid' })).data;
		expect(listed?.data.object).toHaveProperty('payment_intent');
	});

	it('names the invoice on the intent as well', async () => {
		await bench.register(['payment_intent.succeeded'], '2025-02-24.acacia');
		const { invoiceId } = await subscribe();
		const single = await bench.client.paymentLinks.create(oneTimeLink());
		await bench.stripe.pay(single.id);
		await bench.stripe.deliveries.settled();
		const invoices = bench.receiver.received.map(
			({ event }) => (event.data.object as unknown as { invoice: string | null }).invoice,
		);
		expect(invoices.sort()).toEqual([invoiceId, null].sort());
	});
});
