/** Remembers the latest keys of this process, bounded: the oldest are forgotten first. */
export class RecentKeys {
	private readonly keys = new Set<string>();
	/**
	 * A Set iterates in insertion order. One iterator for all: a new one would have to pass by everything that was deleted
	 * at the front, which makes each key as slow as the Set is large.
	 */
	private readonly oldest = this.keys.values();

	constructor(private readonly maxKeys: number) {}

	has(key: string): boolean {
		return this.keys.has(key);
	}

	add(key: string): void {
		this.keys.delete(key);
		this.keys.add(key);
		if (this.keys.size <= this.maxKeys) return;
		const oldest = this.oldest.next();
		if (!oldest.done) this.keys.delete(oldest.value);
	}
}
