import qs from 'qs';
import { parseMoney } from '../../../nodes/core/money';
import type { LinkRequest } from '../../../nodes/gateways/gateway';
import { stripe } from '../../../nodes/StripePayments/gateway';
import { validateStripeForm } from '../../specs/validate-stripe-form';
import { isolateNetwork, type Answer } from '../../http/provider-double';
import { context, listOf, stripeAnswers } from './stripe-double';
import { stripeEvent, stripeFixture } from './stripe-fixture';

const CREATE = 'POST /v1/payment_links';
const LINK_ID = 'plink_1SKommoAbCdEfGhIjKlMn';
const GET_LINK = `GET /v1/payment_links/${LINK_ID}`;
/** The pages that used the link up. */
const COMPLETED = `GET /v1/checkout/sessions?payment_link=${LINK_ID}&status=complete&limit=100`;
const paidPage = { payment_status: 'paid', payment_intent: 'pi_1' };

const request: LinkRequest = {
	leadId: 31415926,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Invoice 42 – Café',
	customer: { name: 'A client', email: 'client+kommo@example.com', phone: null },
	existingLink: null,
	options: {},
};

/** A link as Stripe shows it with its line items. */
function link(changes: Record<string, unknown> = {}, item: Record<string, unknown> = {}): object {
	return {
		...stripeFixture<object>('response.payment_links.create'),
		metadata: { kommo_lead_id: '31415926', kommo_reference: 'kommo_31415926_abc' },
		line_items: {
			data: [{ amount_total: 199900, currency: 'eur', price: { recurring: null }, ...item }],
		},
		...changes,
	};
}

const created: Answer = { body: link() };
const replay: Answer = { body: link(), headers: { 'idempotent-replayed': 'true' } };
const used = { active: false, restrictions: { completed_sessions: { count: 1, limit: 1 } } };

async function bodyFor(changes: Partial<LinkRequest>): Promise<Record<string, unknown>> {
	const sent = stripeAnswers({ [CREATE]: [created] });
	await stripe.paymentLinks.create({ ...request, ...changes }, context);
	const body = sent[0]?.body ?? '';
	expect(validateStripeForm(CREATE, body)).toEqual([]);
	return qs.parse(body, { depth: 20 });
}

