import {
	UserError,
	type IExecuteFunctions,
	type INodeProperties,
	type ResourceMapperValue,
} from 'n8n-workflow';
import { fieldPatch, FieldValueError, type FieldPatch } from '../client/custom-field-values';
import { findField, type CustomField, type FieldEntity } from '../client/custom-fields';
import type { Kommo } from '../kommo-context';

const DATES = ['date', 'date_time', 'birthday'];

/**
 * n8n's own field editor: each custom field of the account with an input of its type, options as a dropdown. It is
 * better than rows of "field, value" because nobody has to know what a field takes.
 */
export function customFieldsProperty(resourceMapperMethod: string): INodeProperties {
	return {
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description: 'Only the fields you add here are written, and of these only those with a value',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod,
				mode: 'add',
				valuesLabel: 'Values',
				fieldWords: { singular: 'custom field', plural: 'custom fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: false,
				noFieldsError: 'This account has no custom fields.',
			},
		},
	};
}

/** How a field is named in saved workflows: by its code where it has one, so that templates fit any account. */
export function fieldKey({ code, id }: CustomField): string {
	return code ?? String(id);
}

/**
 * The field a saved workflow (or a person typing) means: id, code or exact name.
 * @throws UserError when the account has no such field
 */
export function fieldByKey(fields: readonly CustomField[], key: string): CustomField {
	const text = key.trim();
	const field =
		(/^\d+$/.test(text) ? findField(fields, { id: Number(text) }) : null) ??
		findField(fields, { code: text }) ??
		findField(fields, { name: text });
	if (field) return field;
	throw new UserError(`The Kommo account has no custom field "${text}"`, {
		description: 'Choose the field from the list again; it may have been deleted or renamed.',
	});
}

/** What the editor was filled with, in Kommo's notation. */
export async function mappedFields(
	context: IExecuteFunctions,
	kommo: Kommo,
	entity: FieldEntity,
	itemIndex: number,
): Promise<FieldPatch[]> {
	const mapper = context.getNodeParameter(
		'customFields',
		itemIndex,
		{},
	) as Partial<ResourceMapperValue>;
	// The editor keeps a value for fields that were taken out again, and null for those not filled in.
	const removed = new Set(
		(mapper.schema ?? []).filter((field) => field.removed).map(({ id }) => id),
	);
	const given = Object.entries(mapper.value ?? {}).filter(
		([key, value]) => !removed.has(key) && value !== null && value !== undefined && value !== '',
	);
	if (given.length === 0) return [];
	return await withFields(kommo, entity, async (fields) => {
		const mapped = given.map(([key, value]) => ({ field: fieldByKey(fields, key), value }));
		// Kommo keeps a date as a day of the account's own time zone.
		const hasDates = mapped.some(({ field }) => DATES.includes(field.type));
		const { timeZone } = hasDates ? await kommo.account() : { timeZone: null };
		return mapped.map(({ field, value }) =>
			fieldPatch(field, value, timeZone ?? context.getTimezone()),
		);
	});
}

/** Fields to be emptied, in Kommo's notation. */
export async function clearedFields(
	kommo: Kommo,
	entity: FieldEntity,
	keys: readonly string[],
): Promise<FieldPatch[]> {
	if (keys.length === 0) return [];
	return await withFields(kommo, entity, async (fields) =>
		keys.map((key) => fieldPatch(fieldByKey(fields, key), null)),
	);
}

/** Looks a second time, at what Kommo says now, when a field or an option is not among those remembered. */
export async function withFields<Result>(
	kommo: Kommo,
	entity: FieldEntity,
	use: (fields: readonly CustomField[]) => Promise<Result>,
): Promise<Result> {
	const remembered = await kommo.fields(entity);
	return await use(remembered).catch(async (error: unknown) => {
		const mayBeOutdated = error instanceof UserError || error instanceof FieldValueError;
		const fresh = mayBeOutdated ? await kommo.rereadFields(entity) : null;
		if (fresh === null) throw error;
		return await use(fresh);
	});
}
