import { parseMoney } from '../../../nodes/core/money';
import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../../nodes/core/payment-event';
import { flutterwave as gateway } from '../../../nodes/FlutterwavePayments/gateway';
import { listPaymentPlans } from '../../../nodes/FlutterwavePayments/gateway/payment-plans';
import type { GatewayContext, LinkRequest, PaymentFilter } from '../../../nodes/gateways/gateway';
import { axiosSend } from '../../http/axios-send';
import { timedOut } from '.';
import { SECRET_HASH, startBench, type Bench, type Received } from './test-flutterwave';

const LEAD = 31415926;
const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 20, 9);

let bench: Bench;
let context: GatewayContext;
let now = start;

beforeEach(async () => {
	now = start;
	bench = await startBench({ now: () => now });
	context = contextWith(bench.flutterwave.secretKey);
});
afterEach(() => bench.close());

function contextWith(secretKey: string): GatewayContext {
	return { send: axiosSend(bench.flutterwave.url, secretKey), now: () => now, live: false };
}

const request: LinkRequest = {
	leadId: LEAD,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('7500.50', 'NGN'),
	description: 'Website relaunch',
	customer: { name: 'A client', email: 'client@example.com', phone: '+2348012345678' },
	existingLink: null,
	options: {},
};

async function createLink(changes: Partial<LinkRequest> = {}) {
	return await gateway.paymentLinks.create({ ...request, ...changes }, context);
}

/** What the webhook was told since the last time, two minutes later. */
async function told(): Promise<PaymentEvent[]> {
	await bench.flutterwave.deliveries.settled();
	const events: PaymentEvent[] = [];
	for (const received of bench.receiver.received.splice(0)) {
		events.push(...(await eventsOf(received)));
	}
	now += 2 * MINUTE;
	return events;
}

async function eventsOf({ text, headers }: Received): Promise<PaymentEvent[]> {
	const verdict = gateway.webhook.verify(
		{ rawBody: Buffer.from(text), headers: headers as Record<string, string> },
		{ secrets: [SECRET_HASH], toleranceSeconds: 0, nowMs: now },
	);
	expect(verdict).toEqual({ genuine: true });
	const delivered = gateway.webhook.read(JSON.parse(text));
	const events = await gateway.toPaymentEvents(delivered?.storedBody, context);
	for (const { type } of events) expect(delivered?.types).toContain(type);
	return events;
}

async function list(changes: Partial<PaymentFilter> = {}): Promise<PaymentEvent[]> {
	const filter = { sinceMs: start, leadId: null, types: PAYMENT_EVENT_TYPES, options: {} };
	const events: PaymentEvent[] = [];
	for await (const event of gateway.payments.getMany({ ...filter, ...changes }, context)) {
		events.push(event);
	}
	return events;
}

function short({ type, paymentId, leadId, amount, currency }: PaymentEvent): string {
	return [type, paymentId, leadId, amount, currency].join(' ');
}

function linksMade(): number {
	return bench.flutterwave.store.links.size;
}

