import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ContactFields } from '../../client/contacts';
import type { FieldPatch } from '../../client/custom-field-values';
import { tagNames } from '../../descriptions/choices';
import { isGiven } from '../lead/lead-fields';

export const EMAIL: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	placeholder: 'e.g. name@example.com',
	default: '',
};

export const PHONE: INodeProperties = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	placeholder: 'e.g. +15550100',
	default: '',
};

export const FIRST_NAME: INodeProperties = {
	displayName: 'First Name',
	name: 'firstName',
	type: 'string',
	default: '',
};

export const LAST_NAME: INodeProperties = {
	displayName: 'Last Name',
	name: 'lastName',
	type: 'string',
	default: '',
};

/** The fields of a collection in Kommo's notation; only those that were added. */
export function contactFields(fields: IDataObject, custom: readonly FieldPatch[]): ContactFields {
	const { name, firstName, lastName, email, phone } = fields;
	const { responsibleUserId, tagsToAdd, tagsToRemove } = fields;
	const values = [
		...(isGiven(email) ? [workValue('EMAIL', email)] : []),
		...(isGiven(phone) ? [workValue('PHONE', phone)] : []),
		...custom,
	];
	return {
		...(isGiven(name) ? { name: String(name) } : {}),
		...(isGiven(firstName) ? { first_name: String(firstName) } : {}),
		...(isGiven(lastName) ? { last_name: String(lastName) } : {}),
		...(isGiven(responsibleUserId) ? { responsible_user_id: Number(responsibleUserId) } : {}),
		...(isGiven(tagsToAdd) ? { tags_to_add: tagNames(tagsToAdd) } : {}),
		...(isGiven(tagsToRemove) ? { tags_to_delete: tagNames(tagsToRemove) } : {}),
		...(values.length > 0 ? { custom_fields_values: values } : {}),
	};
}

/** EMAIL and PHONE exist on contacts of every account. */
function workValue(code: 'EMAIL' | 'PHONE', value: unknown): FieldPatch {
	return { field_code: code, values: [{ value: String(value).trim(), enum_code: 'WORK' }] };
}
