import type { INodeExecutionData } from 'n8n-workflow';
import type { OperationRun } from '../operation';
import { failedItem, outputItem, type Json } from './each-item';

interface FindSteps<Entity> {
	/** The record an item names. */
	idOf: (itemIndex: number) => number;
	/** null when there is none. */
	findOne: (id: number) => Promise<Entity | null>;
	findMany: (ids: readonly number[]) => Promise<Map<number, Entity>>;
	/** What is said about a record that is not there. */
	missing: (id: number) => Error;
	result: (entity: Entity, itemIndex: number) => Json;
}

/** Finds the records that items name: one call for one, lists of 250 for many. */
export async function foundItems<Entity>(
	{ context, items }: OperationRun,
	{ idOf, findOne, findMany, missing, result }: FindSteps<Entity>,
): Promise<INodeExecutionData[][]> {
	const ids = new Map<number, number>();
	const output = new Map<number, INodeExecutionData>();
	for (const itemIndex of items.keys()) {
		try {
			ids.set(itemIndex, idOf(itemIndex));
		} catch (error) {
			output.set(itemIndex, failedItem(context, error, itemIndex));
		}
	}

	const wanted = [...new Set(ids.values())];
	let failure: unknown = null;
	const found = await find().catch((error: unknown) => {
		failure = error;
		return new Map<number, Entity>();
	});
	for (const [itemIndex, id] of ids) {
		const entity = found.get(id);
		output.set(
			itemIndex,
			entity === undefined
				? failedItem(context, failure ?? missing(id), itemIndex)
				: outputItem(result(entity, itemIndex), itemIndex),
		);
	}
	return [[...output].sort(([a], [b]) => a - b).map(([, item]) => item)];

	async function find(): Promise<Map<number, Entity>> {
		const [only] = wanted;
		if (only === undefined || wanted.length > 1) return await findMany(wanted);
		const entity = await findOne(only);
		return new Map(entity === null ? [] : [[only, entity]]);
	}
}
