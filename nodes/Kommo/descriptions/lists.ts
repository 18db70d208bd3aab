import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const RETURN_ALL_AND_LIMIT: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

export const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How to sort; Kommo sorts by these only. */
export function sortProperty(
	fields: ReadonlyArray<{ name: string; value: string }>,
): INodeProperties {
	const [first] = fields;
	const byFirst = first?.value ?? '';
	return {
		displayName: 'Sort',
		name: 'sort',
		type: 'fixedCollection',
		placeholder: 'Add Sort',
		default: {},
		options: [
			{
				displayName: 'By',
				name: 'by',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: [...fields],
						default: byFirst,
					},
					{
						displayName: 'Direction',
						name: 'direction',
						type: 'options',
						options: [
							{ name: 'Ascending', value: 'asc' },
							{ name: 'Descending', value: 'desc' },
						],
						default: 'desc',
					},
				],
			},
		],
	};
}

export interface Sort {
	field: string;
	direction: 'asc' | 'desc';
}

export function sortOf(context: IExecuteFunctions, itemIndex: number): Sort | null {
	const { by } = context.getNodeParameter('sort', itemIndex, {}) as { by?: Sort };
	return by ?? null;
}

/** As many as asked for; pages behind the limit are not fetched. */
export async function collect<Entry>(
	context: IExecuteFunctions,
	itemIndex: number,
	entries: AsyncIterable<Entry>,
): Promise<Entry[]> {
	const limit = limitOf(context, itemIndex);
	const collected: Entry[] = [];
	for await (const entry of entries) {
		collected.push(entry);
		if (collected.length >= limit) break;
	}
	return collected;
}

/** Infinity for all. */
export function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	const all = context.getNodeParameter('returnAll', itemIndex, false) as boolean;
	return all ? Infinity : (context.getNodeParameter('limit', itemIndex, 50) as number);
}

export function collectionOf(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): IDataObject {
	return context.getNodeParameter(name, itemIndex, {}) as IDataObject;
}
