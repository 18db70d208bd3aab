import { monthlyLink, oneTimeLink, startBench, type Bench } from './test-stripe';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
	await bench.register(['*']);
});
afterEach(() => bench.close());

const LEAD = { kommo_lead_id: '31415926' };

/** Waits for the webhooks and shows the object of the newest one of a type. */
async function objectOf(type: string): Promise<Record<string, unknown>> {
	await bench.stripe.deliveries.settled();
	return bench.last(type).event.data.object as unknown as Record<string, unknown>;
}

describe('a one-time payment', () => {
	it('tells of itself once, in every object that is involved', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const { paymentIntentId, sessionId } = await bench.stripe.pay(link.url);
		await bench.stripe.deliveries.settled();

		expect(bench.types()).toEqual([
			'charge.succeeded',
			'charge.updated',
			'checkout.session.completed',
			'payment_intent.created',
			'payment_intent.succeeded',
			'payment_link.created',
		]);
		expect(await objectOf('checkout.session.completed')).toMatchObject({
			id: sessionId,
			payment_intent: paymentIntentId,
			payment_link: link.id,
			payment_status: 'paid',
			mode: 'payment',
			amount_total: 199_900,
			url: null,
		});
		const intent = await bench.client.paymentIntents.retrieve(paymentIntentId);
		expect(intent).toMatchObject({ status: 'succeeded', amount_received: 199_900 });
	});

	it('keeps one intent over refused tries', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const refused = await bench.stripe.decline(link.id, 'insufficient_funds');
		expect(await objectOf('payment_intent.payment_failed')).toMatchObject({
			id: refused.paymentIntentId,
			status: 'requires_payment_method',
			amount_received: 0,
			last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' },
		});
		await bench.stripe.decline(refused.sessionId, 'expired_card');
		const paid = await bench.stripe.pay(refused.sessionId);
		expect(paid.paymentIntentId).toBe(refused.paymentIntentId);
		expect(await objectOf('payment_intent.succeeded')).toMatchObject({ last_payment_error: null });
		const charges = await bench.client.charges.list({ payment_intent: paid.paymentIntentId });
		expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'failed']);
	});

	it('is found through its link', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		await bench.stripe.open(link.id);
		const { sessionId } = await bench.stripe.pay(link.id);
		const list = await bench.client.checkout.sessions.list({
			payment_link: link.id,
			status: 'complete',
		});
		expect(list.data.map(({ id }) => id)).toEqual([sessionId]);
	});
});

describe('a payment that takes days', () => {
	it('completes unpaid and is paid in the end', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const { sessionId } = await bench.stripe.pay(link.id, { method: 'sepa_debit' });
		expect(await objectOf('checkout.session.completed')).toMatchObject({
			payment_status: 'unpaid',
			payment_method_types: ['sepa_debit'],
		});
		expect(await objectOf('payment_intent.processing')).toMatchObject({ status: 'processing' });
		await bench.stripe.settleDelayed(sessionId, true);
		expect(await objectOf('checkout.session.async_payment_succeeded')).toMatchObject({
			id: sessionId,
			payment_status: 'paid',
		});
		await expect(bench.stripe.settleDelayed(sessionId, true)).rejects.toThrow('Nothing is awaited');
	});

	it('may fail in the end, with the link used up all the same', async () => {
		const link = await bench.client.paymentLinks.create(
			oneTimeLink({ restrictions: { completed_sessions: { limit: 1 } } }),
		);
		const { sessionId } = await bench.stripe.pay(link.id, { method: 'boleto' });
		await bench.stripe.settleDelayed(sessionId, false);
		expect(await objectOf('checkout.session.async_payment_failed')).toMatchObject({
			payment_status: 'unpaid',
		});
		expect((await bench.client.paymentLinks.retrieve(link.id)).active).toBe(false);
	});
});