describe('a payment by a link', () => {
	it('is told as succeeded with everything that the lead needs', async () => {
		const { url, reference, linkId } = await createLink();
		const { id } = await bench.flutterwave.pay(url);
		const events = await told();
		expect(events).toEqual([
			expect.objectContaining({
				gateway: 'flutterwave',
				type: 'payment.succeeded',
				eventId: `flw:charge.completed:${id}:successful`,
				eventType: 'charge.completed',
				paymentId: String(id),
				reference,
				leadId: LEAD,
				contactId: 8,
				responsibleUserId: 9,
				amount: '7500.50',
				amountMinor: 750050,
				currency: 'NGN',
				occurredAt: '2026-11-20T09:00:00.000Z',
				live: false,
				method: 'card',
				customer: { name: 'A client', email: 'client@example.com', phone: '+2348012345678' },
			}),
		]);
		expect(linkId).toBe(reference);
	});

	it.each([
		['NGN', '7500.50', 'banktransfer', 'bank_transfer'],
		['NGN', '7500.50', 'ussd', 'ussd'],
		['NGN', '7500.50', 'account', 'bank_account'],
		['KES', '1200.00', 'mpesa', 'mpesa'],
		['GHS', '88.10', 'mobilemoneyghana', 'mobile_money'],
		['UGX', '185000', 'mobilemoneyuganda', 'mobile_money'],
		['XAF', '65000', 'mobilemoneyfranco', 'mobile_money'],
	] as const)('is told in %s %s by %s', async (currency, amount, method, name) => {
		const { url } = await createLink({ money: parseMoney(amount, currency) });
		await bench.flutterwave.pay(url, { method, feeBearer: 'customer' });
		expect(await told()).toEqual([
			expect.objectContaining({ type: 'payment.succeeded', amount, currency, method: name }),
		]);
	});

	it.each([
		['in the flat shape of v2', { v3Webhooks: false }],
		['without meta', { addMeta: false }],
	])('is told all the same %s', async (_name, dashboard) => {
		Object.assign(bench.flutterwave.dashboard, dashboard);
		const { url } = await createLink();
		const { id } = await bench.flutterwave.pay(url);
		const [event] = await told();
		expect(event).toMatchObject({
			type: 'payment.succeeded',
			eventId: `flw:charge.completed:${id}:successful`,
			contactId: 8,
		});
	});

	it('is pending until the payer confirms on the phone, under one id', async () => {
		const { url } = await createLink({ money: parseMoney('1200', 'KES') });
		const { id } = await bench.flutterwave.payPending(url, { method: 'mpesa' });
		const before = await told();
		await bench.flutterwave.settlePending(id, true);
		expect([...before, ...(await told())].map(short)).toEqual([
			`payment.pending ${id} ${LEAD} 1200.00 KES`,
			`payment.succeeded ${id} ${LEAD} 1200.00 KES`,
		]);
	});

	it('fails with the words of the bank, and may succeed afterwards under another id', async () => {
		const { url } = await createLink();
		const refused = await bench.flutterwave.decline(url, 'Insufficient Funds');
		const paid = await bench.flutterwave.pay(url);
		const events = await told();
		expect(events.map(short).sort()).toEqual([
			`payment.failed ${refused.id} ${LEAD} 7500.50 NGN`,
			`payment.succeeded ${paid.id} ${LEAD} 7500.50 NGN`,
		]);
		const failed = events.find(({ type }) => type === 'payment.failed');
		expect(failed?.reason).toBe('Insufficient Funds');
	});

	it('is what arrived, when that is less than was asked for', async () => {
		const { url } = await createLink();
		await bench.flutterwave.underpay(url, 7000);
		expect(await told()).toEqual([expect.objectContaining({ amount: '7000.00' })]);
	});

	it('never shows the token that charges the card again', async () => {
		const { url } = await createLink();
		const { id, cardToken } = await bench.flutterwave.pay(url);
		const shown = JSON.stringify([
			await told(),
			await list(),
			await gateway.payments.get(String(id), context),
			await gateway.paymentLinks.get((await list())[0]?.reference ?? '', context),
		]);
		expect(shown).toContain('"last_4digits":"2950"');
		expect(shown).not.toContain(cardToken);
		expect(shown).not.toContain('token');
	});
});

describe('a body that somebody wrote who knows the hash', () => {
	it('pays nothing when its transaction does not exist', async () => {
		const { reference } = await createLink();
		const forged = {
			event: 'charge.completed',
			data: {
				id: 123456789,
				tx_ref: reference,
				amount: 7500.5,
				currency: 'NGN',
				status: 'successful',
			},
			meta_data: { kommo_lead_id: String(LEAD) },
		};
		expect(await gateway.toPaymentEvents(forged, context)).toEqual([]);
	});

	it.each([200, 400, 404] as const)(
		'pays nothing when that is told with status %i',
		async (status) => {
			bench.flutterwave.settings.notFoundStatus = status;
			const forged = { event: 'charge.completed', data: { id: 5, status: 'successful' } };
			expect(await gateway.toPaymentEvents(forged, context)).toEqual([]);
		},
	);

	it('tells what really happened, whatever it claims', async () => {
		const { url, reference } = await createLink();
		const { id } = await bench.flutterwave.decline(url);
		await bench.flutterwave.deliveries.settled();
		const forged = {
			event: 'charge.completed',
			data: { id, tx_ref: 'kommo_1_x', amount: 1e6, currency: 'EUR', status: 'successful' },
		};
		expect(await gateway.toPaymentEvents(forged, context)).toEqual([
			expect.objectContaining({
				type: 'payment.failed',
				eventId: `flw:charge.completed:${id}:failed`,
				reference,
				leadId: LEAD,
				amount: '7500.50',
			}),
		]);
	});

	it("refunds nothing of one payment with another's refund", async () => {
		const first = await bench.flutterwave.pay((await createLink()).url);
		const second = await bench.flutterwave.pay((await createLink()).url);
		const refund = await bench.flutterwave.refund(first.id);
		const forged = {
			id: refund.id,
			AmountRefunded: 7500.5,
			status: 'completed',
			TransactionId: second.id,
		};
		expect(await gateway.toPaymentEvents(forged, context)).toEqual([]);
	});

	it('ends no subscription that runs', async () => {
		const forged = {
			event: 'subscription.cancelled',
			data: { status: 'deactivated', customer: { email: 'client@example.com' } },
		};
		expect(await gateway.toPaymentEvents(forged, context)).toEqual([]);
	});

	it('is not taken for nothing when Flutterwave cannot be asked', async () => {
		const { id } = await bench.flutterwave.pay((await createLink()).url);
		bench.flutterwave.faults.add({ ...timedOut({ worked: false }), method: 'GET' });
		const body = { event: 'charge.completed', data: { id, status: 'successful' } };
		await expect(gateway.toPaymentEvents(body, context)).rejects.toThrow(/problem of its own/);
	});
});

