import { invalidField } from './paddle-error';
import type { Query } from './query';

export interface PageRules<T> {
	/** What `after` names. */
	idOf: (item: T) => string;
	defaultPerPage: number;
	maxPerPage: number;
	defaultOrder?: 'id[ASC]' | 'id[DESC]';
}

export interface Page<T> {
	data: T[];
	pagination: { per_page: number; next: string; has_more: boolean; estimated_total: number };
}

/**
 * One page of a list. More per page than allowed gives the maximum, as documented.
 * https://developer.paddle.com/api-reference/about/pagination
 * @param items oldest first
 * @param url the operation's full URL, without a query
 */
export function paginate<T extends object>(
	items: T[],
	query: Query,
	url: string,
	rules: PageRules<T>,
): Page<T> {
	const perPage = Math.min(Number(query.one('per_page') ?? rules.defaultPerPage), rules.maxPerPage);
	const ordered = inOrder(items, query.one('order_by') ?? rules.defaultOrder ?? 'id[DESC]', rules);
	const after = query.one('after');
	const start = after === null ? 0 : ordered.findIndex((item) => rules.idOf(item) === after) + 1;
	if (after !== null && start === 0) {
		throw invalidField({ field: 'after', message: `${after} is not in this list` });
	}
	const data = ordered.slice(start, start + perPage);
	const last = data.at(-1);
	const next = new URLSearchParams(query.text);
	if (last) next.set('after', rules.idOf(last));
	return {
		data,
		pagination: {
			per_page: perPage,
			next: `${url}?${next.toString()}`,
			has_more: ordered.length > start + data.length,
			estimated_total: ordered.length,
		},
	};
}

function inOrder<T extends object>(items: T[], order: string, { idOf }: PageRules<T>): T[] {
	const [, field = 'id', direction] = /^(\w+)\[(ASC|DESC)\]$/.exec(order) ?? [];
	const key = (item: T): string =>
		field === 'id' ? idOf(item) : String((item as Record<string, unknown>)[field] ?? '');
	const ascending = [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
	return direction === 'ASC' ? ascending : ascending.reverse();
}
