/** Dropdowns filled from the account. Their texts are those n8n's guidelines ask for. */
import type { INodeProperties } from 'n8n-workflow';

const CHOOSE_ONE =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
const CHOOSE_SEVERAL =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

export function chooseOne(
	displayName: string,
	name: string,
	loadOptionsMethod: string,
	extra: Partial<INodeProperties> = {},
): INodeProperties {
	const { description, ...rest } = extra;
	return {
		displayName: `${displayName} Name or ID`,
		name,
		type: 'options',
		typeOptions: { loadOptionsMethod },
		default: '',
		description: [description, CHOOSE_ONE].filter(Boolean).join('. '),
		...rest,
	};
}

export function chooseSeveral(
	displayName: string,
	name: string,
	loadOptionsMethod: string,
	description?: string,
): INodeProperties {
	return {
		displayName: `${displayName} Names or IDs`,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		default: [],
		description: [description, CHOOSE_SEVERAL].filter(Boolean).join('. '),
	};
}

/** Stage and pipeline in one choice, because Kommo wants both when a lead changes its pipeline. */
export const STAGE: INodeProperties = chooseOne('Stage', 'stage', 'getStages');

export const RESPONSIBLE_USER: INodeProperties = chooseOne(
	'Responsible User',
	'responsibleUserId',
	'getUsers',
);

export const TAGS_TO_ADD: INodeProperties = {
	displayName: 'Tags to Add',
	name: 'tagsToAdd',
	type: 'string',
	default: '',
	placeholder: 'e.g. paid, website',
	description: 'Comma-separated list of tags. Tags that do not exist yet are created.',
};

export const TAGS_TO_REMOVE: INodeProperties = {
	displayName: 'Tags to Remove',
	name: 'tagsToRemove',
	type: 'string',
	default: '',
	placeholder: 'e.g. awaiting payment',
	description: 'Comma-separated list of tags',
};

/** 'paid, website' as Kommo wants it. */
export function tagNames(list: unknown): Array<{ name: string }> {
	return String(list ?? '')
		.split(',')
		.map((name) => ({ name: name.trim() }))
		.filter(({ name }) => name !== '');
}
