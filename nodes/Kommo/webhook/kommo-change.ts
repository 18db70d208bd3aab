/** What happened in Kommo, whichever of its body forms told it. */
import { isJsonObject, type JsonObject } from '../../core/json';
import { parseLeadId } from '../../core/lead-reference';
import { isoTime, LARGEST_SECONDS } from '../client/unix-time';

/** One entity of one event. All of it is hearsay: Kommo signs nothing, so read the lead before money moves. */
export interface KommoChange {
	/** Kommo's event code: 'status_lead', 'add_task', 'mail_in_lead' … */
	event: string;
	/** What the change is about: leads, contacts, companies, tasks, notes, messages, talks, incoming leads. */
	entityType: string;
	entityId: string | null;
	/** The lead itself, or the lead a note, task or message belongs to. */
	leadId: number | null;
	contactId: number | null;
	name: string | null;
	/** In whole units of the account's currency. */
	price: number | null;
	pipelineId: number | null;
	statusId: number | null;
	oldStatusId: number | null;
	/** Only Digital Pipeline hooks tell. */
	oldPipelineId: number | null;
	responsibleUserId: number | null;
	/** 0 is a robot or an integration, and so probably a change of our own. */
	changedByUserId: number | null;
	/** ISO 8601 UTC; null where the body has no time (Digital Pipeline, deletions). */
	changedAt: string | null;
	/** By the field's name; several values as a list. */
	customFields: Record<string, unknown>;
	accountId: string | null;
	/** The entity as Kommo sent it. */
	raw: JsonObject;
}

/** Top-level keys of the body, with the word that stands in event codes. */
const ENTITIES: Readonly<Record<string, { type: string; code: string }>> = {
	leads: { type: 'leads', code: 'lead' },
	contacts: { type: 'contacts', code: 'contact' },
	companies: { type: 'companies', code: 'company' },
	customers: { type: 'customers', code: 'customer' },
	task: { type: 'tasks', code: 'task' },
	message: { type: 'messages', code: 'message' },
	talk: { type: 'talks', code: 'talk' },
	unsorted: { type: 'incomingLeads', code: 'unsorted' },
};

/** `element_type` of tasks and notes. */
const LEAD_ELEMENT = '2';
const CONTACT_ELEMENT = '1';

/** Every change in a decoded body; none when it is not one of Kommo's. */
export function changesOf(body: unknown): KommoChange[] {
	if (!isJsonObject(body)) return [];
	const account = isJsonObject(body.account) ? body.account : {};
	const accountId = text(account.id);
	return Object.entries(ENTITIES).flatMap(([key, entity]) => {
		const actions = body[key];
		if (!isJsonObject(actions)) return [];
		return Object.entries(actions).flatMap(([action, entries]) =>
			(Array.isArray(entries) ? entries : [])
				.filter(isJsonObject)
				.map((entry) => toChange(entity, action, entry, accountId)),
		);
	});
}

function toChange(
	entity: { type: string; code: string },
	action: string,
	entry: JsonObject,
	accountId: string | null,
): KommoChange {
	// Contacts and companies come under one key, and a note stands inside its lead.
	const isCompany = entity.code === 'contact' && entry.type === 'company';
	const code = isCompany ? 'company' : entity.code;
	const isNote = action === 'note' && isJsonObject(entry.note);
	const raw = isNote ? (entry.note as JsonObject) : entry;
	const isLead = entity.code === 'lead' && !isNote;
	const ids = isLead ? { leadId: id(raw.id), contactId: null } : relatedIds(raw, code, isNote);
	return {
		event: `${action}_${code}`,
		entityType: isNote ? 'notes' : isCompany ? 'companies' : entity.type,
		entityId: text(raw.id) ?? text(raw.uid),
		...ids,
		name: text(raw.name),
		price: isLead ? number(raw.price) : null,
		pipelineId: id(raw.pipeline_id),
		statusId: id(raw.status_id),
		oldStatusId: id(raw.old_status_id),
		oldPipelineId: id(raw.old_pipeline_id),
		responsibleUserId: id(raw.responsible_user_id) ?? id(raw.main_user_id),
		changedByUserId: number(raw.modified_user_id) ?? number(raw.modified_by),
		changedAt: changeTime(raw),
		customFields: customFieldsOf(raw.custom_fields),
		accountId,
		raw,
	};
}

function relatedIds(
	raw: JsonObject,
	code: string,
	isNote: boolean,
): { leadId: number | null; contactId: number | null } {
	const element = text(raw.element_type) ?? text(raw.entity_type);
	const related = id(raw.element_id) ?? id(raw.entity_id);
	// A lead's note does not always repeat whose it is.
	const ofLead = element === LEAD_ELEMENT || element === 'lead' || (isNote && code === 'lead');
	const ofContact = element === CONTACT_ELEMENT || element === 'contact';
	return {
		leadId: ofLead ? related : null,
		contactId:
			code === 'contact' && !isNote ? id(raw.id) : ofContact ? related : id(raw.contact_id),
	};
}

/** Kommo's readable times are in zones of their own; only the Unix ones can be trusted. */
function changeTime(raw: JsonObject): string | null {
	const seconds = [raw.last_modified, raw.updated_at, raw.created_at]
		.map(number)
		.find((value) => value !== null && value > 0 && value < LARGEST_SECONDS);
	return seconds === undefined || seconds === null ? null : isoTime(seconds);
}

/**
 * Values come as `[{value}]`, dates as a bare list, radio buttons as one object, and an empty field with no values at
 * all.
 */
function customFieldsOf(fields: unknown): Record<string, unknown> {
	const list = Array.isArray(fields) ? fields.filter(isJsonObject) : [];
	return Object.fromEntries(
		list.map((field) => {
			const { values } = field;
			const entries = Array.isArray(values) ? values : values === undefined ? [] : [values];
			const plain = entries.map((entry: unknown) => (isJsonObject(entry) ? entry.value : entry));
			const name = text(field.name) ?? text(field.code) ?? String(field.id);
			return [name, plain.length > 1 ? plain : (plain[0] ?? null)];
		}),
	);
}

function text(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: unknown): number | null {
	return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

function id(value: unknown): number | null {
	return parseLeadId(value);
}
