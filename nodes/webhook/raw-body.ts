import type { IWebhookFunctions } from 'n8n-workflow';

interface RawBodyRequest {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

/**
 * The exact bytes of the request. n8n keeps them for JSON, text, XML and forms; for other content types they are only
 * read when asked for. A body that n8n has consumed in another way (multipart), or that can't be read, counts as empty and
 * so verifies nothing: for what `webhook()` throws n8n would store a failed execution.
 */
export async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject() as unknown as RawBodyRequest;
	if (request.rawBody === undefined) await request.readRawBody?.().catch(() => undefined);
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}
