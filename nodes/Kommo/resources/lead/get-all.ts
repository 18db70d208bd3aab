import { PAGE_SIZE } from '../../client/kommo-api';
import { listLeads, type Lead } from '../../client/leads';
import {
	collect,
	collectionOf,
	limitOf,
	RETURN_ALL_AND_LIMIT,
	SIMPLIFY,
	sortOf,
	sortProperty,
} from '../../descriptions/lists';
import { eachItem } from '../../items/each-item';
import type { KommoOperation, OperationRun } from '../../operation';
import { LEAD_FILTERS, leadFilter } from './lead-filters';
import { simpleLead } from './simple-lead';

export const getAll: KommoOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many leads',
	description: 'Get many leads, filtered by stage, time, user or custom field',
	properties: [
		...RETURN_ALL_AND_LIMIT,
		SIMPLIFY,
		LEAD_FILTERS,
		sortProperty([
			{ name: 'Created', value: 'created_at' },
			{ name: 'ID', value: 'id' },
			{ name: 'Updated', value: 'updated_at' },
		]),
	],
	async execute(run) {
		const { context } = run;
		return await eachItem(run, async (itemIndex) => {
			const leads = await collect(context, itemIndex, matchingLeads(run, itemIndex));
			return context.getNodeParameter('simplify', itemIndex) ? leads.map(simpleLead) : leads;
		});
	},
};

async function* matchingLeads(
	{ context, kommo }: OperationRun,
	itemIndex: number,
): AsyncGenerator<Lead> {
	const filters = collectionOf(context, 'filters', itemIndex);
	const { query, matches } = await leadFilter(context, filters, kommo);
	const sort = sortOf(context, itemIndex);
	const pageSize = Math.min(PAGE_SIZE, Math.max(50, limitOf(context, itemIndex)));
	const leads = listLeads(kommo.api, [
		...query,
		['with', 'contacts'],
		...(sort ? [[`order[${sort.field}]`, sort.direction] as const] : []),
		['limit', String(pageSize)],
	]);
	for await (const lead of leads) {
		if (matches(lead)) yield lead;
	}
}
