import type { IExecuteFunctions } from 'n8n-workflow';
import { entriesToRecord, isUnseen, type EventMarks } from '../core/seen-events';
import { recordEntries } from './event-memory';
import { isOneOfSeveralWorkers, letOtherWorkerGoFirst } from './several-workers';

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
): Promise<Item[]> {
	const mode = context.getMode();
	if (items.length === 0 || mode === 'manual' || mode === 'retry') return items;

	const executionId = context.getExecutionId();
	const marked = items.map((item) => ({ item, marks: marksOf(item) }));
	const entries = marked.flatMap(({ marks }) => entriesToRecord(marks, executionId));
	const newEntries = await recordEntries(context, entries);

	const letThrough = new Set<string>();
	const unseen = marked.filter(({ marks }) => {
		// One delivery may tell the same thing twice, and one event may mean several things.
		const identity = marks.meaning ?? marks.eventId;
		if (letThrough.has(identity) || !isUnseen(marks, executionId, newEntries)) return false;
		letThrough.add(identity);
		return true;
	});
	if (unseen.length > 0 && isOneOfSeveralWorkers(context)) {
		const events = unseen.map(({ marks }) => marks);
		await letOtherWorkerGoFirst(context, entries, events);
	}
	return unseen.map(({ item }) => item);
}
