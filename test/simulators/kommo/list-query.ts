import type { Request, Response } from 'express';
import qs from 'qs';
import type { Context } from './context';
import { overLimit } from './problem';

const MAX_PER_PAGE = 250;

/** Page, limit, filters, order and options of a list call. */
export class ListQuery {
	readonly page: number;
	readonly limit: number;
	readonly search: string | undefined;
	readonly options: ReadonlySet<string>;
	private readonly parsed: qs.ParsedQs;

	constructor(
		private readonly req: Request,
		defaultLimit = 50,
	) {
		const [, query = ''] = req.originalUrl.split(/\?(.*)/s);
		this.parsed = qs.parse(query, { arrayLimit: 1000, parameterLimit: 5000 });
		this.page = positive(this.parsed.page) ?? 1;
		this.limit = positive(this.parsed.limit) ?? defaultLimit;
		if (this.limit > MAX_PER_PAGE) throw overLimit();
		this.search = typeof this.parsed.query === 'string' ? this.parsed.query : undefined;
		this.options = new Set(texts(this.parsed.with).flatMap((entry) => entry.split(',')));
	}

	/** The texts of `filter[name]`, whether sent as one value or as a list; null when not sent. */
	filter(name: string): string[] | null {
		const value = this.filters()[name];
		return value === undefined ? null : texts(value);
	}

	/** Whether a number passes `filter[name]`; true when not sent. */
	accepts(name: string, value: number | null): boolean {
		const wanted = this.filter(name);
		return wanted === null || wanted.includes(String(value));
	}

	/** Whether a time passes `filter[name][from|to]` or `filter[name]`; true when not sent. */
	inRange(name: string, value: number | null): boolean {
		const range = this.filters()[name];
		if (range === undefined) return true;
		if (value === null) return false;
		if (typeof range === 'string') return value === Number(range);
		const { from, to } = range as { from?: string; to?: string };
		return (
			(from === undefined || value >= Number(from)) && (to === undefined || value <= Number(to))
		);
	}

	/** The pairs of `filter[statuses][n]`; null when not sent. */
	statuses(): Array<{ pipeline_id: number; status_id: number }> | null {
		const sent = this.filters().statuses;
		if (typeof sent !== 'object') return null;
		return Object.values(sent).map((pair) => {
			const { pipeline_id, status_id } = pair as { pipeline_id?: string; status_id?: string };
			return { pipeline_id: Number(pipeline_id), status_id: Number(status_id) };
		});
	}

	/** Sorted by `order[key]=asc|desc` when the key is one of those offered, else by id. */
	sort<T extends { id: number }>(items: T[], keys: ReadonlyArray<keyof T & string>): T[] {
		const order = (this.parsed.order ?? {}) as Record<string, string>;
		const key = keys.find((candidate) => order[candidate] !== undefined) ?? 'id';
		const sign = order[key] === 'desc' ? -1 : 1;
		return [...items].sort(
			(a, b) => sign * (Number(a[key as keyof T]) - Number(b[key as keyof T])) || a.id - b.id,
		);
	}

	/** This call's address with another page. */
	href(ctx: Context, page = this.page): string {
		const [path = '', query = ''] = this.req.originalUrl.split(/\?(.*)/s);
		const params = new URLSearchParams(query);
		params.delete('page');
		params.delete('limit');
		params.set('page', String(page));
		params.set('limit', String(this.limit));
		return `${ctx.url}${path}?${params.toString()}`;
	}

	private filters(): qs.ParsedQs {
		const filter = this.parsed.filter;
		return typeof filter === 'object' && !Array.isArray(filter) ? filter : {};
	}
}

/** Answers one page of a list: 204 without a body when there is nothing on it. */
export function sendList<T>(
	ctx: Context,
	res: Response,
	query: ListQuery,
	name: string,
	all: T[],
	render: (item: T) => object,
	withTotals = false,
): void {
	const start = (query.page - 1) * query.limit;
	const items = all.slice(start, start + query.limit);
	if (items.length === 0) {
		res.status(204).end();
		return;
	}
	const pages = Math.ceil(all.length / query.limit);
	const link = (page: number) => ({ href: query.href(ctx, page) });
	sendHal(res, 200, {
		...(withTotals ? { _total_items: all.length } : {}),
		_page: query.page,
		...(withTotals ? { _page_count: pages } : {}),
		_links: {
			self: link(query.page),
			...(query.page < pages ? { next: link(query.page + 1) } : {}),
			...(query.page > 1 ? { first: link(1), prev: link(query.page - 1) } : {}),
			...(withTotals && pages > 1 ? { last: link(pages) } : {}),
		},
		_embedded: { [name]: items.map(render) },
	});
}

export function sendHal(res: Response, status: number, body: object): void {
	res.status(status).setHeader('content-type', 'application/hal+json');
	res.end(JSON.stringify(body));
}

export const selfLink = (ctx: Context, path: string) => ({
	_links: { self: { href: `${ctx.url}/api/v4/${path}` } },
});

/** The thin answer to a bulk write. */
export function sendWritten(
	ctx: Context,
	res: Response,
	path: string,
	name: string,
	items: object[],
): void {
	sendHal(res, 200, { ...selfLink(ctx, path), _embedded: { [name]: items } });
}

function positive(value: unknown): number | undefined {
	const number = Number(value);
	return typeof value === 'string' && Number.isInteger(number) && number > 0 ? number : undefined;
}

function texts(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(texts);
}
