import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { toNodeError } from '../http/to-node-error';

/** Any error as n8n shows it best. What Kommo did without an answer is not known, and a second time may do it twice. */
export function nodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	return toNodeError(node, error, {
		service: 'Kommo',
		itemIndex,
		afterSilence:
			'Check the account address in the credential and the network of your n8n server. If this step creates something, look in Kommo whether it is there before running it again.',
	});
}
