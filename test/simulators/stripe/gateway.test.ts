import { parseMoney } from '../../../nodes/core/money';
import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../../nodes/core/payment-event';
import type {
	GatewayContext,
	LinkRequest,
	PaymentFilter,
	RegistrationRequest,
	WebhookRegistration,
} from '../../../nodes/gateways/gateway';
import { stripe as gateway } from '../../../nodes/StripePayments/gateway';
import { axiosSend } from '../../http/axios-send';
import { startBench, type Bench, type Received } from './test-stripe';

const LEAD = 31415926;
const start = Date.UTC(2026, 10, 20, 9);

let bench: Bench;
let context: GatewayContext;
let registration: WebhookRegistration;
let now = start;

beforeEach(async () => {
	now = start;
	bench = await startBench({ now: () => now });
	context = {
		send: axiosSend(bench.stripe.url, bench.stripe.secretKey),
		now: () => now,
		live: false,
	};
	registration = await register();
});
afterEach(() => bench.close());

const request: LinkRequest = {
	leadId: LEAD,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Gold',
	customer: { name: null, email: 'client@example.com', phone: null },
	existingLink: null,
	options: {},
};

function registrationRequest(changes: Partial<RegistrationRequest> = {}): RegistrationRequest {
	return {
		url: bench.receiver.url,
		types: PAYMENT_EVENT_TYPES,
		label: 'n8n workflow "Payments"',
		options: {},
		...changes,
	};
}

function registrar() {
	if (!gateway.registration) throw new Error('Stripe has no registration');
	return gateway.registration;
}

async function register(changes: Partial<RegistrationRequest> = {}): Promise<WebhookRegistration> {
	const made = await registrar().create(registrationRequest(changes), context);
	bench.receiver.secrets.push(made.secret);
	return made;
}

/** Makes a link for the lead. */
async function createLink(changes: Partial<LinkRequest> = {}) {
	return await gateway.paymentLinks.create({ ...request, ...changes }, context);
}

/** What the webhook was told since the last time, a second later. */
async function told(): Promise<PaymentEvent[]> {
	await bench.stripe.deliveries.settled();
	const events: PaymentEvent[] = [];
	for (const received of bench.receiver.received.splice(0)) {
		events.push(...(await eventsOf(received)));
	}
	now += 1000;
	return events;
}

async function eventsOf({ body, signature }: Received): Promise<PaymentEvent[]> {
	const verdict = gateway.webhook.verify(
		{ rawBody: Buffer.from(body), headers: { 'stripe-signature': signature } },
		{ secrets: [registration.secret], toleranceSeconds: 300, nowMs: now },
	);
	expect(verdict).toEqual({ genuine: true });
	const delivered = gateway.webhook.read(JSON.parse(body));
	const events = await gateway.toPaymentEvents(JSON.parse(body), context);
	for (const { type } of events) expect(delivered?.types).toContain(type);
	return events;
}

function short({ type, paymentId, leadId, amount }: PaymentEvent): string {
	return [type, paymentId, leadId, amount].join(' ');
}

async function list(changes: Partial<PaymentFilter> = {}): Promise<PaymentEvent[]> {
	const filter = { sinceMs: start, leadId: null, types: PAYMENT_EVENT_TYPES, options: {} };
	const events: PaymentEvent[] = [];
	for await (const event of gateway.payments.getMany({ ...filter, ...changes }, context)) {
		events.push(event);
	}
	return events;
}

