import type { INodePropertyOptions } from 'n8n-workflow';

/** Kommo's event codes, in the order of the editor's list. */
export const TRIGGER_EVENTS: INodePropertyOptions[] = [
	{ name: 'Chat Message Received', value: 'add_message' },
	{ name: 'Chat Started', value: 'add_talk' },
	{ name: 'Chat Template Reviewed', value: 'add_chat_template_review' },
	{ name: 'Company Added', value: 'add_company' },
	{ name: 'Company Deleted', value: 'delete_company' },
	{ name: 'Company Note Added', value: 'note_company' },
	{ name: 'Company Responsible User Changed', value: 'responsible_company' },
	{ name: 'Company Restored', value: 'restore_company' },
	{ name: 'Company Updated', value: 'update_company' },
	{ name: 'Contact Added', value: 'add_contact' },
	{ name: 'Contact Deleted', value: 'delete_contact' },
	{ name: 'Contact Note Added', value: 'note_contact' },
	{ name: 'Contact Responsible User Changed', value: 'responsible_contact' },
	{ name: 'Contact Restored', value: 'restore_contact' },
	{ name: 'Contact Updated', value: 'update_contact' },
	{ name: 'Lead Added', value: 'add_lead' },
	{ name: 'Lead Deleted', value: 'delete_lead' },
	{ name: 'Lead Note Added', value: 'note_lead' },
	{ name: 'Lead Responsible User Changed', value: 'responsible_lead' },
	{ name: 'Lead Restored', value: 'restore_lead' },
	{
		name: 'Lead Stage Changed',
		value: 'status_lead',
		description: 'A lead was moved to another stage',
	},
	{
		name: 'Lead Updated',
		value: 'update_lead',
		description: 'Any change of a lead, stage changes included',
	},
	{ name: 'Task Added', value: 'add_task' },
	{ name: 'Task Deleted', value: 'delete_task' },
	{ name: 'Task Responsible User Changed', value: 'responsible_task' },
	{
		name: 'Task Updated',
		value: 'update_task',
		description: 'Completed tasks too; some accounts do not offer this event',
	},
];

/** Events of leads that have a stage. */
export const LEAD_EVENTS = [
	'add_lead',
	'delete_lead',
	'responsible_lead',
	'restore_lead',
	'status_lead',
	'update_lead',
];

const NAME_BY_CODE = Object.fromEntries(TRIGGER_EVENTS.map(({ name, value }) => [value, name]));

/** 'Lead Stage Changed' below the node on the canvas rather than 'status_lead'. */
export const EVENT_NAMES = `={{ $parameter["events"].map((code) => (${JSON.stringify(NAME_BY_CODE)})[code] ?? code).join(", ") }}`;
