import { stripe as gateway } from '../../../../nodes/StripePayments/gateway';
import { monthlyLink } from '../test-stripe';
import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('one payment is told as succeeded exactly once', () => {
	it('when a link is paid by card', async () => {
		const { url, reference } = await at.createLink();
		const paid = await at.stripe.pay(url, { name: 'A client' });
		const events = await at.told();
		expect(events).toEqual([
			expect.objectContaining({
				type: 'payment.succeeded',
				paymentId: paid.paymentIntentId,
				leadId: LEAD,
				contactId: 8,
				responsibleUserId: 9,
				reference,
				amount: '1999.00',
				currency: 'EUR',
				live: false,
				customer: { name: 'A client', email: 'client@example.com', phone: null },
			}),
		]);
	});

	it('when Stripe makes an invoice for it', async () => {
		const { url } = await at.createLink({ options: { createInvoice: true } });
		const { paymentIntentId, invoiceId } = await at.stripe.pay(url);
		expect(invoiceId).toMatch(/^in_/);
		expect((await at.told()).map(short)).toEqual([
			`payment.succeeded ${paymentIntentId} ${LEAD} 1999.00`,
		]);
	});

	it('when the card is refused first', async () => {
		const { url } = await at.createLink();
		const { sessionId, paymentIntentId } = await at.stripe.decline(url, 'expired_card');
		const refused = await at.told();
		await at.stripe.pay(sessionId);
		expect([...refused, ...(await at.told())].map(short)).toEqual([
			`payment.failed ${paymentIntentId} ${LEAD} 1999.00`,
			`payment.succeeded ${paymentIntentId} ${LEAD} 1999.00`,
		]);
		expect(refused[0]?.reason).toBe('the card has expired');
	});

	it('when a delayed method arrives', async () => {
		const { url } = await at.createLink();
		const { sessionId, paymentIntentId } = await at.stripe.pay(url, { method: 'sepa_debit' });
		const before = await at.told();
		await at.stripe.settleDelayed(sessionId, true);
		expect([...before, ...(await at.told())].map(short)).toEqual([
			`payment.pending ${paymentIntentId} ${LEAD} 1999.00`,
			`payment.succeeded ${paymentIntentId} ${LEAD} 1999.00`,
		]);
		expect(before[0]?.method).toBe('sepa_debit');
	});

	it('when a subscription starts, and again when it renews', async () => {
		const { url } = await at.createLink({ options: { interval: 'month' } });
		const { invoiceId, subscriptionId } = await at.stripe.pay(url);
		const first = await at.told();
		const renewal = await at.stripe.renew(String(subscriptionId));
		const second = await at.told();
		expect(first.map(short).sort()).toEqual([
			`payment.succeeded ${invoiceId} ${LEAD} 1999.00`,
			`subscription.activated  ${LEAD} 1999.00`,
		]);
		expect(second.map(short)).toContain(`payment.succeeded ${renewal.id} ${LEAD} 1999.00`);
		expect(second.filter(({ type }) => type === 'payment.succeeded')).toHaveLength(1);
		for (const event of [...first, ...second]) {
			expect(event).toMatchObject({ planName: 'Gold', subscription: { id: subscriptionId } });
		}
	});

	it('under one id when payment intents are listened to as well', async () => {
		await at.registrar.remove(at.registration, at.context);
		at.registration = await at.register({ options: { includePaymentIntents: true } });
		const oneOff = await at.stripe.pay((await at.createLink()).url);
		const { url } = await at.createLink({ options: { interval: 'year' } });
		const yearly = await at.stripe.pay(url);
		const succeeded = (await at.told()).filter(({ type }) => type === 'payment.succeeded');
		expect(succeeded).toHaveLength(4);
		expect(new Set(succeeded.map(short))).toEqual(
			new Set([
				`payment.succeeded ${oneOff.paymentIntentId} ${LEAD} 1999.00`,
				`payment.succeeded ${yearly.invoiceId} ${LEAD} 1999.00`,
			]),
		);
	});
});

describe('a payment of something else', () => {
	it('is not of the lead that the payer wrote into the address of a subscription', async () => {
		const cheap = monthlyLink({ metadata: {}, subscription_data: {} });
		const { url } = await at.bench.client.paymentLinks.create(cheap);
		const paid = await at.stripe.pay(`${url}?client_reference_id=kommo_${LEAD}_abc`);
		await at.stripe.renew(String(paid.subscriptionId));
		const events = await at.told();
		expect(events.map(({ type }) => type)).toContain('payment.succeeded');
		expect(new Set(events.map(({ leadId }) => leadId))).toEqual(new Set([null]));
		const state = await gateway.payments.get(paid.paymentIntentId, at.context);
		expect(state).toMatchObject({ paymentId: paid.invoiceId, leadId: null });
	});
});
