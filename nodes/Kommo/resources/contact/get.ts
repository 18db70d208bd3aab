import { UserError } from 'n8n-workflow';
import { getContact, getContactsByIds, type Contact } from '../../client/contacts';
import { SIMPLIFY } from '../../descriptions/lists';
import { CONTACT, locatedId } from '../../descriptions/locators';
import { foundItems } from '../../items/found-items';
import type { KommoOperation } from '../../operation';
import { simpleContact } from './simple-contact';

const WITH = { with: ['leads'] } as const;

export const get: KommoOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get contact',
	description: 'Get a contact with its fields and leads',
	properties: [CONTACT, SIMPLIFY],
	async execute(run) {
		const { context, kommo } = run;
		return await foundItems<Contact>(run, {
			idOf: (itemIndex) => locatedId(context, 'contactId', itemIndex),
			findOne: async (id) => await getContact(kommo.api, id, WITH),
			findMany: async (ids) => await getContactsByIds(kommo.api, ids, WITH),
			missing: (id) =>
				new UserError(`There is no contact ${id} in this Kommo account`, {
					description: 'It may have been deleted or merged, or the ID belongs to something else.',
				}),
			result: (contact, itemIndex) =>
				context.getNodeParameter('simplify', itemIndex) ? simpleContact(contact) : contact,
		});
	},
};
