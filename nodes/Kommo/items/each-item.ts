import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { nodeError } from '../node-errors';
import type { OperationRun } from '../operation';

/** Anything an API returned, as the JSON of an item. */
export type Json = object;

/**
 * Handles items one after another.
 * With "Continue on fail" an item that could not be handled becomes an item with the reason.
 */
export async function eachItem(
	{ context, items }: OperationRun,
	handle: (itemIndex: number) => Promise<Json | Json[]>,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	for (const itemIndex of items.keys()) {
		try {
			const results = [await handle(itemIndex)].flat();
			output.push(...results.map((json) => outputItem(json, itemIndex)));
		} catch (error) {
			output.push(failedItem(context, error, itemIndex));
		}
	}
	return [output];
}

export function outputItem(json: Json, itemIndex: number): INodeExecutionData {
	return { json: json as IDataObject, pairedItem: { item: itemIndex } };
}

/**
 * The item that stands for a failed one. With these keys alone n8n sends it to the error output and adds the fields of
 * the input item to it, so that what follows still knows which lead it is about.
 * @throws the error itself, unless the node is to continue on failure
 */
export function failedItem(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const shown = nodeError(context.getNode(), error, itemIndex);
	if (!context.continueOnFail()) throw shown;
	return outputItem({ error: shown.message, details: shown.description ?? '' }, itemIndex);
}
