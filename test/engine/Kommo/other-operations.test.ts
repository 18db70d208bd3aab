import { DEFAULTS } from '../../simulators/kommo';
import { byId, mapped, startKommoAccount, type KommoAccount } from './kommo-account';

describe('Kommo', () => {
	let account: KommoAccount;

	beforeAll(async () => (account = await startKommoAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		account.kommo.faults.clear();
	});

	describe('contact', () => {
		const newContact = () =>
			account.kommo.createContact({ name: 'Client One', email: 'client@example.com' });

		it('is created with e-mail address, phone and custom fields', async () => {
			account.kommo.store.addField('contacts', { name: 'Notes', type: 'textarea' });
			const [created] = await account.json('contact:create', {
				name: 'Client',
				additionalFields: { email: 'new@example.com', phone: '+15550100', tagsToAdd: 'vip' },
				customFields: mapped({ Notes: 'Line 1\nLine 2' }),
			});
			const [found] = await account.json('contact:get', {
				contactId: byId(Number(created?.contactId)),
			});
			expect(found).toMatchObject({
				name: 'Client',
				email: 'new@example.com',
				phone: '+15550100',
				tags: ['vip'],
				customFields: { Notes: 'Line 1\nLine 2' },
			});
		});

		it('is updated where only one thing changes', async () => {
			const { id } = newContact();
			const [updated] = await account.json(
				'contact:update',
				{ updateFields: { email: 'other@example.com' } },
				[{ contactId: id }],
			);
			expect(updated).toEqual({ contactId: id, updated: true });
			const [found] = await account.json('contact:get', { contactId: byId(id) });
			expect(found).toMatchObject({ name: 'Client One', email: 'other@example.com' });
		});

		it('is found by exactly its e-mail address, not by a part of it', async () => {
			const { id } = account.kommo.createContact({ name: 'A', email: 'ab@example.com' });
			account.kommo.createContact({ name: 'B', email: 'cab@example.com' });
			const found = await account.json('contact:getAll', {
				filters: { email: 'AB@example.com' },
			});
			expect(found.map(({ contactId }) => contactId)).toEqual([id]);
		});

		it('names its leads', async () => {
			const lead = account.kommo.createLead({ contact: { name: 'Client Two' } });
			const [found] = await account.json('contact:get', {
				contactId: byId(lead.contacts[0]?.id ?? 0),
			});
			expect(found?.leadIds).toEqual([lead.id]);
		});
	});

	describe('note', () => {
		it('is written for many leads with one call, in the words of each item', async () => {
			const leads = Array.from({ length: 12 }, () => account.kommo.createLead());
			const notes = await account.json(
				'note:create',
				{ text: '=Paid {{ $json.amount }}', noteType: 'service_message', serviceName: 'Stripe' },
				leads.map(({ id }, n) => ({ leadId: id, amount: n })),
			);
			expect(account.kommo.log.of('POST', /leads\/notes$/)).toHaveLength(1);
			expect(notes[7]).toMatchObject({ leadId: leads[7]?.id, text: 'Paid 7' });
			expect(account.kommo.notesOf(leads[7]?.id ?? 0)).toEqual([
				expect.objectContaining({
					id: notes[7]?.noteId,
					note_type: 'service_message',
					params: { service: 'Stripe', text: 'Paid 7' },
				}),
			]);
		});

		it('is written for contacts too, and read back', async () => {
			const { id } = account.kommo.createContact({ name: 'Client' });
			const target = { entity: 'contacts', contactId: byId(id) };
			await account.run('note:create', { ...target, text: 'Called' });
			await expect(account.json('note:getAll', target)).resolves.toEqual([
				expect.objectContaining({ contactId: id, text: 'Called', noteType: 'common' }),
			]);
		});

		it('names the lead that does not exist, and spares the others', async () => {
			const lead = account.kommo.createLead();
			const output = await account.json(
				'note:create',
				{ text: 'Hello' },
				[{ leadId: 99 }, { leadId: lead.id }],
				{ onError: 'continueRegularOutput' },
			);
			expect(output[0]?.error).toEqual(expect.stringContaining('99'));
			expect(output[1]).toMatchObject({ leadId: lead.id });
			expect(account.kommo.notesOf(lead.id)).toHaveLength(1);
		});

		it('is not written without a text', async () => {
			const { id } = account.kommo.createLead();
			const attempt = account.run('note:create', { leadId: byId(id), text: ' ' });
			await expect(attempt).rejects.toThrow('The note has no text');
		});
	});

	describe('task', () => {
		it('is created for tomorrow, for the user the item names', async () => {
			const lead = account.kommo.createLead();
			const [created] = await account.json('task:create', { text: 'Remind the client' }, [
				{ leadId: lead.id, responsibleUserId: DEFAULTS.users.salesManager },
			]);
			const [task] = account.kommo.tasksOf(lead.id);
			expect(task).toMatchObject({
				id: created?.taskId,
				text: 'Remind the client',
				responsible_user_id: DEFAULTS.users.salesManager,
			});
			const hours = ((task?.complete_till ?? 0) - Date.now() / 1000) / 3600;
			expect(Math.round(hours)).toBe(24);
		});

		it('is created for nothing in particular, with the fields of the item left alone', async () => {
			const lead = account.kommo.createLead();
			const [created] = await account.json(
				'task:create',
				{ entity: 'none', text: 'Find the deal' },
				[{ leadId: lead.id }],
			);
			expect(account.kommo.tasksOf(lead.id)).toEqual([]);
			expect(account.kommo.store.tasks.get(Number(created?.taskId))).toMatchObject({
				text: 'Find the deal',
				entity_id: null,
				entity_type: null,
			});
			expect(created).not.toHaveProperty('leadId');
			await expect(account.json('task:getAll', { returnAll: true })).resolves.toContainEqual(
				expect.objectContaining({ taskId: created?.taskId, text: 'Find the deal' }),
			);
		});

		it('is listed, changed and completed', async () => {
			const lead = account.kommo.createLead();
			await account.run('task:create', {
				leadId: byId(lead.id),
				text: 'Call',
				dueAt: '2026-12-01T10:00:00Z',
				additionalFields: { taskTypeId: 2 },
			});
			const filters = { leadId: String(lead.id), completed: false };
			const [open] = await account.json('task:getAll', { filters });
			expect(open).toMatchObject({
				leadId: lead.id,
				dueAt: '2026-12-01T10:00:00Z',
				taskTypeId: 2,
				result: null,
			});
			await account.run('task:update', { updateFields: { text: 'Call again' } }, [open ?? {}]);
			const result = 'The client has paid';
			await account.run('task:complete', { result }, [open ?? {}]);
			await expect(account.json('task:getAll', { filters })).resolves.toEqual([]);
			await expect(
				account.json('task:getAll', { filters: { ...filters, completed: true } }),
			).resolves.toEqual([expect.objectContaining({ text: 'Call again', result })]);
		});
	});

	describe('the lists of the account', () => {
		it('show pipelines with stages in the form the node takes', async () => {
			const [first] = await account.json('pipeline:getAll');
			expect(first).toMatchObject({ pipelineId: DEFAULTS.sales.pipeline });
			expect(first?.stages).toContainEqual({
				statusId: 142,
				name: 'Closed – won',
				isIncoming: false,
				stage: `${DEFAULTS.sales.pipeline}:142`,
			});
		});

		it('show users', async () => {
			const users = await account.json('user:getAll');
			expect(users).toContainEqual({
				userId: DEFAULTS.users.administrator,
				name: 'Administrator',
				email: 'administrator@example.com',
			});
		});

		it('show custom fields with their options', async () => {
			account.kommo.addField({ name: 'Size', type: 'select', enums: [{ value: 'Small' }] });
			await expect(account.json('customField:getAll')).resolves.toContainEqual(
				expect.objectContaining({ name: 'Size', type: 'select', options: ['Small'] }),
			);
		});
	});

	describe('salesbot', () => {
		it('is run for many leads with one call', async () => {
			const leads = [account.kommo.createLead(), account.kommo.createLead()];
			const output = await account.json(
				'salesbot:run',
				{ botId: DEFAULTS.bot },
				leads.map(({ id }) => ({ leadId: id })),
			);
			expect(output).toEqual(
				leads.map(({ id }) => ({ botId: DEFAULTS.bot, leadId: id, queued: true })),
			);
			expect(account.kommo.log.of('POST', /bots\/run$/)).toHaveLength(1);
		});

		it('is not run again when it is uncertain whether it was', async () => {
			const lead = account.kommo.createLead();
			account.kommo.faults.add({ kind: 'dropAfter', path: /bots/ });
			const attempt = account.run('salesbot:run', {
				botId: DEFAULTS.bot,
				leadId: byId(lead.id),
			});
			await expect(attempt).rejects.toThrow('Kommo could not be reached');
			expect(account.kommo.log.of('POST', /bots\/run$/)).toHaveLength(1);
		});
	});

	describe('a refusal', () => {
		it.each([
			['a wrong token', 401, 'does not accept the access token'],
			['an unpaid account', 402, 'not paid for'],
			['a blocked server', 403, 'blocks requests from this server'],
		])('for %s is told in words', async (_name, status, message) => {
			const body = status === 403 ? '403 Forbidden' : { title: 'x', status };
			account.kommo.faults.add({ kind: 'answer', status, body });
			const attempt = account.run('lead:getAll');
			await expect(attempt).rejects.toMatchObject({
				message: expect.stringContaining(message) as string,
				httpCode: String(status),
			});
		});

		it('for a workflow from a newer version names the operation', async () => {
			await expect(account.run('lead:merge')).rejects.toThrow('no operation "lead: merge"');
		});

		it('never shows the token', async () => {
			account.kommo.faults.add({ kind: 'drop' });
			const error: unknown = await account
				.run('note:create', { leadId: byId(1), text: 'x' })
				.catch((caught: unknown) => caught);
			expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(
				account.kommo.token,
			);
		});
	});
});
