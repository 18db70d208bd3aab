import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import express, { type Request, type Response } from 'express';
import { listen } from '../../simulators/http/server';

export interface WebhookRequest {
	method?: string;
	/** Sent as given; `content-type: application/json` if it names none. */
	headers?: Record<string, string | string[]>;
	rawBody: Buffer | string;
	/** Pairs where a name comes twice. */
	query?: Record<string, string> | Array<[string, string]>;
}

export interface WebhookAnswer {
	status: number;
	headers: Record<string, string>;
	/** Parsed when it is JSON, text otherwise. */
	body: unknown;
}

/** One HTTP request over a real connection, so that request and response behave as in n8n's server. */
export interface Exchange {
	request: Request;
	response: Response;
	/** Settles once the client has the whole answer, with null when the connection ended without one. */
	answer: Promise<WebhookAnswer | null>;
	/** Settles with the response's 'close' event. */
	closed: Promise<unknown>;
	/** The client hangs up. */
	hangUp: () => void;
}

export async function exchange(path: string, webhookRequest: WebhookRequest): Promise<Exchange> {
	let arrived: (pair: { request: Request; response: Response }) => void = () => {};
	const arrival = new Promise<{ request: Request; response: Response }>((resolve) => {
		arrived = resolve;
	});
	const app = express();
	app.disable('x-powered-by');
	const headers = lowerCased({ 'content-type': 'application/json' }, webhookRequest.headers ?? {});
	const short = Object.entries(headers).filter(([, value]) => !isLong(value));
	const long = Object.entries(headers).filter(([, value]) => isLong(value));
	app.use((request, response) => {
		Object.assign(request.headers, Object.fromEntries(long));
		arrived({ request, response });
	});
	const server = await listen(app);
	const query = new URLSearchParams(webhookRequest.query).toString();
	const client = httpRequest(`${server.url}${path}${query === '' ? '' : `?${query}`}`, {
		method: webhookRequest.method ?? 'POST',
		headers: {
			connection: 'close',
			'content-length': String(Buffer.byteLength(webhookRequest.rawBody)),
			...Object.fromEntries(short),
		},
	});
	const answer = once(client, 'response').then(
		async ([message]) => await readAnswer(message as IncomingMessage),
		() => null,
	);
	client.end(webhookRequest.rawBody);
	const { request, response } = await Promise.race([arrival, unanswered(answer)]);
	const closed = once(response, 'close').then(async () => {
		await answer;
		await server.close();
	});
	return { request, response, answer, closed, hangUp: () => client.destroy() };
}

function lowerCased(
	...lists: Array<Record<string, string | string[]>>
): Record<string, string | string[]> {
	return Object.fromEntries(
		lists.flatMap((list) =>
			Object.entries(list).map(([name, value]) => [name.toLowerCase(), value]),
		),
	);
}

/** Node refuses headers of more than 16 KB on the wire. Nodes are tested without that shield: these join the request behind it. */
function isLong(value: string | string[]): boolean {
	return value.length > 8 * 1024;
}

/** Rejects once the client has an answer, or none any more: had the request arrived, that would have come first. */
async function unanswered(answer: Promise<WebhookAnswer | null>): Promise<never> {
	const { status } = (await answer) ?? { status: 'no status' };
	throw new Error(`The request did not reach the webhook: it was answered with ${status}.`);
}

async function readAnswer(message: IncomingMessage): Promise<WebhookAnswer> {
	const body = await text(message);
	return {
		status: message.statusCode ?? 0,
		headers: Object.fromEntries(
			Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
		),
		// n8n answers "no data" as JSON without a body.
		body:
			body !== '' && message.headers['content-type']?.startsWith('application/json')
				? (JSON.parse(body) as unknown)
				: body,
	};
}
