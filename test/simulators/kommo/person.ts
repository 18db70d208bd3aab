import { addNote, addTask, changeTask } from './activity-changes';
import { addContact, addLead, changeLead, resolveStage } from './changes';
import { person, type Context } from './context';
import { DEFAULTS } from './default-data';
import type { Contact, CustomField, EntityType, FieldValue, Lead, Note, Task } from './entities';
import { CHOICE_TYPES, type FieldChanges } from './field-values';

type PlainValue = string | number | boolean | null;

export interface NewContact {
	name: string;
	email?: string;
	phone?: string;
}

export interface NewLead {
	name?: string;
	/** Major units of the account's currency. */
	price?: number;
	statusId?: number;
	pipelineId?: number;
	responsibleUserId?: number;
	contact?: NewContact;
	/** By field id, code or name; choices by their text. */
	customFields?: Record<string, PlainValue>;
}

/** What people do in the web interface: nothing is validated as in the API, webhooks name the user. */
export class Person {
	/** Who acts. */
	userId: number = DEFAULTS.users.salesManager;

	constructor(private readonly ctx: Context) {}

	createLead(input: NewLead = {}): Lead {
		const contact = input.contact ? this.createContact(input.contact) : null;
		return addLead(
			this.ctx,
			{
				name: input.name,
				price: input.price,
				status_id: input.statusId,
				pipeline_id: input.pipelineId,
				responsible_user_id: input.responsibleUserId,
				contacts: contact ? [{ id: contact.id, is_main: true }] : [],
				field_values: this.fieldChanges('leads', input.customFields ?? {}),
			},
			this.actor(),
		);
	}

	createContact(input: NewContact): Contact {
		const fields: Record<string, PlainValue> = {};
		if (input.email !== undefined) fields.EMAIL = input.email;
		if (input.phone !== undefined) fields.PHONE = input.phone;
		const [first_name = '', ...rest] = input.name.split(' ');
		return addContact(
			this.ctx,
			'contacts',
			{
				name: input.name,
				first_name,
				last_name: rest.join(' '),
				field_values: this.fieldChanges('contacts', fields),
			},
			this.actor(),
		);
	}

	moveLead(leadId: number, statusId: number, pipelineId?: number): Lead {
		const lead = this.lead(leadId);
		const stage = { status_id: statusId, pipeline_id: pipelineId };
		if (!resolveStage(this.ctx, lead, stage)) throw new Error(`There is no stage ${statusId}.`);
		changeLead(this.ctx, lead, stage, this.actor());
		return lead;
	}

	updateLead(
		leadId: number,
		input: Pick<NewLead, 'name' | 'price' | 'responsibleUserId' | 'customFields'>,
	): Lead {
		const lead = this.lead(leadId);
		changeLead(
			this.ctx,
			lead,
			{
				name: input.name,
				price: input.price,
				responsible_user_id: input.responsibleUserId,
				field_values: this.fieldChanges('leads', input.customFields ?? {}),
			},
			this.actor(),
		);
		return lead;
	}

	deleteLead(leadId: number): void {
		const lead = this.lead(leadId);
		lead.is_deleted = true;
		this.ctx.events.leadDeleted(lead);
	}

	restoreLead(leadId: number): void {
		const lead = this.lead(leadId);
		lead.is_deleted = false;
		lead.updated_at = this.ctx.seconds();
		lead.updated_by = this.userId;
		this.ctx.events.leadRestored(lead);
	}

	addNote(leadId: number, text: string): Note {
		const note = { entity_type: 'leads', entity_id: leadId, note_type: 'common' } as const;
		return addNote(this.ctx, { ...note, params: { text } }, this.actor());
	}

	addTask(leadId: number, text: string, completeTill?: number): Task {
		return addTask(
			this.ctx,
			{
				text,
				complete_till: completeTill ?? this.ctx.seconds() + 86_400,
				entity_id: leadId,
				entity_type: 'leads',
			},
			this.actor(),
		);
	}

	completeTask(taskId: number, result?: string): Task {
		const task = this.ctx.store.tasks.get(taskId);
		if (!task) throw new Error(`There is no task ${taskId}.`);
		const change = {
			is_completed: true,
			...(result === undefined ? {} : { result: { text: result } }),
		};
		changeTask(this.ctx, task, change, this.actor());
		return task;
	}

	private lead(id: number): Lead {
		const lead = this.ctx.store.leads.get(id);
		if (!lead) throw new Error(`There is no lead ${id}.`);
		return lead;
	}

	private actor() {
		return person(this.userId);
	}

	private fieldChanges(type: EntityType, values: Record<string, PlainValue>): FieldChanges {
		return new Map(
			Object.entries(values).map(([key, value]) => {
				const field =
					this.ctx.store.customFields[type].get(Number(key)) ??
					this.ctx.store.fieldByCode(type, key) ??
					this.ctx.store.fieldByName(type, key);
				if (!field) throw new Error(`There is no field ${key}.`);
				return [field.id, value === null ? null : [plainFieldValue(field, value)]];
			}),
		);
	}
}

function plainFieldValue(field: CustomField, value: string | number | boolean): FieldValue {
	if (field.type === 'multitext') {
		const [first] = field.enums ?? [];
		return first ? { value, enum_id: first.id, enum_code: first.value } : { value };
	}
	if (!CHOICE_TYPES.includes(field.type)) {
		const stored = field.type === 'numeric' || field.type === 'monetary' ? String(value) : value;
		return { value: stored };
	}
	const option = field.enums?.find((entry) => entry.value === value);
	if (!option) throw new Error(`The field ${field.name} has no option ${String(value)}.`);
	return { value: option.value, enum_id: option.id, enum_code: option.code ?? null };
}
