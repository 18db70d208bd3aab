import { createLeads, type NewLead } from '../../client/leads';
import { TAGS_TO_ADD } from '../../descriptions/choices';
import { customFieldsProperty, mappedFields } from '../../descriptions/custom-fields';
import { collectionOf } from '../../descriptions/lists';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';
import { ALLOW_DECIMALS, leadFields, PRICE, RESPONSIBLE_USER, STAGE } from './lead-fields';
import { parseLeadId } from '../../../core/lead-reference';

export const create: KommoOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create lead',
	description: 'Create a lead',
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Order 1001',
			description: 'Left empty, Kommo names the lead by its number',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				ALLOW_DECIMALS,
				{
					displayName: 'Contact ID',
					name: 'contactId',
					type: 'string',
					default: '',
					description: 'The contact the lead belongs to; becomes its main contact',
				},
				PRICE,
				RESPONSIBLE_USER,
				STAGE,
				TAGS_TO_ADD,
			],
		},
		customFieldsProperty('mapLeadFields'),
	],
	async execute(run) {
		return await writtenItems<NewLead>(run, {
			prepare: async (itemIndex) => await newLead(run, itemIndex),
			write: async (leads) => await createLeads(run.kommo.api, leads),
			result: (leadId, { name }) => ({ leadId, name: name ?? null }),
		});
	},
};

async function newLead({ context, kommo }: OperationRun, itemIndex: number): Promise<NewLead> {
	const fields = collectionOf(context, 'additionalFields', itemIndex);
	const name = context.getNodeParameter('name', itemIndex, '') as string;
	const custom = await mappedFields(context, kommo, 'leads', itemIndex);
	const contactId = parseLeadId(fields.contactId);
	return {
		...leadFields(context, { ...fields, name }, itemIndex),
		...(custom.length > 0 ? { custom_fields_values: custom } : {}),
		...(contactId === null ? {} : { _embedded: { contacts: [{ id: contactId, is_main: true }] } }),
	};
}