describe('one payment is told as succeeded exactly once', () => {
	it('when a link is paid by card', async () => {
		const { url, reference } = await createLink();
		const paid = await bench.stripe.pay(url, { name: 'A client' });
		const events = await told();
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
		const { url } = await createLink({ options: { createInvoice: true } });
		const { paymentIntentId, invoiceId } = await bench.stripe.pay(url);
		expect(invoiceId).toMatch(/^in_/);
		expect((await told()).map(short)).toEqual([
			`payment.succeeded ${paymentIntentId} ${LEAD} 1999.00`,
		]);
	});

	it('when the card is refused first', async () => {
		const { url } = await createLink();
		const { sessionId, paymentIntentId } = await bench.stripe.decline(url, 'expired_card');
		const refused = await told();
		await bench.stripe.pay(sessionId);
		expect([...refused, ...(await told())].map(short)).toEqual([
			`payment.failed ${paymentIntentId} ${LEAD} 1999.00`,
			`payment.succeeded ${paymentIntentId} ${LEAD} 1999.00`,
		]);
		expect(refused[0]?.reason).toBe('the card has expired');
	});

	it('when a delayed method arrives', async () => {
		const { url } = await createLink();
		const { sessionId, paymentIntentId } = await bench.stripe.pay(url, { method: 'sepa_debit' });
		const before = await told();
		await bench.stripe.settleDelayed(sessionId, true);
		expect([...before, ...(await told())].map(short)).toEqual([
			`payment.pending ${paymentIntentId} ${LEAD} 1999.00`,
			`payment.succeeded ${paymentIntentId} ${LEAD} 1999.00`,
		]);
		expect(before[0]?.method).toBe('sepa_debit');
	});

	it('when a subscription starts, and again when it renews', async () => {
		const { url } = await createLink({ options: { interval: 'month' } });
		const { invoiceId, subscriptionId } = await bench.stripe.pay(url);
		const first = await told();
		const renewal = await bench.stripe.renew(String(subscriptionId));
		const second = await told();
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
		await registrar().remove(registration, context);
		registration = await register({ options: { includePaymentIntents: true } });
		const oneOff = await bench.stripe.pay((await createLink()).url);
		const { url } = await createLink({ options: { interval: 'year' } });
		const yearly = await bench.stripe.pay(url);
		const succeeded = (await told()).filter(({ type }) => type === 'payment.succeeded');
		expect(succeeded).toHaveLength(4);
		expect(new Set(succeeded.map(short))).toEqual(
			new Set([
				`payment.succeeded ${oneOff.paymentIntentId} ${LEAD} 1999.00`,
				`payment.succeeded ${yearly.invoiceId} ${LEAD} 1999.00`,
			]),
		);
	});
});

describe('what happens to a payment later', () => {
	it.each([
		['a single payment', ''],
		['a subscription', 'month'],
	])('is told under the same id: %s', async (_name, interval) => {
		const { url } = await createLink({ options: { interval } });
		const { paymentIntentId, invoiceId } = await bench.stripe.pay(url);
		const paymentId = interval === '' ? paymentIntentId : invoiceId;
		await told();

		await bench.stripe.refund(paymentIntentId, 50_000);
		const [part] = await told();
		const { id: refundId } = await bench.stripe.refund(paymentIntentId);
		const [full] = await told();
		await bench.stripe.failRefund(refundId);
		const [failed] = await told();
		expect([part, full, failed]).toMatchObject([
			{ paymentId, leadId: LEAD, refunded: { amount: '500.00', total: false } },
			{ paymentId, leadId: LEAD, refunded: { amount: '1999.00', total: true } },
			{ paymentId, leadId: LEAD, refunded: { amount: '500.00', total: false } },
		]);
		expect(failed?.reason).toBe('the card has expired or was canceled');

		const dispute = await bench.stripe.dispute(paymentIntentId);
		const opened = await told();
		await bench.stripe.closeDispute(dispute.id, true);
		expect([...opened, ...(await told())].map(short)).toEqual([
			`payment.disputed ${paymentId} ${LEAD} 1999.00`,
			`payment.dispute_closed ${paymentId} ${LEAD} 1999.00`,
		]);
	});

	it('is one event for each refund', async () => {
		const { paymentIntentId } = await bench.stripe.pay((await createLink()).url);
		await told();
		await bench.stripe.refund(paymentIntentId);
		expect(await told()).toHaveLength(1);
	});

	it('is a failure with a reason when a delayed payment bounces', async () => {
		const { url } = await createLink();
		const { sessionId } = await bench.stripe.pay(url, { method: 'sepa_debit' });
		await told();
		await bench.stripe.settleDelayed(sessionId, false);
		const events = await told();
		expect(new Set(events.map(({ type, reason }) => `${type}: ${reason}`))).toEqual(
			new Set(['payment.failed: the payment did not go through']),
		);
		// Told by the page and by the intent, at the same second: one meaning.
		expect(new Set(events.map(({ paymentId, occurredAt }) => paymentId + occurredAt)).size).toBe(1);
	});

	it('is a subscription that falls behind, catches up and ends', async () => {
		const { url } = await createLink({ options: { interval: 'month' } });
		const id = String((await bench.stripe.pay(url)).subscriptionId);
		await told();
		const invoice = await bench.stripe.failRenewal(id);
		const behind = await told();
		expect(behind.map(short)).toEqual(
			expect.arrayContaining([
				`payment.failed ${invoice.id} ${LEAD} 1999.00`,
				`subscription.past_due  ${LEAD} 1999.00`,
			]),
		);
		expect(behind.filter(({ type }) => type === 'payment.failed')).toMatchObject([
			{ reason: 'there is not enough money on the card or account' },
		]);
		await bench.stripe.renew(id);
		expect((await told()).map(short)).toContain(`payment.succeeded ${invoice.id} ${LEAD} 1999.00`);
		await bench.stripe.cancelSubscription(id);
		expect(await told()).toMatchObject([
			{
				type: 'subscription.canceled',
				leadId: LEAD,
				reason: 'canceled on request',
				subscription: { id, status: 'canceled', nextBillingAt: null },
			},
		]);
	});
});

