import { parseSearch } from './search-query';
import { invalid } from './stripe-error';

export interface SearchInput {
	query: string;
	limit?: number;
	page?: string;
}

/** One page of what a search finds, with tokens instead of ids. https://docs.stripe.com/search */
export function searchPage(url: string, searched: readonly object[], input: SearchInput): object {
	const matches = parseSearch(input.query);
	const found = searched.filter((object) => matches({ ...object }));
	const limit = input.limit ?? 10;
	if (limit < 1 || limit > 100) {
		throw invalid('Limit must be between 1 and 100.', 'limit', 'parameter_invalid_integer');
	}
	const start = input.page ? Number(Buffer.from(input.page, 'base64url').toString()) : 0;
	if (!Number.isInteger(start)) throw invalid('Invalid page token.', 'page');
	const end = start + limit;
	const more = end < found.length;
	return {
		object: 'search_result',
		url,
		has_more: more,
		next_page: more ? Buffer.from(String(end)).toString('base64url') : null,
		data: found.slice(start, end),
	};
}
