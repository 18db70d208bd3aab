import { UserError } from 'n8n-workflow';
import { updateLeads, type LeadPatch } from '../../client/leads';
import { chooseSeveral, TAGS_TO_ADD, TAGS_TO_REMOVE } from '../../descriptions/choices';
import {
	clearedFields,
	customFieldsProperty,
	mappedFields,
} from '../../descriptions/custom-fields';
import { collectionOf } from '../../descriptions/lists';
import { LEAD, locatedId } from '../../descriptions/locators';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';
import {
	ALLOW_DECIMALS,
	leadFields,
	LOSS_REASON,
	PRICE,
	RESPONSIBLE_USER,
	STAGE,
} from './lead-fields';

export const update: KommoOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update lead',
	description: 'Change fields of a lead, or move it to another stage',
	properties: [
		LEAD,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				ALLOW_DECIMALS,
				chooseSeveral('Clear Custom Field', 'clearFields', 'getLeadFields'),
				LOSS_REASON,
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				PRICE,
				RESPONSIBLE_USER,
				STAGE,
				TAGS_TO_ADD,
				TAGS_TO_REMOVE,
			],
		},
		customFieldsProperty('mapLeadFields'),
	],
	async execute(run) {
		return await writtenItems<LeadPatch>(run, {
			prepare: async (itemIndex) => await patchOf(run, itemIndex),
			write: async (patches) => await updateLeads(run.kommo.api, patches),
			result: (leadId) => ({ leadId, updated: true }),
		});
	},
};

/** Only what changes: Kommo refuses several of the values it returns itself. */
async function patchOf({ context, kommo }: OperationRun, itemIndex: number): Promise<LeadPatch> {
	const id = locatedId(context, 'leadId', itemIndex);
	const fields = collectionOf(context, 'updateFields', itemIndex);
	const cleared = (fields.clearFields ?? []) as string[];
	const custom = [
		...(await mappedFields(context, kommo, 'leads', itemIndex)),
		...(await clearedFields(kommo, 'leads', cleared)),
	];
	const changes = {
		...leadFields(context, fields, itemIndex),
		...(custom.length > 0 ? { custom_fields_values: custom } : {}),
	};
	if (Object.keys(changes).length === 0) {
		throw new UserError('There is nothing to update', {
			description: 'Add a field under "Update Fields" or "Custom Fields" and give it a value.',
		});
	}
	return { id, ...changes };
}