describe('refunds', () => {
	it('are told with the sum of all that arrived', async () => {
		const { id } = await bench.flutterwave.pay((await createLink()).url);
		await told();
		await bench.flutterwave.refund(id, 500, { comments: 'One page less' });
		const [part] = await told();
		const pending = await bench.flutterwave.refund(id, 1000, { status: 'pending' });
		const onItsWay = await told();
		await bench.flutterwave.settleRefund(pending.id, false);
		const [failed] = await told();
		await bench.flutterwave.refund(id);
		const [rest] = await told();
		expect(onItsWay).toEqual([]);
		expect([part, failed, rest]).toMatchObject([
			{ refunded: { amount: '500.00', total: false }, reason: 'One page less', leadId: LEAD },
			{ refunded: { amount: '500.00', total: false } },
			{ refunded: { amount: '7500.50', amountMinor: 750050, total: true }, amount: '7500.50' },
		]);
		expect(part).toMatchObject({ type: 'payment.refunded', paymentId: String(id) });
	});

	it('count in the currency without decimals too', async () => {
		const { url } = await createLink({ money: parseMoney('65000', 'XAF') });
		const { id } = await bench.flutterwave.pay(url);
		await told();
		await bench.flutterwave.refund(id, 15000);
		expect((await told())[0]?.refunded).toEqual({
			amount: '15000',
			amountMinor: 15000,
			total: false,
		});
	});
});

describe('a payment plan', () => {
	const subscribe = async () => {
		const { body } = await bench.client.post('/payment-plans', {
			name: 'Care',
			interval: 'monthly',
			amount: 7500.5,
			currency: 'NGN',
		});
		const plan = body.data as { id: number };
		const { url, reference } = await createLink({ options: { paymentPlan: String(plan.id) } });
		const first = await bench.flutterwave.pay(url);
		const [subscription] = bench.flutterwave.store.subscriptions.values();
		return { plan, first, reference, subscriptionId: subscription?.id ?? 0 };
	};

	it('is offered with its terms', async () => {
		const { plan } = await subscribe();
		expect(await listPaymentPlans(context)).toEqual([
			{ id: String(plan.id), name: 'Care', terms: 'monthly, 7500.50 NGN' },
		]);
	});

	it('makes payments of a subscription, the first as well as the later ones', async () => {
		const { first, subscriptionId } = await subscribe();
		const [paid] = await told();
		const renewal = await bench.flutterwave.renew(subscriptionId);
		const [renewed] = await told();
		const subscription = { id: String(subscriptionId), status: 'active' };
		expect([paid, renewed]).toMatchObject([
			{ paymentId: String(first.id), leadId: LEAD, planName: 'Care', subscription },
			{ paymentId: String(renewal.id), leadId: LEAD, planName: 'Care', subscription },
		]);
		expect(renewed).toMatchObject({ contactId: 8, reference: renewal.txRef });
	});

	it('knows later payments under the first reference too', async () => {
		bench.flutterwave.settings.renewalTxRef = 'same';
		const { subscriptionId } = await subscribe();
		await told();
		await bench.flutterwave.renew(subscriptionId);
		expect(await told()).toEqual([
			expect.objectContaining({
				leadId: LEAD,
				subscription: expect.objectContaining({ id: String(subscriptionId) }) as object,
			}),
		]);
	});

	it('ends after the fourth failed renewal', async () => {
		const { subscriptionId } = await subscribe();
		await told();
		for (let tries = 0; tries < 4; tries += 1) await bench.flutterwave.failRenewal(subscriptionId);
		const events = await told();
		const failed = events.filter(({ type }) => type === 'payment.failed');
		const canceled = events.filter(({ type }) => type === 'subscription.canceled');
		expect(failed).toHaveLength(4);
		for (const event of failed) expect(event).toMatchObject({ leadId: LEAD, planName: 'Care' });
		expect(canceled).toEqual([
			expect.objectContaining({
				eventId: `flw:subscription.cancelled:${subscriptionId}:cancelled`,
				leadId: LEAD,
				amount: '7500.50',
				currency: 'NGN',
				planName: 'Care',
				customer: expect.objectContaining({ email: 'client@example.com' }) as object,
				subscription: expect.objectContaining({
					id: String(subscriptionId),
					status: 'cancelled',
				}) as object,
			}),
		]);
	});

	it('takes another payment of the same payer for what it is', async () => {
		await subscribe();
		await told();
		await bench.flutterwave.pay((await createLink()).url);
		expect(await told()).toEqual([expect.objectContaining({ subscription: null, leadId: LEAD })]);
	});
});

