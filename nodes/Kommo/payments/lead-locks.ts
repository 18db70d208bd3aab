import { KeyedQueue } from '../../core/keyed-queue';

const queue = new KeyedQueue();

/**
 * Does something with leads while nothing else in this process changes their payment fields.
 * @param account names the Kommo account, so that leads of two accounts are not mistaken for one another
 */
export async function withLeadsLocked<Result>(
	account: string,
	leadIds: readonly number[],
	task: () => Promise<Result>,
): Promise<Result> {
	return await queue.runAll(
		leadIds.map((leadId) => `${account}/${leadId}`),
		task,
	);
}
