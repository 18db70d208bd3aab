import { parse as parseQuery } from 'node:querystring';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createInflate } from 'node:zlib';
import type { Request } from 'express';

/** What n8n's middleware adds to a request before a node sees it. */
export interface N8nRequest extends Request {
	rawBody: Buffer;
	readRawBody: () => Promise<void>;
	contentType?: string;
	encoding: BufferEncoding;
}

/** n8n answers this before the node runs: 422 for what does not parse, 500 for what does not unpack. */
export class UnreadableBody extends Error {
	constructor(
		message: string,
		readonly status: 422 | 500,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** Adds `readRawBody`, `contentType` and `encoding`; like n8n, `rawBody` holds the body after decompression. */
export function prepareRequest(request: Request): N8nRequest {
	const [type, ...parameters] = (request.headers['content-type'] ?? '').split(';');
	const charset = parameters
		.map((parameter) => /^\s*charset="?([^"]*)"?\s*$/i.exec(parameter)?.[1])
		.find((value) => value !== undefined);
	const prepared = Object.assign(request, {
		contentType: type === '' ? undefined : type?.toLowerCase(),
		encoding: (charset ?? 'utf-8') as BufferEncoding,
		readRawBody: async () => {
			if (prepared.rawBody) return;
			if (!request.readable) throw new Error('Request body stream is not readable');
			prepared.rawBody = await buffer(decompressed(request));
		},
	}) as N8nRequest;
	return prepared;
}

/**
 * Reads and parses the body as n8n does for a node of this version.
 * @throws UnreadableBody
 */
export async function parseBody(request: N8nRequest, nodeVersion: number): Promise<void> {
	const { contentType } = request;
	if (contentType === 'multipart/form-data') {
		// n8n hands fields and files to the node, and keeps no bytes.
		await buffer(request);
		request.body = { data: {}, files: {} };
		return;
	}
	if (nodeVersion > 1 && !isParsable(contentType)) return;
	if (contentType?.startsWith('multipart/')) return;
	await request.readRawBody().catch((error: unknown) => {
		throw new UnreadableBody('The body could not be read', 500, { cause: error });
	});
	if (request.rawBody.length === 0) return;
	try {
		request.body = parsed(request);
	} catch (error) {
		throw new UnreadableBody('Failed to parse request body', 422, { cause: error });
	}
}

function parsed({ rawBody, encoding, contentType }: N8nRequest): unknown {
	const text = rawBody.toString(encoding);
	const withoutMark = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	switch (contentType) {
		case 'application/json':
			return JSON.parse(withoutMark);
		case 'application/x-www-form-urlencoded':
			return parseQuery(withoutMark, undefined, undefined, { maxKeys: 1000 });
		case 'text/plain':
			return text;
		default:
			return undefined;
	}
}

function isParsable(contentType: string | undefined): boolean {
	return (
		contentType !== undefined &&
		(['application/json', 'text/plain', 'application/x-www-form-urlencoded'].some((start) =>
			contentType.startsWith(start),
		) ||
			contentType.endsWith('/xml') ||
			contentType.endsWith('+xml'))
	);
}

function decompressed(request: Request): Readable {
	switch (request.headers['content-encoding']) {
		case 'gzip':
			return request.pipe(createGunzip());
		case 'deflate':
			return request.pipe(createInflate());
		default:
			return request;
	}
}
