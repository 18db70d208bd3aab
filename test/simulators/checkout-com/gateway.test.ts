import { parseMoney } from '../../../nodes/core/money';
import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../../nodes/core/payment-event';
import { checkoutCom as gateway } from '../../../nodes/CheckoutComPayments/gateway';
import type {
	GatewayContext,
	LinkRequest,
	PaymentFilter,
	RegistrationRequest,
	WebhookRegistration,
} from '../../../nodes/gateways/gateway';
import { axiosSend } from '../../http/axios-send';
import { listen, rawBodyApp } from '../http/server';
import { startCheckoutCom, type CheckoutComSimulator } from '.';

const LEAD = 31415926;
const start = Date.UTC(2026, 10, 20, 9);

interface Received {
	body: Buffer;
	signature: string;
}

let checkout: CheckoutComSimulator;
let context: GatewayContext;
let registration: WebhookRegistration;
let hook: Awaited<ReturnType<typeof startHook>>;
let now = start;

async function startHook() {
	const received: Received[] = [];
	const app = rawBodyApp();
	app.post('/hook', (req, res) => {
		received.push({
			body: req.body as Buffer,
			signature: String(req.headers['cko-signature']),
		});
		res.status(200).end();
	});
	const server = await listen(app);
	return { url: `${server.url}/hook`, received, close: server.close };
}

beforeEach(async () => {
	now = start;
	checkout = await startCheckoutCom({ now: () => now, timeScale: 1e7 });
	hook = await startHook();
	context = {
		send: axiosSend(checkout.url, checkout.secretKey),
		now: () => now,
		live: false,
	};
	registration = await registrar().create(registrationRequest(), context);
});
afterEach(async () => {
	await checkout.close();
	await hook.close();
});

const request: LinkRequest = {
	leadId: LEAD,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Gold',
	customer: { name: 'A client', email: 'client@example.com', phone: null },
	existingLink: null,
	options: { billingCountry: 'GB' },
};

function registrationRequest(changes: Partial<RegistrationRequest> = {}): RegistrationRequest {
	return {
		url: hook.url,
		types: PAYMENT_EVENT_TYPES,
		label: 'n8n workflow "Payments"',
		options: {},
		...changes,
	};
}

function registrar() {
	if (!gateway.registration) throw new Error('Checkout.com has no registration');
	return gateway.registration;
}

async function createLink(changes: Partial<LinkRequest> = {}) {
	return await gateway.paymentLinks.create({ ...request, ...changes }, context);
}

/** What the webhook was told since the last time, a second later. */
async function told(): Promise<PaymentEvent[]> {
	await checkout.deliveries.settled();
	const events: PaymentEvent[] = [];
	for (const received of hook.received.splice(0)) events.push(...(await eventsOf(received)));
	now += 1000;
	return events;
}

async function eventsOf({ body, signature }: Received): Promise<PaymentEvent[]> {
	const verdict = gateway.webhook.verify(
		{ rawBody: body, headers: { 'cko-signature': signature } },
		{ secrets: [registration.secret], toleranceSeconds: 0, nowMs: now },
	);
	expect(verdict).toEqual({ genuine: true });
	const parsed: unknown = JSON.parse(body.toString('utf8'));
	const events = await gateway.toPaymentEvents(parsed, context);
	for (const { type } of events) expect(gateway.webhook.read(parsed)?.types).toContain(type);
	return events;
}

function short({ type, paymentId, leadId, amount, refunded }: PaymentEvent): string {
	return [type, paymentId, leadId, amount, ...(refunded ? [refunded.amount] : [])].join(' ');
}

async function list(changes: Partial<PaymentFilter> = {}): Promise<PaymentEvent[]> {
	const filter = { sinceMs: start, leadId: LEAD, types: [], options: {} };
	const events: PaymentEvent[] = [];
	for await (const event of gateway.payments.getMany({ ...filter, ...changes }, context)) {
		events.push(event);
	}
	return events;
}

