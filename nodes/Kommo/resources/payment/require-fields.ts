import { UserError } from 'n8n-workflow';
import {
	PAYMENT_FIELDS,
	type PaymentFieldMap,
	type PaymentFieldName,
} from '../../payments/payment-fields';

/** @throws UserError when the account lacks a field that the operation can't do without */
export function requireFields(fields: PaymentFieldMap, names: readonly PaymentFieldName[]): void {
	const missing = names.filter((name) => !fields[name]);
	if (missing.length === 0) return;
	const list = missing.map((name) => `"${PAYMENT_FIELDS[name].name}"`).join(' and ');
	throw new UserError(`Kommo has no ${list} field on leads`, {
		description:
			'Run "Kommo: Set Up Fields" once (the template "Set up payment fields in Kommo" does it), or choose your own fields in "Field Mapping".',
	});
}
