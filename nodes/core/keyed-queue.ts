/** Runs tasks of one key one after another, tasks of different keys side by side. */
export class KeyedQueue {
	private readonly tails = new Map<string, Promise<unknown>>();

	/** Resolves or rejects as the task does; a failed task does not stop those behind it. */
	async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
		return await this.runAll([key], task);
	}

	/**
	 * Holds several keys at once. The task lines up for all of them in one step, so that two callers can't wait for
	 * each other, and tasks run in the order they came.
	 */
	async runAll<Result>(keys: readonly string[], task: () => Promise<Result>): Promise<Result> {
		const previous = keys.map((key) => this.tails.get(key));
		const current = Promise.allSettled(previous).then(task);
		for (const key of keys) this.tails.set(key, current);
		try {
			return await current;
		} finally {
			for (const key of keys) {
				if (this.tails.get(key) === current) this.tails.delete(key);
			}
		}
	}

	/** Whether a task of this key runs or waits. */
	isBusy(key: string): boolean {
		return this.tails.has(key);
	}

	get size(): number {
		return this.tails.size;
	}
}
