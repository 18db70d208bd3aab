import type { Context } from './context';
import type { CustomField, EntityType, FieldValue } from './entities';
import { dayStart, parseDateValue } from './field-dates';
import { isObject, type Item, type ItemErrors } from './validation';

/** By field id; null clears the field. */
export type FieldChanges = Map<number, FieldValue[] | null>;

export const FIELD_TYPES: readonly string[] = [
	'text',
	'numeric',
	'checkbox',
	'select',
	'multiselect',
	'date',
	'url',
	'textarea',
	'radiobutton',
	'streetaddress',
	'smart_address',
	'birthday',
	'legal_entity',
	'date_time',
	'monetary',
	'file',
	'tracking_data',
	'chained_list',
	'multitext',
];

export const CHOICE_TYPES: readonly string[] = ['select', 'multiselect', 'radiobutton'];
const NUMBER_TYPES: readonly string[] = ['numeric', 'monetary'];
const DATE_TYPES: readonly string[] = ['date', 'date_time', 'birthday'];

/** API writes only; the web interface lets longer text through (amocrm-api-php#224). */
export const TEXT_LIMIT = 256;

/** Checks `custom_fields_values` of one item the way API v4 does. */
export function checkFieldValues(
	ctx: Context,
	type: EntityType,
	item: Item,
	errors: ItemErrors,
	prefix = '',
): FieldChanges {
	const changes: FieldChanges = new Map();
	const list = errors.array(item, 'custom_fields_values', prefix) ?? [];
	list.forEach((entry, index) => {
		const path = `${prefix}custom_fields_values.${index}`;
		if (!isObject(entry)) return errors.invalidType(path, 'array');
		const field = findField(ctx, type, entry, errors, path);
		if (entry.values === null) {
			if (field) changes.set(field.id, null);
			return;
		}
		if (entry.values === undefined) return errors.missing(`${path}.values`);
		const values = errors.array(entry, 'values', `${path}.`);
		if (!values || !field) return;
		if (values.length === 0) return errors.missing(`${path}.values`);
		const checked = values.map((value, position) =>
			checkValue(ctx, field, value, errors, `${path}.values.${position}`),
		);
		changes.set(
			field.id,
			checked.filter((value) => value !== null),
		);
	});
	return changes;
}

function findField(
	ctx: Context,
	type: EntityType,
	entry: Item,
	errors: ItemErrors,
	path: string,
): CustomField | undefined {
	if (entry.field_id !== undefined) {
		const id = errors.int(entry, 'field_id', `${path}.`);
		if (id === undefined) return undefined;
		const field = ctx.store.customFields[type].get(id);
		if (!field) errors.notSupported(`${path}.field_id`);
		return field;
	}
	if (typeof entry.field_code === 'string') {
		const field = ctx.store.fieldByCode(type, entry.field_code);
		if (!field) errors.notSupported(`${path}.field_code`);
		return field;
	}
	errors.missing(`${path}.field_id`);
	return undefined;
}

function checkValue(
	ctx: Context,
	field: CustomField,
	raw: unknown,
	errors: ItemErrors,
	path: string,
): FieldValue | null {
	if (!isObject(raw)) {
		errors.invalidType(path, 'array');
		return null;
	}
	const allowed = ['value'];
	if (field.enums) allowed.push('enum_id', 'enum_code');
	for (const [key, value] of Object.entries(raw)) {
		// A null enum_code is what a read returns; sending it back is the classic mistake (amocrm_api#112).
		const expected = allowed.includes(key) && !(key.startsWith('enum_') && value === null);
		if (!expected) errors.notExpected(`${path}.${key}`);
	}
	if (CHOICE_TYPES.includes(field.type)) return checkChoice(field, raw, errors, path);
	if (raw.value === undefined) {
		errors.missing(`${path}.value`);
		return null;
	}
	const value = checkPlainValue(ctx, field, raw.value, errors, `${path}.value`);
	if (value === null) return null;
	return field.type === 'multitext'
		? withContactEnum(field, raw, String(value), errors, path)
		: { value };
}

