import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Kommo } from './kommo-context';

/** What an operation gets to work with: all items of one run. */
export interface OperationRun {
	context: IExecuteFunctions;
	items: readonly INodeExecutionData[];
	kommo: Kommo;
}

export interface KommoOperation {
	/** As it stands in saved workflows. */
	value: string;
	/** Title case, without the resource. */
	name: string;
	/** Sentence case, with the resource. */
	action: string;
	description: string;
	/** Shown for this operation only; the condition is added by `propertiesOf`. */
	properties: readonly INodeProperties[];
	/** Names of the outputs, where there are more than one. */
	outputs?: readonly string[];
	/** @returns the items of each output */
	execute(run: OperationRun): Promise<INodeExecutionData[][]>;
}

export interface KommoResource {
	value: string;
	name: string;
	operations: readonly KommoOperation[];
}

/** The operation dropdown of a resource and the properties of its operations. */
export function propertiesOf({ value: resource, operations }: KommoResource): INodeProperties[] {
	// Creating is what most people come for.
	const preset = (operations.find(isCreating) ?? operations[0])?.value ?? '';
	const dropdown: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(optionOf),
		default: preset,
	};
	const own = operations.flatMap(({ value, properties }) =>
		properties.map((property) => shownFor(property, resource, value)),
	);
	return [dropdown, ...own];
}

function isCreating({ value }: KommoOperation): boolean {
	return value === 'create';
}

function optionOf({ name, value, action, description }: KommoOperation): INodePropertyOptions {
	return { name, value, action, description };
}

function shownFor(property: INodeProperties, resource: string, operation: string): INodeProperties {
	const { displayOptions } = property;
	const show = { resource: [resource], operation: [operation], ...displayOptions?.show };
	return { ...property, displayOptions: { ...displayOptions, show } };
}
