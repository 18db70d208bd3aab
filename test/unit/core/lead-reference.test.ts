import fc from 'fast-check';
import { leadIdOfReference, leadReference, parseLeadId } from '../../../nodes/core/lead-reference';

describe('a reference', () => {
	it('names its lead, for every lead id and usable suffix, in at most 50 characters', () => {
		const suffix = fc.stringMatching(/^[A-Za-z0-9]{1,24}$/);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), suffix, (leadId, text) => {
				const reference = leadReference(leadId, text);
				expect(leadIdOfReference(reference)).toBe(leadId);
				expect(reference.length).toBeLessThanOrEqual(50);
				expect(reference).toMatch(/^[A-Za-z0-9_]+$/);
			}),
		);
	});

	it.each<[number, string]>([
		[7, ''],
		[7, 'a-b'],
		[7, 'a b'],
		[7, 'ä'],
		[7, 'a_b'],
		[7, 'x'.repeat(25)],
		[0, 'a'],
		[-7, 'a'],
		[7.5, 'a'],
		[NaN, 'a'],
		[1e21, 'a'],
		[1e15, 'a'],
	])('of lead %p with suffix %p is refused', (leadId, suffix) => {
		expect(() => leadReference(leadId, suffix)).toThrow(RangeError);
	});

	it.each([
		'kommo_7',
		'kommo_7_',
		'kommo__a',
		'kommo_0_a',
		'kommo_07_a',
		'kommo_-7_a',
		'kommo_7_a_b',
		'kommo_7_a\n',
		' kommo_7_a',
		'KOMMO_7_a',
		'xkommo_7_a',
		'order-7',
		'',
		7,
		null,
		undefined,
		{ reference: 'kommo_7_a' },
	])('%p is none of ours', (reference) => expect(leadIdOfReference(reference)).toBeNull());
});

describe('an id that a provider gives back', () => {
	it.each<[unknown, number]>([
		[7, 7],
		['7', 7],
		[' 31415926 ', 31_415_926],
		['999999999999999', 999_999_999_999_999],
	])('%p is lead %i', (value, leadId) => expect(parseLeadId(value)).toBe(leadId));

	it.each<unknown>([
		0,
		-7,
		7.5,
		NaN,
		Infinity,
		1e21,
		'0',
		'07',
		'-7',
		'7.0',
		'7e3',
		'0x7',
		'7;8',
		'７',
		'1000000000000000',
		'',
		' ',
		null,
		undefined,
		true,
		[7],
		{},
	])('%p is no lead', (value) => expect(parseLeadId(value)).toBeNull());
});

describe('a reference that can’t be made', () => {
	it('is named', () => {
		expect(() => leadReference(7, 'with space')).toThrow(
			'"kommo_7_with space" is not a usable reference',
		);
	});
});
