import type { IDataObject } from 'n8n-workflow';
import { DEFAULTS, type NewLead } from '../../../simulators/kommo';
import { byId } from '../kommo-account';
import { startPaymentAccount, type PaymentAccount } from './payment-account';

describe('Kommo: Get Payment Request', () => {
	let account: PaymentAccount;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		account.kommo.faults.clear();
	});

	const contact = {
		name: 'Purchasing department',
		email: 'client@example.com',
		phone: '+15550100',
	};

	async function request(
		lead: NewLead,
		requestOptions: IDataObject = {},
	): Promise<{ ready: IDataObject[]; notReady: IDataObject[] }> {
		const leadId = account.createLead({ name: 'Website relaunch', contact, ...lead });
		const outputs = await account.run('payment:getRequest', { requestOptions }, [{ leadId }]);
		const [ready = [], notReady = []] = outputs.map((output) => output.map(({ json }) => json));
		return { ready, notReady };
	}

	const fields = (customFields: NonNullable<NewLead['customFields']>) => ({ customFields });

	it('collects what a link needs from the lead and its contact', async () => {
		const { ready, notReady } = await request({
			price: 1999,
			responsibleUserId: DEFAULTS.users.accountManager,
		});
		expect(notReady).toEqual([]);
		const [leadId] = [...account.kommo.store.leads.keys()].slice(-1);
		expect(ready).toEqual([
			{
				leadId,
				leadName: 'Website relaunch',
				contactId: account.kommo.lead(leadId ?? 0).contacts[0]?.id,
				responsibleUserId: DEFAULTS.users.accountManager,
				amount: '1999.00',
				amountMinor: 199_900,
				currency: 'EUR',
				description: 'Website relaunch',
				customer: contact,
				existingLink: null,
				existingLinkId: null,
				ready: true,
				problems: [],
			},
		]);
	});

	it('names the link that the lead has', async () => {
		const { ready } = await request(
			fields({ KP_PAYMENT_LINK: 'https://pay.example.com/1', KP_PAYMENT_ID: 'plink_1' }),
		);
		expect(ready).toEqual([
			expect.objectContaining({
				existingLink: 'https://pay.example.com/1',
				existingLinkId: 'plink_1',
			}),
		]);
	});

	it('takes the lead from the node instead of from the item', async () => {
		const leadId = account.createLead();
		const [[item] = []] = await account.run('payment:getRequest', { leadId: byId(leadId) });
		expect([item?.json.leadId, item?.pairedItem]).toEqual([leadId, { item: 0 }]);
	});

	it('works for a lead without a contact, and with a contact without an address', async () => {
		const nobody = { name: null, email: null, phone: null };
		const [without] = (await request({ contact: undefined })).ready;
		expect([without?.contactId, without?.customer]).toEqual([null, nobody]);
		const [nameless] = (await request({ contact: { name: 'Client' } })).ready;
		expect(nameless?.customer).toEqual({ ...nobody, name: 'Client' });
	});

	describe('the amount', () => {
		it.each<[string, NewLead, IDataObject, string, string]>([
			['the price', { price: 100 }, {}, '100.00', 'EUR'],
			['the amount due', { price: 100, ...fields({ KP_AMOUNT_DUE: '42.5' }) }, {}, '42.50', 'EUR'],
			['a share of it', { price: 1999 }, { percentage: 30 }, '599.70', 'EUR'],
			['a share that is rounded', { price: 100 }, { percentage: 33.33 }, '33.33', 'EUR'],
			['in the lead’s currency', fields({ KP_CURRENCY: 'usd' }), {}, '100.00', 'USD'],
			['in the node’s currency', {}, { currency: 'gbp' }, '100.00', 'GBP'],
			[
				'in the lead’s rather than the node’s currency',
				fields({ KP_CURRENCY: 'USD' }),
				{ currency: 'GBP' },
				'100.00',
				'USD',
			],
			['in a currency without decimals', fields({ KP_CURRENCY: 'JPY' }), {}, '100', 'JPY'],
			[
				'what is left after a prepayment',
				fields({ KP_PAYMENT_STATUS: 'Partially Paid', KP_AMOUNT_PAID: '30' }),
				{ percentage: 30 },
				'70.00',
				'EUR',
			],
			[
				'what is left after a prepayment that was refunded and paid again',
				fields({
					KP_PAYMENT_STATUS: 'Partially Paid',
					KP_AMOUNT_PAID: '60',
					KP_REFUNDED: '30',
				}),
				{ percentage: 30 },
				'70.00',
				'EUR',
			],
		])('is %s', async (_name, lead, options, amount, currency) => {
			const [found] = (await request(lead, options)).ready;
			expect([found?.amount, found?.currency]).toEqual([amount, currency]);
		});
	});

	describe('the description', () => {
		it.each([
			['{lead}', 'Website relaunch'],
			['Deal {id}: {lead}, {lead}', /^Deal \d+: Website relaunch, Website relaunch$/],
			['Invoice', 'Invoice'],
			['', 'Website relaunch'],
		])('%j', async (description, text) => {
			const [found] = (await request({}, { description })).ready;
			expect(found?.description).toEqual(
				typeof text === 'string' ? text : expect.stringMatching(text),
			);
		});
	});

	describe('a lead that is not ready leaves through the second output and says why', () => {
		it.each<[string, NewLead, IDataObject, string]>([
			['no price', { price: 0 }, {}, 'The deal has no amount. Enter its price'],
			['an amount due of less than nothing', fields({ KP_AMOUNT_DUE: '-5' }), {}, 'no amount'],
			['decimals', fields({ KP_AMOUNT_DUE: '1.5', KP_CURRENCY: 'JPY' }), {}, 'JPY has no decimals'],
			['no currency', fields({ KP_CURRENCY: '$' }), {}, '"$" is not a currency code'],
			[
				'no address',
				{ contact: { name: 'Client' } },
				{ requireEmail: true },
				'The contact "Client" has no e-mail address.',
			],
			[
				'no contact',
				{ contact: undefined },
				{ requireEmail: true },
				'The deal has no contact. Add one with an e-mail address.',
			],
			['lost', { statusId: 143 }, {}, 'The deal is closed as lost.'],
			['paid', fields({ KP_PAYMENT_STATUS: 'Paid' }), {}, 'already "Paid"'],
			['disputed', fields({ KP_PAYMENT_STATUS: 'Disputed' }), {}, 'already "Disputed"'],
			[
				'refunded in part',
				fields({ KP_PAYMENT_STATUS: 'Partially Refunded' }),
				{},
				'already "Partially Refunded"',
			],
		])('(%s)', async (_name, lead, options, problem) => {
			const { ready, notReady } = await request(lead, options);
			expect(ready).toEqual([]);
			expect(notReady).toEqual([
				expect.objectContaining({
					ready: false,
					problems: [expect.stringContaining(problem) as string],
				}),
			]);
		});

		it('all of it at once', async () => {
			const lead = { price: 0, statusId: 143, contact: undefined };
			const [found] = (await request(lead, { requireEmail: true })).notReady;
			expect(found?.problems).toHaveLength(3);
		});

		it('when it does not exist', async () => {
			const outputs = await account.run('payment:getRequest', {}, [{ leadId: 999 }]);
			expect(outputs.map((output) => output.map(({ json }) => json))).toEqual([
				[],
				[
					expect.objectContaining({
						leadId: 999,
						ready: false,
						problems: ['Lead 999 does not exist in this Kommo account, or was deleted.'],
					}),
				],
			]);
		});
	});

	describe('a stage change that is handled late, say by a retried run', () => {
		const refunded = fields({
			KP_PAYMENT_STATUS: 'Refunded',
			KP_PAYMENTS: [
				'2026-11-20 10:00:00Z | stripe | pi_1 | paid | 100.00 EUR',
				'2026-11-20 11:00:00Z | stripe | pi_1 | refunded | 100.00 EUR',
			].join('\n'),
		});

		it.each([
			['came before the client paid', '2026-11-20T09:59:00Z', 0],
			['came before the money went back', '2026-11-20T10:30:00Z', 0],
			['came after it', '2026-11-20T11:30:00Z', 1],
		])('asks for nothing again unless it came after what happened since: %s', async (...args) => {
			const [, changedAt, readyCount] = args;
			const leadId = account.createLead({ contact, price: 100, ...refunded });
			const [ready = [], notReady = []] = await account.run('payment:getRequest', {}, [
				{ leadId, changedAt },
			]);
			expect(ready).toHaveLength(readyCount);
			expect(notReady.map(({ json }) => json.problems)).toEqual(
				readyCount === 1
					? []
					: [[expect.stringContaining('since the deal was moved here') as string]],
			);
		});
	});

	it('sorts many leads, each paired with its item', async () => {
		const leads = [100, 0, 200].map((price) => account.createLead({ price }));
		const items = leads.map((leadId) => ({ leadId }));
		const [ready = [], notReady = []] = await account.run('payment:getRequest', {}, items);
		expect(ready.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(notReady.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('sends what failed to the error output, with the fields of its item', async () => {
		const items = [{ leadId: 'none', name: 'odd' }, { leadId: account.createLead() }];
		const outputs = await account.run('payment:getRequest', {}, items, {
			onError: 'continueErrorOutput',
		});
		expect(outputs.map((output) => output.length)).toEqual([1, 0, 1]);
		expect(outputs[2]?.[0]?.json).toEqual({
			leadId: 'none',
			name: 'odd',
			error: 'No lead is named: "none" where its ID was expected',
			details: expect.stringContaining('leadId') as string,
		});
	});

	it('costs two calls', async () => {
		const leadId = account.createLead({ contact });
		await account.run('payment:getRequest', {}, [{ leadId }]);
		expect(account.calls()).toEqual(['GET leads/:id', 'GET contacts/:id']);
	});
});
