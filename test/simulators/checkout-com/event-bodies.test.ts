import { createHmac } from 'node:crypto';
import approvedFixture from '../../fixtures/checkout-com/event.payment_approved.json';
import canceledFixture from '../../fixtures/checkout-com/event.payment_canceled.json';
import capturedFixture from '../../fixtures/checkout-com/event.payment_captured.json';
import declinedFixture from '../../fixtures/checkout-com/event.payment_declined.json';
import disputeFixture from '../../fixtures/checkout-com/event.dispute_received.json';
import expiredFixture from '../../fixtures/checkout-com/event.payment_expired.json';
import pendingFixture from '../../fixtures/checkout-com/event.payment_pending.json';
import refundedFixture from '../../fixtures/checkout-com/event.payment_refunded.json';
import { validateCheckoutJson } from '../../specs/validate-checkout-json';
import { EVERYTHING, SIGNATURE_KEY, startBench, type Bench } from './test-checkout-com';

const START = Date.UTC(2026, 10, 20, 12);

let now = START;
let bench: Bench;
beforeEach(async () => {
	now = START;
	bench = await startBench({ now: () => now, answerTimeoutMs: 150 });
});
afterEach(() => bench.close());

const paid = async (extra: object = {}) => bench.checkout.pay((await bench.createLink(extra)).id);

describe('bodies have the fields of the documented examples', () => {
	const keys = (data: object) => Object.keys(data).sort();
	const known = (fixture: { data: object }) => new Set(keys(fixture.data));
	const act: Record<string, { fixture: { data: object }; run: () => Promise<unknown> }> = {
		payment_approved: { fixture: approvedFixture, run: () => paid() },
		payment_captured: { fixture: capturedFixture, run: () => paid() },
		payment_refunded: {
			fixture: refundedFixture,
			run: async () => bench.checkout.refund((await paid()).id, 50_000),
		},
		payment_declined: {
			fixture: declinedFixture,
			run: async () => bench.checkout.decline((await bench.createLink()).id),
		},
		payment_pending: {
			fixture: pendingFixture,
			run: async () => bench.checkout.leaveToPay((await bench.createLink()).id),
		},
		payment_expired: {
			fixture: expiredFixture,
			run: async () =>
				bench.checkout.expirePayment(
					(await bench.checkout.leaveToPay((await bench.createLink()).id)).id,
				),
		},
		payment_canceled: {
			fixture: canceledFixture,
			run: async () =>
				bench.checkout.cancel((await bench.checkout.leaveToPay((await bench.createLink()).id)).id),
		},
		dispute_received: {
			fixture: disputeFixture,
			run: async () => {
				bench.checkout.settings.disputesCarryMetadata = true;
				await bench.checkout.dispute((await paid()).id);
			},
		},
	};
	/** Documented for real cards only; nothing here reads them. */
	const left = ['cko_network_token_available', 'pan_type_processed', 'eci'];

	it.each(Object.keys(act))('%s', async (type) => {
		await bench.register(EVERYTHING);
		await act[type]?.run();
		const { event } = bench.last(type);
		const fixture = act[type]?.fixture ?? { data: {} };
		const missing = [...known(fixture)].filter(
			(key) => !(key in event.data) && !left.includes(key),
		);
		const extra = keys(event.data).filter((key) => !known(fixture).has(key));
		expect(missing).toEqual([]);
		expect(extra.filter((key) => key !== 'payment_type' && key !== 'event_links')).toEqual([]);
	});
});

it('a capture or refund tells nothing of the customer and the card', async () => {
	await bench.register(EVERYTHING);
	await bench.checkout.refund((await paid()).id);
	for (const type of ['payment_captured', 'payment_refunded']) {
		expect(bench.last(type).event.data).not.toHaveProperty('customer');
		expect(bench.last(type).event.data).not.toHaveProperty('source');
	}
});

it('refunds tell their own amount, balances the sum', async () => {
	await bench.register(EVERYTHING);
	const { id } = await paid();
	await bench.checkout.refund(id, 50_000);
	await bench.checkout.refund(id);
	const told = bench.receiver.received
		.filter(({ event }) => event.type === 'payment_refunded')
		.map(({ event }) => [event.data['amount'], event.data.balances?.['total_refunded']]);
	expect(told).toEqual([
		[50_000, 50_000],
		[149_900, 199_900],
	]);
});

it('every other act has its event', async () => {
	await bench.register(EVERYTHING);
	const { checkout } = bench;
	const held = await paid({ capture: false });
	await checkout.declineCapture(held.id);
	await checkout.void(held.id);
	const { id } = await paid();
	await checkout.declineRefund(id, 100);
	await checkout.returnPayment(id);
	const apm = await checkout.leaveToPay((await bench.createLink()).id);
	await checkout.succeed(apm.id, { order: 'captured-first' });
	const dispute = await checkout.dispute(apm.id);
	await checkout.moveDispute(dispute.id, 'won');
	expect(bench.types()).toEqual([
		'payment_approved',
		'payment_capture_declined',
		'payment_voided',
		'payment_approved',
		'payment_captured',
		'payment_refund_declined',
		'payment_returned',
		'payment_pending',
		'payment_captured',
		'payment_approved',
		'dispute_received',
		'dispute_won',
	]);
});

it('a dispute names its payment, not the lead', async () => {
	await bench.register(EVERYTHING);
	const payment = await paid();
	const dispute = await bench.checkout.dispute(payment.id, { amount: 1000 });
	expect(bench.last('dispute_received').event.data).toMatchObject({
		id: dispute.id,
		payment_id: payment.id,
		amount: 1000,
	});
	expect(bench.last('dispute_received').event.data).not.toHaveProperty('metadata');
});

it('a link that expires sends nothing', async () => {
	await bench.register(EVERYTHING);
	const link = await bench.createLink({ expires_in: 1 });
	now += 2000;
	expect(await bench.client.paymentLinks.get(link.id)).toMatchObject({ status: 'Expired' });
	expect(bench.checkout.deliveries.attempts).toEqual([]);
});

it('metadata comes back as text when that is switched on', async () => {
	bench.checkout.settings.metadataAsText = true;
	await bench.register(EVERYTHING);
	await paid({ metadata: { partner_id: 123_989 } });
	expect(bench.last('payment_captured').event.data['metadata']).toEqual({ partner_id: '123989' });
});

it('the other envelope has timestamp, source and invocations', async () => {
	bench.checkout.settings.envelope = 'timestamp';
	await bench.register(EVERYTHING);
	await paid();
	const { event } = bench.last('payment_captured');
	expect(event).not.toHaveProperty('created_on');
	expect(event).toMatchObject({ source: 'gateway', timestamp: '2026-11-20T12:00:00.000Z' });
	expect(validateCheckoutJson('GET /workflows/events/{id}', 'response:200', event)).toEqual([]);
});

it('awkward bodies verify as they are and not when printed again', async () => {
	bench.checkout.settings.awkwardBytes = true;
	await bench.register(EVERYTHING);
	await paid();
	const { body, headers } = bench.last('payment_captured');
	expect(body).toContain('Widget®');
	expect(body).toContain('"rate":20.00}');
	const again = createHmac('sha256', SIGNATURE_KEY).update(JSON.stringify(JSON.parse(body)));
	expect(again.digest('hex')).not.toBe(headers['cko-signature']);
});
