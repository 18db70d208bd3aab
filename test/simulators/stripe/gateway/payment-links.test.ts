import { parseMoney } from '../../../../nodes/core/money';
import { stripe as gateway } from '../../../../nodes/StripePayments/gateway';
import { GatewayBench, LEAD } from './gateway-bench';

const at = GatewayBench.forEachTest();
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const dearer = parseMoney('2500.00', 'EUR');

const activeLinks = () =>
	at.stripe.store.links
		.oldestFirst()
		.filter(({ active }) => active)
		.map(({ id }) => id);

describe('payment links', () => {
	it('are made once for one request', async () => {
		const first = await at.createLink();
		const second = await at.createLink();
		expect(second).toMatchObject({ linkId: first.linkId, url: first.url, reused: true });
		expect(at.stripe.store.links.size).toBe(1);
	});

	it('are made anew for the same request once the first is paid', async () => {
		const first = await at.createLink();
		await at.stripe.pay(first.url);
		const second = await at.createLink();
		expect(second).toMatchObject({ status: 'active', reused: false });
		expect(second.linkId).not.toBe(first.linkId);
		expect(second.reference).not.toBe(first.reference);
		expect(await gateway.paymentLinks.get(first.linkId, at.context)).toMatchObject({
			status: 'paid',
			leadId: LEAD,
			amount: '1999.00',
			reference: first.reference,
		});
	});

	it('are reused a week later as long as nothing changed', async () => {
		const first = await at.createLink();
		at.now += WEEK_MS;
		const existingLink = { id: first.linkId, url: first.url };
		expect(await at.createLink({ existingLink })).toMatchObject({
			linkId: first.linkId,
			reused: true,
		});
	});

	it('are replaced when the amount changed, back and forth', async () => {
		const first = await at.createLink();
		const existingLink = { id: first.linkId, url: first.url };
		const second = await at.createLink({ money: dearer, existingLink });
		expect(second).toMatchObject({ amount: '2500.00', reused: false });
		const third = await at.createLink({
			existingLink: { id: second.linkId, url: second.url },
		});
		expect(third).toMatchObject({ amount: '1999.00', status: 'active', reused: false });
		expect(activeLinks()).toEqual([third.linkId]);
	});

	it('are deactivated', async () => {
		const { linkId, url } = await at.createLink();
		const deactivated = await gateway.paymentLinks.deactivate?.(linkId, at.context);
		expect(deactivated).toMatchObject({ linkId, status: 'inactive', amount: '1999.00' });
		await expect(at.stripe.pay(url)).rejects.toThrow();
	});

	it('are made for yen', async () => {
		const money = parseMoney('5000', 'JPY');
		const { url } = await at.createLink({ money });
		await at.stripe.pay(url);
		expect(await at.told()).toMatchObject([{ amount: '5000', amountMinor: 5000, currency: 'JPY' }]);
	});

	it('below the minimum are refused in words', async () => {
		const money = parseMoney('0.10', 'EUR');
		await expect(at.createLink({ money })).rejects.toMatchObject({
			details: { requestId: expect.stringMatching(/^req_/) as string },
		});
	});
});

