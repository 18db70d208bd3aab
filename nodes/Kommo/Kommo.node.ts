import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeOutputConfiguration,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { byOperation } from '../editor/by-operation';
import { AUTHENTICATION, CREDENTIALS } from './descriptions/authentication';
import { kommoOf } from './kommo-context';
import { listSearch } from './methods/list-search';
import { loadOptions } from './methods/load-options';
import { resourceMapping } from './methods/resource-mapping';
import { nodeError } from './node-errors';
import { propertiesOf } from './operation';
import { operationOf, RESOURCES } from './resources';

const PROPERTIES: INodeProperties[] = [
	AUTHENTICATION,
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: RESOURCES.map(({ name, value }) => ({ name, value })),
		default: 'lead',
	},
	...RESOURCES.flatMap(propertiesOf),
];

/** What stands below the node on the canvas: 'Save payment link' rather than 'saveLink: payment'. */
const SUBTITLE = byOperation(
	Object.fromEntries(
		RESOURCES.flatMap(({ value: resource, operations }) =>
			operations.map(({ value, action }) => [`${resource}:${value}`, action]),
		),
	),
	'',
);

export class Kommo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kommo',
		name: 'kommo',
		icon: { light: 'file:kommo.svg', dark: 'file:kommo.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Work with leads, contacts, notes and tasks in Kommo, and keep payments on the lead',
		defaults: { name: 'Kommo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsByOperation(),
		credentials: CREDENTIALS,
		properties: PROPERTIES,
	};

	methods = { listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0) as string;
		const value = this.getNodeParameter('operation', 0) as string;
		const operation = operationOf(resource, value);
		if (!operation) {
			throw new NodeOperationError(
				this.getNode(),
				`There is no operation "${resource}: ${value}"`,
				{
					description:
						'Choose one from the list again; the workflow may come from a newer version.',
				},
			);
		}
		try {
			const kommo = await kommoOf(this);
			return await operation.execute({ context: this, items: this.getInputData(), kommo });
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	}
}

/** Most operations have one output, some have two. */
function outputsByOperation(): INodeTypeDescription['outputs'] {
	const several = RESOURCES.flatMap(({ value: resource, operations }) =>
		operations.flatMap(({ value, outputs }) =>
			outputs ? [[`${resource}:${value}`, outputs.map(namedOutput)] as const] : [],
		),
	);
	if (several.length === 0) return [NodeConnectionTypes.Main];
	return byOperation(Object.fromEntries(several), [NodeConnectionTypes.Main]) as ReturnType<
		typeof outputsByOperation
	>;
}

function namedOutput(displayName: string): INodeOutputConfiguration {
	return { type: NodeConnectionTypes.Main, displayName };
}
