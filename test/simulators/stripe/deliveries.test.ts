import Stripe from 'stripe';
import { oneTimeLink, startBench, until, type Bench } from './test-stripe';

let now = Date.UTC(2026, 10, 20, 12);
let bench: Bench;
beforeEach(async () => {
	bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

/** Pays a new link and waits until every webhook is answered or given up. */
async function payAndSettle(): Promise<{ paymentIntentId: string; sessionId: string }> {
	const link = await bench.client.paymentLinks.create(oneTimeLink());
	const paid = await bench.stripe.pay(link.id);
	await bench.stripe.deliveries.settled();
	return paid;
}

function times(header: string): number {
	return Number(/t=(\d+)/.exec(header)?.[1]);
}

it('go to endpoints that listen to the type, and to no others', async () => {
	await bench.register(['checkout.session.completed']);
	await payAndSettle();
	expect(bench.types()).toEqual(['checkout.session.completed']);
	expect(bench.receiver.received[0]?.event).toMatchObject({
		object: 'event',
		livemode: false,
		pending_webhooks: 1,
		request: { id: null, idempotency_key: null },
	});
});

it('carry pretty-printed JSON, so that parsing and printing again breaks the signature', async () => {
	await bench.register(['payment_intent.succeeded']);
	await payAndSettle();
	const { body, signature, event } = bench.last('payment_intent.succeeded');
	expect(body).toBe(JSON.stringify(JSON.parse(body), null, 2));
	const [secret = ''] = bench.receiver.secrets;
	expect(() => Stripe.webhooks.constructEvent(JSON.stringify(event), signature, secret)).toThrow(
		Stripe.errors.StripeSignatureVerificationError,
	);
});

it('name the request that caused them', async () => {
	await bench.register(['refund.created']);
	const { paymentIntentId } = await payAndSettle();
	const refund = await bench.client.refunds.create(
		{ payment_intent: paymentIntentId, amount: 100 },
		{ idempotencyKey: 'refund-1' },
	);
	await bench.stripe.deliveries.settled();
	expect(bench.last('refund.created').event.request).toEqual({
		id: refund.lastResponse.requestId,
		idempotency_key: 'refund-1',
	});
});

it('leave after the answer to the call that caused them', async () => {
	await bench.register(['payment_link.created']);
	bench.stripe.faults.add({ kind: 'delay', ms: 200, method: 'POST', times: 1 });
	const answered = bench.client.paymentLinks.create(oneTimeLink());
	await until(() => bench.stripe.store.events.size === 1);
	expect(bench.stripe.deliveries.attempts).toEqual([]);
	await answered;
	await bench.stripe.deliveries.settled();
	expect(bench.types()).toEqual(['payment_link.created']);
});

describe('retries', () => {
	it('come three times, each signed at its own time, and then stop', async () => {
		await bench.register(['payment_intent.succeeded']);
		bench.receiver.answers = [500, 404, 302, 503, 200];
		bench.receiver.beforeAnswer = () => void (now += 3_600_000);
		await payAndSettle();
		const signedAt = bench.receiver.received.map(({ signature }) => times(signature));
		const [first = 0] = signedAt;
		expect(signedAt.map((at) => at - first)).toEqual([0, 3600, 7200, 10_800]);
		expect(new Set(bench.receiver.received.map(({ event }) => event.id)).size).toBe(1);
		expect(bench.stripe.deliveries.failed).toHaveLength(1);
	});

	it.each(['disabled', 'deleted'] as const)('end once the endpoint is %s', async (how) => {
		const { id } = await bench.register(['payment_intent.succeeded']);
		bench.receiver.failing = ['payment_intent.succeeded'];
		bench.receiver.beforeAnswer = async () => {
			if (how === 'deleted') await bench.client.webhookEndpoints.del(id);
			else await bench.client.webhookEndpoints.update(id, { disabled: true });
		};
		await payAndSettle();
		expect(bench.receiver.received).toHaveLength(1);
	});

	it('of a live account go on for three days', async () => {
		const secretKey = ['sk', 'live', 'simulated', 'merchant'].join('_');
		const live = await startBench({ now: () => now, secretKey });
		await live.register(['payment_intent.succeeded']);
		live.receiver.failing = ['payment_intent.succeeded'];
		const link = await live.client.paymentLinks.create(oneTimeLink());
		await live.stripe.pay(link.id);
		await live.stripe.deliveries.settled();
		expect(live.receiver.received.length).toBeGreaterThan(5);
		expect(live.receiver.received[0]?.event.livemode).toBe(true);
		await live.close();
	});
});

describe('signatures', () => {
	it('carry one v1 for each secret while a roll overlaps, then only the new one', async () => {
		const endpoint = await bench.register(['payment_intent.succeeded']);
		const [old = ''] = bench.receiver.secrets;
		const rolled = bench.stripe.rollSecret(endpoint.id);
		await payAndSettle();
		const during = bench.last('payment_intent.succeeded');
		expect(during.signature.match(/v1=/g)).toHaveLength(2);
		for (const secret of [old, rolled]) {
			expect(
				Stripe.webhooks.constructEvent(during.body, during.signature, secret, 1, undefined, now)
					.type,
			).toBe('payment_intent.succeeded');
		}

		now += 25 * 60 * 60 * 1000;
		bench.receiver.secrets = [rolled];
		await payAndSettle();
		expect(bench.last('payment_intent.succeeded').signature.match(/v1=/g)).toHaveLength(1);
	});

	it('carry a fake v0 when asked, which proves nothing', async () => {
		bench.stripe.settings.signV0 = true;
		await bench.register(['payment_intent.succeeded']);
		await payAndSettle();
		expect(bench.last('payment_intent.succeeded').signature).toMatch(/,v0=[0-9a-f]{64}$/);
	});
});

describe('what goes wrong on the way', () => {
	it('is a duplicate with the same event id', async () => {
		bench.stripe.deliveries.copies = 2;
		await bench.register(['payment_intent.succeeded']);
		await payAndSettle();
		expect(new Set(bench.receiver.received.map(({ event }) => event.id)).size).toBe(1);
		expect(bench.receiver.received).toHaveLength(2);
	});

	it('is a twin: another event id with the same object', async () => {
		await bench.register(['payment_intent.succeeded']);
		await payAndSettle();
		const { event } = bench.last('payment_intent.succeeded');
		await bench.stripe.twinEvent(event.id);
		await bench.stripe.deliveries.settled();
		const twin = bench.last('payment_intent.succeeded').event;
		expect(twin.id).not.toBe(event.id);
		expect(twin.data.object).toEqual(event.data.object);
	});

	it('is a reversed order', async () => {
		await bench.register(['charge.succeeded', 'payment_intent.succeeded', 'charge.updated']);
		bench.stripe.deliveries.hold();
		const link = await bench.client.paymentLinks.create(oneTimeLink());
		await bench.stripe.pay(link.id);
		bench.stripe.deliveries.releaseReversed();
		await bench.stripe.deliveries.settled();
		expect(bench.stripe.deliveries.attempts.map(({ deliveryId }) => typeOf(deliveryId))).toEqual([
			'charge.updated',
			'payment_intent.succeeded',
			'charge.succeeded',
		]);
	});

	it('is mended by a manual resend', async () => {
		await bench.register(['payment_intent.succeeded']);
		bench.stripe.deliveries.losing = true;
		await payAndSettle();
		bench.stripe.deliveries.losing = false;
		const [missed] = (await bench.client.events.list({ delivery_success: false })).data;
		expect(missed?.type).toBe('payment_intent.succeeded');
		await bench.stripe.resend(String(missed?.id));
		await bench.stripe.deliveries.settled();
		expect(bench.last('payment_intent.succeeded').event.id).toBe(missed?.id);
		expect((await bench.client.events.list({ delivery_success: false })).data).toEqual([]);
	});
});

/** Type of the event a delivery (`<event>/<endpoint>`) is about. */
function typeOf(deliveryId: string): string | undefined {
	return bench.stripe.store.events.find(deliveryId.split('/')[0])?.type;
}
