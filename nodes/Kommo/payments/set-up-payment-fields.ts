import {
	addEnums,
	createCustomFields,
	listCustomFields,
	type CustomField,
	type NewCustomField,
} from '../client/custom-fields';
import type { KommoApi } from '../client/kommo-api';
import { PAYMENT_FIELD_NAMES, PAYMENT_FIELDS, type PaymentFieldDefinition } from './payment-fields';

export interface SetUpReport {
	created: string[];
	existing: string[];
	/** Options that were missing on a select field, as 'Payment status: Overdue'. */
	optionsAdded: string[];
}

/**
 * Creates the payment fields that are missing on leads, and missing options of the status field. Found by code, so a
 * field that people have renamed stays as it is; nothing is ever renamed or removed. Needs an administrator's token.
 */
export async function setUpPaymentFields(api: KommoApi): Promise<SetUpReport> {
	const present = await listCustomFields(api, 'leads');
	const definitions = PAYMENT_FIELD_NAMES.map<PaymentFieldDefinition>(
		(name) => PAYMENT_FIELDS[name],
	);
	const fieldOf = ({ code }: PaymentFieldDefinition) =>
		present.find((field) => field.code === code);
	const missing = definitions.filter((definition) => !fieldOf(definition));
	const report: SetUpReport = {
		created: missing.map(({ name }) => name),
		existing: definitions.flatMap((definition) => fieldOf(definition)?.name ?? []),
		optionsAdded: [],
	};
	for (const definition of definitions) {
		const field = fieldOf(definition);
		if (field) report.optionsAdded.push(...(await addMissingOptions(api, field, definition)));
	}
	await createCustomFields(api, 'leads', missing.map(newField));
	return report;
}

async function addMissingOptions(
	api: KommoApi,
	field: CustomField,
	{ options = [] }: PaymentFieldDefinition,
): Promise<string[]> {
	const present = field.options.map(({ value }) => value);
	const missing = options.filter((option) => !present.includes(option));
	if (missing.length > 0) await addEnums(api, 'leads', field, missing);
	return missing.map((option) => `${field.name}: ${option}`);
}

function newField({ code, name, type, apiOnly, options }: PaymentFieldDefinition): NewCustomField {
	return {
		code,
		name,
		type,
		is_api_only: apiOnly,
		...(options ? { enums: options.map((value, index) => ({ value, sort: index + 1 })) } : {}),
	};
}
