import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
} from 'n8n-workflow';
import { toNodeError } from '../../http/to-node-error';
import type { Gateway } from '../gateway';
import { credentialOf, gatewayContext } from './gateway-context';
import { OPERATIONS } from './operations';

/** The execute() of every gateway action node. */
export async function executeOperation(
	this: IExecuteFunctions,
	gateway: Gateway,
): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0) as string;
	const value = this.getNodeParameter('operation', 0) as string;
	const operation = OPERATIONS.find(
		(candidate) => candidate.resource === resource && candidate.value === value,
	);
	if (!operation) {
		throw new NodeOperationError(this.getNode(), `There is no operation "${resource}: ${value}"`, {
			description: 'Choose one from the list again; the workflow may come from a newer version.',
		});
	}
	const credential = await credentialOf(this, gateway);
	const context = gatewayContext(
		this,
		gateway,
		gateway.isLive(credential),
		gateway.accountSettings?.(credential),
	);
	const output: INodeExecutionData[] = [];
	for (const itemIndex of this.getInputData().keys()) {
		try {
			const results = await operation.execute({ node: this, itemIndex, gateway, context });
			output.push(
				...results.map((json) => ({ json: json as IDataObject, pairedItem: { item: itemIndex } })),
			);
		} catch (error) {
			const nodeError = toNodeError(this.getNode(), error, {
				service: gateway.displayName,
				itemIndex,
			});
			if (!this.continueOnFail()) throw nodeError;
			output.push(failedItem(nodeError, itemIndex));
		}
	}
	return [output];
}

/**
 * With these keys alone n8n sends the item to the error output and adds the fields of the input item to it, so that
 * what follows still knows which deal it is about.
 */
function failedItem(
	{ message, description }: NodeApiError | NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	return { json: { error: message, details: description ?? '' }, pairedItem: { item: itemIndex } };
}
