/** Values of custom fields: reading them off a lead or contact, and writing them in the form each type wants. */
import type { CustomField } from './custom-fields';
import { unixSeconds } from './unix-time';

export interface FieldValue {
	value?: unknown;
	enum_id?: number | null;
	enum_code?: string | null;
}

export interface FieldValues {
	field_id: number;
	field_name?: string;
	field_code: string | null;
	field_type?: string;
	values: FieldValue[];
}

/** A field to write; null clears it. */
export type FieldPatch = ({ field_id: number } | { field_code: string }) & {
	values: FieldValue[] | null;
};

/** A field by its id or its code. */
export type ValueRef = { id: number } | { code: string };

/** A value that the field can't hold; the message says what it takes. */
export class FieldValueError extends Error {
	override readonly name = 'FieldValueError';
}

interface Carrier {
	custom_fields_values: readonly FieldValues[] | null;
}

/** Kommo refuses longer texts in short text fields. */
const MAX_TEXT_LENGTH = 256;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** The values of a field, none when it is empty. */
export function valuesOf(entity: Carrier, ref: ValueRef): readonly FieldValue[] {
	const field = entity.custom_fields_values?.find((candidate) =>
		'id' in ref ? candidate.field_id === ref.id : candidate.field_code === ref.code,
	);
	return field?.values ?? [];
}

/** Every value as text: texts, numbers, chosen options, e-mail addresses … */
export function textsOf(entity: Carrier, ref: ValueRef): string[] {
	return valuesOf(entity, ref)
		.filter(({ value }) => value !== null && value !== undefined && value !== '')
		.map(({ value }) => String(value));
}

/** The (first) value as text; null when the field is empty. */
export function textOf(entity: Carrier, ref: ValueRef): string | null {
	return textsOf(entity, ref)[0] ?? null;
}

/** Kommo gives numbers as numbers or as text. */
export function numberOf(entity: Carrier, ref: ValueRef): number | null {
	const text = textOf(entity, ref);
	return text !== null && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** Unix seconds of a date, date and time, or birthday field. */
export function dateOf(entity: Carrier, ref: ValueRef): number | null {
	const [first] = valuesOf(entity, ref);
	if (typeof first?.value === 'number') return first.value;
	if (typeof first?.value !== 'string') return null;
	if (/^\d+$/.test(first.value)) return Number(first.value);
	const milliseconds = Date.parse(first.value);
	return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}

/**
 * The form in which Kommo takes a value of this field.
 * @param value null or '' clears the field; several values as a list, or one per line
 * @param timeZone IANA name, for dates that come without a zone: the account's own
 * @throws FieldValueError when the field can't hold it
 */
export function fieldPatch(field: CustomField, value: unknown, timeZone = 'UTC'): FieldPatch {
	const empty = value === null || value === undefined || value === '' || isEmptyList(value);
	return { field_id: field.id, values: empty ? null : writeForm(field, value, timeZone) };
}

function writeForm(field: CustomField, value: unknown, timeZone: string): FieldValue[] {
	switch (field.type) {
		case 'checkbox':
			return [{ value: toBoolean(field, value) }];
		case 'numeric':
		case 'monetary':
		case 'price':
			return [{ value: toNumberText(field, value) }];
		case 'date':
		case 'date_time':
		case 'birthday':
			return [{ value: toUnixSeconds(field, value, timeZone) }];
		case 'select':
		case 'radiobutton':
		case 'category':
			return [toOption(field, value)];
		case 'multiselect':
			return toList(value).map((entry) => toOption(field, entry));
		case 'multitext':
			return toList(value).map((entry) => toMultitext(field, entry));
		case 'text':
			return [{ value: toShortText(field, value) }];
		default:
			return [{ value: toText(field, value) }];
	}
}

function toText(field: CustomField, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new FieldValueError(
		`"${field.name}" takes a text; the value is ${JSON.stringify(value)}. Use an expression that gives a text.`,
	);
}

function toShortText(field: CustomField, value: unknown): string {
	const text = toText(field, value);
	if (text.length > MAX_TEXT_LENGTH) {
		throw new FieldValueError(
			`"${field.name}" is a short text field and holds ${MAX_TEXT_LENGTH} characters; the value has ${text.length}. Use a field of the type "long text" (textarea).`,
		);
	}
	return text;
}

/** Documented as text, "1.5". */
function toNumberText(field: CustomField, value: unknown): string {
	const text = typeof value === 'number' ? String(value) : toText(field, value).trim();
	if (!PLAIN_NUMBER.test(text)) {
		throw new FieldValueError(
			`"${field.name}" takes a number with a point, for example 1999.50; the value is "${text}".`,
		);
	}
	return text;
}

function toBoolean(field: CustomField, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	const text = String(value).trim().toLowerCase();
	if (['true', 'yes', '1'].includes(text)) return true;
	if (['false', 'no', '0'].includes(text)) return false;
	throw new FieldValueError(
		`"${field.name}" takes true or false; the value is "${String(value)}".`,
	);
}

function toUnixSeconds(field: CustomField, value: unknown, timeZone: string): number {
	// Date objects of n8n print as ISO texts.
	const seconds = unixSeconds(typeof value === 'number' ? value : String(value), timeZone);
	if (seconds === null) {
		throw new FieldValueError(
			`"${field.name}" takes a date, for example 2026-11-20 or 2026-11-20T15:30:00Z; the value is "${String(value)}".`,
		);
	}
	return seconds;
}

/** By its exact text. A number typed by a person is a text too, never an internal id. */
function toOption(field: CustomField, value: unknown): FieldValue {
	const text = toText(field, value).trim();
	const option = field.options.find((candidate) => candidate.value.trim() === text);
	if (option) return { enum_id: option.id };
	const choices = field.options.map((candidate) => `"${candidate.value}"`).join(', ');
	throw new FieldValueError(
		`"${text}" is not an option of "${field.name}". ${choices ? `Its options are ${choices}.` : 'It has no options yet.'}`,
	);
}

/** A text, or `{ value, enum_code }` with the kind of number or address: WORK, MOB, HOME … */
function toMultitext(field: CustomField, value: unknown): FieldValue {
	if (typeof value !== 'object' || value === null) return { value: toText(field, value).trim() };
	const { value: text, enum_code: kind } = value as FieldValue;
	return { value: toText(field, text), ...(kind ? { enum_code: kind } : {}) };
}

function toList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return [value];
	return value.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}