describe('creating a link', () => {
	it('asks for exactly the amount, and says whom it is for', async () => {
		const link = await createLink({
			options: {
				returnUrl: 'https://example.com/thanks',
				sessionMinutes: 60,
				mostAttempts: 3,
				paymentMethods: ['card', 'ussd'],
			},
		});
		const [made] = bench.flutterwave.store.links.values();
		expect(made).toMatchObject({
			txRef: link.reference,
			amount: 7500.5,
			currency: 'NGN',
			redirectUrl: 'https://example.com/thanks',
			title: 'Website relaunch',
			methods: ['card', 'ussd'],
			maxAttempts: 3,
			expiresAt: start + 60 * MINUTE,
			meta: {
				kommo_lead_id: String(LEAD),
				kommo_contact_id: '8',
				kommo_responsible_user_id: '9',
			},
		});
		expect(link).toMatchObject({
			leadId: LEAD,
			url: made?.url,
			amount: '7500.50',
			amountMinor: 750050,
			currency: 'NGN',
			status: 'active',
			expiresAt: '2026-11-20T10:00:00.000Z',
			reused: false,
		});
	});

	it('names the contact whose e-mail address is missing', async () => {
		const customer = { name: 'Purchasing department', email: null, phone: null };
		await expect(createLink({ customer })).rejects.toThrow(
			'"Purchasing department" has no e-mail address, and Flutterwave makes no payment link without one.',
		);
		expect(linksMade()).toBe(0);
	});

	it('hands back the link that the lead has while nothing changes', async () => {
		const { linkId, url } = await createLink();
		now += 5 * MINUTE;
		const again = await createLink({ existingLink: { id: linkId, url } });
		expect(again).toMatchObject({ linkId, url, reused: true, status: 'active' });
		expect(linksMade()).toBe(1);
	});

	it('hands it back after a failed attempt, whose id stands on the lead then', async () => {
		const { linkId, url } = await createLink();
		const { id } = await bench.flutterwave.decline(url);
		const again = await createLink({ existingLink: { id: String(id), url } });
		expect(again).toMatchObject({ linkId, url, reused: true });
	});

	it.each<[string, Partial<LinkRequest>]>([
		['the amount', { money: parseMoney('8000', 'NGN') }],
		['the currency', { money: parseMoney('7500.50', 'USD') }],
		['the payer', { customer: { ...request.customer, email: 'other@example.com' } }],
		['the methods', { options: { paymentMethods: ['card'] } }],
		['the time to pay', { options: { sessionMinutes: 30 } }],
	])('closes it and makes another one when %s changed', async (_name, changes) => {
		const { linkId, url } = await createLink();
		const next = await createLink({ ...changes, existingLink: { id: linkId, url } });
		expect(next).toMatchObject({ reused: false, status: 'active' });
		expect(next.linkId).not.toBe(linkId);
		const [old] = bench.flutterwave.store.links.values();
		expect(old?.disabled).toBe(true);
	});

	it.each(['oldest', 'newest'] as const)(
		'makes another one when it was paid in the second attempt (%s is found by reference)',
		async (byReference) => {
			bench.flutterwave.settings.byReference = byReference;
			const { linkId, url } = await createLink();
			await bench.flutterwave.decline(url);
			await bench.flutterwave.pay(url);
			const next = await createLink({ existingLink: { id: linkId, url } });
			expect(next.reused).toBe(false);
		},
	);

	it('makes another one when the time to pay is over', async () => {
		const options = { sessionMinutes: 30 };
		const { linkId, url } = await createLink({ options });
		now += 31 * MINUTE;
		const next = await createLink({ options, existingLink: { id: linkId, url } });
		expect(next.reused).toBe(false);
	});

	it("leaves another lead's link on a copied deal alone", async () => {
		const { linkId, url } = await createLink({ leadId: 7 });
		await createLink({ existingLink: { id: linkId, url } });
		const [old] = bench.flutterwave.store.links.values();
		expect(old?.disabled).toBe(false);
	});

	it('does not cost the lead its link when the request cannot work', async () => {
		const { linkId, url } = await createLink();
		const existingLink = { id: linkId, url };
		const options = { returnUrl: 'nowhere' };
		await expect(createLink({ options, existingLink })).rejects.toThrow(/return address/);
		const [old] = bench.flutterwave.store.links.values();
		expect(old?.disabled).toBe(false);
	});

	it.each([true, false])(
		'looks, and makes one more under another reference, when the answer is lost (done: %s)',
		async (worked) => {
			bench.flutterwave.faults.add({ ...timedOut({ worked }), path: /payments$/, times: 1 });
			const { reference, url } = await createLink();
			const references = [...bench.flutterwave.store.links.values()].map(({ txRef }) => txRef);
			expect(references).toHaveLength(worked ? 2 : 1);
			expect(new Set(references).size).toBe(references.length);
			expect(references.at(-1)).toBe(reference);
			const looks = bench.flutterwave.log.of('GET', /verify_by_reference$/);
			expect(looks).toHaveLength(1);
			await bench.flutterwave.pay(url);
			expect(await told()).toHaveLength(1);
		},
	);

	it('gives up when the second answer is lost as well', async () => {
		bench.flutterwave.faults.add({ ...timedOut(), path: /payments$/ });
		await expect(createLink()).rejects.toThrow(/problem of its own \(status 503\)/);
		expect(bench.flutterwave.log.of('POST', /payments$/)).toHaveLength(2);
	});

	it('passes on what Flutterwave says against it', async () => {
		const money = parseMoney('10', 'JPY');
		await expect(createLink({ money })).rejects.toThrow(
			'Flutterwave refused: currency is not supported.',
		);
	});

	it('names the key when Flutterwave does not know it', async () => {
		const secretKey = ['FLWSECK', 'nobodys-X'].join('_TEST-');
		const attempt = gateway.paymentLinks.create(request, contextWith(secretKey));
		await expect(attempt).rejects.toThrow('Flutterwave does not accept the secret key.');
		await expect(attempt).rejects.not.toThrow(secretKey);
	});
});

