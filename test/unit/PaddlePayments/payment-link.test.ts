import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parseMoney } from '../../../nodes/core/money';
import type { LinkRequest } from '../../../nodes/gateways/gateway';
import { paddle } from '../../../nodes/PaddlePayments/gateway';
import { linkParams } from '../../../nodes/PaddlePayments/gateway/link-params';
import { isolateNetwork } from '../../http/provider-double';
import { openapi } from '../../simulators/paddle/api/openapi';
import { context, entity, paddleAnswers, page } from './paddle-double';
import { CUSTOM_DATA, LEAD, paddleFixture } from './paddle-fixture';

const PRICE = 'pri_01gsz8x8sawmvhz1pv30nge1ke';
const PRICE_2 = 'pri_01h1vjfevh5etwq3rb416a23h2';
const TXN = 'txn_01hv8wptq8987qeep44cyrewp9';

const request: LinkRequest = {
	leadId: LEAD,
	contactId: 27182818,
	responsibleUserId: null,
	money: parseMoney('1999.00', 'EUR'),
	description: ' Gold ',
	customer: { name: null, email: null, phone: null },
	existingLink: null,
	options: {},
};

const draft = {
	...paddleFixture<{ data: object }>('python-sdk.Transactions.response.minimal_entity').data,
	custom_data: CUSTOM_DATA,
};

const ajv = addFormats(new Ajv({ strict: false }));
ajv.addSchema(openapi, 'paddle');

function itemOf(options: Record<string, unknown>, changes: Partial<LinkRequest> = {}) {
	const { items } = linkParams({ ...request, ...changes, options }) as {
		items: Array<{ price?: Record<string, unknown> }>;
	};
	return items[0];
}

function referenceOf(changes: Partial<LinkRequest> = {}): string {
	const { custom_data } = linkParams({ ...request, ...changes });
	return (custom_data as typeof CUSTOM_DATA).kommo_reference;
}

describe('the body of a transaction', () => {
	it('asks for the amount with everything that leads back to the deal', () => {
		expect(linkParams(request)).toEqual({
			items: [
				{
					quantity: 1,
					price: {
						description: `Kommo lead ${LEAD}: Gold`,
						unit_price: { amount: '199900', currency_code: 'EUR' },
						tax_mode: 'internal',
						quantity: { minimum: 1, maximum: 1 },
						product: { name: 'Gold', tax_category: 'standard' },
					},
				},
			],
			currency_code: 'EUR',
			custom_data: {
				kommo_lead_id: String(LEAD),
				kommo_contact_id: '27182818',
				kommo_reference: expect.stringMatching(/^kommo_31415926_[0-9a-f]{20}$/) as string,
			},
		});
	});

	it.each<[string, Record<string, unknown>]>([
		['of the deal', {}],
		[
			'of a subscription with its own tax',
			{ interval: 'year', taxMode: 'account_setting', taxCategory: 'saas' },
		],
		['of the catalog', { priceIds: [PRICE], quantity: 3 }],
		['on a page of its own', { checkoutUrl: 'https://example.com/pay' }],
	])('%s is one that Paddle documents', (_name, options) => {
		const validate = ajv.getSchema('paddle#/components/schemas/transaction-create');
		const valid = validate?.(linkParams({ ...request, options }));
		expect({ valid, errors: validate?.errors }).toEqual({ valid: true, errors: null });
	});

	it('sells catalog prices instead, in whatever way they are named', () => {
		const expected = {
			items: [
				{ price_id: PRICE, quantity: 2 },
				{ price_id: PRICE_2, quantity: 2 },
			],
		};
		const chosen = { priceIds: [PRICE, PRICE_2], quantity: 2 };
		const written = { priceIds: `${PRICE}, ${PRICE_2},`, quantity: '2' };
		for (const options of [chosen, written]) {
			const params = linkParams({ ...request, options });
			expect(params).toMatchObject(expected);
			expect(params).not.toHaveProperty('currency_code');
		}
	});

	it('takes what Paddle takes of long texts', () => {
		const { price } = itemOf({}, { description: 'x'.repeat(600) }) ?? {};
		expect(price?.['description']).toHaveLength(500);
		expect((price?.['product'] as { name: string }).name).toHaveLength(200);
	});

	it('does not tell Paddle about a hosted checkout, which Paddle itself has', () => {
		const checkoutUrl = 'https://pay.paddle.io/hsc_01jt8s46kx4nv91002z7vy4ecj_x';
		expect(linkParams({ ...request, options: { checkoutUrl } })).not.toHaveProperty('checkout');
	});

	it.each([
		['EUR', '1999.00', '199900'],
		['JPY', '5000', '5000'],
		['CLP', '20000', '20000'],
		['KRW', '20000', '20000'],
		['VND', '500000', '500000'],
		['HUF', '5000.50', '500050'],
		['COP', '50000', '5000000'],
		['TWD', '500', '50000'],
	])('counts %s %s as %s', (currency, amount, expected) => {
		const item = itemOf({}, { money: parseMoney(amount, currency) });
		expect(item?.price?.['unit_price']).toEqual({ amount: expected, currency_code: currency });
	});

	it.each(['KWD', 'UGX', 'ISK', 'XAF', 'NGN'])(
		'is not made for %s, which Paddle lacks',
		(currency) => {
			const money = parseMoney('5000', currency);
			expect(() => linkParams({ ...request, money })).toThrow(`Paddle does not take ${currency}`);
		},
	);

	it.each<[string, Partial<LinkRequest>, string]>([
		['nothing', { money: parseMoney('0', 'EUR') }, 'The amount must be more than zero.'],
		['no description', { description: ' ' }, 'The description is empty.'],
		['an odd interval', { options: { interval: 'hour' } }, '"hour" is not an interval.'],
		['an odd tax category', { options: { taxCategory: 'x' } }, '"x" is not a tax category.'],
		['an odd tax mode', { options: { taxMode: 'x' } }, '"x" is not a tax mode.'],
		['an odd price', { options: { priceIds: ['pro_1'] } }, '"pro_1" is not the ID of a Paddle'],
		['half a piece', { options: { quantity: 0.5 } }, 'The quantity is 0.5.'],
		['a page without protocol', { options: { checkoutUrl: 'example.com' } }, 'Give it in full'],
	])('is refused in words with %s', (_name, changes, message) => {
		expect(() => linkParams({ ...request, ...changes })).toThrow(message);
	});
});

