import { parseMoney } from '../../../../nodes/core/money';
import { stripe as gateway } from '../../../../nodes/StripePayments/gateway';
import { oneTimeLink } from '../test-stripe';
import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('asking for payments', () => {
	it('gives the events that the webhook missed, with the ids it would have had', async () => {
		const received = await at.stripe.pay((await at.createLink()).url);
		await at.told();
		at.stripe.deliveries.losing = true;
		const other = parseMoney('5.00', 'EUR');
		const lost = await at.stripe.pay((await at.createLink({ money: other })).url);
		const all = await at.list();
		const undelivered = await at.list({ options: { undeliveredOnly: true } });
		expect(all.map(({ paymentId }) => paymentId)).toEqual([
			lost.paymentIntentId,
			received.paymentIntentId,
		]);
		expect(undelivered).toMatchObject([
			{ eventId: expect.stringMatching(/^evt_/) as string, paymentId: lost.paymentIntentId },
		]);
	});

	it('leaves out what other shops of the account sell, unless it is asked for', async () => {
		const { url } = await at.createLink();
		const ours = await at.stripe.pay(url);
		const shop = oneTimeLink({ metadata: {}, payment_intent_data: {} });
		const { id } = await at.bench.client.paymentLinks.create(shop);
		const foreign = await at.stripe.pay(id);
		await at.stripe.refund(foreign.paymentIntentId);
		expect((await at.list()).map(short)).toEqual([
			`payment.succeeded ${ours.paymentIntentId} ${LEAD} 1999.00`,
		]);
		expect((await at.list({ options: { withoutLead: true } })).map(short)).toEqual([
			`payment.refunded ${foreign.paymentIntentId}  1999.00`,
			`payment.succeeded ${foreign.paymentIntentId}  1999.00`,
			`payment.succeeded ${ours.paymentIntentId} ${LEAD} 1999.00`,
		]);
	});

	it('finds payments that were made without a link where the user wants them', async () => {
		const { id } = await at.bench.client.paymentIntents.create({
			amount: 10_000,
			currency: 'eur',
			metadata: { kommo_lead_id: String(LEAD) },
		});
		await at.stripe.payIntent(id);
		expect(await at.list()).toEqual([]);
		expect((await at.list({ options: { includePaymentIntents: true } })).map(short)).toEqual([
			`payment.succeeded ${id} ${LEAD} 100.00`,
		]);
	});

	it('understands an account whose version is older than basil', async () => {
		at.stripe.settings.apiVersion = '2025-02-24.acacia';
		const { url } = await at.createLink({ options: { interval: 'month' } });
		const { invoiceId, paymentIntentId } = await at.stripe.pay(url);
		await at.stripe.refund(paymentIntentId);
		const events = await at.list({ types: ['payment.succeeded', 'payment.refunded'] });
		expect(events.map(short)).toEqual([
			`payment.refunded ${invoiceId} ${LEAD} 1999.00`,
			`payment.succeeded ${invoiceId} ${LEAD} 1999.00`,
		]);
		expect(events[1]?.raw).toMatchObject({ api_version: '2025-02-24.acacia' });
	});

	it('gives one payment as it stands, by any of its ids', async () => {
		const { url } = await at.createLink({ options: { interval: 'month' } });
		const { invoiceId, paymentIntentId, sessionId } = await at.stripe.pay(url);
		const chargeId = String(at.stripe.store.paymentIntents.get(paymentIntentId).latest_charge);
		for (const id of [String(invoiceId), paymentIntentId, sessionId, chargeId]) {
			const state = await gateway.payments.get(id, at.context);
			expect(state && short(state)).toBe(`payment.succeeded ${invoiceId} ${LEAD} 1999.00`);
		}
		at.now += 5000;
		await at.stripe.refund(paymentIntentId, 100);
		expect(await gateway.payments.get(paymentIntentId, at.context)).toMatchObject({
			type: 'payment.refunded',
			paymentId: invoiceId,
			refunded: { amount: '1.00', total: false },
			occurredAt: '2026-11-20T09:00:05.000Z',
		});
	});

	it('tells of a dispute until it is closed, and how it was', async () => {
		const { paymentIntentId } = await at.stripe.pay((await at.createLink()).url);
		const { id } = await at.stripe.dispute(paymentIntentId);
		const open = await gateway.payments.get(paymentIntentId, at.context);
		await at.stripe.closeDispute(id, false);
		const closed = await gateway.payments.get(paymentIntentId, at.context);
		expect([open, closed]).toMatchObject([
			{ type: 'payment.disputed', paymentId: paymentIntentId },
			{ type: 'payment.dispute_closed', paymentId: paymentIntentId, reason: 'lost' },
		]);
	});

	it('tells how much of a payment is disputed', async () => {
		const { url } = await at.createLink({ money: parseMoney('100.00', 'EUR') });
		const { paymentIntentId } = await at.stripe.pay(url);
		const { id } = await at.stripe.dispute(paymentIntentId, 'product_not_received', 2000);
		const open = await gateway.payments.get(paymentIntentId, at.context);
		await at.stripe.closeDispute(id, false);
		const closed = await gateway.payments.get(paymentIntentId, at.context);
		expect([open && short(open), closed && short(closed)]).toEqual([
			`payment.disputed ${paymentIntentId} ${LEAD} 20.00`,
			`payment.dispute_closed ${paymentIntentId} ${LEAD} 20.00`,
		]);
	});
});
