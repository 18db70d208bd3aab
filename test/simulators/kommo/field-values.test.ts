import { startKommo, type CustomField, type KommoSimulator } from '.';
import { call } from './api-call';
import { fixture, shapeOf } from './fixture-files';

interface ReadField {
	field_id: number;
	field_type: string;
	values: Array<Record<string, unknown>>;
}

describe('Field values of the Kommo simulator', () => {
	let kommo: KommoSimulator;
	let leadId: number;
	const fields: Record<string, CustomField> = {};

	beforeEach(async () => {
		kommo = await startKommo({ rateLimit: null });
		leadId = kommo.createLead({ contact: { name: 'Example contact' } }).id;
		const options = [{ value: 'value 1', code: 'CODE_1' }, { value: 'value 2' }];
		for (const type of [
			'text',
			'numeric',
			'textarea',
			'monetary',
			'checkbox',
			'url',
			'date',
			'date_time',
			'birthday',
		]) {
			fields[type] = kommo.addField({ name: type, type });
		}
		for (const type of ['select', 'radiobutton', 'multiselect']) {
			fields[type] = kommo.addField({ name: type, type, enums: options });
		}
	});
	afterEach(() => kommo.close());

	const write = (type: string, values: unknown) =>
		call(kommo, 'PATCH', `/api/v4/leads/${leadId}`, {
			custom_fields_values: [{ field_id: fields[type]?.id, values }],
		});

	async function read(type: string): Promise<ReadField | undefined> {
		const { body } = await call<{ custom_fields_values: ReadField[] | null }>(
			kommo,
			'GET',
			`/api/v4/leads/${leadId}`,
		);
		return body.custom_fields_values?.find(({ field_type }) => field_type === type);
	}

	it.each<[string, unknown, unknown]>([
		['text', 'Field value', 'Field value'],
		['text', 'x'.repeat(256), 'x'.repeat(256)],
		['numeric', '1.5', '1.5'],
		['textarea', 'Line1\nLine2', 'Line1\nLine2'],
		['textarea', 'x'.repeat(5000), 'x'.repeat(5000)],
		['monetary', '100', '100'],
		['checkbox', true, true],
		['url', 'https://www.kommo.com/', 'https://www.kommo.com/'],
		['date_time', 1591965296, 1591965296],
		['date_time', '2020-06-12T12:34:56+00:00', 1591965296],
		// Midnight of the day in the account's zone, Berlin.
		['date', 1577836800, Date.UTC(2019, 11, 31, 23) / 1000],
		['date', '2020-07-01T23:30:00Z', Date.UTC(2020, 6, 1, 22) / 1000],
	])('stores a %s from %p', async (type, sent, stored) => {
		expect((await write(type, [{ value: sent }])).status).toBe(200);
		expect((await read(type))?.values).toEqual([{ value: stored }]);
	});

	it.each([
		['text', [{ value: 'value 1' }]],
		['enum_id', [{ enum_id: 0 }]],
		['enum_code', [{ enum_code: 'CODE_1' }]],
	])('chooses a select option by %s', async (_how, values) => {
		const option = fields.select?.enums?.[0];
		const sent = values.map((value) => ('enum_id' in value ? { enum_id: option?.id } : value));
		expect((await write('select', sent)).status).toBe(200);
		expect((await read('select'))?.values).toEqual([
			{ value: 'value 1', enum_id: option?.id, enum_code: 'CODE_1' },
		]);
	});

	it('accepts every documented write form', async () => {
		const options = [
			{ id: 17, value: 'value 1', code: 'CODE_1' },
			{ id: 19, value: 'value 2' },
		];
		const types = [
			'text',
			'numeric',
			'textarea',
			'monetary',
			'checkbox',
			'url',
			'date',
			'date_time',
			'select',
			'select',
			'select',
			'multiselect',
			'multitext',
			'text',
		];
		const body = fixture('leads.custom_fields_values.write-forms.json') as {
			custom_fields_values: Array<{ field_id?: number; field_code?: string }>;
		};
		body.custom_fields_values.forEach(({ field_id, field_code }, index) => {
			const type = types[index] ?? '';
			const kinds = [{ value: 'WORK' }, { value: 'HOME' }];
			const enums = type === 'multitext' ? kinds : type.endsWith('select') ? options : null;
			kommo.addField({ id: field_id, code: field_code ?? null, name: `${index}`, type, enums });
		});
		const answer = await call(kommo, 'PATCH', `/api/v4/leads/${leadId}`, body);

		expect(answer.status).toBe(200);
		const first = (key: number | string) => kommo.fieldValue(leadId, key);
		expect([11, 12, 13, 111, 'PHONE', 178382].map(first)).toEqual([
			'value 1',
			'value 1',
			'value 1',
			'value 1',
			'+18001111111',
			null,
		]);
	});

	it('replaces the whole selection of a multiselect', async () => {
		await write('multiselect', [{ value: 'value 1' }, { value: 'value 2' }]);
		await write('multiselect', [{ value: 'value 2' }]);

		expect((await read('multiselect'))?.values).toMatchObject([
			{ value: 'value 2', enum_code: null },
		]);
	});

	it('reads every type as captured from a real account', async () => {
		const captured = fixture('leads.get.field-types.200.json') as {
			custom_fields_values: ReadField[];
		};
		await write('text', [{ value: '12/12/2024 11:00' }]);
		await write('textarea', [{ value: 'line 1\nline 2' }]);
		await write('url', [{ value: 'https://example.com/' }]);
		await write('checkbox', [{ value: true }]);
		await write('date_time', [{ value: 1734012000 }]);
		await write('birthday', [{ value: 1047265200 }]);
		await write('select', [{ value: 'value 2' }]);
		await write('multiselect', [{ value: 'value 2' }]);

		for (const expected of captured.custom_fields_values) {
			const { values } = (await read(expected.field_type)) ?? { values: [] };
			expect([expected.field_type, shapeOf(values)]).toEqual([
				expected.field_type,
				shapeOf(expected.values),
			]);
		}
	});

	it.each<[string, unknown, string, string]>([
		['text', [{ value: 'x'.repeat(257) }], 'TooLong', 'values.0.value'],
		['text', [{ value: 5 }], 'InvalidType', 'values.0.value'],
		['text', [{ value: 'x', enum_code: null }], 'FieldNotExpected', 'values.0.enum_code'],
		['text', [{}], 'FieldMissing', 'values.0.value'],
		['text', 'x', 'InvalidType', 'values'],
		['text', [], 'FieldMissing', 'values'],
		['numeric', [{ value: 1.5 }], 'InvalidType', 'values.0.value'],
		['numeric', [{ value: 'many' }], 'InvalidType', 'values.0.value'],
		['checkbox', [{ value: 'true' }], 'InvalidType', 'values.0.value'],
		['date', [{ value: '2020-08-23' }], 'InvalidType', 'values.0.value'],
		['select', [{ value: 'value 3' }], 'NotSupportedChoice', 'values.0.value'],
		['select', [{ value: 1669868 }], 'InvalidType', 'values.0.value'],
		['select', [{ enum_id: 1 }], 'NotSupportedChoice', 'values.0.enum_id'],
		[
			'multiselect',
			[{ value: 'value 1' }, { value: 'value 3' }],
			'NotSupportedChoice',
			'values.1.value',
		],
	])('refuses for a %s the values %j', async (type, values, code, path) => {
		const answer = await write(type, values);

		expect(answer.status).toBe(400);
		expect(answer.body['validation-errors']).toMatchObject([
			{ errors: [{ code, path: `custom_fields_values.0.${path}` }] },
		]);
		expect(await read(type)).toBeUndefined();
	});

	it.each([
		[{ field_id: 1, values: [{ value: 'x' }] }, 'NotSupportedChoice', 'field_id'],
		[{ field_id: '1', values: [{ value: 'x' }] }, 'InvalidType', 'field_id'],
		[{ field_code: 'NOPE', values: [{ value: 'x' }] }, 'NotSupportedChoice', 'field_code'],
		[{ values: [{ value: 'x' }] }, 'FieldMissing', 'field_id'],
	])('refuses the field %j', async (field, code, path) => {
		const answer = await call(kommo, 'PATCH', `/api/v4/leads/${leadId}`, {
			custom_fields_values: [field],
		});

		expect(answer.body['validation-errors']).toMatchObject([
			{ errors: [{ code, path: `custom_fields_values.0.${path}` }] },
		]);
	});

	it('gives phone numbers the kind that was sent, or the first one', async () => {
		const [contact] = kommo.lead(leadId).contacts;
		await call(kommo, 'PATCH', `/api/v4/contacts/${contact?.id}`, {
			custom_fields_values: [
				{
					field_code: 'PHONE',
					values: [{ value: '+18001111111', enum_code: 'HOME' }, { value: '+18002222222' }],
				},
			],
		});
		const { body } = await call<{ custom_fields_values: ReadField[] }>(
			kommo,
			'GET',
			`/api/v4/contacts/${contact?.id}`,
		);

		expect(body.custom_fields_values[0]?.values).toMatchObject([
			{ value: '+18001111111', enum_code: 'HOME' },
			{ value: '+18002222222', enum_code: 'WORK' },
		]);
	});
});
