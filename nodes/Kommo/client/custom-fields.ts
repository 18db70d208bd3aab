/** Definitions of custom fields: what a lead or contact can carry. */
import {
	idAt,
	isJsonObject,
	listAt,
	numberAt,
	objectAt,
	stringAt,
	type JsonObject,
} from '../../core/json';
import type { KommoApi } from './kommo-api';

export type FieldEntity = 'leads' | 'contacts' | 'companies';

export interface FieldOption {
	id: number;
	value: string;
	sort: number;
	code: string | null;
}

export interface CustomField {
	id: number;
	name: string;
	/** text, textarea, numeric, monetary, checkbox, select, multiselect, radiobutton, date, date_time, birthday, url, multitext … */
	type: string;
	/** null unless it was given when the field was made through the API, or the field is predefined. */
	code: string | null;
	/** Choices of select, multiselect, radiobutton and multitext fields. */
	options: FieldOption[];
	/** Shown in Kommo, but not editable there. */
	isApiOnly: boolean;
}

export interface NewCustomField {
	name: string;
	type: string;
	code?: string;
	sort?: number;
	is_api_only?: boolean;
	enums?: Array<{ value: string; sort?: number; code?: string }>;
	/** Only for monetary fields. */
	currency?: string;
}

/** A field by its id, its code or its exact name. */
export type FieldRef = { id: number } | { code: string } | { name: string };

/** All fields of leads, contacts or companies, from Kommo. */
export async function listCustomFields(api: KommoApi, entity: FieldEntity): Promise<CustomField[]> {
	const fields: CustomField[] = [];
	for await (const entry of api.pages(pathOf(entity), [], 'custom_fields')) {
		fields.push(toCustomField(entry));
	}
	return fields;
}

/**
 * Creates fields in one call.
 * @throws ApiError with status 403 when the token is not an administrator's
 */
export async function createCustomFields(
	api: KommoApi,
	entity: FieldEntity,
	fields: readonly NewCustomField[],
): Promise<CustomField[]> {
	if (fields.length === 0) return [];
	return toCustomFields(
		await api.request({ method: 'POST', path: pathOf(entity), json: [...fields] }),
	);
}

/** Adds choices to a select field. Those it has are sent along with their ids, else Kommo would make them anew. */
export async function addEnums(
	api: KommoApi,
	entity: FieldEntity,
	field: CustomField,
	values: readonly string[],
): Promise<CustomField> {
	const missing = values.filter((value) => !field.options.some((option) => option.value === value));
	if (missing.length === 0) return field;
	const lastSort = Math.max(0, ...field.options.map(({ sort }) => sort));
	const enums = [
		...field.options.map(({ id, value, sort }) => ({ id, value, sort })),
		...missing.map((value, index) => ({ value, sort: lastSort + 10 * (index + 1) })),
	];
	const json = [{ id: field.id, enums }];
	const answer = await api.request({ method: 'PATCH', path: pathOf(entity), json });
	return toCustomFields(answer).find(({ id }) => id === field.id) ?? field;
}

export function findField(fields: readonly CustomField[], ref: FieldRef): CustomField | null {
	const matches = (field: CustomField) => {
		if ('id' in ref) return field.id === ref.id;
		return 'code' in ref ? field.code === ref.code : field.name === ref.name;
	};
	return fields.find(matches) ?? null;
}

/** Remembers definitions per account for ten minutes: they change rarely, and every write needs them. */
export class CustomFieldCache {
	private readonly entries = new Map<string, { readAt: number; fields: Promise<CustomField[]> }>();

	constructor(
		private readonly now: () => number,
		private readonly lifetimeMs = 600_000,
	) {}

	/** @param accountKey whatever tells one account from another */
	async fieldsOf(
		accountKey: string,
		api: KommoApi,
		entity: FieldEntity,
	): Promise<readonly CustomField[]> {
		const key = `${accountKey} ${entity}`;
		const known = this.entries.get(key);
		if (known && this.now() - known.readAt < this.lifetimeMs) return await known.fields;
		const fields = listCustomFields(api, entity);
		this.entries.set(key, { readAt: this.now(), fields });
		fields.catch(() => this.entries.delete(key));
		return await fields;
	}

	/** The next look goes to Kommo: a field turned out to be unknown, or was just made. */
	forget(accountKey: string): void {
		for (const key of this.entries.keys()) {
			if (key.startsWith(`${accountKey} `)) this.entries.delete(key);
		}
	}
}

function pathOf(entity: FieldEntity): string {
	return `/api/v4/${entity}/custom_fields`;
}

function toCustomFields(answer: unknown): CustomField[] {
	// A single field may come back as the bare object.
	const entries = objectAt(answer, '_embedded')
		? listAt(answer, '_embedded', 'custom_fields')
		: [answer];
	return entries.filter(isJsonObject).map(toCustomField);
}

function toCustomField(entry: JsonObject): CustomField {
	return {
		id: numberAt(entry, 'id') ?? 0,
		name: stringAt(entry, 'name') ?? '',
		type: stringAt(entry, 'type') ?? 'text',
		code: stringAt(entry, 'code'),
		options: listOf(entry.enums).map((option) => ({
			id: Number(idAt(option, 'id') ?? 0),
			value: stringAt(option, 'value') ?? '',
			sort: numberAt(option, 'sort') ?? 0,
			code: stringAt(option, 'code'),
		})),
		isApiOnly: entry.is_api_only === true,
	};
}

/** After a PATCH of several fields Kommo may return a list as an object with indexes for keys. */
function listOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return isJsonObject(value) ? Object.values(value) : [];
}
