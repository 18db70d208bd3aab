import type { IExecuteFunctions } from 'n8n-workflow';
import { KeyedQueue } from '../core/keyed-queue';
import { entriesToRecord, isUnseen, type EventMarks } from '../core/seen-events';

/**
 * Entries remembered per node. An event takes two, or four when its meaning is remembered too, at some 27 bytes each; the
 * whole row is rewritten for every event, so this stays in the low thousands.
 */
const DEFAULT_MAX_ENTRIES = 8_000;

/** n8n reads, changes and writes the row without a lock: one node's calls must not overlap. */
const perNode = new KeyedQueue();

/**
 * The second layer against duplicates, to be called in a trigger's `execute()`: keeps what n8n's durable memory of this
 * node has not seen yet, and records it.
 *
 * Manual runs and retries get everything: a retried execution died with its events unhandled, although they are recorded.
 * @param marksOf what is remembered of an item
 */
export async function dropSeen<Item>(
	context: IExecuteFunctions,
	items: Item[],
	marksOf: (item: Item) => EventMarks,
	maxEntries = DEFAULT_MAX_ENTRIES,
): Promise<Item[]> {
	const mode = context.getMode();
	if (items.length === 0 || mode === 'manual' || mode === 'retry') return items;

	const executionId = context.getExecutionId();
	const marked = items.map((item) => ({ item, marks: marksOf(item) }));
	const entries = marked.flatMap(({ marks }) => entriesToRecord(marks, executionId));
	const nodeKey = `${context.getWorkflow().id}:${context.getNode().id}`;
	const recorded = await perNode.run(
		nodeKey,
		async () =>
			await context.helpers.checkProcessedAndRecord([...new Set(entries)], 'node', {
				mode: 'entries',
				maxEntries,
			}),
	);
	const newEntries = new Set(recorded.new.map(String));

	const letThrough = new Set<string>();
	return marked
		.filter(({ marks }) => {
			// One delivery may tell the same thing twice, and one event may mean several things.
			const identity = marks.meaning ?? marks.eventId;
			if (letThrough.has(identity) || !isUnseen(marks, executionId, newEntries)) return false;
			letThrough.add(identity);
			return true;
		})
		.map(({ item }) => item);
}
