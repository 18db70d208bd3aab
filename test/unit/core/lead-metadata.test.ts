import { leadMetadata, leadOf } from '../../../nodes/core/lead-metadata';

const LEAD = { leadId: 7, contactId: 8, responsibleUserId: 9, reference: 'kommo_7_abc' };
const NOBODY = { leadId: null, contactId: null, responsibleUserId: null, reference: null };

describe('metadata', () => {
	it('names the lead in text, under names of our own', () => {
		expect(leadMetadata(LEAD)).toEqual({
			kommo_lead_id: '7',
			kommo_contact_id: '8',
			kommo_responsible_user_id: '9',
			kommo_reference: 'kommo_7_abc',
		});
		expect(leadMetadata(NOBODY)).toEqual({});
	});

	it.each([LEAD, { ...LEAD, contactId: null }, NOBODY])('gives the lead back: %p', (lead) => {
		expect(leadOf(leadMetadata(lead))).toEqual(lead);
	});

	it.each<[string, unknown, unknown, Partial<typeof LEAD>]>([
		['ids that came back as numbers', { kommo_lead_id: 7 }, null, { leadId: 7 }],
		[
			'only a reference',
			{ kommo_reference: 'kommo_7_abc' },
			null,
			{ leadId: 7, reference: 'kommo_7_abc' },
		],
		[
			'a reference that stands elsewhere',
			{},
			'kommo_7_abc',
			{ leadId: 7, reference: 'kommo_7_abc' },
		],
		['no metadata at all', null, 'kommo_7_abc', { leadId: 7, reference: 'kommo_7_abc' }],
		['a reference that is not ours', {}, 'order-7', { reference: 'order-7' }],
		[
			'an id that is none',
			{ kommo_lead_id: 'seven' },
			'kommo_7_abc',
			{ leadId: 7, reference: 'kommo_7_abc' },
		],
		[
			'an id that says more than the reference',
			{ kommo_lead_id: '7' },
			'order-12',
			{ leadId: 7, reference: 'order-12' },
		],
		['nothing', undefined, undefined, {}],
		['something else altogether', 'kommo_lead_id=7', 7, {}],
		['an empty reference', {}, '', {}],
	])('with %s is read as far as it goes', (_name, metadata, otherReference, lead) => {
		expect(leadOf(metadata, otherReference)).toEqual({ ...NOBODY, ...lead });
	});
});
