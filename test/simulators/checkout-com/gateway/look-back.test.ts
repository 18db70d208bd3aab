import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { checkoutCom as gateway } from '../../../../nodes/CheckoutComPayments/gateway';
import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('what a webhook lost is found by looking at the lead', () => {
	it('and says the same at the same second', async () => {
		const { url } = await at.createLink();
		await at.checkout.decline(url, '20051');
		const { id } = await at.checkout.pay(url);
		const webhooks = await at.told();
		await at.checkout.refund(id, 50_000);
		at.now += 60_000;
		await at.checkout.refund(id);
		webhooks.push(...(await at.told()));

		const meaning = ({ type, paymentId, occurredAt, reason, refunded }: PaymentEvent) => [
			type,
			paymentId,
			occurredAt.slice(0, 19),
			reason,
			refunded?.amountMinor,
		];
		expect(new Set((await at.list()).map(meaning))).toEqual(new Set(webhooks.map(meaning)));
	});

	it('over all links of the lead, and nothing of other leads', async () => {
		const first = await at.createLink();
		const one = await at.checkout.pay(first.url);
		const second = await at.createLink({ existingLink: { id: first.linkId, url: first.url } });
		const two = await at.checkout.pay(second.url);
		await at.checkout.pay((await at.createLink({ leadId: 7 })).url);
		expect((await at.list()).map(({ paymentId }) => paymentId)).toEqual([two.id, one.id]);
		expect(await at.list({ sinceMs: at.now + 1 })).toEqual([]);
		expect(await at.list({ types: ['payment.refunded'] })).toEqual([]);
		expect(await at.list({ leadId: 8 })).toEqual([]);
	});

	it('or at a link, as it stands now', async () => {
		const { linkId, url, reference } = await at.createLink();
		for (const id of [linkId, url, String(reference)]) {
			expect(await gateway.payments.get(id, at.context)).toBeNull();
		}
		const payment = await at.checkout.pay(url);
		await at.checkout.refund(payment.id, 50_000);
		for (const id of [linkId, url, String(reference), payment.id, payment.sessionId]) {
			const state = await gateway.payments.get(id, at.context);
			expect(state && short(state)).toBe(`payment.refunded ${payment.id} ${LEAD} 1999.00 500.00`);
		}
	});
});
