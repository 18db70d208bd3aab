import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { CONTACT, LEAD, locatedId } from './locators';

export interface Target {
	entity: 'leads' | 'contacts';
	id: number;
}

const BELONGS_TO = {
	displayName: 'Belongs To',
	name: 'entity',
	type: 'options',
	// The same for all items, so that they can be written together.
	noDataExpression: true,
	options: [
		{ name: 'Contact', value: 'contacts' },
		{ name: 'Lead', value: 'leads' },
	],
	default: 'leads',
} satisfies INodeProperties;
const WHICH_ONE: readonly INodeProperties[] = [
	{ ...LEAD, displayOptions: { show: { entity: ['leads'] } } },
	{ ...CONTACT, displayOptions: { show: { entity: ['contacts'] } } },
];

/** A lead or a contact. */
export const TARGET: readonly INodeProperties[] = [BELONGS_TO, ...WHICH_ONE];

/** A lead, a contact, or neither of them. */
export const OPTIONAL_TARGET: readonly INodeProperties[] = [
	{ ...BELONGS_TO, options: [...BELONGS_TO.options, { name: 'Nothing', value: 'none' }] },
	...WHICH_ONE,
];

/** @returns null where the record stands for itself */
export function optionalTargetOf(context: IExecuteFunctions, itemIndex: number): Target | null {
	const entity = context.getNodeParameter('entity', itemIndex);
	return entity === 'none' ? null : targetOf(context, itemIndex);
}

export function targetOf(context: IExecuteFunctions, itemIndex: number): Target {
	const entity = context.getNodeParameter('entity', itemIndex) as Target['entity'];
	const id = locatedId(context, entity === 'leads' ? 'leadId' : 'contactId', itemIndex);
	return { entity, id };
}

/** `{ leadId }` or `{ contactId }`, to go on with. */
export function targetField({ entity, id }: Target): { leadId: number } | { contactId: number } {
	return entity === 'leads' ? { leadId: id } : { contactId: id };
}
