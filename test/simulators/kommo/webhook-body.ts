import type { Context } from './context';
import type { Contact, EntityType, FieldValue, Lead, Note, Task } from './entities';
import { dottedDay, sqlTime } from './field-dates';
import { formEncode, type FormValue } from './form-encoding';

type FormObject = { [key: string]: FormValue };

/** What a change replaced; only changed keys are there. */
export interface OldLead {
	status_id?: number;
	pipeline_id?: number;
	responsible_user_id?: number;
}

/** The encoded body of an account-level webhook: the account block and one entity block. */
export function webhookBody(ctx: Context, event: FormObject): string {
	// kommo.com accounts still name amocrm.com here (captured 2026).
	const account = {
		account: {
			subdomain: ctx.account.subdomain,
			id: ctx.account.id,
			_links: { self: `https://${ctx.account.subdomain}.amocrm.com` },
		},
	};
	return formEncode(
		ctx.switches.accountBlock === 'first' ? { ...account, ...event } : { ...event, ...account },
	);
}

/** The minimal body of Digital Pipeline's "API: send webhook". */
export function digitalPipelineBody(
	ctx: Context,
	event: 'add' | 'status',
	lead: Lead,
	old: OldLead,
): string {
	return formEncode({
		leads: {
			[event]: [
				{
					id: lead.id,
					status_id: lead.status_id,
					pipeline_id: lead.pipeline_id,
					...(event === 'status'
						? {
								old_status_id: old.status_id ?? lead.status_id,
								old_pipeline_id: old.pipeline_id ?? lead.pipeline_id,
							}
						: {}),
				},
			],
		},
		account: { id: ctx.account.id, subdomain: ctx.account.subdomain },
	});
}

export function leadEvent(ctx: Context, action: string, lead: Lead, old: OldLead = {}): FormObject {
	if (action === 'delete') {
		const { id, status_id, pipeline_id } = lead;
		return { leads: { delete: [{ id, status_id, pipeline_id }] } };
	}
	return {
		leads: {
			[action]: [
				{
					id: lead.id,
					name: lead.name,
					status_id: lead.status_id,
					old_status_id: old.status_id,
					price: Math.round(lead.price),
					price_with_minor_units: ctx.switches.decimalPrices ? lead.price : undefined,
					responsible_user_id: lead.responsible_user_id,
					last_modified: lead.updated_at,
					modified_user_id: lead.updated_by,
					created_user_id: lead.created_by,
					date_create: lead.created_at,
					pipeline_id: lead.pipeline_id,
					tags: lead.tags.map(({ id, name }) => ({ id, name })),
					account_id: ctx.account.id,
					custom_fields: fieldBlocks(ctx, 'leads', lead.field_values),
					old_responsible_user_id: old.responsible_user_id,
					created_at: lead.created_at,
					updated_at: lead.updated_at,
				},
			],
		},
	};
}

/** Contacts and companies share `contacts[…]`, told apart by their type. */
export function contactEvent(
	ctx: Context,
	type: 'contacts' | 'companies',
	action: string,
	contact: Contact,
	old: OldLead = {},
): FormObject {
	const kind = type === 'contacts' ? 'contact' : 'company';
	if (action === 'delete') return { contacts: { delete: [{ id: contact.id, type: kind }] } };
	const linked: FormObject = {};
	for (const lead of ctx.store.leads.values()) {
		const ids = type === 'contacts' ? lead.contacts.map(({ id }) => id) : lead.companies;
		if (ids.includes(contact.id)) linked[String(lead.id)] = { ID: lead.id };
	}
	return {
		contacts: {
			[action]: [
				{
					id: contact.id,
					name: contact.name,
					responsible_user_id: contact.responsible_user_id,
					date_create: contact.created_at,
					last_modified: contact.updated_at,
					created_user_id: contact.created_by,
					modified_user_id: contact.updated_by,
					account_id: ctx.account.id,
					custom_fields: fieldBlocks(ctx, type, contact.field_values),
					linked_leads_id: linked,
					old_responsible_user_id: old.responsible_user_id,
					created_at: contact.created_at,
					updated_at: contact.updated_at,
					type: kind,
				},
			],
		},
	};
}

