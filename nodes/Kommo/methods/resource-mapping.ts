/** The inputs of the custom field editor: one per field of the account, by its type. */
import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import type { CustomField, FieldEntity } from '../client/custom-fields';
import { fieldKey } from '../descriptions/custom-fields';
import { kommoOf } from '../kommo-context';
import { nodeError } from '../node-errors';

/** Types that can't be given as one plain value. */
const NOT_OFFERED = [
	'chained_list',
	'file',
	'items',
	'legal_entity',
	'linked_entity',
	'payer',
	'smart_address',
	'supplier',
];

const INPUT_TYPES: Readonly<Record<string, FieldType>> = {
	birthday: 'dateTime',
	category: 'options',
	checkbox: 'boolean',
	date: 'dateTime',
	date_time: 'dateTime',
	monetary: 'number',
	numeric: 'number',
	price: 'number',
	radiobutton: 'options',
	select: 'options',
};

const HINTS: Readonly<Record<string, string>> = {
	multiselect: ' (one option per line)',
	multitext: ' (one per line)',
};

function mapFields(entity: FieldEntity) {
	return async function (this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		try {
			const kommo = await kommoOf(this);
			kommo.forgetFields();
			const fields = await kommo.fields(entity);
			return {
				fields: fields.filter(({ type }) => !NOT_OFFERED.includes(type)).map(toInput),
				emptyFieldsNotice: `This account has no custom fields for ${entity}.`,
			};
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	};
}

function toInput(field: CustomField): ResourceMapperField {
	const type = INPUT_TYPES[field.type] ?? 'string';
	return {
		id: fieldKey(field),
		displayName: `${field.name}${HINTS[field.type] ?? ''}`,
		type,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		...(type === 'options'
			? { options: field.options.map(({ value }) => ({ name: value, value })) }
			: {}),
	};
}

export const resourceMapping = {
	mapContactFields: mapFields('contacts'),
	mapLeadFields: mapFields('leads'),
};
