import { notFound } from './api/paddle-error';

/** Entities of one kind, in the order they were made. */
export class Collection<T> {
	private readonly items = new Map<string, T>();

	/**
	 * @param noun how Paddle's errors call it ("Product pro_… not found.")
	 * @param idOf which key is the id
	 */
	constructor(
		readonly noun: string,
		readonly idOf: (item: T) => string,
	) {}

	add(item: T): T {
		this.items.set(this.idOf(item), item);
		return item;
	}

	find(id: string | null | undefined): T | undefined {
		return id ? this.items.get(id) : undefined;
	}

	/** @throws PaddleError 404 `not_found` */
	get(id: string): T {
		const item = this.items.get(id);
		if (!item) throw notFound(this.noun, id);
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
}