function checkChoice(
	field: CustomField,
	raw: Item,
	errors: ItemErrors,
	path: string,
): FieldValue | null {
	const enums = field.enums ?? [];
	const key = raw.enum_id != null ? 'enum_id' : raw.enum_code != null ? 'enum_code' : 'value';
	const sent = raw[key];
	if (sent === undefined) {
		errors.missing(`${path}.value`);
		return null;
	}
	if (typeof sent !== (key === 'enum_id' ? 'number' : 'string')) {
		errors.invalidType(`${path}.${key}`, key === 'enum_id' ? 'int' : 'string');
		return null;
	}
	const found = enums.find(
		(option) =>
			sent === (key === 'enum_id' ? option.id : key === 'enum_code' ? option.code : option.value),
	);
	if (!found) {
		errors.notSupported(`${path}.${key}`);
		return null;
	}
	return { value: found.value, enum_id: found.id, enum_code: found.code ?? null };
}

function withContactEnum(
	field: CustomField,
	raw: Item,
	value: string,
	errors: ItemErrors,
	path: string,
): FieldValue | null {
	const enums = field.enums ?? [];
	const found =
		raw.enum_id != null
			? enums.find((option) => option.id === raw.enum_id)
			: raw.enum_code != null
				? enums.find((option) => option.value === raw.enum_code)
				: enums[0];
	if (!found) {
		errors.notSupported(`${path}.${raw.enum_id != null ? 'enum_id' : 'enum_code'}`);
		return null;
	}
	return { value, enum_id: found.id, enum_code: found.value };
}

function checkPlainValue(
	ctx: Context,
	field: CustomField,
	value: unknown,
	errors: ItemErrors,
	path: string,
): string | number | boolean | null {
	if (field.type === 'checkbox') {
		if (typeof value === 'boolean') return value;
		errors.invalidType(path, 'bool');
		return null;
	}
	if (DATE_TYPES.includes(field.type)) {
		const seconds = parseDateValue(value);
		if (seconds === null) errors.invalidType(path, 'int');
		else return field.type === 'date_time' ? seconds : dayStart(seconds, ctx.account.timezone);
		return null;
	}
	if (typeof value !== 'string') {
		errors.invalidType(path, 'string');
		return null;
	}
	if (NUMBER_TYPES.includes(field.type) && !/^-?\d+(\.\d+)?$/.test(value)) {
		errors.invalidType(path, 'numeric');
		return null;
	}
	if (field.type === 'text' && [...value].length > TEXT_LIMIT) {
		errors.tooLong(path, TEXT_LIMIT);
		return null;
	}
	return value;
}

/** Applies changes: a sent field replaces all its values, others stay. */
export function applyFieldChanges(target: Map<number, FieldValue[]>, changes: FieldChanges): void {
	for (const [id, values] of changes) {
		const empty = values === null || values.every((value) => value.value === '');
		if (empty) target.delete(id);
		else target.set(id, values);
	}
}

/** `custom_fields_values` as a read returns it; null when nothing is filled. */
export function readFieldValues(
	ctx: Context,
	type: EntityType,
	values: Map<number, FieldValue[]>,
): object[] | null {
	const filled = [...ctx.store.customFields[type].values()].flatMap((field) => {
		const own = values.get(field.id);
		if (!own || own.length === 0) return [];
		return [
			{
				field_id: field.id,
				field_name: field.name,
				field_code: field.code,
				field_type: field.type,
				values: own.map((value) =>
					ctx.switches.numbersAsNumbers && NUMBER_TYPES.includes(field.type)
						? { ...value, value: Number(value.value) }
						: value,
				),
				...(type === 'leads' ? { is_computed: false } : {}),
			},
		];
	});
	return filled.length > 0 ? filled : null;
}