describe('payment links', () => {
	it('are made once for one request', async () => {
		const first = await createLink();
		const second = await createLink();
		expect(second).toMatchObject({ linkId: first.linkId, url: first.url, reused: true });
		expect(bench.stripe.store.links.size).toBe(1);
	});

	it('are made anew for the same request once the first is paid', async () => {
		const first = await createLink();
		await bench.stripe.pay(first.url);
		const second = await createLink();
		expect(second).toMatchObject({ status: 'active', reused: false });
		expect(second.linkId).not.toBe(first.linkId);
		expect(second.reference).not.toBe(first.reference);
		expect(await gateway.paymentLinks.get(first.linkId, context)).toMatchObject({
			status: 'paid',
			leadId: LEAD,
			amount: '1999.00',
			reference: first.reference,
		});
	});

	it('are reused a week later as long as nothing changed', async () => {
		const first = await createLink();
		now += 7 * 24 * 60 * 60 * 1000;
		const existingLink = { id: first.linkId, url: first.url };
		expect(await createLink({ existingLink })).toMatchObject({
			linkId: first.linkId,
			reused: true,
		});
	});

	it('are replaced when the amount changed, back and forth', async () => {
		const first = await createLink();
		const existingLink = { id: first.linkId, url: first.url };
		const dearer = parseMoney('2500.00', 'EUR');
		const second = await createLink({ money: dearer, existingLink });
		expect(second).toMatchObject({ amount: '2500.00', reused: false });
		const third = await createLink({
			existingLink: { id: second.linkId, url: second.url },
		});
		expect(third).toMatchObject({ amount: '1999.00', status: 'active', reused: false });
		const active = bench.stripe.store.links.oldestFirst().filter(({ active: is }) => is);
		expect(active.map(({ id }) => id)).toEqual([third.linkId]);
	});

	it('are deactivated', async () => {
		const { linkId, url } = await createLink();
		const deactivated = await gateway.paymentLinks.deactivate?.(linkId, context);
		expect(deactivated).toMatchObject({ linkId, status: 'inactive', amount: '1999.00' });
		await expect(bench.stripe.pay(url)).rejects.toThrow();
	});

	it('are made for yen', async () => {
		const money = parseMoney('5000', 'JPY');
		const { url } = await createLink({ money });
		await bench.stripe.pay(url);
		expect(await told()).toMatchObject([{ amount: '5000', amountMinor: 5000, currency: 'JPY' }]);
	});

	it('below the minimum are refused in words', async () => {
		const money = parseMoney('0.10', 'EUR');
		await expect(createLink({ money })).rejects.toMatchObject({
			details: { requestId: expect.stringMatching(/^req_/) as string },
		});
	});
});