describe('the reference', () => {
	it('is the same for the same request', () => {
		expect(referenceOf({ customer: { ...request.customer, email: 'a@example.com' } })).toBe(
			referenceOf(),
		);
	});

	it.each<[string, Partial<LinkRequest>]>([
		['lead', { leadId: 2 }],
		['amount', { money: parseMoney('1999.01', 'EUR') }],
		['currency', { money: parseMoney('1999.00', 'USD') }],
		['description', { description: 'Silver' }],
		['interval', { options: { interval: 'month' } }],
		['catalog price', { options: { priceIds: [PRICE] } }],
		['page', { options: { checkoutUrl: 'https://example.com/pay' } }],
	])('is another one for another %s', (_name, changes) => {
		expect(referenceOf(changes)).not.toBe(referenceOf());
	});
});

describe('a link as Paddle shows it', () => {
	isolateNetwork();

	it.each([
		['draft', 'active'],
		['ready', 'active'],
		['billed', 'active'],
		['past_due', 'active'],
		['paid', 'paid'],
		['completed', 'paid'],
		['canceled', 'inactive'],
	])('that is %s is %s', async (status, expected) => {
		paddleAnswers({ [`GET /transactions/${TXN}`]: entity({ ...draft, id: TXN, status }) });
		expect(await paddle.paymentLinks.get(TXN, context, null)).toMatchObject({
			gateway: 'paddle',
			linkId: TXN,
			leadId: LEAD,
			reference: CUSTOM_DATA.kommo_reference,
			status: expected,
			live: false,
		});
	});

	it.each([
		`https://example.com/pay?_ptxn=${TXN}`,
		`https://pay.paddle.io/x?transaction_id=${TXN}`,
	])('is found by its address %s', async (address) => {
		paddleAnswers({ [`GET /transactions/${TXN}`]: entity({ ...draft, id: TXN }) });
		expect(await paddle.paymentLinks.get(address, context, null)).toMatchObject({ linkId: TXN });
	});

	it('may have no page to pay it on, as a renewal', async () => {
		paddleAnswers({ [`GET /transactions/${TXN}`]: entity({ ...draft, checkout: null }) });
		expect(await paddle.paymentLinks.get(TXN, context, null)).toMatchObject({ url: '' });
	});

	it.each(['plink_1', 'https://example.com/pay', ''])('is not asked for by %p', async (id) => {
		await expect(paddle.paymentLinks.get(id, context, null)).rejects.toThrow('begins with txn_');
	});

	it('is not handed on when it was made without a page to pay it on', async () => {
		paddleAnswers({
			'GET /transactions': page(),
			'POST /transactions': entity({ ...draft, checkout: { url: null } }),
		});
		await expect(paddle.paymentLinks.create(request, context)).rejects.toMatchObject({
			message: 'Paddle made the payment, but no page to pay it on.',
			details: { hint: expect.stringContaining('default payment link') as string },
		});
	});
});

describe('a missing default payment link', () => {
	isolateNetwork();
	const refusal = {
		status: 400,
		body: {
			error: { code: 'transaction_default_checkout_url_not_set', detail: 'Not set.' },
			meta: { request_id: 'request-of-the-test' },
		},
	};

	it.each([
		['is still missing', { default_url: null }, /^Set it in Paddle under Checkout/],
		[
			'was set in the meantime',
			{ default_url: 'https://example.com/pay' },
			/now name https:\/\/example.com\/pay/,
		],
	])('%s', async (_name, settings, hint) => {
		const sent = paddleAnswers({
			'GET /transactions': page(),
			'POST /transactions': [refusal],
			'GET /settings/checkout-url': entity(settings),
		});
		await expect(paddle.paymentLinks.create(request, context)).rejects.toMatchObject({
			message: expect.stringContaining('no default payment link') as string,
			details: { hint: expect.stringMatching(hint) as string, requestId: 'request-of-the-test' },
		});
		expect(sent.map(({ path }) => path)).toContain('/settings/checkout-url');
	});
});

describe('looking for a link whose making was never answered', () => {
	isolateNetwork();

	it('looks through no more than the last day and 300 transactions', async () => {
		const other = { ...draft, custom_data: null };
		const full = {
			data: Array.from({ length: 30 }, () => other),
			meta: {
				pagination: { has_more: true, next: 'https://api.paddle.com/transactions?after=txn_1' },
			},
		};
		const sent = paddleAnswers({
			'GET /transactions': full,
			'POST /transactions': entity(draft),
		});
		await paddle.paymentLinks.create(request, context);
		const looks = sent.filter(({ method }) => method === 'GET');
		expect(looks).toHaveLength(10);
		expect(looks[0]?.query).toBe(
			'status=draft,ready&created_at[GTE]=2026-11-19T12:00:00.000Z&per_page=30',
		);
		expect(looks[1]?.query).toBe('after=txn_1');
	});
});
