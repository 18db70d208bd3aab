/** The searchable lists behind "From List". */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listAt, objectAt, numberAt, stringAt } from '../../core/json';
import { listTasks } from '../client/tasks';
import { kommoOf } from '../kommo-context';
import { nodeError } from '../node-errors';

const PAGE_SIZE = 50;
/** Tasks can't be searched by text: as many open ones as a person would scroll through. */
const MOST_TASKS = 500;

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

function searchCards(entity: 'leads' | 'contacts', noun: string): ListSearch {
	return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
		try {
			const { api, baseUrl } = await kommoOf(this);
			const page = Number(paginationToken ?? 1);
			const body = await api.request({
				method: 'GET',
				path: `/api/v4/${entity}`,
				query: [
					...(filter ? [['query', filter] as const] : []),
					['order[updated_at]', 'desc'],
					['page', String(page)],
					['limit', String(PAGE_SIZE)],
				],
			});
			const results = listAt(body, '_embedded', entity).map((entry) => {
				const id = String(numberAt(entry, 'id'));
				const name = stringAt(entry, 'name') ?? `${noun} ${id}`;
				return { name, value: id, url: `${baseUrl}/${entity}/detail/${id}` };
			});
			const hasMore = objectAt(body, '_links', 'next') !== null;
			return { results, ...(hasMore ? { paginationToken: String(page + 1) } : {}) };
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	};
}

export const listSearch: Record<string, ListSearch> = {
	searchContacts: searchCards('contacts', 'Contact'),

	searchLeads: searchCards('leads', 'Lead'),

	async searchTasks(filter) {
		try {
			const { api } = await kommoOf(this);
			const wanted = filter?.toLowerCase() ?? '';
			const results: INodeListSearchResult['results'] = [];
			let seen = 0;
			for await (const { id, text } of listTasks(api, {
				isCompleted: false,
				order: ['complete_till', 'desc'],
			})) {
				if (text.toLowerCase().includes(wanted)) results.push({ name: text, value: String(id) });
				seen += 1;
				if (seen === MOST_TASKS) break;
			}
			return { results };
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	},
};
