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

	describe.each(['new', 'same'] as const)('whose later payments get a %s tx_ref', (tx_ref) => {
		beforeEach(() => {
			at.bench.flutterwave.settings.renewalTxRef = tx_ref;
		});

		it.each([
			['while it goes on', false],
			['when it was canceled in the meantime', true],
		])('has refunds of them on the deal %s', async (_name, isCanceled) => {
			const { subscriptionId } = await subscribe();
			const { id } = await at.bench.flutterwave.renew(subscriptionId);
			if (isCanceled) await at.bench.flutterwave.cancelSubscription(subscriptionId);
			await at.told();
			await at.bench.flutterwave.refund(id);
			const told = await at.told();
			expect(told).toEqual([
				expect.objectContaining({
					type: 'payment.refunded',
					paymentId: String(id),
					leadId: LEAD,
					contactId: tx_ref === 'new' ? 8 : null,
				}),
			]);
			expect(await at.list({ types: ['payment.refunded'] })).toEqual(told);
		});

		it('has them found by the look back', async () => {
			const { first, subscriptionId } = await subscribe();
			const { id } = await at.bench.flutterwave.renew(subscriptionId);
			await at.bench.flutterwave.deliveries.settled();
			for (const leadId of [null, LEAD]) {
				const found = await at.list({ leadId });
				expect(found.map(({ paymentId }) => paymentId)).toEqual([id, first.id].map(String));
				expect(found[0]).toMatchObject({ leadId: LEAD, planName: 'Care' });
			}
			expect(await at.list({ leadId: 7 })).toEqual([]);
		});
	});

	it('that has ended does not claim what its payer buys elsewhere for the same amount', async () => {
		at.bench.flutterwave.settings.renewalTxRef = 'new';
		const { first, subscriptionId } = await subscribe();
		await at.bench.flutterwave.renew(subscriptionId);
		await at.bench.flutterwave.cancelSubscription(subscriptionId);
		await at.bench.flutterwave.deliveries.settled();
		const found = await at.list({ types: ['payment.succeeded'] });
		expect(found.map(({ paymentId }) => paymentId)).toEqual([String(first.id)]);
	});

	it("costs the look back nothing but one look at somebody else's payments", async () => {
		const { flutterwave, createLink } = at.bench;
		await subscribe();
		for (let index = 0; index < 5; index += 1) {
			const customer = { email: `shopper${index}@example.com` };
			await flutterwave.pay(await createLink({ tx_ref: `shop ${index}`, customer }));
		}
		await flutterwave.deliveries.settled();
		flutterwave.log.clear();
		const found = await at.list({ types: ['payment.succeeded'] });
		expect(found).toHaveLength(1);
		expect(flutterwave.log.of('GET', /transactions$/)).toHaveLength(1);
		expect(flutterwave.log.of('GET', /verify$/)).toHaveLength(1);
		// All subscriptions once, and the one of the payment found.
		expect(flutterwave.log.of('GET', /subscriptions$/)).toHaveLength(2);
	});

	it('is found among very many subscriptions, by asking for those of the payer', async () => {
		const { subscriptionId } = await subscribe();
		const { store } = at.bench.flutterwave;
		const known = store.subscription(subscriptionId);
		const customer = { ...known.customer, email: 'another@example.com' };
		for (let index = 0; index < 150; index += 1) {
			const id = store.ids.subscription.next();
			store.subscriptions.set(id, { ...known, id, customer, transactionId: 0 });
		}
		const { id } = await at.bench.flutterwave.renew(subscriptionId);
		await at.bench.flutterwave.deliveries.settled();
		at.bench.flutterwave.log.clear();
		const found = await at.list({ types: ['payment.succeeded'] });
		expect(found.map(({ paymentId }) => paymentId)).toContain(String(id));
		expect(at.bench.flutterwave.log.of('GET', /subscriptions$/).length).toBeLessThan(20);
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
