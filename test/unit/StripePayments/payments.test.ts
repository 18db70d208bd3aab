import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../../nodes/core/payment-event';
import type { PaymentFilter } from '../../../nodes/gateways/gateway';
import { stripe } from '../../../nodes/StripePayments/gateway';
import { validateStripeForm } from '../../specs/validate-stripe-form';
import { isolateNetwork, type Answer } from '../../http/provider-double';
import { context, listOf, stripeAnswers } from './stripe-double';
import { stripeEvent, stripeFixture, type EventFixture } from './stripe-fixture';

const PI = 'pi_3SKommoAbCdEfGh1aBcDeFg';
const CHARGE = 'ch_3SKommoAbCdEfGh1xYzXyZx';
const INVOICE = 'in_1SKommoAbCdEfGhIjKlMnOp';
const INTENT_OF_INVOICE = `GET /v1/invoice_payments?invoice=${INVOICE}&expand[0]=data.payment.payment_intent`;
const DISPUTES = `GET /v1/disputes?charge=${CHARGE}&limit=1`;

const charge = {
	...objectOf('charge.refunded.full'),
	amount_refunded: 0,
	refunded: false,
	refunds: listOf(),
};
const refunded = {
	...charge,
	amount_refunded: 50000,
	refunds: listOf({ created: 1795251600 }, { created: 1795241600 }),
};
const paidIntent = { ...objectOf('payment_intent.succeeded'), latest_charge: charge };
const invoice = objectOf('invoice.paid.subscription_create');
const subscriptionIntent = { ...paidIntent, metadata: {}, customer: 'cus_TKommoAbCdEf' };
const session = objectOf('checkout.session.completed');

interface Case {
	name: string;
	id: string;
	asks: Record<string, object>;
	expected: Partial<PaymentEvent>;
}