describe('looking up and closing a link', () => {
	it('tells what it asks for, and whether it was paid', async () => {
		const { linkId, url } = await createLink();
		const open = await gateway.paymentLinks.get(linkId, context, url);
		expect(open).toMatchObject({ linkId, url, amount: '7500.50', currency: 'NGN', leadId: LEAD });
		expect(open.status).toBe('active');
		await bench.flutterwave.pay(url);
		expect((await gateway.paymentLinks.get(linkId, context, url)).status).toBe('paid');
	});

	it('closes it by its address, as often as it is asked to', async () => {
		const { linkId, url } = await createLink();
		const { deactivate } = gateway.paymentLinks;
		const closings = [1, 2].map(async () => await deactivate?.(linkId, context, url));
		for (const closed of await Promise.all(closings)) {
			expect(closed).toMatchObject({ status: 'inactive', url });
		}
		await expect(bench.flutterwave.pay(url)).rejects.toThrow(/disabled/);
	});

	it('says that a link was paid instead of closing it', async () => {
		const { linkId, url } = await createLink();
		await bench.flutterwave.pay(url);
		expect(await gateway.paymentLinks.deactivate?.(linkId, context, url)).toMatchObject({
			status: 'paid',
		});
	});

	it('asks for the address when it has none', async () => {
		const { linkId } = await createLink();
		await expect(gateway.paymentLinks.deactivate?.(linkId, context)).rejects.toThrow(/"Link URL"/);
	});

	it('refuses an id that is none', async () => {
		await expect(gateway.paymentLinks.get('plink_1', context)).rejects.toThrow(
			/begins with kommo_/,
		);
	});
});

