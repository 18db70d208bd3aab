import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isJsonObject, valueAt } from '../../core/json';
import type { Gateway, GatewayContext } from '../gateway';

/** One operation of a gateway node; one file each in operations/. */
export interface GatewayOperation {
	resource: 'paymentLink' | 'payment';
	value: string;
	/** Title Case, without the resource. */
	name: string;
	/** Sentence case, as it stands in the node's action list. */
	action: string;
	description: string;
	/** Left out of nodes whose provider can't do it. */
	isSupportedBy?(gateway: Gateway): boolean;
	/** @param options the provider's own options for this operation */
	properties(gateway: Gateway, options: INodeProperties[]): INodeProperties[];
	/** Runs for one input item; several results become several items. */
	execute(run: OperationRun): Promise<object[]>;
}

export interface OperationRun {
	node: IExecuteFunctions;
	itemIndex: number;
	gateway: Gateway;
	context: GatewayContext;
}

/**
 * A parameter as the user set it, or else the field of that name in the incoming item.
 * Empty parameters that read the item need no expression, which n8n would start an isolate for.
 * @param path where the item has it when not under the parameter's own name
 */
export function parameterOrItem(
	{ node, itemIndex }: OperationRun,
	name: string,
	...path: string[]
): string {
	const value = node.getNodeParameter(name, itemIndex, '') as unknown;
	const given = text(value);
	if (given !== '') return given;
	const json = node.getInputData()[itemIndex]?.json;
	return isJsonObject(json) ? text(valueAt(json, ...(path.length > 0 ? path : [name]))) : '';
}

function text(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' ? String(value) : '';
}
