import type { INodeExecutionData } from 'n8n-workflow';
import { BATCH_SIZE } from '../client/batches';
import { KommoValidationError } from '../client/kommo-errors';
import type { OperationRun } from '../operation';
import { failedItem, outputItem, type Json } from './each-item';

interface Prepared<Input> {
	itemIndex: number;
	input: Input;
}

interface WriteSteps<Input> {
	/** Reads an item's parameters. */
	prepare: (itemIndex: number) => Promise<Input> | Input;
	/** Writes many at once, in the order given. */
	write: (inputs: Input[]) => Promise<number[]>;
	/** What an item becomes. */
	result: (id: number, input: Input) => Json;
}

/**
 * Writes all items in few calls. Kommo refuses a whole batch for one bad item; the bad one is traced back to its item,
 * and with "Continue on fail" the others of its batch are written without it.
 */
export async function writtenItems<Input>(
	run: OperationRun,
	{ prepare, write, result }: WriteSteps<Input>,
): Promise<INodeExecutionData[][]> {
	const output = new Map<number, INodeExecutionData>();
	const fail = (error: unknown, itemIndex: number) => {
		if (error instanceof KommoValidationError) run.kommo.forgetFields();
		output.set(itemIndex, failedItem(run.context, error, itemIndex));
	};

	const prepared: Array<Prepared<Input>> = [];
	for (const itemIndex of run.items.keys()) {
		try {
			prepared.push({ itemIndex, input: await prepare(itemIndex) });
		} catch (error) {
			fail(error, itemIndex);
		}
	}

	const batchSize = run.context.continueOnFail() ? BATCH_SIZE : Math.max(1, prepared.length);
	for (let start = 0; start < prepared.length; start += batchSize) {
		await writeBatch(prepared.slice(start, start + batchSize));
	}
	return [[...output].sort(([a], [b]) => a - b).map(([, item]) => item)];

	async function writeBatch(batch: Array<Prepared<Input>>): Promise<void> {
		if (batch.length === 0) return;
		try {
			const ids = await write(batch.map(({ input }) => input));
			batch.forEach(({ input, itemIndex }, index) => {
				output.set(itemIndex, outputItem(result(ids[index] ?? 0, input), itemIndex));
			});
		} catch (error) {
			const refused = refusedIn(batch, error);
			for (const item of refused) {
				const own =
					error instanceof KommoValidationError ? error.forItem(batch.indexOf(item)) : error;
				fail(own, item.itemIndex);
			}
			await writeBatch(batch.filter((item) => !refused.includes(item)));
		}
	}
}

/** The items an error is about: those it names, or all. */
function refusedIn<Input>(
	batch: ReadonlyArray<Prepared<Input>>,
	error: unknown,
): ReadonlyArray<Prepared<Input>> {
	if (!(error instanceof KommoValidationError)) return batch;
	const named = new Set(error.failures.map(({ item }) => item));
	const refused = batch.filter((_item, index) => named.has(index));
	return refused.length > 0 ? refused : batch;
}
