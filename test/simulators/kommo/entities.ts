/** What a Kommo account holds, in the names and units of API v4: ids are numbers, times are Unix seconds. */

export type EntityType = 'leads' | 'contacts' | 'companies';

export const ENTITY_TYPES: readonly EntityType[] = ['leads', 'contacts', 'companies'];

export interface FieldValue {
	value: string | number | boolean;
	enum_id?: number;
	enum_code?: string | null;
}

export interface Tag {
	id: number;
	name: string;
	color: string | null;
}

/** What leads, contacts and companies have in common. */
export interface Entity {
	id: number;
	name: string;
	responsible_user_id: number;
	group_id: number;
	created_by: number;
	/** 0 when a robot or an integration made the last change. */
	updated_by: number;
	created_at: number;
	updated_at: number;
	closest_task_at: number | null;
	is_deleted: boolean;
	/** By field id; a field without a value is absent. */
	field_values: Map<number, FieldValue[]>;
	tags: Tag[];
}

export interface Lead extends Entity {
	/** Major units of the account's currency; whole unless decimal prices are switched on. */
	price: number;
	status_id: number;
	pipeline_id: number;
	loss_reason_id: number | null;
	closed_at: number | null;
	contacts: Array<{ id: number; is_main: boolean }>;
	companies: number[];
}

export interface Contact extends Entity {
	first_name: string;
	last_name: string;
	companies: number[];
}

export interface Note {
	id: number;
	entity_type: EntityType;
	entity_id: number;
	created_by: number;
	updated_by: number;
	created_at: number;
	updated_at: number;
	responsible_user_id: number;
	group_id: number;
	note_type: string;
	params: Record<string, unknown>;
	is_pinned: boolean;
}

export interface Task {
	id: number;
	created_by: number;
	updated_by: number;
	created_at: number;
	updated_at: number;
	responsible_user_id: number;
	group_id: number;
	entity_id: number | null;
	entity_type: EntityType | null;
	duration: number;
	is_completed: boolean;
	task_type_id: number;
	text: string;
	result: { text: string } | null;
	complete_till: number;
}

export interface FieldEnum {
	id: number;
	value: string;
	sort: number;
	code?: string | null;
}

export interface StatusPair {
	status_id: number;
	pipeline_id: number;
}

export interface CustomField {
	id: number;
	name: string;
	type: string;
	code: string | null;
	sort: number;
	is_api_only: boolean;
	enums: FieldEnum[] | null;
	group_id: string | null;
	required_statuses: StatusPair[];
	hidden_statuses: StatusPair[];
	is_deletable: boolean;
	is_predefined: boolean;
	entity_type: EntityType;
	currency: string | null;
}

export interface Status {
	id: number;
	name: string;
	sort: number;
	is_editable: boolean;
	pipeline_id: number;
	color: string;
	/** 1 = incoming leads, 0 = any other stage. */
	type: 0 | 1;
}

export interface Pipeline {
	id: number;
	name: string;
	sort: number;
	is_main: boolean;
	is_unsorted_on: boolean;
	is_archive: boolean;
	statuses: Status[];
}

export interface User {
	id: number;
	name: string;
	email: string;
	lang: string;
	is_admin: boolean;
	is_active: boolean;
	role: { id: number; name: string } | null;
	group: { id: number; name: string } | null;
}

export interface Webhook {
	id: number;
	destination: string;
	created_at: number;
	updated_at: number;
	created_by: number;
	sort: number;
	settings: string[];
	/** Milliseconds of the real clock since which bad answers count against it. */
	enabledSince: number;
	disabled: boolean;
}

export interface LossReason {
	id: number;
	name: string;
	sort: number;
	created_at: number;
	updated_at: number;
}

export interface Bot {
	id: number;
	name: string;
	/** May hold {{lead.cf.ID}}, {{lead.name}}, {{lead.price}}, {{lead.id}}, {{contact.name}}. */
	message: string;
}

/** What a bot would have sent to the client; the simulator's own record. */
export interface SentMessage {
	botId: number;
	entityType: EntityType;
	entityId: number;
	leadId: number | null;
	text: string;
	/** Unix seconds. */
	at: number;
}

export interface Account {
	id: number;
	name: string;
	subdomain: string;
	currency: string;
	timezone: string;
	/** The user the long-lived token belongs to. */
	current_user_id: number;
}

export const WON = 142;
export const LOST = 143;