const cases: Case[] = [
	{
		name: 'a paid intent has succeeded when it was charged',
		id: PI,
		asks: { [`GET /v1/payment_intents/${PI}`]: paidIntent },
		expected: {
			type: 'payment.succeeded',
			eventId: `${PI}:succeeded`,
			eventType: 'payment_intent.succeeded',
			paymentId: PI,
			leadId: 31415926,
			amount: '1999.00',
			occurredAt: '2026-11-20T08:01:01.000Z',
			method: 'card',
			customer: { name: 'Example Payer', email: 'payer@example.com', phone: null },
		},
	},
	{
		name: 'a refunded intent tells of the sum refunded by its last refund',
		id: PI,
		asks: { [`GET /v1/payment_intents/${PI}`]: { ...paidIntent, latest_charge: refunded } },
		expected: {
			type: 'payment.refunded',
			eventId: `${CHARGE}:refunded:50000`,
			eventType: 'charge.refunded',
			paymentId: PI,
			amount: '1999.00',
			refunded: { amount: '500.00', amountMinor: 50000, total: false },
			occurredAt: '2026-11-21T09:00:00.000Z',
		},
	},
	...(['needs_response', 'lost'] as const).map((status) => ({
		name: `an intent with a dispute that ${status === 'lost' ? 'was lost' : 'is open'} tells of it`,
		id: PI,
		asks: {
			[`GET /v1/payment_intents/${PI}`]: {
				...paidIntent,
				latest_charge: { ...charge, disputed: true },
			},
			[DISPUTES]: listOf({ ...objectOf('charge.dispute.created'), status }),
			[`GET /v1/charges/${CHARGE}`]: charge,
		},
		expected: {
			type: status === 'lost' ? ('payment.dispute_closed' as const) : ('payment.disputed' as const),
			paymentId: PI,
			reason:
				status === 'lost' ? 'lost' : 'the cardholder says it was not them, answer by 2026-12-05',
		},
	})),
	{
		name: 'a declined intent has failed',
		id: PI,
		asks: { [`GET /v1/payment_intents/${PI}`]: objectOf('payment_intent.payment_failed') },
		expected: {
			type: 'payment.failed',
			eventId: `${PI}:failed:ch_3SKommoAbCdEfGh1FaILeD`,
			reason: 'there is not enough money on the card or account',
		},
	},
	{
		name: 'a canceled intent has failed',
		id: PI,
		asks: {
			[`GET /v1/payment_intents/${PI}`]: {
				...objectOf('payment_intent.processing'),
				status: 'canceled',
				canceled_at: 1795161999,
			},
		},
		expected: {
			type: 'payment.failed',
			reason: 'the payment was canceled',
			occurredAt: '2026-11-20T08:06:39.000Z',
		},
	},
	...(['processing', 'requires_action', 'requires_payment_method'] as const).map((status) => ({
		name: `an intent in ${status} is pending`,
		id: PI,
		asks: {
			[`GET /v1/payment_intents/${PI}`]: { ...objectOf('payment_intent.processing'), status },
		},
		expected: { type: 'payment.pending' as const, eventType: `payment_intent.${status}` },
	})),
	{
		name: 'the intent of a subscription is its invoice',
		id: PI,
		asks: {
			[`GET /v1/payment_intents/${PI}`]: subscriptionIntent,
			[`GET /v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]=${PI}&expand[0]=data.invoice`]:
				listOf({ invoice }),
			[INTENT_OF_INVOICE]: listOf({ payment: { payment_intent: { id: PI } } }),
		},
		expected: {
			type: 'payment.succeeded',
			paymentId: INVOICE,
			eventId: `${INVOICE}:paid`,
			eventType: 'invoice.paid',
			occurredAt: '2026-11-20T08:01:04.000Z',
		},
	},
	{
		name: 'a paid invoice that was refunded tells so under its own id',
		id: INVOICE,
		asks: {
			[`GET /v1/invoices/${INVOICE}`]: invoice,
			[INTENT_OF_INVOICE]: listOf({ payment: { payment_intent: { id: PI } } }),
			[`GET /v1/payment_intents/${PI}`]: {
				...subscriptionIntent,
				latest_charge: { ...refunded, metadata: {}, customer: 'cus_TKommoAbCdEf' },
			},
			[`GET /v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]=${PI}&expand[0]=data.invoice`]:
				listOf({ invoice }),
		},
		expected: { type: 'payment.refunded', paymentId: INVOICE, leadId: 31415926 },
	},
	{
		name: 'an invoice that could not be collected has failed',
		id: INVOICE,
		asks: {
			[`GET /v1/invoices/${INVOICE}`]: { ...invoice, status: 'open', amount_paid: 0 },
			[INTENT_OF_INVOICE]: listOf({ payment: { payment_intent: { id: PI } } }),
			[`GET /v1/payment_intents/${PI}`]: objectOf('payment_intent.payment_failed'),
		},
		expected: {
			type: 'payment.failed',
			eventId: `${INVOICE}:open:1`,
			amount: '29.00',
			reason: 'there is not enough money on the card or account',
		},
	},
	{
		name: 'an invoice that nobody tried to collect is pending',
		id: INVOICE,
		asks: {
			[`GET /v1/invoices/${INVOICE}`]: {
				...invoice,
				status: 'open',
				amount_paid: 0,
				attempt_count: 0,
			},
			[INTENT_OF_INVOICE]: listOf(),
		},
		expected: { type: 'payment.pending', eventType: 'invoice.open' },
	},
	{
		name: 'a page is its payment',
		id: 'cs_test_a1',
		asks: {
			'GET /v1/checkout/sessions/cs_test_a1': session,
			[`GET /v1/payment_intents/${PI}`]: paidIntent,
		},
		expected: { type: 'payment.succeeded', paymentId: PI },
	},
	{
		name: 'a page that expired has failed',
		id: 'cs_test_a1',
		asks: { 'GET /v1/checkout/sessions/cs_test_a1': objectOf('checkout.session.expired') },
		expected: { type: 'payment.failed', reason: 'the client did not pay in time' },
	},
	{
		name: 'a page that is open is pending',
		id: 'cs_test_a1',
		asks: {
			'GET /v1/checkout/sessions/cs_test_a1': { ...session, payment_intent: null, status: 'open' },
		},
		expected: { type: 'payment.pending' },
	},
	{
		name: 'a charge is its payment',
		id: CHARGE,
		asks: {
			[`GET /v1/charges/${CHARGE}`]: charge,
			[`GET /v1/payment_intents/${PI}`]: paidIntent,
		},
		expected: { type: 'payment.succeeded', paymentId: PI },
	},
	{
		name: 'a charge without an intent stands for itself',
		id: CHARGE,
		asks: { [`GET /v1/charges/${CHARGE}`]: { ...charge, payment_intent: null } },
		expected: { type: 'payment.succeeded', paymentId: CHARGE, refunded: null, method: 'card' },
	},
];

