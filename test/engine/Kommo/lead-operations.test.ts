import { DEFAULTS } from '../../simulators/kommo';
import { byId, mapped, startKommoAccount, type KommoAccount } from './kommo-account';

const { sales, renewals, users } = DEFAULTS;

describe('Kommo: lead', () => {
	let account: KommoAccount;

	beforeAll(async () => (account = await startKommoAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		account.kommo.faults.clear();
	});

	const field = (name: string, type: string, options?: string[], code?: string) =>
		account.kommo.addField({
			name,
			type,
			...(code ? { code } : {}),
			...(options ? { enums: options.map((value) => ({ value })) } : {}),
		});

	describe('create', () => {
		it('makes leads of many items with one call, and pairs each with its item', async () => {
			const items = Array.from({ length: 30 }, (_none, n) => ({ order: `Order ${n}` }));
			const [output = []] = await account.run(
				'lead:create',
				{ name: '={{ $json.order }}', additionalFields: { price: 100 } },
				items,
			);
			expect(account.kommo.log.of('POST', /leads$/)).toHaveLength(1);
			expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
				items.map((_none, item) => ({ item })),
			);
			const last = account.kommo.lead(Number(output[29]?.json.leadId));
			expect(last).toMatchObject({ name: 'Order 29', price: 100 });
		});

		it('sets stage, user, tags, contact and custom fields', async () => {
			field('Order number', 'text');
			field('Delivery', 'date');
			field('Size', 'select', ['Small', 'Large']);
			const contact = account.kommo.createContact({ name: 'Client', email: 'client@example.com' });
			const [created] = await account.json('lead:create', {
				name: 'Order',
				additionalFields: {
					stage: `${renewals.pipeline}:${renewals.paymentDue}`,
					responsibleUserId: users.accountManager,
					tagsToAdd: 'website, new',
					contactId: contact.id,
				},
				customFields: mapped({ 'Order number': 'A-1', Delivery: '2026-11-20', Size: 'Large' }),
			});
			const lead = account.kommo.lead(Number(created?.leadId));
			expect(lead).toMatchObject({
				pipeline_id: renewals.pipeline,
				status_id: renewals.paymentDue,
				responsible_user_id: users.accountManager,
				contacts: [{ id: contact.id, is_main: true }],
			});
			expect(lead.tags.map(({ name }) => name)).toEqual(['website', 'new']);
			expect(account.kommo.fieldValue(lead.id, 'Order number')).toBe('A-1');
			expect(account.kommo.fieldValue(lead.id, 'Size')).toBe('Large');
			// Midnight in Berlin, where the account is.
			expect(account.kommo.fieldValue(lead.id, 'Delivery')).toBe(
				Date.parse('2026-11-20T00:00:00+01:00') / 1000,
			);
		});

		it('leaves out fields that were taken out of the editor again, or not filled in', async () => {
			field('Kept', 'text');
			field('Removed', 'checkbox');
			const customFields = mapped({ Kept: null, Removed: false });
			(customFields.schema as Array<{ id: string; removed?: boolean }>).forEach((entry) => {
				entry.removed = entry.id === 'Removed';
			});
			const [created] = await account.json('lead:create', { name: 'Order', customFields });
			expect(account.kommo.lead(Number(created?.leadId)).field_values.size).toBe(0);
		});

		it('refuses a price with decimals instead of rounding it', async () => {
			const attempt = account.run('lead:create', { additionalFields: { price: 12.5 } });
			await expect(attempt).rejects.toThrow('Price takes a whole number; the value is "12.5"');
			expect(account.kommo.log.entries).toHaveLength(0);
		});
	});

	describe('update', () => {
		it('changes only what is given, and moves between pipelines', async () => {
			const lead = account.kommo.createLead({ name: 'Order', price: 100 });
			await account.run('lead:update', {
				leadId: byId(lead.id),
				updateFields: { stage: `${renewals.pipeline}:${renewals.upcoming}`, price: 250 },
			});
			const [request] = account.kommo.log.of('PATCH', /leads$/);
			expect(JSON.parse(request?.body ?? '')).toEqual([
				{
					id: lead.id,
					price: 250,
					status_id: renewals.upcoming,
					pipeline_id: renewals.pipeline,
				},
			]);
			expect(account.kommo.lead(lead.id)).toMatchObject({ name: 'Order', price: 250 });
		});

		it('closes a lead as won in whichever pipeline it is', async () => {
			const lead = account.kommo.createLead({
				pipelineId: renewals.pipeline,
				statusId: renewals.upcoming,
			});
			await account.run('lead:update', {
				leadId: byId(lead.id),
				updateFields: { stage: '142' },
			});
			expect(account.kommo.lead(lead.id)).toMatchObject({
				pipeline_id: renewals.pipeline,
				status_id: 142,
			});
		});

		it('finds the lead in the item when none is chosen', async () => {
			const lead = account.kommo.createLead();
			const [updated] = await account.json('lead:update', { updateFields: { name: 'New' } }, [
				{ leadId: lead.id },
			]);
			expect(updated).toEqual({ leadId: lead.id, updated: true });
			expect(account.kommo.lead(lead.id).name).toBe('New');
		});

		it('reads the lead off the address of its card', async () => {
			const lead = account.kommo.createLead();
			const value = `https://acme.kommo.com/leads/detail/${lead.id}?tab=1`;
			await account.run('lead:update', {
				leadId: { __rl: true, mode: 'url', value },
				updateFields: { name: 'By URL' },
			});
			expect(account.kommo.lead(lead.id).name).toBe('By URL');
		});

		it('clears the fields it is told to clear', async () => {
			field('Clear me', 'text', undefined, 'CLEAR_ME');
			const lead = account.kommo.createLead({ customFields: { CLEAR_ME: 'x' } });
			await account.run('lead:update', {
				leadId: byId(lead.id),
				updateFields: { clearFields: ['CLEAR_ME'] },
			});
			expect(account.kommo.fieldValue(lead.id, 'CLEAR_ME')).toBeNull();
		});

		it.each([
			['nothing to update', {}, 'There is nothing to update'],
			['an option that does not exist', { Status: 'Payed' }, 'Its options are "Paid", "Unpaid".'],
			['a field that does not exist', { Nowhere: 1 }, 'has no custom field "Nowhere"'],
		])('refuses %s before anything is sent', async (_name, fields, message) => {
			if (account.kommo.store.fieldByName('leads', 'Status') === undefined) {
				field('Status', 'select', ['Paid', 'Unpaid']);
			}
			const lead = account.kommo.createLead();
			const customFields = mapped(fields);
			const attempt = account.run('lead:update', { leadId: byId(lead.id), customFields });
			await expect(attempt).rejects.toThrow(message);
			expect(account.kommo.log.of('PATCH', /./)).toHaveLength(0);
		});

		it('says which item Kommo refused, and writes nothing of the batch', async () => {
			const [first, second] = [account.kommo.createLead(), account.kommo.createLead()];
			const attempt = account.run(
				'lead:update',
				{ updateFields: { name: 'New', responsibleUserId: '={{ $json.user }}' } },
				[
					{ leadId: first.id, user: users.salesManager },
					{ leadId: second.id, user: 99 },
				],
			);
			await expect(attempt).rejects.toMatchObject({
				message: 'Kommo does not know the user "99".',
				context: { itemIndex: 1 },
			});
			expect(account.kommo.lead(first.id).name).not.toBe('New');
		});

		it('writes the good items without the bad one when it is to continue', async () => {
			const leads = Array.from({ length: 4 }, () => account.kommo.createLead());
			const [output = []] = await account.run(
				'lead:update',
				{ updateFields: { name: 'New', responsibleUserId: '={{ $json.user }}' } },
				leads.map(({ id }, n) => ({
					leadId: n === 3 ? 'none' : id,
					user: n === 1 ? 99 : users.salesManager,
				})),
				{ onError: 'continueRegularOutput' },
			);
			expect(
				output.map(({ json, pairedItem }) => [json.updated ?? json.error, pairedItem]),
			).toEqual([
				[true, { item: 0 }],
				['Kommo does not know the user "99".', { item: 1 }],
				[true, { item: 2 }],
				['No lead is named: "none" where its ID was expected', { item: 3 }],
			]);
			expect(leads.map(({ id }) => account.kommo.lead(id).name === 'New')).toEqual([
				true,
				false,
				true,
				false,
			]);
		});
	});

	describe('get', () => {
		it('returns the lead under the names the other nodes use', async () => {
			field('Currency', 'text', undefined, 'KP_CURRENCY');
			const lead = account.kommo.createLead({
				name: 'Order',
				price: 100,
				contact: { name: 'Client', email: 'client@example.com' },
				customFields: { KP_CURRENCY: 'EUR' },
			});
			const [found] = await account.json('lead:get', { leadId: byId(lead.id) });
			expect(found).toMatchObject({
				leadId: lead.id,
				name: 'Order',
				price: 100,
				pipelineId: sales.pipeline,
				contactId: lead.contacts[0]?.id,
				customFields: { Currency: 'EUR' },
			});
			expect(found?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		});

		it('tells when the next task is due, if there is one', async () => {
			const { id } = account.kommo.createLead({ name: 'Order' });
			const nextTask = async () => {
				const [found] = await account.json('lead:get', { leadId: byId(id) });
				return found?.nextTaskAt;
			};
			expect(await nextTask()).toBeNull();
			const { complete_till: due } = account.kommo.person.addTask(id, 'Call the client');
			expect(Date.parse(String(await nextTask()))).toBe(due * 1000);
		});

		it('returns what Kommo sent when it is not to be simplified', async () => {
			const lead = account.kommo.createLead({ name: 'Order' });
			const [found] = await account.json('lead:get', { leadId: byId(lead.id), simplify: false });
			expect(found).toMatchObject({ id: lead.id, status_id: lead.status_id });
		});

		it('gets many leads with one call, each at its item', async () => {
			const leads = Array.from({ length: 20 }, (_none, n) =>
				account.kommo.createLead({ name: `Lead ${n}` }),
			);
			const found = await account.json(
				'lead:get',
				{},
				leads.map(({ id }) => ({ leadId: id })),
			);
			expect(found.map(({ leadId }) => leadId)).toEqual(leads.map(({ id }) => id));
			expect(account.kommo.log.of('GET', /leads/)).toHaveLength(1);
		});

		it('says that a lead is not there, for its item only', async () => {
			const lead = account.kommo.createLead();
			await expect(account.run('lead:get', { leadId: byId(99) })).rejects.toThrow(
				'There is no lead 99 in this Kommo account',
			);
			const found = await account.json('lead:get', {}, [{ leadId: 99 }, { leadId: lead.id }], {
				onError: 'continueRegularOutput',
			});
			expect(found).toEqual([
				expect.objectContaining({ error: 'There is no lead 99 in this Kommo account' }),
				expect.objectContaining({ leadId: lead.id }),
			]);
		});
	});

	describe('get many', () => {
		const names = async (parameters: object) =>
			(await account.json('lead:getAll', { returnAll: true, ...parameters })).map(
				({ name }) => name,
			);

		beforeEach(() => account.kommo.store.leads.clear());

		it('stops at the limit without reading further pages', async () => {
			Array.from({ length: 120 }, () => account.kommo.createLead());
			const found = await account.json('lead:getAll', { limit: 50 });
			expect(found).toHaveLength(50);
			expect(account.kommo.log.of('GET', /leads/)).toHaveLength(1);
		});

		it('returns all leads of an account with several pages', async () => {
			Array.from({ length: 300 }, () => account.kommo.createLead());
			expect(await names({})).toHaveLength(300);
			expect(account.kommo.log.of('GET', /leads/)).toHaveLength(2);
		});

		it('returns nothing for an account without leads', async () => {
			expect(await names({})).toEqual([]);
		});

		it('filters by one stage at Kommo, by several here', async () => {
			const stages = [sales.initialContact, sales.invoiceSent, sales.paymentReceived];
			stages.forEach((statusId) => account.kommo.createLead({ name: `${statusId}`, statusId }));
			const stage = (id: number) => `${sales.pipeline}:${id}`;
			const one = { filters: { stages: [stage(sales.invoiceSent)] } };
			expect(await names(one)).toEqual([`${sales.invoiceSent}`]);
			expect(account.kommo.log.entries[0]?.query).toContain('statuses');
			const two = { filters: { stages: [stage(sales.invoiceSent), stage(sales.paymentReceived)] } };
			expect((await names(two)).sort()).toEqual([
				`${sales.invoiceSent}`,
				`${sales.paymentReceived}`,
			]);
		});

		it('finds leads by the value of a custom field, by its code, among the open ones', async () => {
			field('Payment status', 'select', ['Awaiting', 'Paid'], 'KP_PAYMENT_STATUS');
			const lead = (name: string, status: string, statusId?: number) =>
				account.kommo.createLead({ name, statusId, customFields: { KP_PAYMENT_STATUS: status } });
			lead('waits', 'Awaiting');
			lead('has paid', 'Paid');
			lead('was lost', 'Awaiting', 143);
			account.kommo.createLead({ name: 'no status' });
			const condition = { field: 'KP_PAYMENT_STATUS', operator: 'is', value: 'Awaiting' };
			const filters = { onlyOpen: true, customField: { condition: [condition] } };
			expect(await names({ filters })).toEqual(['waits']);
			const empty = { customField: { condition: [{ ...condition, operator: 'isEmpty' }] } };
			expect(await names({ filters: empty })).toEqual(['no status']);
		});

		it('takes the time of a filter in the zone of the workflow, and sorts', async () => {
			account.kommo.createLead({ name: 'b' });
			account.kommo.createLead({ name: 'a' });
			const filters = { updatedAfter: '2026-01-01T00:00:00', updatedBefore: '2126-01-01' };
			const sort = { by: { field: 'id', direction: 'asc' } };
			expect(await names({ filters, sort })).toEqual(['b', 'a']);
			const { query = '' } = account.kommo.log.entries[0] ?? {};
			expect(new URLSearchParams(query).get('order[id]')).toBe('asc');
		});
	});
});
