import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { paymentEvent } from '../../../unit/core/payment-events';
import type { RunNodeSettings } from '../../harness';
import { byId } from '../kommo-account';
import { minutesAgo, startPaymentAccount, type PaymentAccount } from './payment-account';

describe('Kommo: Save Payment Link', () => {
	let account: PaymentAccount;
	let leadId: number;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		leadId = account.createLead({ price: 500 });
		account.kommo.log.clear();
		account.kommo.faults.clear();
	});

	/** What Create Payment Link emits. */
	const link = (parts: IDataObject = {}): IDataObject => ({
		gateway: 'stripe',
		leadId,
		linkId: 'plink_1',
		url: 'https://pay.example.com/1',
		amount: '100.00',
		amountMinor: 10_000,
		currency: 'EUR',
		status: 'active',
		...parts,
	});

	const save = async (
		parameters: IDataObject = {},
		items: IDataObject[] = [link()],
	): Promise<INodeExecutionData[]> => {
		const [output = []] = await account.run('payment:saveLink', parameters, items);
		return output;
	};

	it('writes link and status to the card, and hands the link on', async () => {
		const [item] = await save();
		expect(account.card(leadId)).toEqual({
			paymentLink: 'https://pay.example.com/1',
			status: 'Awaiting',
			currency: 'EUR',
			gateway: 'stripe',
			paymentId: 'plink_1',
		});
		expect(item).toEqual({ json: link(), pairedItem: { item: 0 } });
		expect(account.calls()).toEqual(['GET leads/:id', 'PATCH leads']);
	});

	it('sets the amount due where the amount does not come from the lead', async () => {
		await save({ amountDue: 'link' });
		expect(account.card(leadId).amountDue).toBe('100.00');
	});

	describe('behind Get Payment Request', () => {
		const execution = { executionId: '17' };

		/** Runs "Get Payment Request", has something happen, and saves the link that was made meanwhile. */
		async function saveAfter(
			event: () => Promise<unknown> | void,
			savedBy: RunNodeSettings = execution,
		): Promise<string[]> {
			await account.run('payment:getRequest', {}, [{ leadId }], execution);
			await event();
			account.calls();
			await account.run('payment:saveLink', {}, [{ ...link() }], savedBy);
			return account.calls();
		}

		it('does not read a lead again that had neither link nor payment', async () => {
			expect(await saveAfter(() => {})).toEqual(['PATCH leads']);
			expect(account.card(leadId).status).toBe('Awaiting');
		});

		it('does not set back a lead that was paid meanwhile', async () => {
			const event = paymentEvent({ leadId, amountMinor: 50_000, occurredAt: minutesAgo(0) });
			const saved = saveAfter(async () => await account.apply([event]));
			await expect(saved).rejects.toThrow('already "Paid"');
			expect(account.card(leadId)).toMatchObject({ status: 'Paid', paymentId: event.paymentId });
		});

		it('reads a lead again for which another execution has saved a link', async () => {
			const other = { executionId: '18' };
			const calls = await saveAfter(async () => {
				await account.run('payment:saveLink', {}, [link()], other);
			});
			expect(calls).toEqual(['GET leads/:id', 'PATCH leads']);
		});

		it('reads a lead again that another execution had read', async () => {
			const calls = await saveAfter(() => {}, { executionId: '18' });
			expect(calls).toEqual(['GET leads/:id', 'PATCH leads']);
		});

		it.each<Record<string, string>>([
			{ KP_PAYMENT_LINK: 'https://pay.example.com/0' },
			{ KP_PAYMENT_STATUS: 'Failed' },
		])(
			'reads a lead again that showed %j: the client may have paid by that link',
			async (customFields) => {
				account.kommo.updateLead(leadId, { customFields });
				const paid = { customFields: { KP_PAYMENT_STATUS: 'Paid' } };
				const saved = saveAfter(() => void account.kommo.updateLead(leadId, paid));
				await expect(saved).rejects.toThrow('already "Paid"');
			},
		);
	});

	it('adds the link for the rest to what was paid', async () => {
		account.kommo.updateLead(leadId, {
			customFields: { KP_PAYMENT_STATUS: 'Partially Paid', KP_AMOUNT_PAID: '30' },
		});
		await save({ amountDue: 'link' }, [link({ amount: '70.00' })]);
		expect(account.card(leadId)).toMatchObject({ status: 'Partially Paid', amountDue: '100.00' });
	});

	it.each(['Paid', 'Partially Refunded', 'Disputed'])(
		'does not put a link on a card that shows %s by now',
		async (status) => {
			account.kommo.updateLead(leadId, { customFields: { KP_PAYMENT_STATUS: status } });
			await expect(save()).rejects.toMatchObject({
				message: `The deal's payment status is already "${status}": the link was not saved`,
				description: expect.stringContaining('Deactivate the new link') as string,
			});
			expect(account.card(leadId)).toEqual({ status });
		},
	);

	it.each(['Failed', 'Overdue', 'Canceled', 'Refunded', 'Not Issued'])(
		'goes on from %s to Awaiting',
		async (status) => {
			account.kommo.updateLead(leadId, { customFields: { KP_PAYMENT_STATUS: status } });
			await save();
			expect(account.card(leadId).status).toBe('Awaiting');
		},
	);

	it('takes the lead from the node where one is named', async () => {
		const other = account.createLead();
		const [item] = await save({ leadId: byId(other) });
		expect(account.card(other).status).toBe('Awaiting');
		expect(account.card(leadId)).toEqual({});
		expect(item?.json.leadId).toBe(other);
	});

	it('writes many links with two calls', async () => {
		const leads = Array.from({ length: 40 }, () => account.createLead());
		account.kommo.log.clear();
		const items = await save(
			{},
			leads.map((id) => link({ leadId: id, url: `https://pay.example.com/${id}` })),
		);
		expect(account.calls()).toEqual(['GET leads', 'PATCH leads']);
		expect(items.map(({ json }) => json.leadId)).toEqual(leads);
		for (const id of leads) {
			expect(account.card(id).paymentLink).toBe(`https://pay.example.com/${id}`);
		}
	});

	it('writes to fields of their own', async () => {
		const field = account.kommo.addField({ name: 'Zahlungslink', type: 'url' });
		await save({ fieldMapping: { paymentLink: String(field.id) } });
		expect(account.kommo.fieldValue(leadId, field.id)).toBe('https://pay.example.com/1');
		expect(account.card(leadId).paymentLink).toBeUndefined();
	});

	it.each<[string, IDataObject, string]>([
		['there is no link', { leadId: 1 }, 'There is no payment link in the incoming item'],
		['there is no lead', { url: 'https://pay.example.com/1' }, 'No lead is named'],
	])('says so when %s', async (_name, item, message) => {
		await expect(save({}, [item])).rejects.toThrow(message);
	});

	it('spares the others when one item fails', async () => {
		const items = [link({ leadId: 'none' }), link(), link({ leadId: 999 }), { leadId }];
		const [saved = [], failed = []] = await account.run('payment:saveLink', {}, items, {
			onError: 'continueErrorOutput',
		});
		expect(saved.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(failed.map(({ json, pairedItem }) => [json.leadId, pairedItem])).toEqual([
			['none', { item: 0 }],
			[999, { item: 2 }],
			[leadId, { item: 3 }],
		]);
		expect(account.card(leadId).status).toBe('Awaiting');
	});
});
