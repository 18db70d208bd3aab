import { parseMoney } from '../../../../nodes/core/money';
import type { LinkRequest } from '../../../../nodes/gateways/gateway';
import { gatewayBench } from './gateway-bench';

const at = gatewayBench();
const { createLink } = at;
const transactions = () => at.paddle.store.transactions.oldestFirst();

describe('a link that cannot be made is explained', () => {
	const missing = 'it has no default payment link';

	it.each<[string, () => void, Partial<LinkRequest>, string, RegExp]>([
		[
			'without a default payment link',
			() => (at.paddle.settings.defaultCheckoutUrl = null),
			{},
			missing,
			/Checkout settings → Default payment link/,
		],
		[
			'without a default payment link, which the key may not look at either',
			() => {
				at.paddle.settings.defaultCheckoutUrl = null;
				at.paddle.settings.permissions = new Set([
					'transaction.read',
					'transaction.write',
					'customer.read',
					'customer.write',
				]);
			},
			{},
			missing,
			/Checkout settings → Default payment link/,
		],
		[
			'on a page of another domain',
			() => (at.paddle.settings.approvedDomains = ['127.0.0.1']),
			{ options: { checkoutUrl: 'https://example.com/pay' } },
			'Paddle has not approved the website of the option Checkout URL.',
			/Website approval/,
		],
		[
			'for next to nothing',
			() => {},
			{ money: parseMoney('0.10', 'EUR') },
			'The amount is less than Paddle can charge.',
			/minimum/,
		],
		[
			'with a key that may only read',
			() => (at.paddle.settings.permissions = new Set(['customer.read', 'customer.write'])),
			{},
			'The Paddle API key may not do this',
			/Edit the key/,
		],
		[
			'to a broken e-mail address',
			() => {},
			{ customer: { name: null, email: 'nobody', phone: null } },
			'Paddle refused: email must match format',
			/^$/,
		],
	])('%s', async (_name, prepare, changes, message, hint) => {
		prepare();
		const error: unknown = await createLink(changes).catch((caught: unknown) => caught);
		expect(error).toMatchObject({
			message: expect.stringContaining(message) as string,
			details: { requestId: expect.stringMatching(/^[\w-]{36}$/) as string },
		});
		expect((error as { details: { hint?: string } }).details.hint ?? '').toMatch(hint);
	});

	it('when the client pays at this moment', async () => {
		const first = await createLink();
		at.paddle.faults.add({
			kind: 'answer',
			method: 'PATCH',
			status: 400,
			body: { error: { code: 'transaction_immutable', detail: 'Cannot update.' } },
		});
		const existingLink = { id: first.linkId, url: first.url };
		await expect(
			createLink({ money: parseMoney('5.00', 'EUR'), existingLink }),
		).rejects.toMatchObject({
			details: { hint: expect.stringContaining('has probably paid just now') as string },
		});
	});

	it('when Paddle counts a currency in other units', async () => {
		at.paddle.faults.add({
			kind: 'answer',
			method: 'GET',
			path: /\/currencies$/,
			status: 200,
			body: { data: [{ code: 'CLP', decimal_places: 2 }] },
		});
		await expect(createLink({ money: parseMoney('20000', 'CLP') })).rejects.toThrow(
			'Paddle counts CLP with 2 decimals',
		);
		expect(transactions()).toEqual([]);
	});
});