describe('getting one Stripe payment', () => {
	isolateNetwork();

	it.each(cases)('$name', async ({ id, asks, expected }) => {
		stripeAnswers(asks);
		const first = await stripe.payments.get(id, context);
		expect(first).toEqual(expect.objectContaining(expected));
		expect(await stripe.payments.get(id, context)).toEqual(first);
	});

	it.each(['sub_1', '', 'pi_../events', 'constructor_x', 'https://dashboard.stripe.com/x'])(
		'refuses "%s", which is no id of a payment',
		async (id) => {
			await expect(stripe.payments.get(id, context)).rejects.toThrow(
				'It begins with pi_, in_, cs_ or ch_.',
			);
		},
	);
});

describe('listing what happened to Stripe payments', () => {
	isolateNetwork();
	const EVENTS = 'GET /v1/events';
	const past = stripeFixture<{ data: EventFixture[] }>('response.events.list');
	const filter: PaymentFilter = {
		sinceMs: Date.parse('2026-11-20T00:00:00.999Z'),
		leadId: null,
		types: ['payment.succeeded'],
		options: {},
	};

	it('asks for the events of the wanted types since then', async () => {
		const sent = stripeAnswers({ [EVENTS]: past });
		const events = await collect({ ...filter, options: { undeliveredOnly: true } });
		expect(sent[0]?.query).toBe(
			[
				'types[0]=checkout.session.completed',
				'types[1]=checkout.session.async_payment_succeeded',
				'types[2]=invoice.paid',
				'created[gte]=1795132800',
				'delivery_success=false',
				'limit=100',
			].join('&'),
		);
		expect(validateStripeForm(EVENTS, sent[0]?.query ?? '')).toEqual([]);
		expect(events[0]).toMatchObject({
			eventId: 'evt_mIw72RZ73TlgvbPUKol8kyPO',
			type: 'payment.succeeded',
		});
	});

	it('listens to payments without a page where the user wants them', async () => {
		const sent = stripeAnswers({ [EVENTS]: listOf() });
		await collect({ ...filter, options: { includePaymentIntents: true } });
		expect(sent[0]?.query).toContain('payment_intent.succeeded');
	});

	it('leaves out what is of no lead, unless it is asked for', async () => {
		const foreign = stripeEvent('checkout.session.completed', {
			metadata: {},
			client_reference_id: 'cart-7',
		});
		stripeAnswers({ [EVENTS]: [{ body: listOf(foreign) }, { body: listOf(foreign) }] });
		expect(await collect(filter)).toEqual([]);
		expect(await collect({ ...filter, options: { withoutLead: true } })).toMatchObject([
			{ type: 'payment.succeeded', leadId: null },
		]);
	});

	it('takes no types for all types', async () => {
		const sent = stripeAnswers({ [EVENTS]: listOf() });
		await collect({ ...filter, types: [] });
		expect(sent[0]?.query).toContain('customer.subscription.deleted');
	});

	it('keeps what an event turned into but was not wanted to itself', async () => {
		const unpaid = stripeEvent('checkout.session.completed', { payment_status: 'unpaid' });
		stripeAnswers({ [EVENTS]: [{ body: listOf(unpaid) }, { body: listOf(unpaid) }] });
		expect(await collect(filter)).toEqual([]);
		expect(await collect({ ...filter, types: ['payment.pending'] })).toHaveLength(1);
	});

	it('fetches the next page only when it is needed', async () => {
		const [first, second] = ['evt_2', 'evt_1'].map((id) => ({
			...stripeEvent('checkout.session.completed'),
			id,
		}));
		const page = (more: boolean, event?: object): Answer => ({
			body: { object: 'list', has_more: more, data: [event] },
		});
		const sent = stripeAnswers({ [EVENTS]: [page(true, first), page(false, second)] });
		const ids: string[] = [];
		for await (const event of stripe.payments.getMany(filter, context)) {
			ids.push(`${event.eventId} after ${sent.length}`);
		}
		expect(ids).toEqual(['evt_2 after 1', 'evt_1 after 2']);
		expect(sent[1]?.query).toContain('starting_after=evt_2');
	});
});

