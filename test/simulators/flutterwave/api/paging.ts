import { invalid } from './flutterwave-error';
import type { Answer, ApiCall } from './router';

/** Rows per page; callers cannot ask for more. */
export const PAGE_SIZE = 10;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * One page, newest first, with `meta.page_info`. `from` and `to` are days, both included.
 * @param items oldest first
 * @throws FlutterwaveError 400 for a page or a day that is none
 */
export function pageOf<T extends { createdAt: number }>(
	{ query }: ApiCall,
	items: Iterable<T>,
	matches: (item: T) => boolean,
	render: (item: T) => object,
): Pick<Answer, 'meta' | 'data'> {
	const page = Number(query['page'] ?? 1);
	if (!Number.isInteger(page) || page < 1) throw invalid('page must be a positive integer');
	const from = dayOf('from', query['from']);
	const to = dayOf('to', query['to']);
	const found = [...items].reverse().filter((item) => {
		const day = new Date(item.createdAt).toISOString().slice(0, 10);
		return (from === undefined || day >= from) && (to === undefined || day <= to) && matches(item);
	});
	return {
		meta: {
			page_info: {
				total: found.length,
				current_page: page,
				total_pages: Math.ceil(found.length / PAGE_SIZE),
			},
		},
		data: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(render),
	};
}

/** Whether a filter is absent or equals the value. */
export function isAsked(filter: string | undefined, value: string | number | null): boolean {
	return filter === undefined || filter === String(value);
}

function dayOf(name: string, text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	if (!DAY.test(text) || Number.isNaN(Date.parse(text)))
		throw invalid(`${name} must be YYYY-MM-DD`);
	return text;
}