describe('creating a Stripe payment link', () => {
	isolateNetwork();

	it('asks for one payment, with the lead in every place that Stripe copies from', async () => {
		const metadata = {
			kommo_lead_id: '31415926',
			kommo_contact_id: '8',
			kommo_responsible_user_id: '9',
			kommo_reference: expect.stringMatching(/^kommo_31415926_[0-9a-f]{20}$/) as string,
		};
		expect(await bodyFor({})).toEqual({
			line_items: [
				{
					price_data: {
						currency: 'eur',
						unit_amount: '199900',
						product_data: { name: 'Invoice 42 – Café' },
					},
					quantity: '1',
				},
			],
			metadata,
			payment_intent_data: { description: 'Invoice 42 – Café', metadata },
			restrictions: { completed_sessions: { limit: '1' } },
			expand: ['line_items'],
		});
	});

	it('asks for a subscription when there is an interval', async () => {
		const body = await bodyFor({ options: { interval: 'month', createInvoice: true } });
		expect(body).toMatchObject({
			line_items: [{ price_data: { recurring: { interval: 'month' } } }],
			subscription_data: {
				description: 'Invoice 42 – Café',
				metadata: { kommo_lead_id: '31415926' },
			},
		});
		expect(body).not.toHaveProperty('payment_intent_data');
		expect(body).not.toHaveProperty('invoice_creation');
	});

	it('passes on every option', async () => {
		const options = {
			returnUrl: 'https://example.com/thanks?session={CHECKOUT_SESSION_ID}',
			inactiveMessage: 'Paid already.',
			allowPromotionCodes: true,
			collectPhone: true,
			automaticTax: true,
			createInvoice: true,
		};
		expect(await bodyFor({ options })).toMatchObject({
			after_completion: { type: 'redirect', redirect: { url: options.returnUrl } },
			inactive_message: 'Paid already.',
			allow_promotion_codes: 'true',
			phone_number_collection: { enabled: 'true' },
			automatic_tax: { enabled: 'true' },
			invoice_creation: {
				enabled: 'true',
				invoice_data: { metadata: { kommo_lead_id: '31415926' } },
			},
		});
	});

	it.each([
		['500', 'JPY', '500'],
		['5', 'UGX', '500'],
		['5.120', 'KWD', '5120'],
		['1999', 'HUF', '199900'],
	])('writes %s %s in the unit of Stripe', async (amount, currency, unitAmount) => {
		expect(await bodyFor({ money: parseMoney(amount, currency) })).toMatchObject({
			line_items: [{ price_data: { unit_amount: unitAmount, currency: currency.toLowerCase() } }],
		});
	});

	it('leaves out what is not known', async () => {
		const body = await bodyFor({ contactId: null, responsibleUserId: null });
		expect(Object.keys(body['metadata'] as object)).toEqual(['kommo_lead_id', 'kommo_reference']);
	});

	it('shortens a long description to what Stripe takes', async () => {
		const description = 'x'.repeat(600);
		expect(await bodyFor({ description })).toMatchObject({
			line_items: [{ price_data: { product_data: { name: `${'x'.repeat(249)}…` } } }],
			payment_intent_data: { description: `${'x'.repeat(499)}…` },
		});
	});

	it('pins the version, and the key to what is asked for', async () => {
		const sent = stripeAnswers({ [CREATE]: [created, created, created] });
		await stripe.paymentLinks.create(request, context);
		await stripe.paymentLinks.create(request, context);
		await stripe.paymentLinks.create({ ...request, description: 'Another' }, context);
		const keys = sent.map(({ headers }) => headers['idempotency-key']);
		expect(keys[0]).toMatch(/^payment-link-kommo_31415926_[0-9a-f]{20}$/);
		expect(keys[1]).toBe(keys[0]);
		expect(keys[2]).not.toBe(keys[0]);
		expect(sent[0]?.headers['stripe-version']).toBe('2026-10-28.endive');
	});

	it('gives a link that carries the reference and the e-mail in its address', async () => {
		stripeAnswers({ [CREATE]: [created] });
		const { raw, ...rest } = await stripe.paymentLinks.create(request, context);
		expect(rest).toEqual({
			gateway: 'stripe',
			leadId: 31415926,
			linkId: LINK_ID,
			url: 'https://buy.stripe.com/test_7sIaGc0p3bGZ6Ss000?client_reference_id=kommo_31415926_abc&prefilled_email=client%2Bkommo%40example.com',
			reference: 'kommo_31415926_abc',
			amount: '1999.00',
			amountMinor: 199900,
			currency: 'EUR',
			status: 'active',
			expiresAt: null,
			live: false,
			reused: false,
		});
		expect(raw).toEqual(link());
	});

	it('hands back the link of an earlier identical request while it can be paid', async () => {
		stripeAnswers({ [CREATE]: [replay], [GET_LINK]: link() });
		expect(await stripe.paymentLinks.create(request, context)).toMatchObject({
			linkId: LINK_ID,
			reused: true,
		});
	});

	it('goes on with another key when the link of the earlier request is used up', async () => {
		const fresh = { body: link({ id: 'plink_fresh' }) };
		const sent = stripeAnswers({
			[CREATE]: [replay, fresh],
			[GET_LINK]: link(used),
			[COMPLETED]: listOf(paidPage),
		});
		expect(await stripe.paymentLinks.create(request, context)).toMatchObject({
			linkId: 'plink_fresh',
			reused: false,
		});
		expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
	});

	it('goes on with another key when Stripe repeats an error of its own', async () => {
		const error: Answer = { ...replay, status: 500, body: { error: { type: 'api_error' } } };
		stripeAnswers({ [CREATE]: [error, created] });
		expect(await stripe.paymentLinks.create(request, context)).toMatchObject({ reused: false });
	});

	it('gives up when every key is used up', async () => {
		stripeAnswers({
			[CREATE]: Array.from({ length: 20 }, () => replay),
			[GET_LINK]: link(used),
			[COMPLETED]: listOf(paidPage),
		});
		await expect(stripe.paymentLinks.create(request, context)).rejects.toThrow(
			'20 links for the same payment were made and used up within a day.',
		);
	});

	it.each([
		['an empty description', { description: '  ' }, 'The description is empty'],
		['an amount of zero', { money: parseMoney('0', 'EUR') }, 'must be more than zero'],
		[
			'an unknown interval',
			{ options: { interval: 'fortnight' } },
			'"fortnight" is not an interval',
		],
		['a return address without a scheme', { options: { returnUrl: 'example.com' } }, 'not a web'],
		[
			'a return address that is a script',
			{ options: { returnUrl: 'javascript:alert(1)' } },
			'not a web address',
		],
		[
			'too long a message',
			{ options: { inactiveMessage: 'x'.repeat(501) } },
			'has 501 characters; Stripe takes 500',
		],
		['more decimals than Stripe takes', { money: parseMoney('5.125', 'KWD') }, 'steps of 0.010'],
	])('refuses %s before Stripe is asked', async (_name, changes, message) => {
		const sent = stripeAnswers({});
		const existingLink = { id: LINK_ID, url: '' };
		const attempt = stripe.paymentLinks.create({ ...request, ...changes, existingLink }, context);
		await expect(attempt).rejects.toThrow(message);
		expect(sent).toEqual([]);
	});
});

