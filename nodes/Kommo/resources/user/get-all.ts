import { listUsers } from '../../client/users';
import { collect, RETURN_ALL_AND_LIMIT, SIMPLIFY } from '../../descriptions/lists';
import { eachItem } from '../../items/each-item';
import type { KommoOperation } from '../../operation';

export const getAll: KommoOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Get the active users of the account; only an administrator may do that',
	properties: [...RETURN_ALL_AND_LIMIT, SIMPLIFY],
	async execute(run) {
		const { context, kommo } = run;
		return await eachItem(run, async (itemIndex) => {
			const users = await collect(context, itemIndex, listUsers(kommo.api));
			return context.getNodeParameter('simplify', itemIndex)
				? users.map(({ id, name, email }) => ({ userId: id, name, email }))
				: users;
		});
	},
};
