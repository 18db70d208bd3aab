import type { JsonObject } from '../../core/json';
import { writeAll } from './batches';
import { textsOf, type FieldPatch, type FieldValues } from './custom-field-values';
import { PAGE_SIZE, type KommoApi, type Query } from './kommo-api';
import { idQuery, withQuery, type EntityLink, type With } from './leads';

/** A contact as Kommo returns it. Times are Unix seconds. */
export interface Contact {
	id: number;
	name: string;
	first_name?: string;
	last_name?: string;
	responsible_user_id: number;
	created_at: number;
	updated_at: number;
	/** E-mail addresses and phone numbers live here too. */
	custom_fields_values: FieldValues[] | null;
	_embedded?: {
		tags?: Array<{ id: number; name: string }>;
		companies?: EntityLink[];
		/** Only with `leads`. */
		leads?: EntityLink[];
	};
}

export interface ContactFields {
	name?: string;
	first_name?: string;
	last_name?: string;
	responsible_user_id?: number;
	custom_fields_values?: FieldPatch[];
	tags_to_add?: Array<{ id: number } | { name: string }>;
	tags_to_delete?: Array<{ id: number } | { name: string }>;
}

export interface ContactPatch extends ContactFields {
	id: number;
}

const CONTACTS = '/api/v4/contacts';

/** @returns null when there is no such contact */
export async function getContact(
	api: KommoApi,
	id: number,
	options: With = {},
): Promise<Contact | null> {
	const path = `${CONTACTS}/${id}`;
	return asContact(await api.request({ method: 'GET', path, query: withQuery(options) }));
}

/** The contacts that exist of a list of ids, by id; one call per 250. */
export async function getContactsByIds(
	api: KommoApi,
	ids: readonly number[],
	options: With = {},
): Promise<Map<number, Contact>> {
	const contacts = new Map<number, Contact>();
	const unique = [...new Set(ids)];
	for (let start = 0; start < unique.length; start += PAGE_SIZE) {
		const query = idQuery(unique.slice(start, start + PAGE_SIZE));
		for await (const contact of listContacts(api, [...query, ...withQuery(options)])) {
			contacts.set(contact.id, contact);
		}
	}
	return contacts;
}

/** @param query in Kommo's notation */
export async function* listContacts(api: KommoApi, query: Query): AsyncGenerator<Contact> {
	for await (const entry of api.pages(CONTACTS, query, 'contacts')) {
		const contact = asContact(entry);
		if (contact) yield contact;
	}
}

/**
 * Contacts that have exactly this e-mail address, upper and lower case alike. Kommo's own search also finds parts of
 * addresses, and names.
 */
export async function findContactsByEmail(
	api: KommoApi,
	email: string,
	options: With = {},
): Promise<Contact[]> {
	const wanted = email.trim().toLowerCase();
	const found: Contact[] = [];
	if (wanted === '') return found;
	for await (const contact of listContacts(api, [['query', wanted], ...withQuery(options)])) {
		const emails = textsOf(contact, { code: 'EMAIL' });
		if (emails.some((candidate) => candidate.trim().toLowerCase() === wanted)) found.push(contact);
	}
	return found;
}

/** In batches of 50; the ids come back in the order given. */
export async function createContacts(
	api: KommoApi,
	contacts: readonly ContactFields[],
): Promise<number[]> {
	return await writeAll(api, { method: 'POST', path: CONTACTS, embeddedKey: 'contacts' }, contacts);
}

/** In batches of 50; what a patch leaves out stays as it is. */
export async function updateContacts(
	api: KommoApi,
	patches: readonly ContactPatch[],
): Promise<number[]> {
	return await writeAll(api, { method: 'PATCH', path: CONTACTS, embeddedKey: 'contacts' }, patches);
}

/** The contact's first e-mail address. */
export function emailOf(contact: Contact): string | null {
	return textsOf(contact, { code: 'EMAIL' })[0]?.trim() ?? null;
}

/** The contact's first phone number, as it was typed in. */
export function phoneOf(contact: Contact): string | null {
	return textsOf(contact, { code: 'PHONE' })[0]?.trim() ?? null;
}

function asContact(body: unknown): Contact | null {
	const contact = body as (JsonObject & Contact) | null;
	return typeof contact?.id === 'number' ? contact : null;
}
