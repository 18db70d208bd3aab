import { DEFAULTS, startKommo, type KommoSimulator } from '.';
import { call, embedded } from './api-call';
import { fixture, shapeOf } from './fixture-files';

const START = Date.UTC(2026, 0, 5, 12) / 1000;

describe('The account of the Kommo simulator', () => {
	let kommo: KommoSimulator;
	let seconds = START;
	let leadId: number;

	beforeEach(async () => {
		seconds = START;
		kommo = await startKommo({ rateLimit: null, currency: 'USD', now: () => seconds * 1000 });
		leadId = kommo.createLead({ name: 'Order' }).id;
	});
	afterEach(() => kommo.close());

	/** Bodies of Kommo's own samples, key by key; lists are compared by their first entry. */
	const reads: Array<[string, string, string[]]> = [
		['/api/v4/account', 'account.get.200.json', []],
		['/api/v4/leads/pipelines', 'pipelines.list.200.json', []],
		[`/api/v4/leads/pipelines/${DEFAULTS.sales.pipeline}/statuses`, 'statuses.list.200.json', []],
		['/api/v4/leads/loss_reasons', 'leads.loss_reasons.list.200.json', []],
		['/api/v4/leads/custom_fields/groups', 'custom_fields.groups.list.200.json', []],
	];

	it.each(reads)('answers GET %s with every key of the sample', async (path, name) => {
		const answer = await call(kommo, 'GET', path);

		expect(answer.status).toBe(200);
		expect(shapeOf(answer.body)).toMatchObject(shapeOf(fixture(name)) as object);
	});

	it('names the account by its options', async () => {
		const { body } = await call(kommo, 'GET', '/api/v4/account?with=task_types,datetime_settings');
		const sample = fixture('account.get.with-all.200.json') as { _embedded: object };

		expect(body).toMatchObject({ id: kommo.account.id, subdomain: 'example', currency: 'USD' });
		expect(Object.keys(body._embedded as object)).toEqual(['task_types', 'datetime_settings']);
		expect(shapeOf(sample._embedded)).toMatchObject(shapeOf(body._embedded) as object);
	});

	it('lists users with their roles and groups', async () => {
		const answer = await call(kommo, 'GET', '/api/v4/users?with=role,group');
		const manager = embedded(answer, 'users').find(({ name }) => name === 'Sales manager');
		const [sample] = embedded({ ...answer, body: fixture('users.list.200.json') }, 'users');

		expect(Object.keys(manager ?? {})).toEqual(Object.keys(sample ?? {}));
		expect(shapeOf(manager?._embedded)).toEqual(shapeOf(sample?._embedded));
		expect(Object.keys(manager?.rights as object)).toEqual(Object.keys(sample?.rights as object));
	});

	describe('custom fields', () => {
		it('are created with 201, listed with totals and read one by one', async () => {
			const created = await call(kommo, 'POST', '/api/v4/leads/custom_fields', [
				{
					name: 'Client Type',
					type: 'select',
					code: 'CLIENT_TYPE',
					is_api_only: true,
					enums: [{ value: 'New', sort: 500 }],
				},
			]);
			expect(created.status).toBe(201);
			const [field] = embedded<{ id: number }>(created, 'custom_fields');
			const envelope = fixture('custom_fields.post.201.json') as object;
			expect(Object.keys(created.body)).toEqual(Object.keys(envelope));

			const read = await call(kommo, 'GET', `/api/v4/leads/custom_fields/${field?.id}`);
			const sample = fixture('custom_fields.get.select.200.json');
			expect(Object.keys(read.body)).toEqual(Object.keys(sample as object));
			expect(shapeOf(read.body.enums)).toEqual(shapeOf((sample as { enums: unknown }).enums));
			expect(read.body).toMatchObject({ code: 'CLIENT_TYPE', is_api_only: true });

			const listed = await call(kommo, 'GET', '/api/v4/leads/custom_fields?limit=2');
			const list = fixture('custom_fields.list.200.json') as { _links: object };
			expect(Object.keys(listed.body)).toEqual(Object.keys(list));
			expect(Object.keys(listed.body._links as object)).toEqual(Object.keys(list._links));
		});

		it('show the predefined phone field of contacts with its kinds', async () => {
			const answer = await call(kommo, 'GET', '/api/v4/contacts/custom_fields');
			const phone = embedded(answer, 'custom_fields').find(({ code }) => code === 'PHONE');
			const sample = fixture('custom_fields.get.contact-phone.200.json') as {
				enums: Array<{ value: string }>;
			};

			const kinds = (phone?.enums as Array<{ value: string }>).map(({ value }) => value);
			expect(kinds).toEqual(sample.enums.map(({ value }) => value));
			expect(phone).toMatchObject({ is_predefined: true, is_deletable: false });
		});

		it.each<[string, object, string, string]>([
			['no name', { type: 'text' }, 'FieldMissing', 'name'],
			['no type', { name: 'A' }, 'FieldMissing', 'type'],
			['an unknown type', { name: 'A', type: 'string' }, 'NotSupportedChoice', 'type'],
			['money without a currency', { name: 'A', type: 'monetary' }, 'FieldMissing', 'currency'],
		])('are refused with %s', async (_what, field, code, path) => {
			const answer = await call(kommo, 'POST', '/api/v4/leads/custom_fields', [field]);

			expect(answer.status).toBe(400);
			expect(answer.body['validation-errors']).toMatchObject([{ errors: [{ code, path }] }]);
		});
	});

	describe('notes', () => {
		const note = (text: string) => ({ entity_id: leadId, note_type: 'common', params: { text } });

		it('are written thinly and read by lead or by type', async () => {
			const written = await call(kommo, 'POST', '/api/v4/leads/notes', [note('One'), note('Two')]);
			expect(written.status).toBe(200);
			expect(shapeOf(written.body)).toEqual(shapeOf(fixture('notes.post.200.json')));

			const byLead = await call(kommo, 'GET', `/api/v4/leads/${leadId}/notes?limit=1`);
			expect(shapeOf(byLead.body)).toEqual(shapeOf(fixture('notes.list.by-entity.200.json')));
			const [first] = embedded<{ id: number }>(byLead, 'notes');
			const one = await call(kommo, 'GET', `/api/v4/leads/notes/${first?.id}`);
			expect(shapeOf(one.body)).toEqual(shapeOf(fixture('notes.get.200.json')));
		});

		it('are filtered by type, lead and time, and sorted on request', async () => {
			const other = kommo.createLead().id;
			await call(kommo, 'POST', '/api/v4/leads/notes', [
				note('One'),
				{
					entity_id: leadId,
					note_type: 'service_message',
					params: { service: 'Stripe', text: 'Two' },
				},
			]);
			seconds += 50;
			await call(kommo, 'POST', `/api/v4/leads/${other}/notes`, [note('Three')]);
			const texts = async (query: string) => {
				const answer = await call(kommo, 'GET', `/api/v4/leads/notes?${query}`);
				return embedded<{ params: { text: string } }>(answer, 'notes').map(
					({ params }) => params.text,
				);
			};

			expect(await texts('filter[note_type][]=service_message')).toEqual(['Two']);
			expect(await texts(`filter[entity_id][]=${other}`)).toEqual(['Three']);
			expect(await texts(`filter[updated_at][from]=${START + 1}`)).toEqual(['Three']);
			expect(await texts('order[id]=desc')).toEqual(['Three', 'Two', 'One']);
			expect(await texts('filter[id][]=1')).toEqual([]);
			expect(kommo.notesOf(leadId).map(({ note_type }) => note_type)).toEqual([
				'common',
				'service_message',
			]);
		});

		it('can be edited', async () => {
			await call(kommo, 'POST', '/api/v4/leads/notes', [note('One')]);
			const id = kommo.notesOf(leadId)[0]?.id;
			const answer = await call(kommo, 'PATCH', '/api/v4/leads/notes', [
				{ id, entity_id: leadId, note_type: 'common', params: { text: 'Changed' } },
			]);

			expect(shapeOf(answer.body)).toEqual(shapeOf(fixture('notes.patch.200.json')));
			expect(kommo.notesOf(leadId)[0]?.params).toEqual({ text: 'Changed' });
		});

		it.each<[string, object, string]>([
			['an unknown type', { note_type: 'text', params: { text: 'x' } }, 'note_type'],
			[
				'a service message without its service',
				{ note_type: 'service_message', params: { text: 'x' } },
				'params.service',
			],
			[
				'an unknown lead',
				{ entity_id: 1, note_type: 'common', params: { text: 'x' } },
				'entity_id',
			],
		])('are refused with %s', async (_what, change, path) => {
			const answer = await call(kommo, 'POST', '/api/v4/leads/notes', [
				{ entity_id: leadId, ...change },
			]);

			expect(answer.status).toBe(400);
			expect(answer.body['validation-errors']).toMatchObject([{ errors: [{ path }] }]);
		});
	});

	describe('tasks', () => {
		const task = (more: object = {}) => ({
			text: 'Call the client',
			complete_till: START + 3600,
			entity_id: leadId,
			entity_type: 'leads',
			...more,
		});

		it('are created, shown as the next one of the lead, and completed with a result', async () => {
			const written = await call(kommo, 'POST', '/api/v4/tasks', [task({ request_id: 'a' })]);
			expect(shapeOf(written.body)).toEqual(shapeOf(fixture('tasks.post.200.json')));
			expect(kommo.lead(leadId).closest_task_at).toBe(START + 3600);
			const id = kommo.tasksOf(leadId)[0]?.id ?? 0;

			const open = await call(kommo, 'GET', '/api/v4/tasks?limit=1');
			const [listed] = embedded(open, 'tasks');
			const [sample] = embedded({ ...open, body: fixture('tasks.list.200.json') }, 'tasks');
			expect(shapeOf(listed)).toEqual(shapeOf(sample));
			expect(listed?.result).toEqual([]);

			kommo.switches.singlePatchShape = 'bare';
			const done = { is_completed: true, result: { text: 'Reached the client' } };
			const completed = await call(kommo, 'PATCH', `/api/v4/tasks/${id}`, done);
			expect(shapeOf(completed.body)).toEqual(shapeOf(fixture('tasks.complete.200.json')));
			const read = await call(kommo, 'GET', `/api/v4/tasks/${id}`);
			expect(shapeOf(read.body)).toEqual(shapeOf(fixture('tasks.get.200.json')));
			expect(kommo.lead(leadId).closest_task_at).toBeNull();
		});

		it('answer a bulk PATCH with request ids', async () => {
			kommo.person.addTask(leadId, 'One');
			const id = kommo.tasksOf(leadId)[0]?.id;
			const answer = await call(kommo, 'PATCH', '/api/v4/tasks', [{ id, text: 'Other' }]);

			expect(shapeOf(answer.body)).toEqual(shapeOf(fixture('tasks.patch.bulk.200.json')));
		});

		it('are filtered by lead, state and task_type', async () => {
			const other = kommo.createLead().id;
			await call(kommo, 'POST', '/api/v4/tasks', [
				task({ text: 'Open' }),
				task({ text: 'Meeting', task_type_id: 2 }),
				task({ text: 'Done', is_completed: true }),
				task({ text: 'Elsewhere', entity_id: other }),
			]);
			const texts = async (query: string) =>
				embedded(await call(kommo, 'GET', `/api/v4/tasks?${query}`), 'tasks').map(
					({ text }) => text,
				);
			const ofLead = `filter[entity_type]=leads&filter[entity_id][]=${leadId}`;

			expect(await texts(`${ofLead}&filter[is_completed]=0`)).toEqual(['Open', 'Meeting']);
			expect(await texts('filter[task_type][]=2')).toEqual(['Meeting']);
			expect(await texts(`filter[entity_id][]=${other}`)).toHaveLength(4);
		});

		it.each<[string, object, string]>([
			['no text', { text: undefined }, 'text'],
			['no deadline', { complete_till: undefined }, 'complete_till'],
			['a deadline in words', { complete_till: '2026-01-01' }, 'complete_till'],
			['an unknown user', { responsible_user_id: 1 }, 'responsible_user_id'],
			['an unknown lead', { entity_id: 1 }, 'entity_id'],
			['an unknown type', { task_type_id: 99 }, 'task_type_id'],
		])('are refused with %s', async (_what, change, path) => {
			const answer = await call(kommo, 'POST', '/api/v4/tasks', [task(change)]);

			expect(answer.status).toBe(400);
			expect(answer.body['validation-errors']).toMatchObject([{ errors: [{ path }] }]);
			expect(kommo.tasksOf(leadId)).toEqual([]);
		});
	});

	describe('contacts', () => {
		it('are created and changed thinly, found by e-mail and lead to their leads', async () => {
			const created = await call(kommo, 'POST', '/api/v4/contacts', [
				{
					first_name: 'Example',
					last_name: 'Customer',
					custom_fields_values: [
						{ field_code: 'PHONE', values: [{ value: '19651796212', enum_code: 'WORK' }] },
						{ field_code: 'EMAIL', values: [{ value: 'Customer@example.com' }] },
					],
					_embedded: { companies: [] },
				},
			]);
			expect(shapeOf(created.body)).toEqual(shapeOf(fixture('contacts.post.200.json')));
			const [contact] = embedded<{ id: number }>(created, 'contacts');
			await call(kommo, 'POST', '/api/v4/leads', [
				{ _embedded: { contacts: [{ id: contact?.id }] } },
			]);

			const found = await call(kommo, 'GET', '/api/v4/contacts?query=customer@EXAMPLE.com');
			const [sample] = embedded({ ...found, body: fixture('contacts.list.200.json') }, 'contacts');
			const [listed] = embedded(found, 'contacts');
			expect(Object.keys(listed ?? {})).toEqual(Object.keys(sample ?? {}));
			expect(shapeOf(listed?.custom_fields_values)).toEqual(shapeOf(sample?.custom_fields_values));

			const read = await call(kommo, 'GET', `/api/v4/contacts/${contact?.id}?with=leads`);
			expect(embedded(read, 'leads')).toHaveLength(1);
			const changed = await call(kommo, 'PATCH', `/api/v4/contacts/${contact?.id}`, {
				name: 'Renamed',
			});
			expect(shapeOf(changed.body)).toEqual(shapeOf(fixture('contacts.patch.200.json')));
		});
	});

	it('queues a bot run and keeps the message with the field put in', async () => {
		const link = kommo.addField({ name: 'Link', type: 'textarea', code: 'LINK' });
		kommo.updateLead(leadId, { customFields: { LINK: 'https://pay.example.com/1' } });
		const bot = kommo.store.bots.get(DEFAULTS.bot);
		if (bot) bot.message = `Pay here: {{lead.cf.${link.id}}}`;
		const answer = await call(kommo, 'POST', `/api/v4/bots/${DEFAULTS.bot}/run`, {
			entity_id: leadId,
			entity_type: 'leads',
		});

		expect([answer.status, answer.text]).toEqual([202, 'Accepted']);
		expect(kommo.store.sentMessages).toMatchObject([
			{ leadId, text: 'Pay here: https://pay.example.com/1' },
		]);
	});
});
