import { DEFAULTS, refusal, startKommo, type KommoSimulator } from '.';
import { call } from './api-call';
import { fixture, fixtureText } from './fixture-files';

describe('Refusals of the Kommo simulator', () => {
	let kommo: KommoSimulator;
	let leadId: number;
	let select: number;

	beforeAll(async () => {
		kommo = await startKommo({ rateLimit: null });
		leadId = kommo.createLead({ name: 'Order', price: 100 }).id;
		select = kommo.addField({ name: 'Type', type: 'select', enums: [{ value: 'New' }] }).id;
		for (let index = 0; index < 8; index += 1) {
			kommo.addField({ name: `Text ${index}`, type: 'text', code: `TEXT_${index}` });
		}
	});
	afterAll(() => kommo.close());

	const texts = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			field_code: `TEXT_${index}`,
			values: [{ value: 'x' }],
		}));

	const cases: Array<[string, string, string, () => unknown, string]> = [
		['a bulk PATCH without items', 'PATCH', '/api/v4/leads', () => [], 'error.400.empty-body.json'],
		[
			'an option that the select field does not have',
			'PATCH',
			'/api/v4/leads',
			() => [
				{
					id: leadId,
					custom_fields_values: [...texts(6), { field_id: select, values: [{ value: 'Old' }] }],
				},
			],
			'error.400.enum-value.json',
		],
		[
			'a value sent back as it was read, with enum_code null',
			'PATCH',
			'/api/v4/leads',
			() => [
				{
					id: leadId,
					custom_fields_values: [
						...texts(8),
						{ field_id: select, values: [{ value: 'New', enum_code: null }] },
					],
				},
			],
			'error.400.field-not-expected.json',
		],
		[
			'a price that is text',
			'PATCH',
			'/api/v4/leads',
			() => [{ id: leadId, price: '12.50' }],
			'error.400.price-type.json',
		],
		[
			'a price with decimals',
			'PATCH',
			'/api/v4/leads',
			() => [{ id: leadId, price: 12.5 }],
			'error.400.price-type.json',
		],
		[
			'a note without a text',
			'POST',
			'/api/v4/leads/notes',
			() => [{ entity_id: leadId, note_type: 'common', params: {} }],
			'error.400.note-text-missing.json',
		],
		[
			'a bot run for no entity',
			'POST',
			'/api/v4/bots/run',
			() => [{ bot_id: DEFAULTS.bot, entity_id: 0, entity_type: 'leads' }],
			'error.400.too-low.json',
		],
		[
			'more than 250 leads in one request',
			'POST',
			'/api/v4/leads',
			() => Array.from({ length: 251 }, () => ({})),
			'error.422.limit.json',
		],
		[
			'more than 250 leads on one page',
			'GET',
			'/api/v4/leads?limit=251',
			() => undefined,
			'error.422.limit.json',
		],
		[
			'the stages of an unknown pipeline',
			'GET',
			'/api/v4/leads/pipelines/1/statuses',
			() => undefined,
			'error.404.pipeline.json',
		],
		[
			'deleting a note, which no documentation offers',
			'DELETE',
			'/api/v4/leads/notes/1',
			() => undefined,
			'error.405.json',
		],
	];

	it.each(cases)('answers %s with the documented body', async (_what, method, path, body, name) => {
		const expected = fixture(name) as { status: number };
		const answer = await call(kommo, method, path, body());

		expect(answer.status).toBe(expected.status);
		expect(answer.type).toBe('application/problem+json');
		expect(answer.body).toEqual(expected);
		expect(kommo.lead(leadId).price).toBe(100);
	});

	it('answers POST /api/v4/notes with 404, because notes belong to an entity type', async () => {
		const answer = await call(kommo, 'POST', '/api/v4/notes', [{}]);
		const expected = JSON.parse(
			fixtureText('error.404.notes-route.json').replace('https://example.kommo.com', kommo.url),
		);

		expect(answer.status).toBe(404);
		expect(answer.body).toEqual(expected);
	});

	it('refuses a loss reason on a lead that is not lost in its second error shape', async () => {
		const reason = { id: leadId, loss_reason_id: DEFAULTS.lossReasons.tooExpensive };
		const answer = await call(kommo, 'PATCH', '/api/v4/leads', [reason]);
		const expected = JSON.parse(
			fixtureText('error.400.loss-reason.json').replace('11062353', String(leadId)),
		);

		expect(answer.status).toBe(400);
		expect(answer.body).toEqual(expected);
	});

	it('names the item and every wrong path of a batch, and applies none of it', async () => {
		const answer = await call(kommo, 'PATCH', '/api/v4/leads', [
			{ id: leadId, name: 'Renamed' },
			{ id: leadId, status_id: 1, responsible_user_id: 5, request_id: 'second' },
			{ id: 4 },
		]);

		expect(answer.status).toBe(400);
		const detail = 'The value you selected is not a valid choice.';
		expect(answer.body['validation-errors']).toEqual([
			{
				request_id: 'second',
				errors: [
					{ code: 'NotSupportedChoice', path: 'responsible_user_id', detail },
					{ code: 'NotSupportedChoice', path: 'status_id', detail },
				],
			},
			{ request_id: '2', errors: [{ code: 'NotSupportedChoice', path: 'id', detail }] },
		]);
		expect(kommo.lead(leadId).name).toBe('Order');
	});

	it('takes an object instead of a list for items that should be arrays', async () => {
		const answer = await call(kommo, 'POST', '/api/v4/leads', { name: 'Order' });

		expect(answer.status).toBe(400);
		expect(answer.body['validation-errors']).toEqual([
			{
				request_id: '0',
				errors: [
					{
						code: 'InvalidType',
						path: 'name',
						detail: 'This value should be of type array.',
					},
				],
			},
		]);
	});

	it.each([undefined, 'Bearer wrong', 'Basic a29tbW8='])(
		'answers 401 to the authorization %s',
		async (authorization) => {
			const headers: Record<string, string> = authorization ? { authorization } : {};
			const response = await fetch(`${kommo.url}/api/v4/account`, { headers });

			expect(response.status).toBe(401);
			expect(await response.json()).toEqual(fixture('error.401.json'));
		},
	);

	it.each([
		['/api/v4/users', 'GET', undefined],
		['/api/v4/webhooks', 'GET', undefined],
		['/api/v4/leads/custom_fields', 'POST', [{ name: 'Link', type: 'url' }]],
	])('answers 403 on %s when the token belongs to no administrator', async (path, method, body) => {
		kommo.switches.administrator = false;
		const answer = await call(kommo, method, path, body);
		kommo.switches.administrator = true;

		expect(answer.status).toBe(403);
		expect(answer.body).toEqual(fixture('error.403.scope.json'));
	});

	it.each([
		[402, 'error.402.json'],
		[429, 'error.429.json'],
		[500, 'error.500.json'],
	] as const)('answers a switched-on %i with the documented body, once', async (status, name) => {
		kommo.faults.add({ ...refusal(status), times: 1 });
		const first = await call(kommo, 'GET', '/api/v4/account');
		const second = await call(kommo, 'GET', '/api/v4/account');

		expect(first.status).toBe(status);
		expect(first.body).toEqual(fixture(name));
		expect(second.status).toBe(200);
	});
});

describe('The rate limit of the Kommo simulator', () => {
	let kommo: KommoSimulator;

	beforeEach(async () => {
		kommo = await startKommo();
	});
	afterEach(() => kommo.close());

	it('answers 429 from the eighth request within a second, then blocks whoever keeps knocking', async () => {
		kommo.switches.blockAfterRefusals = 3;
		const statuses: number[] = [];
		for (let index = 0; index < 11; index += 1) {
			const answer = await call(kommo, 'GET', '/api/v4/account');
			statuses.push(answer.status);
			if (answer.status === 429) expect(answer.body).toEqual(fixture('error.429.json'));
			if (answer.status === 403) expect(answer.text).toBe(fixtureText('error.403.ip-blocked.txt'));
		}
		expect(statuses).toEqual([...Array(7).fill(200), 429, 429, 429, 403]);

		kommo.rateLimit.unblock();
		expect((await call(kommo, 'GET', '/api/v4/account')).status).toBe(200);
	});
});
