import {
	dateOf,
	fieldPatch,
	FieldValueError,
	numberOf,
	textOf,
	textsOf,
} from '../../../nodes/Kommo/client/custom-field-values';
import type { CustomField } from '../../../nodes/Kommo/client/custom-fields';
import type { Lead } from '../../../nodes/Kommo/client/leads';
import { fixture } from '../../simulators/kommo/fixture-files';

const OPTIONS = [
	{ id: 17, value: 'value 1', sort: 1, code: null },
	{ id: 19, value: 'value 2', sort: 2, code: null },
];

const field = (type: string, id = 1): CustomField => ({
	id,
	type,
	name: `My ${type}`,
	code: null,
	options: ['select', 'multiselect', 'radiobutton'].includes(type) ? OPTIONS : [],
	isApiOnly: false,
});

describe('Writing a custom field', () => {
	const forms = (
		fixture('leads.custom_fields_values.write-forms.json') as {
			custom_fields_values: Array<{ field_id?: number; values: unknown }>;
		}
	).custom_fields_values;
	const documented = (id: number) => forms.find(({ field_id }) => field_id === id)?.values;

	it.each<[string, number, unknown]>([
		['text', 3, 'Field value'],
		['numeric', 103, 1.5],
		['numeric', 103, '1.5'],
		['textarea', 203, 'Line1\nLine2'],
		['monetary', 303, 100],
		['checkbox', 5, true],
		['checkbox', 5, 'yes'],
		['url', 7, 'https://www.kommo.com/'],
		['date', 9, 1577836800],
		['date', 9, '2020-01-01'],
		['date_time', 109, '2020-06-12T12:34:56Z'],
		['date_time', 109, '2020-06-12T14:34:56+02:00'],
		['date_time', 109, '2020-06-12 12:34:56'],
		['date_time', 109, 1591965296000],
		['select', 12, 'value 1'],
		['radiobutton', 12, ' value 1 '],
		['multiselect', 111, ['value 1', 'value 2']],
		['multiselect', 111, 'value 1\nvalue 2'],
		['text', 178382, null],
		['text', 178382, ''],
		['multiselect', 178382, []],
	])('gives a %s field the documented form (field %s, %j)', (type, id, value) => {
		expect(fieldPatch(field(type, id), value)).toEqual({ field_id: id, values: documented(id) });
	});

	it('takes several numbers of a multitext field with their kinds', () => {
		const value = [{ value: '+18001111111', enum_code: 'WORK' }, '+18002222222'];
		expect(fieldPatch(field('multitext'), value).values).toEqual([
			{ value: '+18001111111', enum_code: 'WORK' },
			{ value: '+18002222222' },
		]);
	});

	it.each<[string, string, string, number]>([
		['Berlin in winter', '2026-11-20', 'Europe/Berlin', Date.UTC(2026, 10, 19, 23) / 1000],
		['Berlin in summer', '2026-07-01', 'Europe/Berlin', Date.UTC(2026, 5, 30, 22) / 1000],
		['São Paulo', '2026-11-20', 'America/Sao_Paulo', Date.UTC(2026, 10, 20, 3) / 1000],
		['the Line Islands', '2026-11-20', 'Pacific/Kiritimati', Date.UTC(2026, 10, 19, 10) / 1000],
		['half hours', '2026-11-20', 'Asia/Kolkata', Date.UTC(2026, 10, 19, 18, 30) / 1000],
	])('takes a day as the day of the account in %s', (_name, day, zone, seconds) => {
		expect(fieldPatch(field('date'), day, zone).values).toEqual([{ value: seconds }]);
	});

	it.each<[string, string, unknown, string]>([
		['a long text', 'text', 'x'.repeat(257), 'holds 256 characters; the value has 257'],
		['an unknown option', 'select', 'Paid', 'Its options are "value 1", "value 2".'],
		['a number that looks like an option id', 'select', 17, '"17" is not an option'],
		['a comma in a number', 'numeric', '1,5', 'takes a number with a point'],
		['a word for a number', 'monetary', 'ten', 'takes a number with a point'],
		['a word for a date', 'date', 'tomorrow', 'takes a date'],
		['a day that does not exist', 'date', '2026-02-30', 'takes a date'],
		['a word for a switch', 'checkbox', 'maybe', 'takes true or false'],
		['an object for a text', 'textarea', { a: 1 }, 'takes a text'],
	])('refuses %s and says what it takes', (_name, type, value, message) => {
		expect(() => fieldPatch(field(type), value)).toThrow(FieldValueError);
		expect(() => fieldPatch(field(type), value)).toThrow(message);
		expect(() => fieldPatch(field(type), value)).toThrow(`"My ${type}"`);
	});

	it('allows 256 characters in a text and any number in a long text', () => {
		expect(fieldPatch(field('text'), 'x'.repeat(256)).values).toHaveLength(1);
		expect(fieldPatch(field('textarea'), 'x'.repeat(5000)).values).toHaveLength(1);
	});
});

describe('Reading a custom field', () => {
	const lead = fixture('leads.get.field-types.200.json') as Lead;

	it.each<[string, (id: { id: number }) => unknown, number, unknown]>([
		['a text', (ref) => textOf(lead, ref), 1268288, 'line 1\nline 2'],
		['the option of a select', (ref) => textOf(lead, ref), 1271495, '01 - WHATSAPP LITE'],
		['a switch', (ref) => textOf(lead, ref), 1276648, 'true'],
		['a time', (ref) => dateOf(lead, ref), 1251802, 1734012000],
		['a field that is empty', (ref) => textOf(lead, ref), 1, null],
		['a number that is empty', (ref) => numberOf(lead, ref), 1, null],
		['all values of an empty field', (ref) => textsOf(lead, ref), 1, []],
	])('gives %s', (_name, read, id, expected) => {
		expect(read({ id })).toEqual(expected);
	});

	it.each([
		['12.50', 12.5],
		[12.5, 12.5],
		['abc', null],
		['', null],
	])('takes %j as the number %j, because Kommo sends numbers both ways', (value, expected) => {
		const carrier = {
			custom_fields_values: [{ field_id: 1, field_code: 'KP_AMOUNT_PAID', values: [{ value }] }],
		};
		expect(numberOf(carrier, { code: 'KP_AMOUNT_PAID' })).toBe(expected);
	});

	it('finds nothing on a lead without any fields', () => {
		expect(textOf({ custom_fields_values: null }, { code: 'X' })).toBeNull();
	});
});
