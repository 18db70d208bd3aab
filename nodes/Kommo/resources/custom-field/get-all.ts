import { listCustomFields, type CustomField, type FieldEntity } from '../../client/custom-fields';
import { RETURN_ALL_AND_LIMIT, limitOf } from '../../descriptions/lists';
import { eachItem } from '../../items/each-item';
import type { KommoOperation } from '../../operation';

export const getAll: KommoOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many custom fields',
	description: 'Get the custom fields of leads, contacts or companies with their types and options',
	properties: [
		{
			displayName: 'Of',
			name: 'entity',
			type: 'options',
			options: [
				{ name: 'Companies', value: 'companies' },
				{ name: 'Contacts', value: 'contacts' },
				{ name: 'Leads', value: 'leads' },
			],
			default: 'leads',
		},
		...RETURN_ALL_AND_LIMIT,
	],
	async execute(run) {
		const { context, kommo } = run;
		return await eachItem(run, async (itemIndex) => {
			const entity = context.getNodeParameter('entity', itemIndex) as FieldEntity;
			const fields = await listCustomFields(kommo.api, entity);
			kommo.forgetFields();
			return fields.slice(0, limitOf(context, itemIndex)).map(simpleField);
		});
	},
};

function simpleField({ id, name, type, code, isApiOnly, options }: CustomField): object {
	return { fieldId: id, name, type, code, isApiOnly, options: options.map(({ value }) => value) };
}
