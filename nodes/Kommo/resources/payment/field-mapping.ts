import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { CustomField } from '../../client/custom-fields';
import { chooseOne } from '../../descriptions/choices';
import { fieldByKey, withFields } from '../../descriptions/custom-fields';
import {
	findPaymentFields,
	PAYMENT_FIELD_NAMES,
	PAYMENT_FIELDS,
	type PaymentFieldMap,
	type PaymentFieldName,
} from '../../payments/payment-fields';
import type { Kommo } from '../../kommo-context';

/** For users who have fields of their own; everybody else leaves it empty. */
export const fieldMappingProperty: INodeProperties = {
	displayName: 'Field Mapping',
	name: 'fieldMapping',
	type: 'collection',
	placeholder: 'Use a field of your own',
	default: {},
	description:
		'Leave empty to use the fields that "Set Up Fields" created. Otherwise choose which field of your account takes the place of each.',
	options: PAYMENT_FIELD_NAMES.map((name) =>
		chooseOne(PAYMENT_FIELDS[name].name, name, 'getLeadFields'),
	).sort((a, b) => a.displayName.localeCompare(b.displayName)),
};

/** The account's payment fields, by code or as the user mapped them. */
export async function paymentFieldsOf(
	context: IExecuteFunctions,
	kommo: Kommo,
): Promise<PaymentFieldMap> {
	const chosen = context.getNodeParameter('fieldMapping', 0, {}) as Record<string, unknown>;
	const found = await withFields(kommo, 'leads', async (fields) => paymentFields(fields, chosen));
	if (Object.keys(found).length > 0) return found;
	// They may have been created a moment ago, by another process.
	const reread = await kommo.rereadFields('leads');
	return reread === null ? found : paymentFields(reread, chosen);
}

function paymentFields(
	fields: readonly CustomField[],
	chosen: Readonly<Record<string, unknown>>,
): PaymentFieldMap {
	const mapped: Partial<Record<PaymentFieldName, CustomField>> = {};
	for (const name of PAYMENT_FIELD_NAMES) {
		const key = String(chosen[name] ?? '').trim();
		if (key !== '') mapped[name] = fieldByKey(fields, key);
	}
	return { ...findPaymentFields(fields), ...mapped };
}
