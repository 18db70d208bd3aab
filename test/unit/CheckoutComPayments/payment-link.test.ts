import { parseMoney } from '../../../nodes/core/money';
import { checkoutCom } from '../../../nodes/CheckoutComPayments/gateway';
import type { GatewayContext, LinkRequest } from '../../../nodes/gateways/gateway';
import { ApiError } from '../../../nodes/http/http';
import { isolateNetwork, type Answer } from '../../http/provider-double';
import { validateCheckoutJson } from '../../specs/validate-checkout-json';
import { checkoutComAnswers, context, NO_PAYMENTS } from './checkout-com-double';
import { checkoutComFixture } from './checkout-com-fixture';

const CREATE = 'POST /payment-links';
const PAYMENTS = 'GET /payments';
const LINK_ID = 'pl_ELqQJXdXzabU';
const GET_LINK = `GET /payment-links/${LINK_ID}`;
const URL = `https://pay.sandbox.checkout.com/link/${LINK_ID}`;
const CHANNEL = 'pc_q4dbxom5jbgudnjzjpz7j2z6uq';
const OWN_CHANNEL = 'pc_axclravnqf5u5ejkweijnp5zc4';

const created = checkoutComFixture<object>('payment-links.create.response.201');
const shown = checkoutComFixture<Record<string, unknown>>('payment-links.get.active');
const expired = checkoutComFixture<object>('payment-links.get.expired');
const paid = checkoutComFixture<object>('payment-links.get.payment-received');

const request: LinkRequest = {
	leadId: 31415926,
	contactId: 8,
	responsibleUserId: null,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Invoice 42 – Café',
	customer: { name: 'A client', email: 'client+kommo@example.com', phone: '+44 20 7123 4567' },
	existingLink: null,
	options: { billingCountry: 'gb' },
};

async function create(
	changes: Partial<LinkRequest> = {},
	settings: GatewayContext['settings'] = {},
) {
	return await checkoutCom.paymentLinks.create(
		{ ...request, ...changes },
		{ ...context, settings },
	);
}

async function bodyFor(changes: Partial<LinkRequest>, settings?: GatewayContext['settings']) {
	const sent = checkoutComAnswers({ [PAYMENTS]: NO_PAYMENTS, [CREATE]: created });
	await create(changes, settings);
	const body = JSON.parse(sent[1]?.body ?? '') as Record<string, unknown>;
	expect(validateCheckoutJson(CREATE, 'request', body)).toEqual([]);
	return body;
}

const withOptions = (options: Record<string, unknown>) => ({
	options: { ...request.options, ...options },
});

