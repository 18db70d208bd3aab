import { UserError } from 'n8n-workflow';
import { getLead, getLeadsByIds, type Lead } from '../../client/leads';
import { SIMPLIFY } from '../../descriptions/lists';
import { LEAD, locatedId } from '../../descriptions/locators';
import { foundItems } from '../../items/found-items';
import type { KommoOperation } from '../../operation';
import { simpleLead } from './simple-lead';

const WITH = { with: ['contacts', 'loss_reason'] } as const;

export const get: KommoOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get lead',
	description: 'Get a lead with its fields and contacts',
	properties: [LEAD, SIMPLIFY],
	async execute(run) {
		const { context, kommo } = run;
		return await foundItems<Lead>(run, {
			idOf: (itemIndex) => locatedId(context, 'leadId', itemIndex),
			findOne: async (id) => await getLead(kommo.api, id, WITH),
			findMany: async (ids) => await getLeadsByIds(kommo.api, ids, WITH),
			missing: (id) =>
				new UserError(`There is no lead ${id} in this Kommo account`, {
					description: 'It may have been deleted, or the ID belongs to something else.',
				}),
			result: (lead, itemIndex) =>
				context.getNodeParameter('simplify', itemIndex) ? simpleLead(lead) : lead,
		});
	},
};