describe('the link that a lead carries already', () => {
	isolateNetwork();
	const again: LinkRequest = { ...request, existingLink: { id: LINK_ID, url: 'https://x' } };
	const PENDING = 'pi_3SKommoPending';
	const UPDATE = `POST /v1/payment_links/${LINK_ID}`;

	async function outcome(existing: object | Answer[], wanted: LinkRequest = again) {
		const fresh = { body: link({ id: 'plink_fresh' }) };
		const sent = stripeAnswers({
			[GET_LINK]: existing,
			[COMPLETED]: listOf(paidPage),
			[UPDATE]: link(),
			[CREATE]: [fresh],
		});
		const { linkId, reused } = await stripe.paymentLinks.create(wanted, context);
		const updates = sent.filter(({ method, path }) => `${method} ${path}` === UPDATE);
		for (const { body } of updates) {
			expect(validateStripeForm('POST /v1/payment_links/{id}', body)).toEqual([]);
		}
		return { linkId, reused, deactivated: updates.map(({ body }) => body) };
	}

	const reusedIt = { linkId: LINK_ID, reused: true, deactivated: [] };
	const replacedIt = { linkId: 'plink_fresh', reused: false, deactivated: ['active=false'] };
	const ignoredIt = { linkId: 'plink_fresh', reused: false, deactivated: [] };
	const monthly = { price: { recurring: { interval: 'month' } } };

	it('is reused when nothing changed', async () => {
		expect(await outcome(link())).toEqual(reusedIt);
	});

	it('is reused when the interval is the same', async () => {
		const wanted = { ...again, options: { interval: 'month' } };
		expect(await outcome(link({}, monthly), wanted)).toEqual(reusedIt);
	});

	it.each([
		['the amount', link({}, { amount_total: 100 })],
		['the currency', link({ currency: 'usd' })],
		['the interval', link({}, monthly)],
	])('is deactivated and replaced when %s changed', async (_name, existing) => {
		expect(await outcome(existing)).toEqual(replacedIt);
	});

	it.each([
		['paid', link(used)],
		['inactive', link({ active: false })],
		['the link of another lead (a copied card)', link({ metadata: { kommo_lead_id: '7' } })],
		['not one of ours', link({ metadata: {} })],
		['gone', [{ status: 404, body: { error: { code: 'resource_missing' } } }]],
	])('is left alone when it is %s', async (_name, existing) => {
		expect(await outcome(existing)).toEqual(ignoredIt);
	});

	it.each([null, 'txn_01hv8x', 'plink_../../events'])(
		'is not asked for when its id is %s',
		async (id) => {
			const wanted = { ...again, existingLink: { id, url: 'https://x' } };
			expect(await outcome([], wanted)).toEqual(ignoredIt);
		},
	);

	it.each(['processing', 'requires_action'])(
		'is not followed by another while its payment is in %s',
		async (status) => {
			const sent = stripeAnswers({
				[GET_LINK]: link(used),
				[COMPLETED]: listOf({ payment_status: 'unpaid', payment_intent: PENDING }),
				[`GET /v1/payment_intents/${PENDING}`]: {
					...stripeEvent('payment_intent.processing').data.object,
					id: PENDING,
					status,
				},
			});
			await expect(stripe.paymentLinks.create(again, context)).rejects.toThrow(
				`1999.00 EUR of this lead is on its way already: the client chose a method that takes days, payment ${PENDING}. No second link was made.`,
			);
			expect(sent.filter(({ method }) => method === 'POST')).toEqual([]);
		},
	);

	it('is followed by another when its delayed payment has failed', async () => {
		stripeAnswers({
			[GET_LINK]: link(used),
			[COMPLETED]: listOf({ payment_status: 'unpaid', payment_intent: PENDING }),
			[`GET /v1/payment_intents/${PENDING}`]: stripeEvent('payment_intent.payment_failed').data
				.object,
			[CREATE]: [{ body: link({ id: 'plink_fresh' }) }],
		});
		expect(await stripe.paymentLinks.create(again, context)).toMatchObject({
			linkId: 'plink_fresh',
		});
	});

	const address =
		'https://buy.stripe.com/test_7sIaGc0p3bGZ6Ss000?client_reference_id=kommo_31415926_abc';
	const SESSIONS = 'GET /v1/checkout/sessions?payment_intent=pi_1&limit=1';
	const OPEN_LINKS = 'GET /v1/payment_links?active=true&limit=100';
	const missing: Answer = {
		status: 400,
		body: { error: { code: 'resource_missing', message: "No such payment_intent: 'pi_1'" } },
	};

	it.each<[string, string | null, Record<string, object | Answer[]>]>([
		['its payment', 'pi_1', { [SESSIONS]: listOf({ payment_link: LINK_ID }) }],
		[
			'its address, when its payment was made without a page',
			'pi_1',
			{ [SESSIONS]: listOf(), [OPEN_LINKS]: listOf(link()) },
		],
		[
			'its address, when Stripe does not have its payment',
			'pi_1',
			{ [SESSIONS]: [missing], [OPEN_LINKS]: listOf({ id: 'plink_other', url: 'x' }, link()) },
		],
		['its address, when no id was saved', null, { [OPEN_LINKS]: listOf(link()) }],
	])('is found by %s', async (_name, id, answers) => {
		stripeAnswers({ ...answers, [GET_LINK]: link() });
		const existingLink = { id, url: address };
		expect(await stripe.paymentLinks.create({ ...request, existingLink }, context)).toMatchObject({
			linkId: LINK_ID,
			reused: true,
		});
	});

	it('is that of its payment when the address on the card was shortened by hand', async () => {
		stripeAnswers({ [SESSIONS]: listOf({ payment_link: LINK_ID }), [GET_LINK]: link() });
		const existingLink = { id: 'pi_1', url: 'https://short.example.com/1' };
		expect(await stripe.paymentLinks.create({ ...request, existingLink }, context)).toMatchObject({
			linkId: LINK_ID,
			reused: true,
		});
	});
});

describe('a Stripe payment link', () => {
	isolateNetwork();

	it.each([
		['active', link()],
		['paid', link(used)],
		['inactive', link({ active: false })],
	])('is %s', async (status, existing) => {
		const sent = stripeAnswers({ [GET_LINK]: existing });
		expect(await stripe.paymentLinks.get(LINK_ID, context)).toMatchObject({ status });
		expect(sent[0]?.query).toBe('expand[0]=line_items');
	});

	it('is deactivated', async () => {
		const sent = stripeAnswers({ [`POST /v1/payment_links/${LINK_ID}`]: link({ active: false }) });
		const deactivated = await stripe.paymentLinks.deactivate?.(LINK_ID, context);
		expect(deactivated).toMatchObject({ status: 'inactive' });
		const body = sent[0]?.body ?? '';
		expect(validateStripeForm('POST /v1/payment_links/{id}', body)).toEqual([]);
		expect(qs.parse(body)).toEqual({ active: 'false', expand: ['line_items'] });
	});

	it('is not looked for under something that is no id of a link', async () => {
		await expect(stripe.paymentLinks.get('https://buy.stripe.com/x', context)).rejects.toThrow(
			'It begins with plink_',
		);
	});
});
