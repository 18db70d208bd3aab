import { invalid, resourceMissing } from './api/stripe-error';

/** Objects of one kind, in the order they were made. */
export class Collection<T extends { id: string; created?: number }> {
	private readonly items = new Map<string, T>();

	/**
	 * @param noun how Stripe's errors call it ("No such payment_intent: …")
	 * @param param the parameter those errors name
	 */
	constructor(
		readonly noun: string,
		readonly param = 'id',
	) {}

	add(item: T): T {
		this.items.set(item.id, item);
		return item;
	}

	has(id: string): boolean {
		return this.items.has(id);
	}

	find(id: string | null | undefined): T | undefined {
		return id ? this.items.get(id) : undefined;
	}

	/** @throws StripeError 404 `resource_missing` (400 when the id came as a parameter) */
	get(id: string, param?: string): T {
		const item = this.items.get(id);
		if (!item) throw resourceMissing(this.noun, id, param ?? this.param, param ? 400 : 404);
		return item;
	}

	delete(id: string): void {
		this.items.delete(id);
	}

	get size(): number {
		return this.items.size;
	}

	oldestFirst(): T[] {
		return [...this.items.values()];
	}

	newestFirst(): T[] {
		return this.oldestFirst().reverse();
	}

	/**
	 * One page of Stripe's cursor paging. https://docs.stripe.com/api/pagination
	 * @throws StripeError 400 when `limit` is not 1 to 100 or the cursor does not exist
	 */
	page(url: string, options: PageOptions, matches: (item: T) => boolean = () => true): Page<T> {
		const limit = options.limit ?? 10;
		if (limit < 1 || limit > 100) {
			throw invalid(
				`Limit must be between 1 and 100, but was ${limit}.`,
				'limit',
				'parameter_invalid_integer',
			);
		}
		let items = this.newestFirst();
		const { starting_after: after, ending_before: before } = options;
		if (after) items = items.slice(items.indexOf(this.get(after, 'starting_after')) + 1);
		if (before) items = items.slice(0, items.indexOf(this.get(before, 'ending_before')));
		items = items.filter((item) => createdWithin(item, options.created) && matches(item));
		const data = before ? items.slice(-limit) : items.slice(0, limit);
		return { object: 'list', url, has_more: items.length > limit, data };
	}
}

export interface PageOptions {
	limit?: number;
	starting_after?: string;
	ending_before?: string;
	created?: CreatedFilter;
}

export interface Page<T> {
	object: 'list';
	url: string;
	has_more: boolean;
	data: T[];
}

type CreatedFilter = number | { gt?: number; gte?: number; lt?: number; lte?: number } | undefined;

/** Stripe's `created` filter, in Unix seconds. */
function createdWithin(item: { created?: number }, filter: CreatedFilter): boolean {
	const created = item.created;
	if (filter === undefined || created === undefined) return true;
	if (typeof filter === 'number') return created === filter;
	return (
		(filter.gt === undefined || created > filter.gt) &&
		(filter.gte === undefined || created >= filter.gte) &&
		(filter.lt === undefined || created < filter.lt) &&
		(filter.lte === undefined || created <= filter.lte)
	);
}