describe('one payment is told as succeeded exactly once', () => {
	it.each(['approved-first', 'captured-first'] as const)(
		'when a link is paid by card, %s',
		async (order) => {
			const { url, reference } = await createLink();
			const { id } = await checkout.pay(url, { order });
			expect(await told()).toEqual([
				expect.objectContaining({
					type: 'payment.succeeded',
					paymentId: id,
					leadId: LEAD,
					contactId: 8,
					responsibleUserId: 9,
					reference,
					amount: '1999.00',
					currency: 'EUR',
					live: false,
					method: 'card',
					customer: { name: 'A client', email: 'client@example.com', phone: null },
				}),
			]);
		},
	);

	it('when the body has bytes that re-serialising would change', async () => {
		Object.assign(checkout.settings, { awkwardBytes: true, metadataAsText: true });
		const { id } = await checkout.pay((await createLink()).url);
		expect((await told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
	});

	it('when the envelope is that of the API', async () => {
		checkout.settings.envelope = 'timestamp';
		const { id } = await checkout.pay((await createLink()).url);
		expect((await told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
	});

	it('when a first attempt is declined', async () => {
		const { url } = await createLink();
		const declined = await checkout.decline(url, '20051');
		const failed = await told();
		const paid = await checkout.pay(url);
		expect([...failed, ...(await told())].map(short)).toEqual([
			`payment.failed ${declined.id} ${LEAD} 1999.00`,
			`payment.succeeded ${paid.id} ${LEAD} 1999.00`,
		]);
		expect(failed[0]?.reason).toBe('there is not enough money on the card or account');
	});

	it('when the client pays at another party', async () => {
		const { url } = await createLink();
		const { id } = await checkout.leaveToPay(url, 'ideal');
		const pending = await told();
		await checkout.succeed(id);
		expect([...pending, ...(await told())].map(short)).toEqual([
			`payment.pending ${id} ${LEAD} 1999.00`,
			`payment.succeeded ${id} ${LEAD} 1999.00`,
		]);
		expect(pending[0]?.method).toBe('ideal');
	});

	it('when the merchant captures by hand, in two parts', async () => {
		const { url } = await createLink({ options: { billingCountry: 'GB', capture: 'manual' } });
		const { id } = await checkout.pay(url);
		expect(await told()).toEqual([]);
		await checkout.capture(id, 50_000);
		const [part] = await told();
		await checkout.capture(id);
		const [rest] = await told();
		expect([part, rest]).toMatchObject([
			{ type: 'payment.pending', reason: '500.00 EUR captured so far' },
			{ type: 'payment.succeeded', amount: '1999.00' },
		]);
	});
});

describe('what happens to a payment later', () => {
	it('is told under the same id', async () => {
		const { id } = await checkout.pay((await createLink()).url);
		await told();
		await checkout.refund(id, 50_000);
		await checkout.declineRefund(id, 10_000);
		const first = await told();
		await checkout.refund(id);
		expect([...first, ...(await told())].map(short)).toEqual([
			`payment.refunded ${id} ${LEAD} 1999.00 500.00`,
			`payment.refunded ${id} ${LEAD} 1999.00 500.00`,
			`payment.refunded ${id} ${LEAD} 1999.00 1999.00`,
		]);
	});

	it.each([
		['won', 'won'],
		['lost', 'lost'],
		['accepted', 'lost'],
		['canceled', 'won'],
	])('is a dispute with its lead, and how it ended: %s', async (outcome, reason) => {
		const { id } = await checkout.pay((await createLink()).url);
		await told();
		const dispute = await checkout.dispute(id);
		const [opened] = await told();
		await checkout.moveDispute(dispute.id, outcome);
		const [closed] = await told();
		expect([opened, closed]).toMatchObject([
			{ type: 'payment.disputed', paymentId: id, leadId: LEAD, amount: '1999.00' },
			{ type: 'payment.dispute_closed', paymentId: id, leadId: LEAD, reason },
		]);
	});

	it.each<[string, (id: string) => Promise<unknown>, string]>([
		['expires', async (id) => await checkout.expirePayment(id), 'the client did not pay in time'],
		['is canceled', async (id) => await checkout.cancel(id), 'the client canceled the payment'],
	])('is a failure when a pending payment %s', async (_name, end, reason) => {
		const { id } = await checkout.leaveToPay((await createLink()).url);
		await told();
		await end(id);
		expect(await told()).toMatchObject([{ type: 'payment.failed', leadId: LEAD, reason }]);
	});

	it('is a failure when an authorization is voided', async () => {
		const { id } = await checkout.pay((await createLink()).url, { capture: false });
		await checkout.void(id);
		expect(await told()).toMatchObject([
			{ type: 'payment.failed', reason: 'the authorization was voided' },
		]);
	});

	it('is a refund when an alternative method takes the money back', async () => {
		const { id } = await checkout.pay((await createLink()).url, { method: 'ideal' });
		await told();
		await checkout.returnPayment(id);
		expect((await told()).map(short)).toEqual([`payment.refunded ${id} ${LEAD} 1999.00 1999.00`]);
	});
});

describe('what a webhook lost is found by looking at the lead', () => {
	it('and says the same at the same second', async () => {
		const { url } = await createLink();
		await checkout.decline(url, '20051');
		const { id } = await checkout.pay(url);
		const webhooks = await told();
		await checkout.refund(id, 50_000);
		now += 60_000;
		await checkout.refund(id);
		webhooks.push(...(await told()));

		const meaning = ({ type, paymentId, occurredAt, reason, refunded }: PaymentEvent) => [
			type,
			paymentId,
			occurredAt.slice(0, 19),
			reason,
			refunded?.amountMinor,
		];
		expect(new Set((await list()).map(meaning))).toEqual(new Set(webhooks.map(meaning)));
	});

	it('over all links of the lead, and nothing of other leads', async () => {
		const first = await createLink();
		const one = await checkout.pay(first.url);
		const second = await createLink({ existingLink: { id: first.linkId, url: first.url } });
		const two = await checkout.pay(second.url);
		await checkout.pay((await createLink({ leadId: 7 })).url);
		expect((await list()).map(({ paymentId }) => paymentId)).toEqual([two.id, one.id]);
		expect(await list({ sinceMs: now + 1 })).toEqual([]);
		expect(await list({ types: ['payment.refunded'] })).toEqual([]);
		expect(await list({ leadId: 8 })).toEqual([]);
	});

	it('or at a link, as it stands now', async () => {
		const { linkId, url, reference } = await createLink();
		for (const id of [linkId, url, String(reference)]) {
			expect(await gateway.payments.get(id, context)).toBeNull();
		}
		const payment = await checkout.pay(url);
		await checkout.refund(payment.id, 50_000);
		for (const id of [linkId, url, String(reference), payment.id, payment.sessionId]) {
			const state = await gateway.payments.get(id, context);
			expect(state && short(state)).toBe(`payment.refunded ${payment.id} ${LEAD} 1999.00 500.00`);
		}
	});
});

describe('links', () => {
	it('are handed back while they can be paid, and replaced then', async () => {
		const first = await createLink();
		const existingLink = { id: null, url: first.url };
		expect(await createLink({ existingLink })).toMatchObject({
			linkId: first.linkId,
			url: first.url,
			reused: true,
			expiresAt: first.expiresAt,
		});
		now += 86_400_000;
		expect(await gateway.paymentLinks.get(first.linkId, context, null)).toMatchObject({
			status: 'expired',
		});
		const second = await createLink({ existingLink });
		expect(second).toMatchObject({ reused: false, status: 'active' });
		expect(second.linkId).not.toBe(first.linkId);
	});

	it('are not made again for what was paid by a link that was never saved', async () => {
		const { id } = await checkout.pay((await createLink()).url);
		await expect(createLink()).rejects.toThrow(
			`has paid exactly this already: 1999.00 EUR, payment ${id}`,
		);
		expect((await createLink({ description: 'Gold, second year' })).reused).toBe(false);
		await checkout.refund(id);
		expect((await createLink()).reused).toBe(false);
	});

	const attempts = () => checkout.log.of('POST', /payment-links/).length;

	it.each(['dropAfter', 'drop'] as const)(
		'are asked for once more, after a look, when no answer came (%s)',
		async (kind) => {
			checkout.faults.add({ kind, method: 'POST', path: /payment-links/, times: 1 });
			const { url } = await createLink();
			expect(attempts()).toBe(2);
			const requests = checkout.log.entries.filter(({ path }) => /pay/.test(path));
			expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST']);
			const { id } = await checkout.pay(url);
			expect((await told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
		},
	);

	it('are given up when there is no answer again', async () => {
		checkout.faults.add({
			kind: 'answerAfter',
			status: 502,
			method: 'POST',
			path: /payment-links/,
		});
		await expect(createLink()).rejects.toThrow('a problem of its own (status 502)');
		expect(attempts()).toBe(2);
	});

	it('are refused in words when the key needs a processing channel', async () => {
		checkout.settings.requireProcessingChannel = true;
		await expect(createLink()).rejects.toThrow('the processing channel is missing or wrong');
		context = { ...context, settings: { processingChannelId: checkout.processingChannelId } };
		expect((await createLink()).status).toBe('active');
	});
});

describe('the webhook that a trigger registers', () => {
	const workflows = () => [...checkout.store.workflows.values()];
	const only = () => {
		const [workflow, ...others] = workflows();
		if (!workflow || others.length > 0) throw new Error(`${workflows().length} workflows`);
		return workflow;
	};
	const check = async (changes: Partial<RegistrationRequest> = {}) =>
		await registrar().check(registration, registrationRequest(changes), context);
	const register = async (changes: Partial<RegistrationRequest> = {}) =>
		await registrar().create(registrationRequest(changes), context);
	const writes = () => checkout.log.entries.filter(({ method }) => method !== 'GET').length;

	it('is named after the workflow, and signs with a key of ours', () => {
		const { id, name, active, actions, conditions } = only();
		expect(registration).toEqual({
			webhookId: id,
			secret: expect.any(String) as string,
			live: false,
		});
		expect(registration.secret).toMatch(/^[0-9a-f]{64}$/);
		expect(name).toMatch(/^n8n workflow "Payments" \(kommo-payments [0-9a-f]{12}\)$/);
		expect(active).toBe(true);
		expect(actions).toEqual([
			expect.objectContaining({
				url: hook.url,
				signature: { method: 'HMACSHA256', key: registration.secret },
			}),
		]);
		expect(conditions).toEqual([expect.objectContaining({ type: 'event' })]);
	});

	it('listens to nothing that would tell of a payment before it is paid', () => {
		const [condition] = only().conditions;
		const { events } = condition as { events: Record<string, string[]> };
		expect(Object.keys(events)).toEqual(['gateway', 'dispute']);
		expect(events['gateway']).toContain('payment_captured');
		expect(events['gateway']).not.toContain('payment_approved');
	});

	it('tells of authorizations when asked to', async () => {
		await registrar().remove(registration, context);
		registration = await register({ options: { includeAuthorizations: true } });
		await checkout.pay((await createLink()).url);
		expect((await told()).map(({ type }) => type)).toEqual([
			'payment.pending',
			'payment.succeeded',
		]);
	});

	it('is left alone while nothing has changed', async () => {
		const before = writes();
		expect(await check()).toBe(true);
		expect(writes()).toBe(before);
	});

	it('is repaired when somebody changed or stopped it, or other events are wanted', async () => {
		const workflow = only();
		workflow.active = false;
		workflow.actions[0]!.url = 'https://elsewhere.example.com';
		workflow.actions[0]!.signature = { method: 'HMACSHA256', key: 'another' };
		expect(await check({ types: ['payment.succeeded', 'payment.disputed'] })).toBe(true);
		expect(only()).toMatchObject({
			id: registration.webhookId,
			active: true,
			actions: [{ url: hook.url, signature: { key: registration.secret } }],
			conditions: [
				{
					events: {
						gateway: ['payment_captured', 'payment_voided'],
						dispute: ['dispute_evidence_required', 'dispute_received'],
					},
				},
			],
		});
		const { id } = await checkout.pay((await createLink()).url);
		expect((await told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
	});

	it('keeps a filter that a person added, and follows the processing channel of the credential', async () => {
		only().conditions.push({ id: 'wfc_by_hand', type: 'entity', entities: ['ent_1'] });
		const channel = checkout.processingChannelId;
		const withChannel = { ...context, settings: { processingChannelId: channel } };
		const types = () => only().conditions.map(({ type }) => type);
		await registrar().check(registration, registrationRequest(), withChannel);
		expect(types().sort()).toEqual(['entity', 'event', 'processing_channel']);
		await registrar().check(registration, registrationRequest(), context);
		expect(types().sort()).toEqual(['entity', 'event']);
	});

	it('is repaired when Checkout.com hides its key', async () => {
		checkout.settings.showSignatureKeys = false;
		expect(await check()).toBe(true);
		expect(only().actions[0]?.signature?.key).toBe(registration.secret);
	});

	it('does not exist once somebody deleted it, or the trigger has another address', async () => {
		expect(await check({ url: `${hook.url}/moved` })).toBe(false);
		checkout.store.workflows.clear();
		expect(await check()).toBe(false);
	});

	it('is taken over under a new key when an earlier activation left it behind', async () => {
		const before = only();
		const twin = structuredClone(before);
		checkout.store.workflows.set('wf_twin', { ...twin, id: 'wf_twin' });
		const again = await register();
		expect(again.webhookId).toBe(before.id);
		expect(again.secret).not.toBe(registration.secret);
		expect(only().actions).toMatchObject([{ url: hook.url, signature: { key: again.secret } }]);
	});

	it("is never another trigger's or another person's", async () => {
		const other = await register({ url: `${hook.url}/other` });
		const byHand = { ...structuredClone(workflows()[0]!), id: 'wf_by_hand', name: 'My webhook' };
		checkout.store.workflows.set(byHand.id, byHand);
		await register();
		await registrar().remove(registration, context);
		expect(workflows().map(({ id }) => id)).toEqual([other.webhookId, 'wf_by_hand']);
	});

	it('is found again when the answer to its creation was lost', async () => {
		await registrar().remove(registration, context);
		checkout.faults.add({ kind: 'dropAfter', method: 'POST', path: /\/workflows$/, times: 1 });
		registration = await register();
		expect(only()).toMatchObject({
			id: registration.webhookId,
			actions: [{ signature: { key: registration.secret } }],
		});
	});

	it('is removed, once or twice', async () => {
		await registrar().remove(registration, context);
		await registrar().remove(registration, context);
		expect(workflows()).toEqual([]);
	});

	it('is refused in words when the key may not manage workflows', async () => {
		checkout.settings.keyMayUseWorkflows = false;
		await expect(register()).rejects.toMatchObject({
			message: 'The Checkout.com key may not do this.',
			details: { hint: expect.stringContaining('workflows') as string },
		});
	});

	it('needs an event that Checkout.com has', async () => {
		await expect(register({ types: ['subscription.updated'] })).rejects.toThrow(
			'Choose at least one that it has',
		);
	});
});
