import { UserError } from 'n8n-workflow';
import { updateContacts, type ContactPatch } from '../../client/contacts';
import {
	chooseSeveral,
	RESPONSIBLE_USER,
	TAGS_TO_ADD,
	TAGS_TO_REMOVE,
} from '../../descriptions/choices';
import {
	clearedFields,
	customFieldsProperty,
	mappedFields,
} from '../../descriptions/custom-fields';
import { collectionOf } from '../../descriptions/lists';
import { CONTACT, locatedId } from '../../descriptions/locators';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';
import { contactFields, EMAIL, FIRST_NAME, LAST_NAME, PHONE } from './contact-fields';

export const update: KommoOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update contact',
	description: 'Change fields of a contact',
	properties: [
		CONTACT,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				chooseSeveral('Clear Custom Field', 'clearFields', 'getContactFields'),
				{ ...EMAIL, description: 'Replaces all e-mail addresses of the contact' },
				FIRST_NAME,
				LAST_NAME,
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ ...PHONE, description: 'Replaces all phone numbers of the contact' },
				RESPONSIBLE_USER,
				TAGS_TO_ADD,
				TAGS_TO_REMOVE,
			],
		},
		customFieldsProperty('mapContactFields'),
	],
	async execute(run) {
		return await writtenItems<ContactPatch>(run, {
			prepare: async (itemIndex) => await patchOf(run, itemIndex),
			write: async (patches) => await updateContacts(run.kommo.api, patches),
			result: (contactId) => ({ contactId, updated: true }),
		});
	},
};

async function patchOf({ context, kommo }: OperationRun, itemIndex: number): Promise<ContactPatch> {
	const id = locatedId(context, 'contactId', itemIndex);
	const fields = collectionOf(context, 'updateFields', itemIndex);
	const cleared = (fields.clearFields ?? []) as string[];
	const changes = contactFields(fields, [
		...(await mappedFields(context, kommo, 'contacts', itemIndex)),
		...(await clearedFields(kommo, 'contacts', cleared)),
	]);
	if (Object.keys(changes).length === 0) {
		throw new UserError('There is nothing to update', {
			description: 'Add a field under "Update Fields" or "Custom Fields" and give it a value.',
		});
	}
	return { id, ...changes };
}