describe('creating a Checkout.com payment link', () => {
	isolateNetwork();

	it('asks for one payment with 3-D Secure within a day, with the lead in reference and metadata', async () => {
		expect(await bodyFor({})).toEqual({
			amount: 199900,
			currency: 'EUR',
			reference: 'kommo_31415926_link',
			description: 'Invoice 42 – Café',
			billing: { address: { country: 'GB' } },
			expires_in: 86400,
			customer: { name: 'A client', email: 'client+kommo@example.com' },
			metadata: {
				kommo_lead_id: '31415926',
				kommo_contact_id: '8',
				kommo_reference: 'kommo_31415926_link',
				kommo_request: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
			},
			'3ds': { enabled: true, challenge_indicator: 'no_preference' },
		});
	});

	it('tells what it made in the words of every gateway', async () => {
		checkoutComAnswers({ [PAYMENTS]: NO_PAYMENTS, [CREATE]: created });
		expect(await create()).toEqual({
			gateway: 'checkoutCom',
			leadId: 31415926,
			linkId: LINK_ID,
			url: URL,
			reference: 'kommo_31415926_link',
			amount: '1999.00',
			amountMinor: 199900,
			currency: 'EUR',
			status: 'active',
			expiresAt: '2026-11-27T08:30:28.725Z',
			live: false,
			reused: false,
			raw: created,
		});
	});

	it('passes on every option', async () => {
		const options = {
			capture: 'manual',
			challenge: 'challenge_requested',
			expiresInHours: 0.5,
			locale: 'de-DE',
			processingChannelId: CHANNEL,
			returnUrl: 'https://example.com/thanks',
		};
		expect(await bodyFor(withOptions(options))).toMatchObject({
			capture: false,
			'3ds': { enabled: true, challenge_indicator: 'challenge_requested' },
			expires_in: 1800,
			locale: 'de-DE',
			processing_channel_id: CHANNEL,
			return_url: 'https://example.com/thanks',
		});
	});

	it('switches 3-D Secure off only when told to', async () => {
		expect(await bodyFor(withOptions({ threeDs: false }))).toMatchObject({
			'3ds': { enabled: false },
		});
	});

	it.each([
		["the credential's processing channel", {}, CHANNEL],
		["the node's processing channel before it", { processingChannelId: OWN_CHANNEL }, OWN_CHANNEL],
	])('takes %s', async (_name, options, channel) => {
		const settings = { processingChannelId: CHANNEL };
		expect(await bodyFor(withOptions(options), settings)).toMatchObject({
			processing_channel_id: channel,
		});
	});

	it('shortens what Checkout.com would refuse', async () => {
		const body = await bodyFor({
			description: 'x'.repeat(101),
			customer: { name: 'y'.repeat(256), email: `${'z'.repeat(250)}@example.com`, phone: null },
		});
		expect(body['description']).toBe(`${'x'.repeat(99)}…`);
		expect(body['customer']).toEqual({ name: `${'y'.repeat(254)}…` });
	});

	it.each([
		['500', 'JPY', 500],
		['5', 'UGX', 5],
		['5.120', 'KWD', 5120],
		['2500', 'ISK', 2500],
		['1000', 'CLP', 100000],
		['655', 'XAF', 655],
		['1999', 'HUF', 199900],
	])('writes %s %s in the unit of Checkout.com', async (amount, currency, units) => {
		expect(await bodyFor({ money: parseMoney(amount, currency) })).toMatchObject({
			amount: units,
			currency,
		});
	});

	it.each<[string, Partial<LinkRequest>, string]>([
		['no billing country', { options: {} }, 'Add the option "Billing Country"'],
		['a country by name', withOptions({ billingCountry: 'Germany' }), 'Use two letters'],
		['an amount of nothing', { money: parseMoney('0', 'EUR') }, 'more than zero'],
		['ten digits', { money: parseMoney('10000000.00', 'EUR') }, 'Split it into several'],
		['fils that are no tens', { money: parseMoney('5.125', 'KWD') }, 'steps of 0.010'],
		['a life of nothing', withOptions({ expiresInHours: 0 }), "can't live 0 hours"],
		['a life of a month', withOptions({ expiresInHours: 720 }), 'at most 336 (14 days)'],
		['a made-up challenge', withOptions({ challenge: 'always' }), 'not a 3-D Secure challenge'],
		['a made-up channel', withOptions({ processingChannelId: 'main' }), 'starts with pc_'],
		['no whole address', withOptions({ returnUrl: 'example.com' }), 'Give a whole web address'],
	])('refuses %s before Checkout.com sees it', async (_name, changes, message) => {
		const sent = checkoutComAnswers({});
		await expect(create(changes)).rejects.toThrow(message);
		expect(sent).toEqual([]);
	});
});

