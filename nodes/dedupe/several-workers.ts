import { sleep, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { wasOverwritten, type EventMarks } from '../core/seen-events';
import { recordEntries } from './event-memory';

/** An option of every trigger. */
export const SEVERAL_WORKERS: INodeProperties = {
	displayName: 'Several Workers',
	name: 'severalWorkers',
	type: 'boolean',
	default: false,
	description:
		'Whether n8n runs in queue mode with more than one worker. Each event is then looked up a second time, so that two workers that take it up in the same instant notice each other, and one waits for the other.',
};

/** Longer than n8n takes from reading the row to writing it, in ms. */
const SETTLED_AFTER_MS = 150;
/** Long enough for the other worker to write the lead, in ms; drawn, so that two who both wait do not go on together. */
const SHORTEST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 30_000;

export function isOneOfSeveralWorkers(context: IExecuteFunctions): boolean {
	const options = context.getNodeParameter('options', 0, {}) as { severalWorkers?: boolean };
	return options.severalWorkers === true;
}

/**
 * Looks whether another worker has recorded one of these events over this one's record, as n8n's memory has no lock. Then
 * it waits, and lets the events through all the same: what the other has written by then stands on the lead, and if it has
 * died, nothing is lost.
 * @param entries what this execution has recorded
 */
export async function letOtherWorkerGoFirst(
	context: IExecuteFunctions,
	entries: readonly string[],
	events: readonly EventMarks[],
): Promise<void> {
	await sleep(SETTLED_AFTER_MS);
	const missing = await recordEntries(context, entries);
	const executionId = context.getExecutionId();
	if (!events.some((marks) => wasOverwritten(marks, executionId, missing))) return;
	await sleep(SHORTEST_WAIT_MS + Math.random() * (LONGEST_WAIT_MS - SHORTEST_WAIT_MS));
}
