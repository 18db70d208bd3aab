import { flutterwave as gateway } from '../../../../nodes/FlutterwavePayments/gateway';
import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { GatewayBench, LEAD, MINUTE, START } from './gateway-bench';

const DAY = 24 * 60 * MINUTE;

const at = GatewayBench.forEachTest();

describe('looking back', () => {
	it('finds what our links brought in, over all pages, and nothing else', async () => {
		const lost: number[] = [];
		for (let index = 0; index < 12; index += 1) {
			const { url } = await at.createLink({ leadId: 100 + index });
			lost.push((await at.bench.flutterwave.pay(url)).id);
			at.now += MINUTE;
		}
		await at.bench.flutterwave.pay(await at.bench.createLink({ tx_ref: 'a web shop' }));
		await at.bench.flutterwave.deliveries.settled();
		const events = await at.list();
		expect(events.map(({ paymentId }) => paymentId)).toEqual(lost.map(String).reverse());
		expect(events.map(({ leadId }) => leadId).sort()).toEqual(
			lost.map((_id, index) => 100 + index),
		);
	});

	it('tells the very events that the webhooks told', async () => {
		const { url } = await at.createLink();
		await at.bench.flutterwave.decline(url);
		const { id } = await at.bench.flutterwave.pay(url);
		const pending = await at.bench.flutterwave.payPending((await at.createLink()).url);
		await at.bench.flutterwave.refund(id, 500);
		const live = await at.told();
		const found = await at.list();
		const byId = (a: PaymentEvent, b: PaymentEvent) => a.eventId.localeCompare(b.eventId);
		expect(found).toHaveLength(4);
		expect(found.sort(byId)).toEqual(live.sort(byId));
		expect(found.map(({ paymentId }) => paymentId)).toContain(String(pending.id));
	});

	it('asks for nothing but what is wanted', async () => {
		await at.bench.flutterwave.pay((await at.createLink()).url);
		await at.bench.flutterwave.decline((await at.createLink()).url);
		await at.bench.flutterwave.deliveries.settled();
		at.bench.flutterwave.log.clear();
		const events = await at.list({ types: ['payment.succeeded'] });
		expect(events.map(({ type }) => type)).toEqual(['payment.succeeded']);
		expect(at.bench.flutterwave.log.entries).toHaveLength(2);
	});

	it('goes back no further than it is told, and to one lead only', async () => {
		await at.bench.flutterwave.pay((await at.createLink({ leadId: 1 })).url);
		at.now += 10 * MINUTE;
		await at.bench.flutterwave.pay((await at.createLink({ leadId: 2 })).url);
		await at.bench.flutterwave.pay((await at.createLink({ leadId: 3 })).url);
		const leads = (events: PaymentEvent[]) => events.map(({ leadId }) => leadId);
		expect(leads(await at.list({ sinceMs: START + 5 * MINUTE }))).toEqual([3, 2]);
		expect(leads(await at.list({ leadId: 2 }))).toEqual([2]);
	});

	it.each([
		['that went through', true, 'payment.succeeded'],
		['that failed', false, 'payment.failed'],
	])('finds a transfer begun days before %s since', async (_name, ok, type) => {
		const { url } = await at.createLink();
		const { id } = await at.bench.flutterwave.payPending(url, { method: 'banktransfer' });
		at.now += 2 * DAY;
		const sinceMs = at.now - DAY;
		expect(await at.list({ sinceMs })).toEqual([]);
		await at.bench.flutterwave.settlePending(id, ok);
		expect(await at.list({ sinceMs })).toEqual([
			expect.objectContaining({ type, paymentId: String(id) }),
		]);
	});

	it('finds refunds, which few accounts have webhooks for', async () => {
		at.bench.flutterwave.dashboard.refundWebhooks = false;
		const { id } = await at.bench.flutterwave.pay((await at.createLink()).url);
		await at.bench.flutterwave.refund(id);
		expect(await at.list({ types: ['payment.refunded'] })).toEqual([
			expect.objectContaining({
				paymentId: String(id),
				refunded: expect.objectContaining({ total: true }) as object,
			}),
		]);
	});
});

describe('looking back for refunds that took their time', () => {
	let paymentId: number;

	beforeEach(async () => {
		at.bench.flutterwave.dashboard.refundWebhooks = false;
		paymentId = (await at.bench.flutterwave.pay((await at.createLink()).url)).id;
	});

	const refundsOfDay = async () =>
		await at.list({ sinceMs: at.now - DAY, types: ['payment.refunded'] });

	it('finds one that was made days before', async () => {
		const { id } = await at.bench.flutterwave.refund(paymentId, 500, { status: 'pending' });
		at.now += 2 * DAY;
		expect(await refundsOfDay()).toEqual([]);
		await at.bench.flutterwave.settleRefund(id, true);
		expect(await refundsOfDay()).toEqual([
			expect.objectContaining({
				paymentId: String(paymentId),
				leadId: LEAD,
				refunded: expect.objectContaining({ amount: '500.00' }) as object,
			}),
		]);
	});

	it('finds one that failed', async () => {
		const { id } = await at.bench.flutterwave.refund(paymentId, 500, { status: 'pending' });
		at.now += 2 * DAY;
		await at.bench.flutterwave.settleRefund(id, false);
		expect(await refundsOfDay()).toEqual([
			expect.objectContaining({ refunded: expect.objectContaining({ amount: '0.00' }) as object }),
		]);
	});

	it('tells a payment once, however many refunds it has', async () => {
		for (const amount of [500, 600, 700]) {
			await at.bench.flutterwave.refund(paymentId, amount);
			at.now += DAY;
		}
		expect(await refundsOfDay()).toEqual([
			expect.objectContaining({
				refunded: expect.objectContaining({ amount: '1800.00' }) as object,
			}),
		]);
	});

	it('goes back a month, and asks about the newest hundred only', async () => {
		const { flutterwave, createLink } = at.bench;
		for (let index = 0; index < 110; index += 1) {
			const { id } = await flutterwave.pay(await createLink({ tx_ref: `a web shop ${index}` }));
			await flutterwave.refund(id);
		}
		await flutterwave.refund(paymentId);
		await flutterwave.deliveries.settled();
		at.now += 30 * DAY;
		flutterwave.log.clear();
		expect(await refundsOfDay()).toHaveLength(1);
		expect(flutterwave.log.of('GET', /verify$/)).toHaveLength(100);
		expect(flutterwave.log.of('GET', /refunds$/).length).toBeLessThan(15);
		at.now += 2 * DAY;
		expect(await refundsOfDay()).toEqual([]);
	});
});

describe('one payment', () => {
	it('is told as it stands, by its id or its reference', async () => {
		const { url, linkId } = await at.createLink();
		expect(await gateway.payments.get(linkId, at.context)).toBeNull();
		const { id } = await at.bench.flutterwave.pay(url);
		const states = async () => [
			await gateway.payments.get(String(id), at.context),
			await gateway.payments.get(linkId, at.context),
		];
		expect((await states()).map((event) => event?.type)).toEqual(
			Array(2).fill('payment.succeeded'),
		);
		await at.bench.flutterwave.refund(id);
		expect((await states()).map((event) => event?.type)).toEqual(Array(2).fill('payment.refunded'));
	});

	it('is not known to the key of the other mode', async () => {
		const { id } = await at.bench.flutterwave.pay((await at.createLink()).url);
		const other = at.contextWith(at.bench.flutterwave.otherModeKey);
		await expect(gateway.payments.get(String(id), other)).rejects.toThrow(/does not have it/);
	});
});
