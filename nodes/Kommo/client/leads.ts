import type { JsonObject } from '../../core/json';
import { writeAll } from './batches';
import type { FieldPatch, FieldValues } from './custom-field-values';
import { PAGE_SIZE, type KommoApi, type Query } from './kommo-api';

export interface EntityLink {
	id: number;
	is_main?: boolean;
}

/** A lead as Kommo returns it. Times are Unix seconds; `price` is in whole units of the account's currency. */
export interface Lead {
	id: number;
	name: string;
	price: number | null;
	status_id: number;
	pipeline_id: number;
	responsible_user_id: number;
	loss_reason_id?: number | null;
	created_at: number;
	updated_at: number;
	closed_at: number | null;
	/** When the next open task is due; null without one. */
	closest_task_at: number | null;
	is_deleted: boolean;
	/** A field without a value is absent; no fields at all may read as null. */
	custom_fields_values: FieldValues[] | null;
	_embedded?: {
		tags?: Array<{ id: number; name: string }>;
		companies?: EntityLink[];
		/** Only with `contacts`. */
		contacts?: EntityLink[];
		/** Only with `loss_reason`; a list although there is one. */
		loss_reason?: Array<{ id: number; name: string }>;
	};
}

/** What can be set on a lead; what is left out stays as it is. */
export interface LeadFields {
	name?: string;
	/** Whole units of the account's currency. */
	price?: number;
	/** 142 is Closed – won and 143 Closed – lost, in every pipeline. */
	status_id?: number;
	/** To be sent together with status_id. */
	pipeline_id?: number;
	responsible_user_id?: number;
	/** Only for leads that are (or become) Closed – lost. */
	loss_reason_id?: number;
	custom_fields_values?: FieldPatch[];
	tags_to_add?: Array<{ id: number } | { name: string }>;
	tags_to_delete?: Array<{ id: number } | { name: string }>;
	/** Unix seconds. */
	created_at?: number;
	closed_at?: number;
}

export interface NewLead extends LeadFields {
	_embedded?: { contacts?: EntityLink[]; companies?: EntityLink[] };
}

/** Never a lead as it was read: Kommo refuses several of its own values. Only what changes. */
export interface LeadPatch extends LeadFields {
	id: number;
}

/** What else of a lead to return: `contacts`, `loss_reason`, `catalog_elements`, `source_id` … */
export interface With {
	with?: readonly string[];
}

const LEADS = '/api/v4/leads';
export const CLOSED_WON = 142;
export const CLOSED_LOST = 143;

/** @returns null when there is no such lead */
export async function getLead(api: KommoApi, id: number, options: With = {}): Promise<Lead | null> {
	const path = `${LEADS}/${id}`;
	return asLead(await api.request({ method: 'GET', path, query: withQuery(options) }));
}

/** The leads that exist of a list of ids, by id; one call per 250. */
export async function getLeadsByIds(
	api: KommoApi,
	ids: readonly number[],
	options: With = {},
): Promise<Map<number, Lead>> {
	const leads = new Map<number, Lead>();
	const unique = [...new Set(ids)];
	for (let start = 0; start < unique.length; start += PAGE_SIZE) {
		const query = idQuery(unique.slice(start, start + PAGE_SIZE));
		for await (const lead of listLeads(api, [...query, ...withQuery(options)])) {
			leads.set(lead.id, lead);
		}
	}
	return leads;
}

/** The same by the shortest way: a lead alone is read at its own address. */
export async function findLeads(
	api: KommoApi,
	ids: readonly number[],
	options: With = {},
): Promise<Map<number, Lead>> {
	const [onlyId] = ids;
	if (onlyId === undefined || ids.length > 1) return await getLeadsByIds(api, ids, options);
	const lead = await getLead(api, onlyId, options);
	return new Map(lead ? [[onlyId, lead]] : []);
}

/** @param query in Kommo's notation: `filter[pipeline_id][]`, `order[id]`, `query`, `with` … */
export async function* listLeads(api: KommoApi, query: Query): AsyncGenerator<Lead> {
	for await (const entry of api.pages(LEADS, query, 'leads')) {
		const lead = asLead(entry);
		if (lead) yield lead;
	}
}

/** In batches of 50; the ids come back in the order given. */
export async function createLeads(api: KommoApi, leads: readonly NewLead[]): Promise<number[]> {
	return await writeAll(api, { method: 'POST', path: LEADS, embeddedKey: 'leads' }, leads);
}

/** In batches of 50; what a patch leaves out stays as it is. */
export async function updateLeads(api: KommoApi, patches: readonly LeadPatch[]): Promise<number[]> {
	return await writeAll(api, { method: 'PATCH', path: LEADS, embeddedKey: 'leads' }, patches);
}

/** The lead's main contact, else its first; null without contacts. Needs a lead read with `contacts`. */
export function mainContactIdOf(lead: Lead): number | null {
	const contacts = lead._embedded?.contacts ?? [];
	return (contacts.find(({ is_main }) => is_main) ?? contacts[0])?.id ?? null;
}

export function withQuery(options: With): Query {
	return options.with?.length ? [['with', options.with.join(',')]] : [];
}

export function idQuery(ids: readonly number[]): Query {
	return ids.map((id) => ['filter[id][]', String(id)] as const);
}

function asLead(body: unknown): Lead | null {
	const lead = body as (JsonObject & Lead) | null;
	return typeof lead?.id === 'number' ? lead : null;
}
