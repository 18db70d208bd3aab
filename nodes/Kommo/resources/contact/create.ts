import { createContacts, type ContactFields } from '../../client/contacts';
import { RESPONSIBLE_USER, TAGS_TO_ADD } from '../../descriptions/choices';
import { customFieldsProperty, mappedFields } from '../../descriptions/custom-fields';
import { collectionOf } from '../../descriptions/lists';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation } from '../../operation';
import { contactFields, EMAIL, FIRST_NAME, LAST_NAME, PHONE } from './contact-fields';

export const create: KommoOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create contact',
	description: 'Create a contact',
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'The full name; first and last name can be given apart instead',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [EMAIL, FIRST_NAME, LAST_NAME, PHONE, RESPONSIBLE_USER, TAGS_TO_ADD],
		},
		customFieldsProperty('mapContactFields'),
	],
	async execute(run) {
		const { context, kommo } = run;
		return await writtenItems<ContactFields>(run, {
			prepare: async (itemIndex) => {
				const name = context.getNodeParameter('name', itemIndex, '') as string;
				const fields = collectionOf(context, 'additionalFields', itemIndex);
				const custom = await mappedFields(context, kommo, 'contacts', itemIndex);
				return contactFields({ ...fields, name }, custom);
			},
			write: async (contacts) => await createContacts(kommo.api, contacts),
			result: (contactId, { name }) => ({ contactId, name: name ?? null }),
		});
	},
};
