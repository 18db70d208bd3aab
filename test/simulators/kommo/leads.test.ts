import { DEFAULTS, startKommo, type KommoSimulator } from '.';
import { call, embedded, type Answer } from './api-call';
import { fixture, shapeOf } from './fixture-files';

const { sales, renewals, won, lost, lossReasons, users } = DEFAULTS;
const START = Date.UTC(2026, 0, 5, 12) / 1000;

describe('Leads of the Kommo simulator', () => {
	let kommo: KommoSimulator;
	let seconds = START;

	beforeEach(async () => {
		seconds = START;
		kommo = await startKommo({ rateLimit: null, now: () => seconds * 1000 });
	});
	afterEach(() => kommo.close());

	it('reads a lead with the keys and types of the reference', async () => {
		kommo.addField({ name: 'Sale', type: 'checkbox' });
		const lead = kommo.createLead({ name: 'Order', price: 20000, customFields: { Sale: true } });
		lead.tags.push(kommo.store.tag('Ex'));
		const answer = await call(kommo, 'GET', `/api/v4/leads/${lead.id}`);

		expect(answer.status).toBe(200);
		expect(answer.type).toBe('application/hal+json');
		expect(shapeOf(answer.body)).toEqual(shapeOf(fixture('leads.get.200.json')));
		expect(Object.keys(answer.body)).toEqual(
			Object.keys(fixture('leads.get.200.json') as Record<string, unknown>),
		);
	});

	it('embeds contacts and the loss reason only when asked', async () => {
		const lead = kommo.createLead({ contact: { name: 'Example contact' } });
		kommo.moveLead(lead.id, lost);
		lead.loss_reason_id = lossReasons.tooExpensive;
		const plain = await call(kommo, 'GET', `/api/v4/leads/${lead.id}`);
		const full = await call(kommo, 'GET', `/api/v4/leads/${lead.id}?with=contacts,loss_reason`);
		const expected = fixture('leads.get.with-contacts.200.json') as Record<
			'_embedded',
			Record<string, unknown>
		>;

		expect(Object.keys(plain.body._embedded as object)).toEqual(['tags', 'companies']);
		const { contacts, loss_reason } = full.body._embedded as Record<string, unknown>;
		expect(shapeOf(contacts)).toEqual(shapeOf(expected._embedded.contacts));
		expect(shapeOf(loss_reason)).toEqual(shapeOf(expected._embedded.loss_reason));
	});

	it.each(['/api/v4/leads/1', '/api/v4/leads', '/api/v4/leads?page=9', '/api/v4/contacts/1'])(
		'answers %s with 204 and no body when there is nothing',
		async (path) => {
			const answer = await call(kommo, 'GET', path);

			expect(answer.status).toBe(204);
			expect(answer.text).toBe('');
		},
	);

	it('pages with a next link that is there exactly while there is a next page', async () => {
		for (let index = 0; index < 5; index += 1) kommo.createLead({ name: `Order ${index}` });
		const names: unknown[] = [];
		let href: string | undefined = `${kommo.url}/api/v4/leads?limit=2&order[id]=desc`;
		const links: string[][] = [];
		while (href) {
			const answer: Answer<{ _links: Record<string, { href: string }> }> = await call(
				kommo,
				'GET',
				href.slice(kommo.url.length),
			);
			names.push(...embedded(answer, 'leads').map(({ name }) => name));
			links.push(Object.keys(answer.body._links));
			href = answer.body._links.next?.href;
		}

		expect(names).toEqual(['Order 4', 'Order 3', 'Order 2', 'Order 1', 'Order 0']);
		const middle = fixture('leads.list.paged.200.json') as { _links: object };
		expect(links).toEqual([
			['self', 'next'],
			Object.keys(middle._links),
			['self', 'first', 'prev'],
		]);
	});

	describe('with four leads', () => {
		const ids: Record<string, number> = {};

		beforeEach(() => {
			ids.early = kommo.createLead({ name: 'Early', price: 10 }).id;
			seconds += 100;
			ids.waiting = kommo.createLead({ name: 'Waiting', statusId: sales.invoiceSent }).id;
			ids.renewal = kommo.createLead({ name: 'Renewal', pipelineId: renewals.pipeline }).id;
			seconds += 100;
			ids.won = kommo.createLead({
				name: 'Won',
				statusId: won,
				responsibleUserId: users.accountManager,
			}).id;
			kommo.person.deleteLead(kommo.createLead({ name: 'Deleted' }).id);
		});

		it.each<[string, () => string, string[]]>([
			['ids', () => `filter[id][]=${ids.early}&filter[id][]=${ids.won}`, ['Early', 'Won']],
			['one id without brackets', () => `filter[id]=${ids.won}`, ['Won']],
			[
				'a stage of a pipeline',
				() =>
					`filter[statuses][0][pipeline_id]=${sales.pipeline}&filter[statuses][0][status_id]=${sales.invoiceSent}`,
				['Waiting'],
			],
			[
				'the stage 142, which every pipeline has',
				() =>
					`filter[statuses][0][pipeline_id]=${renewals.pipeline}&filter[statuses][0][status_id]=142`,
				[],
			],
			['pipeline', () => `filter[pipeline_id][]=${renewals.pipeline}`, ['Renewal']],
			['time of update', () => `filter[updated_at][from]=${START + 200}`, ['Won']],
			[
				'a range of creation',
				() => `filter[created_at][from]=${START + 1}&filter[created_at][to]=${START + 150}`,
				['Waiting', 'Renewal'],
			],
			['responsible user', () => `filter[responsible_user_id][]=${users.accountManager}`, ['Won']],
			['search text', () => 'query=renew', ['Renewal']],
			['the bin', () => 'with=only_deleted', ['Deleted']],
			[
				'a bare pipeline_id, which Kommo ignores',
				() => 'pipeline_id=1',
				['Early', 'Waiting', 'Renewal', 'Won'],
			],
			[
				'a field value, which Kommo does not filter by',
				() => 'filter[custom_fields_values][1][]=x',
				['Early', 'Waiting', 'Renewal', 'Won'],
			],
		])('filters by %s', async (_what, query, names) => {
			const answer = await call(kommo, 'GET', `/api/v4/leads?${query()}`);

			expect(embedded(answer, 'leads').map(({ name }) => name)).toEqual(names);
		});
	});

	it('answers a POST with ids and request ids only', async () => {
		const answer = await call(kommo, 'POST', '/api/v4/leads', [
			{ name: 'Order', price: 20 },
			{ request_id: 'mine' },
		]);

		expect(answer.status).toBe(200);
		expect(shapeOf(answer.body)).toEqual(shapeOf(fixture('leads.post.200.json')));
		const [first, second] = embedded<{ id: number; request_id: string }>(answer, 'leads');
		expect([first?.request_id, second?.request_id]).toEqual(['0', 'mine']);
		expect(kommo.lead(first?.id ?? 0)).toMatchObject({
			price: 20,
			status_id: sales.initialContact,
			responsible_user_id: users.administrator,
			updated_by: 0,
		});
		expect(kommo.lead(second?.id ?? 0).name).toBe(`Lead #${second?.id}`);
	});

	it('answers a single PATCH in either of the two documented shapes', async () => {
		const { id } = kommo.createLead();
		const list = await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { price: 1 });
		kommo.switches.singlePatchShape = 'bare';
		const bare = await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { price: 2 });

		expect(shapeOf(list.body)).toEqual(shapeOf(fixture('leads.patch.bulk.200.json')));
		expect(shapeOf(bare.body)).toEqual(shapeOf(fixture('leads.patch.single.200.json')));
		expect(kommo.lead(id).price).toBe(2);
	});

	it('touches only what a PATCH names', async () => {
		kommo.addField({ name: 'A', type: 'text', code: 'A' });
		kommo.addField({ name: 'B', type: 'text', code: 'B' });
		const { id } = kommo.createLead({ name: 'Order', price: 5, customFields: { A: '1', B: '2' } });
		seconds += 60;
		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, {
			custom_fields_values: [
				{ field_code: 'A', values: [{ value: 'new' }] },
				{ field_code: 'B', values: null },
			],
		});

		expect(kommo.lead(id)).toMatchObject({ name: 'Order', price: 5, updated_at: START + 60 });
		expect([kommo.fieldValue(id, 'A'), kommo.fieldValue(id, 'B')]).toEqual(['new', null]);
	});

	it.each<[string, object, { pipeline_id: number; status_id: number }]>([
		[
			'a stage of another pipeline alone',
			{ status_id: renewals.paymentDue },
			{ pipeline_id: renewals.pipeline, status_id: renewals.paymentDue },
		],
		[
			'a pipeline alone',
			{ pipeline_id: renewals.pipeline },
			{ pipeline_id: renewals.pipeline, status_id: renewals.upcoming },
		],
		['142 alone', { status_id: won }, { pipeline_id: sales.pipeline, status_id: won }],
		[
			'142 in another pipeline',
			{ pipeline_id: renewals.pipeline, status_id: won },
			{ pipeline_id: renewals.pipeline, status_id: won },
		],
	])('moves a lead by %s', async (_what, change, stage) => {
		const { id } = kommo.createLead();
		const answer = await call(kommo, 'PATCH', `/api/v4/leads/${id}`, change);

		expect(answer.status).toBe(200);
		expect(kommo.lead(id)).toMatchObject(stage);
	});

	it.each([
		[
			'a stage of another pipeline than the one named',
			{ pipeline_id: renewals.pipeline, status_id: sales.offerMade },
		],
		['the stage of incoming leads', { status_id: sales.incoming }],
	])('refuses to move a lead to %s', async (_what, change) => {
		const { id } = kommo.createLead();
		const answer = await call(kommo, 'PATCH', `/api/v4/leads/${id}`, change);

		expect(answer.status).toBe(400);
		expect(answer.text).toContain('"path":"status_id"');
	});

	it('sets closed_at on closing, keeps it while closed and clears it on reopening', async () => {
		const { id } = kommo.createLead();
		seconds += 10;
		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { status_id: won });
		seconds += 10;
		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { price: 3 });
		expect(kommo.lead(id).closed_at).toBe(START + 10);

		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { status_id: sales.offerMade });
		expect(kommo.lead(id).closed_at).toBeNull();
	});

	it('takes a loss reason together with 143, or refuses it by the stage before the write', async () => {
		const change = { status_id: lost, loss_reason_id: lossReasons.tooExpensive };
		const first = kommo.createLead().id;
		expect((await call(kommo, 'PATCH', `/api/v4/leads/${first}`, change)).status).toBe(200);
		expect(kommo.lead(first).loss_reason_id).toBe(lossReasons.tooExpensive);

		kommo.switches.lossReasonRule = 'before';
		const second = kommo.createLead().id;
		expect((await call(kommo, 'PATCH', `/api/v4/leads/${second}`, change)).status).toBe(400);
		expect(kommo.lead(second).status_id).toBe(sales.initialContact);
	});

	it('takes decimals as price only on accounts that have them', async () => {
		kommo.switches.decimalPrices = true;
		const { id } = kommo.createLead();
		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { price: 19.99 });
		const { body } = await call(kommo, 'GET', `/api/v4/leads/${id}`);

		expect(body).toMatchObject({ price: 20, price_with_minor_units: 19.99 });
	});

	it('adds, deletes and replaces tags', async () => {
		const { id } = kommo.createLead();
		const tags = () => kommo.lead(id).tags.map(({ name }) => name);
		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, {
			tags_to_add: [{ name: 'a' }, { name: 'b' }],
		});
		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { tags_to_delete: [{ name: 'a' }] });
		expect(tags()).toEqual(['b']);

		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { _embedded: { tags: null } });
		expect(tags()).toEqual([]);
	});

	it('creates a lead with its contact and company in one complex call, answered by a plain list', async () => {
		const answer = await call(kommo, 'POST', '/api/v4/leads/complex', [
			{
				name: 'Order',
				_embedded: {
					contacts: [
						{
							first_name: 'Example',
							custom_fields_values: [
								{
									field_code: 'EMAIL',
									values: [{ value: 'customer@example.com', enum_code: 'WORK' }],
								},
							],
						},
					],
					companies: [{ name: 'Example company' }],
				},
				request_id: '1',
			},
		]);

		expect(shapeOf(answer.body)).toEqual(shapeOf(fixture('leads.complex.post.200.json')));
	});

	it('links a contact with is_main and answers with main_contact', async () => {
		const { id } = kommo.createLead();
		const contact = kommo.createContact({ name: 'Example contact' });
		const answer = await call(kommo, 'POST', `/api/v4/leads/${id}/link`, [
			{ to_entity_id: contact.id, to_entity_type: 'contacts', metadata: { is_main: true } },
		]);

		expect(shapeOf(answer.body)).toEqual(shapeOf(fixture('links.link.200.json')));
		expect(kommo.lead(id).contacts).toEqual([{ id: contact.id, is_main: true }]);
	});
});