describe('the link that the lead already has', () => {
	isolateNetwork();

	const ours = { metadata: { kommo_lead_id: '31415926' } };
	const existingLink = { id: 'pay_mbabizu24mvu3mela5njyhpit4', url: URL };

	it('is handed back while it is active and asks for the same', async () => {
		const sent = checkoutComAnswers({ [GET_LINK]: { ...shown, ...ours } });
		expect(await create({ existingLink })).toMatchObject({
			linkId: LINK_ID,
			url: URL,
			leadId: 31415926,
			reused: true,
			status: 'active',
		});
		expect(sent).toHaveLength(1);
	});

	it('is found by its id as well', async () => {
		checkoutComAnswers({ [GET_LINK]: { ...shown, ...ours } });
		const link = await create({ existingLink: { id: LINK_ID, url: 'https://short.example/1' } });
		expect(link.reused).toBe(true);
	});

	it.each<[string, object, Partial<LinkRequest>]>([
		['has expired', { ...expired, ...ours }, {}],
		['was paid', { ...paid, ...ours }, {}],
		['asks for another amount', { ...shown, ...ours }, { money: parseMoney('5.00', 'EUR') }],
		['asks for another currency', { ...shown, ...ours }, { money: parseMoney('1999.00', 'USD') }],
	])('is followed by another when it %s', async (_name, link, changes) => {
		const sent = checkoutComAnswers({ [GET_LINK]: link, [CREATE]: created });
		expect(await create({ existingLink, ...changes })).toMatchObject({ reused: false });
		expect(sent).toHaveLength(2);
	});

	it.each<[string, Record<string, object | Answer[]>]>([
		['is not known here', { [GET_LINK]: [{ status: 404, body: '' }] }],
		[
			"is another lead's, because the card was copied",
			{ [GET_LINK]: { ...shown, metadata: { kommo_lead_id: '7' } } },
		],
	])('counts as none when it %s', async (_name, answers) => {
		checkoutComAnswers({ ...answers, [PAYMENTS]: NO_PAYMENTS, [CREATE]: created });
		expect(await create({ existingLink })).toMatchObject({ reused: false });
	});

	it("counts as none when it is another provider's", async () => {
		const sent = checkoutComAnswers({ [PAYMENTS]: NO_PAYMENTS, [CREATE]: created });
		const url = 'https://buy.stripe.com/test_1';
		await create({ existingLink: { id: 'plink_1SKommoAbCdEfGhIjKlMn', url } });
		expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([PAYMENTS, CREATE]);
	});

	it('is read on demand', async () => {
		checkoutComAnswers({ [GET_LINK]: paid });
		expect(await checkoutCom.paymentLinks.get(LINK_ID, context, null)).toMatchObject({
			linkId: LINK_ID,
			status: 'paid',
			leadId: 31415926,
			amount: '1999.00',
		});
		await expect(checkoutCom.paymentLinks.get('plink_1', context, null)).rejects.toThrow(
			'not the ID of a Checkout.com payment link',
		);
	});

	it('is read by its address once the saved id is that of a payment', async () => {
		checkoutComAnswers({ [GET_LINK]: paid });
		const link = await checkoutCom.paymentLinks.get(existingLink.id, context, URL);
		expect(link.linkId).toBe(LINK_ID);
	});

	it('can not be deactivated', () => {
		expect(checkoutCom.paymentLinks.deactivate).toBeUndefined();
	});
});

describe("Checkout.com's refusal of a link", () => {
	isolateNetwork();

	it.each<[number, object | string, string, string]>([
		[401, '', 'does not accept the secret key', 'Developers > Keys'],
		[403, '', 'may not do this', 'payment links'],
		[
			422,
			checkoutComFixture('error.422.request_invalid'),
			'refused: the billing country is missing or wrong; it does not know the currency.',
			'two letters',
		],
		[
			422,
			{ error_type: 'request_invalid', error_codes: ['processing_channel_id_required'] },
			'the processing channel is missing or wrong',
			'pc_',
		],
		[
			422,
			{ error_type: 'request_invalid', error_codes: ['something_new_invalid'] },
			'refused: something new invalid.',
			'',
		],
		[429, checkoutComFixture<{ body: object }>('error.429').body, 'too many', 'in a minute'],
		[400, '', 'refused: status 400.', ''],
	])('%i is told in words', async (status, body, message, hint) => {
		checkoutComAnswers({ [PAYMENTS]: NO_PAYMENTS, [CREATE]: [{ status, body }] });
		const error: unknown = await create().catch((caught: unknown) => caught);
		if (!(error instanceof ApiError)) throw error;
		expect(error.message).toContain(message);
		expect(error.details.hint ?? '').toContain(hint);
		expect(error.details.requestId).toBeTruthy();
		expect(JSON.stringify([error.message, error.details])).not.toContain('of_the_tests');
	});

	it('that is no answer of Checkout.com at all is said to be so', async () => {
		checkoutComAnswers({ [PAYMENTS]: [{ status: 200, body: '<html>' }] });
		await expect(create()).rejects.toThrow('did not come from Checkout.com');
	});
});