describe('metadata', () => {
	const empty = {};

	it('of a one-time link reaches session, intent and charge, and nothing else', async () => {
		const link = await bench.client.paymentLinks.create(
			oneTimeLink({
				metadata: { on: 'link' },
				payment_intent_data: { metadata: { on: 'intent' } },
			}),
		);
		const { paymentIntentId } = await bench.stripe.pay(`${link.url}?client_reference_id=lead-1`);
		await bench.stripe.refund(paymentIntentId, 100);
		await bench.stripe.dispute(paymentIntentId);

		expect(await objectOf('checkout.session.completed')).toMatchObject({
			metadata: { on: 'link' },
			client_reference_id: 'lead-1',
		});
		expect((await objectOf('payment_intent.succeeded'))['metadata']).toEqual({ on: 'intent' });
		expect((await objectOf('charge.succeeded'))['metadata']).toEqual({ on: 'intent' });
		expect((await objectOf('charge.refunded'))['metadata']).toEqual({ on: 'intent' });
		expect((await objectOf('refund.created'))['metadata']).toEqual(empty);
		expect((await objectOf('charge.dispute.created'))['metadata']).toEqual(empty);
	});

	it('of a charge is a copy of the moment it was made', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const { paymentIntentId } = await bench.stripe.pay(link.id);
		await bench.client.paymentIntents.update(paymentIntentId, { metadata: { late: 'yes' } });
		const intent = await bench.client.paymentIntents.retrieve(paymentIntentId, {
			expand: ['latest_charge'],
		});
		expect(intent.metadata).toEqual({ ...LEAD, late: 'yes' });
		expect(intent.latest_charge).toMatchObject({ metadata: LEAD });
	});

	it('of an invoice for a one-time payment is its own', async () => {
		const link = await bench.client.paymentLinks.create(
			oneTimeLink({
				invoice_creation: { enabled: true, invoice_data: { metadata: { on: 'invoice' } } },
			}),
		);
		const { paymentIntentId, invoiceId } = await bench.stripe.pay(link.id);
		const invoice = await objectOf('invoice.paid');
		expect(invoice).toMatchObject({ id: invoiceId, metadata: { on: 'invoice' }, parent: null });
		expect(await objectOf('invoice_payment.paid')).toMatchObject({
			invoice: invoiceId,
			payment: { payment_intent: paymentIntentId },
		});
	});

	it('of a subscription reaches the subscription and its invoices, not the money', async () => {
		const link = await bench.client.paymentLinks.create(
			monthlyLink({ metadata: { on: 'link' }, subscription_data: { metadata: { on: 'sub' } } }),
		);
		await bench.stripe.pay(link.id);
		expect((await objectOf('customer.subscription.created'))['metadata']).toEqual({ on: 'sub' });
		expect(await objectOf('invoice.paid')).toMatchObject({
			metadata: empty,
			parent: { subscription_details: { metadata: { on: 'sub' } } },
			lines: { data: [{ metadata: { on: 'sub' } }] },
		});
		expect((await objectOf('payment_intent.succeeded'))['metadata']).toEqual(empty);
		expect((await objectOf('charge.succeeded'))['metadata']).toEqual(empty);
		expect(await objectOf('checkout.session.completed')).toMatchObject({
			metadata: { on: 'link' },
			payment_intent: null,
		});
	});
});

describe('a refund', () => {
	it('is cumulative on the charge', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const { paymentIntentId } = await bench.stripe.pay(link.id);
		await bench.stripe.refund(paymentIntentId, 50_000);
		expect(await objectOf('charge.refunded')).toMatchObject({
			amount_refunded: 50_000,
			refunded: false,
		});
		await bench.client.refunds.create({ payment_intent: paymentIntentId });
		expect(await objectOf('charge.refunded')).toMatchObject({
			amount_refunded: 199_900,
			refunded: true,
		});
		expect(bench.last('charge.refunded').event.data.previous_attributes).toEqual({
			amount_refunded: 50_000,
			refunded: false,
		});
		await expect(
			bench.client.refunds.create({ payment_intent: paymentIntentId }),
		).rejects.toMatchObject({ code: 'charge_already_refunded' });
		const list = await bench.client.refunds.list({ payment_intent: paymentIntentId });
		expect(list.data.map(({ amount }) => amount)).toEqual([149_900, 50_000]);
	});

	it('of more than is left is refused', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const { paymentIntentId } = await bench.stripe.pay(link.id);
		await expect(bench.stripe.refund(paymentIntentId, 200_000)).rejects.toThrow('greater than');
	});

	it('may fail after it seemed done', async () => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const { paymentIntentId } = await bench.stripe.pay(link.id);
		const refund = await bench.stripe.refund(paymentIntentId, 100);
		await bench.stripe.failRefund(refund.id);
		expect(await objectOf('refund.failed')).toMatchObject({ id: refund.id, status: 'failed' });
		const [charge] = (await bench.client.charges.list({ payment_intent: paymentIntentId })).data;
		expect(charge?.amount_refunded).toBe(0);
	});
});

describe('a dispute', () => {
	it.each([
		[true, 'won'],
		[false, 'lost'],
	])('closes (merchant wins: %s) as %s', async (won, status) => {
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		const { paymentIntentId } = await bench.stripe.pay(link.id);
		const dispute = await bench.stripe.dispute(paymentIntentId);
		expect(await objectOf('charge.dispute.created')).toMatchObject({
			payment_intent: paymentIntentId,
			status: 'needs_response',
		});
		await bench.stripe.closeDispute(dispute.id, won);
		expect(await objectOf('charge.dispute.closed')).toMatchObject({ id: dispute.id, status });
		expect((await bench.client.disputes.retrieve(dispute.id)).status).toBe(status);
	});
});
