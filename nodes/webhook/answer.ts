import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Answers with an error status, without an execution; the reason is short and says nothing about secrets. */
export function refuse(
	context: IWebhookFunctions,
	status: 400 | 401 | 503,
	reason: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ refused: reason });
	return { noWebhookResponse: true };
}

/** Answers 200 without an execution: genuine, but nothing to do. */
export function acceptQuietly(reason: string): IWebhookResponseData {
	return { webhookResponse: { accepted: reason } };
}
