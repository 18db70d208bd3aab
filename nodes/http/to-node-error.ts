import {
	NodeApiError,
	NodeOperationError,
	UserError,
	type INode,
	type JsonObject as N8nJsonObject,
} from 'n8n-workflow';
import { ApiError, ConnectionError } from './http';

export interface NodeErrorOptions {
	/** Who was talked to, for the sentence: 'Stripe'. */
	service: string;
	itemIndex?: number;
	/** What to do when no answer came. */
	afterSilence?: string;
}

const SAFE_TO_REPEAT =
	'Check the network of your n8n server, then run this again: what was already done is recognised and not done twice.';

/** Any failure as the error n8n shows: what happened, then what to do. Errors of n8n's own pass unchanged. */
export function toNodeError(
	node: INode,
	error: unknown,
	{ service, itemIndex, afterSilence = SAFE_TO_REPEAT }: NodeErrorOptions,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ApiError) {
		return new NodeApiError(node, errorResponse(error), {
			message: error.message,
			description: apiErrorDescription(error),
			httpCode: String(error.details.status),
			itemIndex,
		});
	}
	if (error instanceof ConnectionError) {
		return new NodeApiError(node, { message: error.message } as N8nJsonObject, {
			message: `${service} could not be reached`,
			description: `${error.message.replace(/\.$/, '')}. ${afterSilence}`,
			itemIndex,
		});
	}
	const cause = error instanceof Error ? error : new Error(String(error));
	const description = error instanceof UserError ? (error.description ?? undefined) : undefined;
	return new NodeOperationError(node, cause, { itemIndex, description });
}

function errorResponse({ message, details }: ApiError): N8nJsonObject {
	return {
		message,
		httpCode: String(details.status),
		...(details.code ? { code: details.code } : {}),
		...(details.requestId ? { requestId: details.requestId } : {}),
	};
}

function apiErrorDescription({ details }: ApiError): string | undefined {
	const request = details.requestId ? `Request id: ${details.requestId}` : null;
	return [details.hint, request].filter(Boolean).join(' ') || undefined;
}