describe('the link of a lead whose card holds the id of a payment by now', () => {
	it('is reused a week after a declined attempt when nothing changed', async () => {
		const first = await at.createLink();
		const { paymentIntentId } = await at.stripe.decline(first.url);
		at.now += WEEK_MS;
		const existingLink = { id: paymentIntentId, url: first.url };
		expect(await at.createLink({ existingLink })).toMatchObject({
			linkId: first.linkId,
			url: first.url,
			reused: true,
		});
		expect(activeLinks()).toEqual([first.linkId]);
	});

	it('is deactivated and replaced when the amount changed after a declined attempt', async () => {
		const first = await at.createLink();
		const { paymentIntentId } = await at.stripe.decline(first.url);
		const existingLink = { id: paymentIntentId, url: first.url };
		const second = await at.createLink({ money: dearer, existingLink });
		expect(second).toMatchObject({ amount: '2500.00', reused: false });
		expect(activeLinks()).toEqual([second.linkId]);
	});

	it('is the saved one when the payment was tried by the one before', async () => {
		const first = await at.createLink();
		const { paymentIntentId } = await at.stripe.decline(first.url);
		const second = await at.createLink({
			money: dearer,
			existingLink: { id: first.linkId, url: first.url },
		});
		at.now += WEEK_MS;
		const existingLink = { id: paymentIntentId, url: second.url };
		expect(await at.createLink({ money: dearer, existingLink })).toMatchObject({
			linkId: second.linkId,
			reused: true,
		});
		const third = await at.createLink({ existingLink });
		expect(third).toMatchObject({ amount: '1999.00', reused: false });
		expect(activeLinks()).toEqual([third.linkId]);
	});

	it('is found by its address when the payment is unknown', async () => {
		const first = await at.createLink();
		at.now += WEEK_MS;
		const existingLink = { id: 'pi_unknown', url: first.url };
		const second = await at.createLink({ money: dearer, existingLink });
		expect(activeLinks()).toEqual([second.linkId]);
	});

	it('is made when neither the payment nor the address is known', async () => {
		const existingLink = { id: 'pi_unknown', url: 'https://buy.stripe.com/gone' };
		expect(await at.createLink({ existingLink })).toMatchObject({ reused: false });
	});

	it('is found by the first invoice of a subscription that did not get its money', async () => {
		const options = { interval: 'month' };
		const first = await at.createLink({ options });
		const { sessionId, invoiceId } = await at.stripe.pay(first.url, { method: 'sepa_debit' });
		await at.stripe.settleDelayed(sessionId, false);
		expect(await gateway.paymentLinks.get(String(invoiceId), at.context)).toMatchObject({
			linkId: first.linkId,
			status: 'paid',
		});
	});

	it('is deactivated by the id of the payment', async () => {
		const first = await at.createLink();
		const { paymentIntentId } = await at.stripe.decline(first.url);
		const { deactivate } = gateway.paymentLinks;
		expect(await deactivate?.(paymentIntentId, at.context, first.url)).toMatchObject({
			linkId: first.linkId,
			status: 'inactive',
		});
		expect(activeLinks()).toEqual([]);
		await expect(deactivate?.('pi_unknown', at.context)).rejects.toThrow(
			'"pi_unknown" is not the id of a Stripe payment link',
		);
	});
});

describe('a lead whose payment is on its way', () => {
	const wayOut = /1999\.00 EUR .* on its way .* No second link was made/;

	it.each([
		['a single payment', ''],
		['a subscription', 'month'],
	])('gets no second link until it is known how that ends: %s', async (_name, interval) => {
		const options = { interval };
		const first = await at.createLink({ options });
		const { sessionId } = await at.stripe.pay(first.url, { method: 'sepa_debit' });
		const told = await at.told();
		const pending = told.find(({ type }) => type === 'payment.pending');
		for (const id of [String(pending?.paymentId), first.linkId]) {
			const existingLink = { id, url: first.url };
			for (const money of [dearer, parseMoney('1999.00', 'EUR')]) {
				await expect(at.createLink({ options, money, existingLink })).rejects.toThrow(
					`payment ${pending?.paymentId}`,
				);
				await expect(at.createLink({ options, money, existingLink })).rejects.toThrow(wayOut);
			}
		}
		expect(at.stripe.store.links.size).toBe(1);

		await at.stripe.settleDelayed(sessionId, false);
		const existingLink = { id: String(pending?.paymentId), url: first.url };
		const second = await at.createLink({ options, existingLink });
		expect(second).toMatchObject({ status: 'active', reused: false });
		expect(activeLinks()).toEqual([second.linkId]);
	});

	it('gets none either when the link was never saved to it', async () => {
		const first = await at.createLink();
		await at.stripe.pay(first.url, { method: 'sepa_debit' });
		await expect(at.createLink()).rejects.toThrow(wayOut);
		expect(at.stripe.store.links.size).toBe(1);
	});

	it('gets a new one when the payment has arrived', async () => {
		const first = await at.createLink();
		const { sessionId } = await at.stripe.pay(first.url, { method: 'sepa_debit' });
		await at.stripe.settleDelayed(sessionId, true);
		const existingLink = { id: first.linkId, url: first.url };
		expect(await at.createLink({ existingLink })).toMatchObject({ reused: false });
	});
});
