import type { INodeProperties } from 'n8n-workflow';
import { findContactsByEmail, listContacts, type Contact } from '../../client/contacts';
import { PAGE_SIZE, type Query } from '../../client/kommo-api';
import { chooseSeveral } from '../../descriptions/choices';
import {
	collect,
	collectionOf,
	limitOf,
	RETURN_ALL_AND_LIMIT,
	SIMPLIFY,
	sortOf,
	sortProperty,
} from '../../descriptions/lists';
import { timeParameter } from '../../descriptions/times';
import { eachItem } from '../../items/each-item';
import type { KommoOperation, OperationRun } from '../../operation';
import { simpleContact } from './simple-contact';

const FILTERS: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. name@example.com',
			default: '',
			description:
				'Only contacts with exactly this address; other filters and sorting do not apply',
		},
		chooseSeveral('Responsible User', 'responsibleUserIds', 'getUsers'),
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Looks into all filled fields of the contact, parts of words included',
		},
		{ displayName: 'Updated After', name: 'updatedAfter', type: 'dateTime', default: '' },
		{ displayName: 'Updated Before', name: 'updatedBefore', type: 'dateTime', default: '' },
	],
};

export const getAll: KommoOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Get many contacts, or find them by e-mail address',
	properties: [
		...RETURN_ALL_AND_LIMIT,
		SIMPLIFY,
		FILTERS,
		sortProperty([
			{ name: 'ID', value: 'id' },
			{ name: 'Updated', value: 'updated_at' },
		]),
	],
	async execute(run) {
		const { context } = run;
		return await eachItem(run, async (itemIndex) => {
			const contacts = await collect(context, itemIndex, matchingContacts(run, itemIndex));
			return context.getNodeParameter('simplify', itemIndex)
				? contacts.map(simpleContact)
				: contacts;
		});
	},
};

async function* matchingContacts(
	{ context, kommo }: OperationRun,
	itemIndex: number,
): AsyncGenerator<Contact> {
	const filters = collectionOf(context, 'filters', itemIndex);
	if (filters.email) {
		yield* await findContactsByEmail(kommo.api, String(filters.email), { with: ['leads'] });
		return;
	}
	const after = timeParameter(context, filters.updatedAfter, 'Updated After');
	const before = timeParameter(context, filters.updatedBefore, 'Updated Before');
	const users = (filters.responsibleUserIds ?? []) as Array<string | number>;
	const sort = sortOf(context, itemIndex);
	const query: Query = [
		...(filters.query ? [['query', String(filters.query)] as const] : []),
		...users.map((id) => ['filter[responsible_user_id][]', String(id)] as const),
		...(after === undefined ? [] : [['filter[updated_at][from]', String(after)] as const]),
		...(before === undefined ? [] : [['filter[updated_at][to]', String(before)] as const]),
		['with', 'leads'],
		...(sort ? [[`order[${sort.field}]`, sort.direction] as const] : []),
		['limit', String(Math.min(PAGE_SIZE, limitOf(context, itemIndex)))],
	];
	yield* listContacts(kommo.api, query);
}
