import { integration, type Actor, type Context } from './context';
import { LOST, WON, type Contact, type Entity, type Lead, type Tag } from './entities';
import { applyFieldChanges, type FieldChanges } from './field-values';
import type { OldLead } from './webhook-body';

/** Changes common to leads, contacts and companies; absent keys stay as they are. */
export interface EntityChange {
	name?: string;
	responsible_user_id?: number;
	created_by?: number;
	updated_by?: number;
	created_at?: number;
	updated_at?: number;
	field_values?: FieldChanges;
	tags?: Tag[];
	companies?: number[];
}

export interface LeadChange extends EntityChange {
	price?: number;
	pipeline_id?: number;
	status_id?: number;
	loss_reason_id?: number | null;
	closed_at?: number;
	contacts?: Array<{ id: number; is_main: boolean }>;
}

export interface ContactChange extends EntityChange {
	first_name?: string;
	last_name?: string;
}

const closed = (statusId: number) => statusId === WON || statusId === LOST;

/**
 * Where a lead goes: a stage alone also names its pipeline (except 142 and 143, which stay in the
 * present one), a pipeline alone means its first ordinary stage. Null when the pair does not exist.
 */
export function resolveStage(
	ctx: Context,
	current: { pipeline_id: number; status_id: number } | null,
	change: { pipeline_id?: number; status_id?: number },
): { pipeline_id: number; status_id: number } | null {
	const { store } = ctx;
	const pipeline =
		change.pipeline_id !== undefined
			? store.pipelines.get(change.pipeline_id)
			: change.status_id !== undefined && store.pipelineOfStatus(change.status_id)
				? store.pipelineOfStatus(change.status_id)
				: current
					? store.pipelines.get(current.pipeline_id)
					: store.mainPipeline();
	if (!pipeline) return null;
	if (change.status_id === undefined) {
		if (current?.pipeline_id === pipeline.id) return current;
		const first = pipeline.statuses.find((status) => status.type === 0);
		return first ? { pipeline_id: pipeline.id, status_id: first.id } : null;
	}
	const status = store.status(pipeline.id, change.status_id);
	return status ? { pipeline_id: pipeline.id, status_id: status.id } : null;
}

function newEntity(ctx: Context, id: number, change: EntityChange, actor: Actor): Entity {
	const now = ctx.seconds();
	const entity: Entity = {
		id,
		name: change.name ?? '',
		responsible_user_id: change.responsible_user_id ?? actor.createdBy,
		group_id: 0,
		created_by: change.created_by ?? actor.createdBy,
		updated_by: change.updated_by ?? actor.modifiedBy,
		created_at: change.created_at ?? now,
		updated_at: change.updated_at ?? change.created_at ?? now,
		closest_task_at: null,
		is_deleted: false,
		field_values: new Map(),
		tags: change.tags ?? [],
	};
	applyFieldChanges(entity.field_values, change.field_values ?? new Map());
	return entity;
}

function changeEntity(ctx: Context, entity: Entity, change: EntityChange, actor: Actor): void {
	if (change.name !== undefined) entity.name = change.name;
	if (change.responsible_user_id !== undefined) {
		entity.responsible_user_id = change.responsible_user_id;
	}
	if (change.created_by !== undefined) entity.created_by = change.created_by;
	if (change.created_at !== undefined) entity.created_at = change.created_at;
	if (change.tags !== undefined) entity.tags = change.tags;
	applyFieldChanges(entity.field_values, change.field_values ?? new Map());
	entity.updated_by = change.updated_by ?? actor.modifiedBy;
	entity.updated_at = change.updated_at ?? ctx.seconds();
}

export function addLead(ctx: Context, change: LeadChange, actor = integration(ctx)): Lead {
	const stage = resolveStage(ctx, null, change);
	if (!stage) throw new Error('There is no such stage in the account.');
	const id = ctx.store.nextId('leads');
	const entity = newEntity(ctx, id, change, actor);
	const lead: Lead = {
		...entity,
		name: change.name ?? `Lead #${id}`,
		price: change.price ?? 0,
		...stage,
		loss_reason_id: change.loss_reason_id ?? null,
		closed_at: change.closed_at ?? (closed(stage.status_id) ? entity.created_at : null),
		contacts: change.contacts ?? [],
		companies: change.companies ?? [],
	};
	ctx.store.leads.set(id, lead);
	ctx.events.leadAdded(lead);
	return lead;
}

export function changeLead(
	ctx: Context,
	lead: Lead,
	change: LeadChange,
	actor = integration(ctx),
): void {
	const stage = resolveStage(ctx, lead, change);
	if (!stage) throw new Error('There is no such stage in the account.');
	const old: OldLead = {};
	if (stage.status_id !== lead.status_id) old.status_id = lead.status_id;
	if (stage.pipeline_id !== lead.pipeline_id) old.pipeline_id = lead.pipeline_id;
	if (
		change.responsible_user_id !== undefined &&
		change.responsible_user_id !== lead.responsible_user_id
	) {
		old.responsible_user_id = lead.responsible_user_id;
	}
	changeEntity(ctx, lead, change, actor);
	if (change.price !== undefined) lead.price = change.price;
	if (change.companies !== undefined) lead.companies = change.companies;
	if (change.contacts !== undefined) lead.contacts = change.contacts;
	const wasClosed = closed(lead.status_id);
	Object.assign(lead, stage);
	if (closed(lead.status_id)) {
		lead.closed_at = change.closed_at ?? (wasClosed ? lead.closed_at : ctx.seconds());
	} else {
		lead.closed_at = null;
	}
	if (change.loss_reason_id !== undefined) lead.loss_reason_id = change.loss_reason_id;
	if (lead.status_id !== LOST) lead.loss_reason_id = null;
	ctx.events.leadChanged(lead, old);
}

export function addContact(
	ctx: Context,
	type: 'contacts' | 'companies',
	change: ContactChange,
	actor = integration(ctx),
): Contact {
	const contact: Contact = {
		...newEntity(ctx, ctx.store.nextId(type), change, actor),
		first_name: change.first_name ?? '',
		last_name: change.last_name ?? '',
		companies: change.companies ?? [],
	};
	contact.name ||= [contact.first_name, contact.last_name].filter(Boolean).join(' ');
	ctx.store[type].set(contact.id, contact);
	ctx.events.contact(type, 'add', contact);
	return contact;
}

export function changeContact(
	ctx: Context,
	type: 'contacts' | 'companies',
	contact: Contact,
	change: ContactChange,
	actor = integration(ctx),
): void {
	const oldResponsible = contact.responsible_user_id;
	changeEntity(ctx, contact, change, actor);
	if (change.first_name !== undefined) contact.first_name = change.first_name;
	if (change.last_name !== undefined) contact.last_name = change.last_name;
	if (
		change.name === undefined &&
		(change.first_name !== undefined || change.last_name !== undefined)
	) {
		contact.name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
	}
	if (contact.responsible_user_id !== oldResponsible) {
		ctx.events.contact(type, 'responsible', contact, { responsible_user_id: oldResponsible });
	}
	ctx.events.contact(type, 'update', contact);
}