describe('looking back', () => {
	it('finds what our links brought in, over all pages, and nothing else', async () => {
		const lost: number[] = [];
		for (let index = 0; index < 12; index += 1) {
			const { url } = await createLink({ leadId: 100 + index });
			lost.push((await bench.flutterwave.pay(url)).id);
			now += MINUTE;
		}
		await bench.flutterwave.pay(await bench.createLink({ tx_ref: 'a web shop' }));
		await bench.flutterwave.deliveries.settled();
		const events = await list();
		expect(events.map(({ paymentId }) => paymentId)).toEqual(lost.map(String).reverse());
		expect(events.map(({ leadId }) => leadId).sort()).toEqual(
			lost.map((_id, index) => 100 + index),
		);
	});

	it('tells the very events that the webhooks told', async () => {
		const { url } = await createLink();
		await bench.flutterwave.decline(url);
		const { id } = await bench.flutterwave.pay(url);
		const pending = await bench.flutterwave.payPending((await createLink()).url);
		await bench.flutterwave.refund(id, 500);
		const live = await told();
		const found = await list();
		const byId = (a: PaymentEvent, b: PaymentEvent) => a.eventId.localeCompare(b.eventId);
		expect(found).toHaveLength(4);
		expect(found.sort(byId)).toEqual(live.sort(byId));
		expect(found.map(({ paymentId }) => paymentId)).toContain(String(pending.id));
	});

	it('asks for nothing but what is wanted', async () => {
		await bench.flutterwave.pay((await createLink()).url);
		await bench.flutterwave.decline((await createLink()).url);
		await bench.flutterwave.deliveries.settled();
		bench.flutterwave.log.clear();
		const events = await list({ types: ['payment.succeeded'] });
		expect(events.map(({ type }) => type)).toEqual(['payment.succeeded']);
		expect(bench.flutterwave.log.entries).toHaveLength(2);
	});

	it('goes back no further than it is told, and to one lead only', async () => {
		await bench.flutterwave.pay((await createLink({ leadId: 1 })).url);
		now += 10 * MINUTE;
		await bench.flutterwave.pay((await createLink({ leadId: 2 })).url);
		await bench.flutterwave.pay((await createLink({ leadId: 3 })).url);
		const leads = (events: PaymentEvent[]) => events.map(({ leadId }) => leadId);
		expect(leads(await list({ sinceMs: start + 5 * MINUTE }))).toEqual([3, 2]);
		expect(leads(await list({ leadId: 2 }))).toEqual([2]);
	});

	it('finds refunds, which few accounts have webhooks for', async () => {
		bench.flutterwave.dashboard.refundWebhooks = false;
		const { id } = await bench.flutterwave.pay((await createLink()).url);
		await bench.flutterwave.refund(id);
		expect(await list({ types: ['payment.refunded'] })).toEqual([
			expect.objectContaining({
				paymentId: String(id),
				refunded: expect.objectContaining({ total: true }) as object,
			}),
		]);
	});
});

describe('one payment', () => {
	it('is told as it stands, by its id or its reference', async () => {
		const { url, linkId } = await createLink();
		expect(await gateway.payments.get(linkId, context)).toBeNull();
		const { id } = await bench.flutterwave.pay(url);
		const states = async () => [
			await gateway.payments.get(String(id), context),
			await gateway.payments.get(linkId, context),
		];
		expect((await states()).map((event) => event?.type)).toEqual(
			Array(2).fill('payment.succeeded'),
		);
		await bench.flutterwave.refund(id);
		expect((await states()).map((event) => event?.type)).toEqual(Array(2).fill('payment.refunded'));
	});

	it('is not known to the key of the other mode', async () => {
		const { id } = await bench.flutterwave.pay((await createLink()).url);
		const other = contextWith(bench.flutterwave.otherModeKey);
		await expect(gateway.payments.get(String(id), other)).rejects.toThrow(/does not have it/);
	});
});