describe('the webhook', () => {
	const endpoints = () => bench.stripe.store.endpoints.oldestFirst();

	it('is found, repaired and switched on again', async () => {
		const [endpoint] = endpoints();
		if (!endpoint) throw new Error('No endpoint');
		endpoint.status = 'disabled';
		const events = [...endpoint.enabled_events];
		endpoint.enabled_events = ['charge.failed'];
		const found = await registrar().check(registration, registrationRequest(), context);
		expect(found).toBe(true);
		expect(endpoints()).toMatchObject([{ status: 'enabled', enabled_events: events }]);
	});

	it('whose secret was lost is made anew', async () => {
		const again = await registrar().create(registrationRequest(), context);
		expect(again.webhookId).not.toBe(registration.webhookId);
		expect(endpoints().map(({ id }) => id)).toEqual([again.webhookId]);
	});

	it('is removed, once and for all', async () => {
		await registrar().remove(registration, context);
		expect(endpoints()).toEqual([]);
		await registrar().remove(registration, context);
		expect(await registrar().check(registration, registrationRequest(), context)).toBe(false);
	});

	it('is refused in words when there are sixteen', async () => {
		for (let index = 0; index < 15; index += 1) {
			await register({ url: `${bench.receiver.url}/${index}` });
		}
		await expect(register({ url: `${bench.receiver.url}/one-more` })).rejects.toThrow(
			'Stripe allows 16 webhooks per account, and there are 16 already.',
		);
		expect(endpoints()).toHaveLength(16);
		const again = await register();
		expect(again.webhookId).not.toBe(registration.webhookId);
	});
});

describe('asking for payments', () => {
	it('gives the events that the webhook missed, with the ids it would have had', async () => {
		const received = await bench.stripe.pay((await createLink()).url);
		await told();
		bench.stripe.deliveries.losing = true;
		const other = parseMoney('5.00', 'EUR');
		const lost = await bench.stripe.pay((await createLink({ money: other })).url);
		const all = await list();
		const undelivered = await list({ options: { undeliveredOnly: true } });
		expect(all.map(({ paymentId }) => paymentId)).toEqual([
			lost.paymentIntentId,
			received.paymentIntentId,
		]);
		expect(undelivered).toMatchObject([
			{ eventId: expect.stringMatching(/^evt_/) as string, paymentId: lost.paymentIntentId },
		]);
	});

	it('understands an account whose version is older than basil', async () => {
		bench.stripe.settings.apiVersion = '2025-02-24.acacia';
		const { url } = await createLink({ options: { interval: 'month' } });
		const { invoiceId, paymentIntentId } = await bench.stripe.pay(url);
		await bench.stripe.refund(paymentIntentId);
		const events = await list({ types: ['payment.succeeded', 'payment.refunded'] });
		expect(events.map(short)).toEqual([
			`payment.refunded ${invoiceId} ${LEAD} 1999.00`,
			`payment.succeeded ${invoiceId} ${LEAD} 1999.00`,
		]);
		expect(events[1]?.raw).toMatchObject({ api_version: '2025-02-24.acacia' });
	});

	it('gives one payment as it stands, by any of its ids', async () => {
		const { url } = await createLink({ options: { interval: 'month' } });
		const { invoiceId, paymentIntentId, sessionId } = await bench.stripe.pay(url);
		const chargeId = String(bench.stripe.store.paymentIntents.get(paymentIntentId).latest_charge);
		for (const id of [String(invoiceId), paymentIntentId, sessionId, chargeId]) {
			const state = await gateway.payments.get(id, context);
			expect(state && short(state)).toBe(`payment.succeeded ${invoiceId} ${LEAD} 1999.00`);
		}
		now += 5000;
		await bench.stripe.refund(paymentIntentId, 100);
		expect(await gateway.payments.get(paymentIntentId, context)).toMatchObject({
			type: 'payment.refunded',
			paymentId: invoiceId,
			refunded: { amount: '1.00', total: false },
			occurredAt: '2026-11-20T09:00:05.000Z',
		});
	});

	it('tells of a dispute until it is closed, and how it was', async () => {
		const { paymentIntentId } = await bench.stripe.pay((await createLink()).url);
		const { id } = await bench.stripe.dispute(paymentIntentId);
		const open = await gateway.payments.get(paymentIntentId, context);
		await bench.stripe.closeDispute(id, false);
		const closed = await gateway.payments.get(paymentIntentId, context);
		expect([open, closed]).toMatchObject([
			{ type: 'payment.disputed', paymentId: paymentIntentId },
			{ type: 'payment.dispute_closed', paymentId: paymentIntentId, reason: 'lost' },
		]);
	});
});
