import { listPaymentPlans } from '../../../../nodes/FlutterwavePayments/gateway/payment-plans';
import { GatewayBench, LEAD } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('a payment plan', () => {
	const subscribe = async () => {
		const { body } = await at.bench.client.post('/payment-plans', {
			name: 'Care',
			interval: 'monthly',
			amount: 7500.5,
			currency: 'NGN',
		});
		const plan = body.data as { id: number };
		const { url, reference } = await at.createLink({ options: { paymentPlan: String(plan.id) } });
		const first = await at.bench.flutterwave.pay(url);
		const [subscription] = at.bench.flutterwave.store.subscriptions.values();
		return { plan, first, reference, subscriptionId: subscription?.id ?? 0 };
	};

	it('is offered with its terms', async () => {
		const { plan } = await subscribe();
		expect(await listPaymentPlans(at.context)).toEqual([
			{ id: String(plan.id), name: 'Care', terms: 'monthly, 7500.50 NGN' },
		]);
	});

	it('makes payments of a subscription, the first as well as the later ones', async () => {
		const { first, subscriptionId } = await subscribe();
		const [paid] = await at.told();
		const renewal = await at.bench.flutterwave.renew(subscriptionId);
		const [renewed] = await at.told();
		const subscription = { id: String(subscriptionId), status: 'active' };
		expect([paid, renewed]).toMatchObject([
			{ paymentId: String(first.id), leadId: LEAD, planName: 'Care', subscription },
			{ paymentId: String(renewal.id), leadId: LEAD, planName: 'Care', subscription },
		]);
		expect(renewed).toMatchObject({ contactId: 8, reference: renewal.txRef });
	});

	it('knows later payments under the first reference too', async () => {
		at.bench.flutterwave.settings.renewalTxRef = 'same';
		const { subscriptionId } = await subscribe();
		await at.told();
		await at.bench.flutterwave.renew(subscriptionId);
		expect(await at.told()).toEqual([
			expect.objectContaining({
				leadId: LEAD,
				subscription: expect.objectContaining({ id: String(subscriptionId) }) as object,
			}),
		]);
	});

	it('ends after the fourth failed renewal', async () => {
		const { subscriptionId } = await subscribe();
		await at.told();
		for (let tries = 0; tries < 4; tries += 1)
			await at.bench.flutterwave.failRenewal(subscriptionId);
		const events = await at.told();
		const failed = events.filter(({ type }) => type === 'payment.failed');
		const canceled = events.filter(({ type }) => type === 'subscription.canceled');
		expect(failed).toHaveLength(4);
		for (const event of failed) expect(event).toMatchObject({ leadId: LEAD, planName: 'Care' });
		expect(canceled).toEqual([
			expect.objectContaining({
				eventId: `flw:subscription.cancelled:${subscriptionId}:cancelled`,
				leadId: LEAD,
				amount: '7500.50',
				currency: 'NGN',
				planName: 'Care',
				customer: expect.objectContaining({ email: 'client@example.com' }) as object,
				subscription: expect.objectContaining({
					id: String(subscriptionId),
					status: 'cancelled',
				}) as object,
			}),
		]);
	});

	it('takes another payment of the same payer for what it is', async () => {
		await subscribe();
		await at.told();
		await at.bench.flutterwave.pay((await at.createLink()).url);
		expect(await at.told()).toEqual([
			expect.objectContaining({ subscription: null, leadId: LEAD }),
		]);
	});
});
