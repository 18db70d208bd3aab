import { MONTHLY, refusal, startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

describe('a subscription', () => {
	const start = async (price: object = MONTHLY): Promise<string> => {
		const paid = bench.paddle.pay(await bench.createLink({}, price));
		return paid.subscription_id ?? 'none';
	};

	it('begins with the payment and inherits its custom data', async () => {
		const id = await bench.createLink({}, MONTHLY);
		bench.newEvents();
		const { subscription_id: subscription } = bench.paddle.pay(id);
		expect(bench.newEvents().slice(-5)).toEqual([
			'transaction.paid',
			'subscription.created',
			'subscription.activated',
			'transaction.updated',
			'transaction.completed',
		]);
		expect(bench.snapshot('subscription.created')).toMatchObject({ transaction_id: id });
		expect(bench.snapshot('subscription.activated')).not.toHaveProperty('transaction_id');
		expect(bench.snapshot('subscription.activated')).not.toHaveProperty('management_urls');
		const found = await bench.client.subscriptions.get(subscription ?? '');
		expect(found).toMatchObject({
			status: 'active',
			customData: { lead_id: '31415926' },
			billingCycle: { interval: 'month', frequency: 1 },
			items: [{ product: { name: 'Invoice 42 – Café' } }],
		});
		expect(found.managementUrls?.cancel).toContain(found.id);
	});

	it('renews with a transaction of its own that has the custom data', async () => {
		const id = await start();
		const before = await bench.client.subscriptions.get(id);
		bench.newEvents();
		const renewal = bench.paddle.renew(id);
		expect(bench.newEvents()).toEqual([
			'subscription.updated',
			'transaction.created',
			'transaction.billed',
			'transaction.paid',
			'transaction.updated',
			'transaction.completed',
		]);
		expect(renewal).toMatchObject({
			status: 'completed',
			origin: 'subscription_recurring',
			subscription_id: id,
			custom_data: { lead_id: '31415926' },
			billing_period: { starts_at: before.nextBilledAt },
		});
		const after = await bench.client.subscriptions.get(id);
		expect(after.currentBillingPeriod?.startsAt).toBe(before.nextBilledAt);
	});

	it('becomes past due when the renewal fails, and active when it is paid after all', async () => {
		const id = await start();
		bench.newEvents();
		const failed = bench.paddle.failRenewal(id, 'expired_card');
		expect(bench.newEvents()).toEqual([
			'subscription.updated',
			'transaction.created',
			'transaction.billed',
			'transaction.past_due',
			'transaction.payment_failed',
			'subscription.past_due',
		]);
		expect(failed).toMatchObject({
			status: 'past_due',
			payments: [{ error_code: 'expired_card' }],
		});
		expect(bench.paddle.failRenewal(id).id).toBe(failed.id);
		expect(bench.newEvents()).toEqual(['transaction.payment_failed']);
		expect(bench.paddle.renew(id)?.id).toBe(failed.id);
		expect((await bench.client.subscriptions.get(id)).status).toBe('active');
	});

	it('is canceled at once', async () => {
		const id = await start();
		const canceled = bench.paddle.cancelSubscription(id);
		expect(canceled).toMatchObject({
			status: 'canceled',
			next_billed_at: null,
			current_billing_period: null,
			scheduled_change: null,
		});
		expect(bench.snapshot('subscription.canceled')).toEqual(canceled);
		expect(() => bench.paddle.renew(id)).toThrow('subscription is canceled');
		const error = await refusal(bench.client.subscriptions.cancel(id));
		expect(error.code).toBe('subscription_update_when_canceled');
	});

	it('by the API is canceled at the end of the period unless told otherwise', async () => {
		const id = await start();
		bench.newEvents();
		const scheduled = await bench.client.subscriptions.cancel(id);
		expect(scheduled).toMatchObject({
			status: 'active',
			scheduledChange: { action: 'cancel', effectiveAt: scheduled.nextBilledAt, resumeAt: null },
		});
		const again = await refusal(bench.client.subscriptions.cancel(id));
		expect(again.code).toBe('subscription_locked_pending_changes');
		expect(bench.paddle.renew(id)).toBeNull();
		expect(bench.newEvents()).toEqual(['subscription.updated', 'subscription.canceled']);
		const other = await start();
		const now = await bench.client.subscriptions.cancel(other, { effectiveFrom: 'immediately' });
		expect(now.status).toBe('canceled');
	});

	it('is paused and resumed', async () => {
		const id = await start();
		bench.newEvents();
		expect(bench.paddle.pause(id)).toMatchObject({ status: 'paused', next_billed_at: null });
		expect(bench.paddle.resume(id)).toMatchObject({ status: 'active', paused_at: null });
		expect(bench.newEvents()).toEqual(['subscription.paused', 'subscription.resumed']);
		expect(() => bench.paddle.resume(id)).toThrow('subscription_must_be_paused');
	});

	it('with a trial charges nothing until it renews', async () => {
		const trial = { ...MONTHLY, trial_period: { interval: 'day', frequency: 14 } };
		const id = await start(trial);
		expect(bench.snapshot('transaction.completed')).toMatchObject({
			details: { totals: { total: '0' } },
		});
		expect(bench.snapshot('subscription.trialing')).toMatchObject({ id, status: 'trialing' });
		expect(bench.paddle.renew(id)?.details.totals?.total).toBe('199900');
		expect((await bench.client.subscriptions.get(id)).status).toBe('active');
	});
});

it('a month from the 31st is the last day of the next', async () => {
	const late = await startBench({ now: () => Date.parse('2026-01-31T12:00:00Z') });
	const id = late.paddle.pay(await late.createLink({}, MONTHLY)).subscription_id ?? '';
	const { nextBilledAt } = await late.client.subscriptions.get(id);
	await late.close();
	expect(nextBilledAt).toMatch(/^2026-02-28T12:00:00/);
});
