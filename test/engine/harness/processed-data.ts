import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/**
 * n8n's `processed_data` table in memory, mode "entries", as n8n's DeduplicationHelper reads and writes it: one row
 * per node or workflow, md5 hashes, oldest trimmed first. Like there it is read, changed and written back with
 * nothing locking it in between, so two calls at once can both call an item new or lose each other's record.
 */
class ProcessedData implements IDataDeduplicator {
	private readonly rows = new Map<string, string[]>();

	/** Milliseconds a read and a write take each; 0 is one turn of the event loop. */
	latencyMs = 0;

	/** Every call of checkProcessedAndRecord since the last reset, oldest first. */
	readonly calls: Array<{ items: DeduplicationItemTypes[]; options: ICheckProcessedOptions }> = [];

	reset(): void {
		this.rows.clear();
		this.calls.length = 0;
		this.latencyMs = 0;
	}

	/** Number of hashes kept over all rows. */
	get size(): number {
		return [...this.rows.values()].reduce((sum, row) => sum + row.length, 0);
	}

	/** Whether any row holds this item. */
	has(item: DeduplicationItemTypes): boolean {
		return [...this.rows.values()].some((row) => row.includes(hash(item)));
	}

	/** Row keys: `<workflow id> n:<node id>` for scope node, `<workflow id> ` for scope workflow. */
	get contexts(): string[] {
		return [...this.rows.keys()];
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		if (options.mode !== 'entries') throw new Error('Only mode "entries" is simulated.');
		this.calls.push({ items: [...items], options: { ...options } });
		const key = rowKey(scope, context);
		const row = await this.findOne(key);
		if (row === null) {
			await this.save(key, trimmed(items.map(hash), options.maxEntries));
			return { new: items, processed: [] };
		}
		const known = new Set(row);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) {
			if (known.has(hash(item))) {
				output.processed.push(item);
			} else {
				output.new.push(item);
				row.push(hash(item));
			}
		}
		await this.save(key, trimmed(row, options.maxEntries));
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const key = rowKey(scope, context);
		const row = await this.findOne(key);
		if (row === null) return;
		for (const item of items) {
			const index = row.indexOf(hash(item));
			if (index !== -1) row.splice(index, 1);
		}
		await this.save(key, row);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		this.rows.delete(rowKey(scope, context));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		return (await this.findOne(rowKey(scope, context)))?.length ?? 0;
	}

	private async findOne(key: string): Promise<string[] | null> {
		await this.databaseRoundTrip();
		const row = this.rows.get(key);
		return row === undefined ? null : [...row];
	}

	private async save(key: string, row: string[]): Promise<void> {
		await this.databaseRoundTrip();
		this.rows.set(key, row);
	}

	private async databaseRoundTrip(): Promise<void> {
		await new Promise<void>((resolve) =>
			this.latencyMs > 0 ? setTimeout(resolve, this.latencyMs) : setImmediate(resolve),
		);
	}
}

function rowKey(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	if (scope === 'workflow') return `${workflow.id} `;
	if (!node) throw new Error("Scope 'node' needs a node.");
	return `${workflow.id} n:${node.id}`;
}

function hash(item: DeduplicationItemTypes): string {
	return createHash('md5').update(item.toString()).digest('base64');
}

function trimmed(row: string[], maxEntries: number | undefined): string[] {
	// n8n counts `maxEntries: 0` as no limit.
	return maxEntries ? row.slice(Math.max(0, row.length - maxEntries)) : row;
}

/** The one store of the process; call `reset()` between tests. */
export const processedData = new ProcessedData();

void DataDeduplicationService.init(processedData);