const NOTE_TYPES: Record<string, number> = {
	common: 4,
	attachment: 5,
	call_in: 10,
	call_out: 11,
	service_message: 25,
	extended_service_message: 25,
	geolocation: 35,
	sms_in: 102,
	sms_out: 103,
};

const ELEMENT_TYPES: Record<EntityType, number> = { contacts: 1, leads: 2, companies: 3 };

export function noteEvent(ctx: Context, note: Note): FormObject {
	const group = note.entity_type === 'leads' ? 'leads' : 'contacts';
	const author = ctx.store.users.get(note.created_by);
	const text =
		note.note_type === 'common' ? String(note.params.text ?? '') : JSON.stringify(note.params);
	return {
		[group]: {
			note: [
				{
					note: {
						text,
						attachement: '',
						// K's own samples: note times are UTC+3, task times are UTC.
						date_create: sqlTime(note.created_at, 3),
						note_type: NOTE_TYPES[note.note_type] ?? 25,
						element_type: ELEMENT_TYPES[note.entity_type],
						element_id: note.entity_id,
						catalog_id: 0,
						group_id: note.group_id,
						timestamp_x: sqlTime(note.updated_at, 3),
						account_id: ctx.account.id,
						metadata: JSON.stringify({
							event_source: { id: note.created_by, author_name: author?.name ?? '', type: 1 },
						}),
						created_by: note.created_by,
						modified_by: note.updated_by,
						main_user_id: note.responsible_user_id,
						id: note.id,
						created_at: note.created_at,
						updated_at: note.updated_at,
					},
				},
			],
		},
	};
}

export function taskEvent(
	ctx: Context,
	action: string,
	task: Task,
	old: { text?: string; closed?: boolean } = {},
): FormObject {
	if (action === 'delete') return { task: { delete: [{ id: task.id }] } };
	return {
		task: {
			[action]: [
				{
					id: task.id,
					element_id: task.entity_id ?? 0,
					element_type: task.entity_type ? ELEMENT_TYPES[task.entity_type] : 0,
					task_type: task.task_type_id,
					date_create: sqlTime(task.created_at),
					text: task.text,
					status: task.is_completed ? 1 : 0,
					account_id: ctx.account.id,
					created_user_id: task.created_by,
					last_modified: sqlTime(task.updated_at),
					responsible_user_id: task.responsible_user_id,
					complete_till: sqlTime(task.complete_till),
					action_close: old.closed === true ? 1 : undefined,
					result: task.result ? { text: task.result.text } : undefined,
					old_text: old.text,
					created_at: task.created_at,
					updated_at: task.updated_at,
					complete_before: task.complete_till,
				},
			],
		},
	};
}

function fieldBlocks(
	ctx: Context,
	type: EntityType,
	filled: Map<number, FieldValue[]>,
): FormValue[] {
	return [...ctx.store.customFields[type].values()].flatMap((field) => {
		const values = filled.get(field.id);
		if (!values || values.length === 0) return [];
		return [
			{
				id: field.id,
				name: field.name,
				values: fieldValueForms(ctx, field.type, values),
				code: field.code,
			},
		];
	});
}

function fieldValueForms(ctx: Context, type: string, values: FieldValue[]): FormValue {
	const [first] = values;
	switch (type) {
		case 'date':
		case 'date_time':
			return values.map(({ value }) => value);
		case 'radiobutton':
			return first ? { value: first.value, enum: first.enum_id } : null;
		case 'birthday':
			return values.map(({ value }) => ({
				value: dottedDay(Number(value), ctx.account.timezone),
			}));
		default:
			return values.map(({ value, enum_id }) => ({ value, enum: enum_id }));
	}
}