describe('listing the payments of a lead', () => {
	isolateNetwork();
	const INTENTS = 'GET /v1/payment_intents/search';
	const SUBSCRIPTIONS = 'GET /v1/subscriptions/search';
	const filter: PaymentFilter = {
		sinceMs: 0,
		leadId: 31415926,
		types: PAYMENT_EVENT_TYPES,
		options: {},
	};
	const answers = {
		[INTENTS]: listOf(paidIntent),
		[SUBSCRIPTIONS]: listOf({ id: 'sub_1' }),
		'GET /v1/invoices?subscription=sub_1&limit=100': listOf(invoice),
		[INTENT_OF_INVOICE]: listOf({ payment: { payment_intent: { id: PI } } }),
		[`GET /v1/payment_intents/${PI}`]: subscriptionIntent,
	};

	it('searches one-off payments, then those of subscriptions', async () => {
		const sent = stripeAnswers(answers);
		const events = await collect(filter);
		expect(events.map(({ paymentId, type }) => `${paymentId} ${type}`)).toEqual([
			`${PI} payment.succeeded`,
			`${INVOICE} payment.succeeded`,
		]);
		expect(sent[0]?.query).toBe(
			"query=metadata['kommo_lead_id']:'31415926'&expand[0]=data.latest_charge.refunds&limit=100",
		);
		expect(validateStripeForm(INTENTS, sent[0]?.query ?? '')).toEqual([]);
	});

	it('leaves out what is older or of another kind', async () => {
		stripeAnswers(answers);
		expect(await collect({ ...filter, types: ['payment.refunded'] })).toEqual([]);
		expect(await collect({ ...filter, sinceMs: Date.parse('2027-01-01') })).toEqual([]);
	});

	it('follows the pages of a search', async () => {
		const first = { body: { data: [paidIntent], has_more: true, next_page: 'token' } };
		const sent = stripeAnswers({
			...answers,
			[INTENTS]: [first, { body: listOf() }],
			[SUBSCRIPTIONS]: listOf(),
		});
		expect(await collect(filter)).toHaveLength(1);
		expect(sent[1]?.query).toContain('page=token');
	});

	it('says so where Stripe has no search', async () => {
		const body = { error: { message: 'Search is not available.' } };
		stripeAnswers({ [INTENTS]: [{ status: 400, body }] });
		await expect(collect(filter)).rejects.toMatchObject({
			message: expect.stringContaining('Stripe cannot search this account') as string,
			details: { hint: expect.stringContaining('Leave the lead empty') as string },
		});
	});
});

async function collect(filter: PaymentFilter): Promise<PaymentEvent[]> {
	const events: PaymentEvent[] = [];
	for await (const event of stripe.payments.getMany(filter, context)) events.push(event);
	return events;
}

function objectOf(name: string): Record<string, unknown> {
	return stripeEvent(name).data.object;
}
