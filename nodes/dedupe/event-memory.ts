import type { IExecuteFunctions } from 'n8n-workflow';
import { KeyedQueue } from '../core/keyed-queue';

/**
 * Entries remembered per node. An event takes two, or four when its meaning is remembered too, at some 27 bytes each; the
 * whole row is rewritten for every event, so this stays in the low thousands.
 */
const MAX_ENTRIES = 8_000;

/** n8n reads, changes and writes the row without a lock: one node's calls must not overlap. */
const perNode = new KeyedQueue();

/**
 * Records entries in n8n's durable memory of this node.
 * @returns those that were not there before
 */
export async function recordEntries(
	context: IExecuteFunctions,
	entries: readonly string[],
): Promise<Set<string>> {
	const record = async () =>
		await context.helpers.checkProcessedAndRecord([...new Set(entries)], 'node', {
			mode: 'entries',
			maxEntries: MAX_ENTRIES,
		});
	const nodeKey = `${context.getWorkflow().id}:${context.getNode().id}`;
	// Where another worker has just made the row, n8n's own attempt to make it fails; the second one finds it.
	const recorded = await perNode.run(nodeKey, async () => await record().catch(record));
	return new Set(recorded.new.map(String));
}
