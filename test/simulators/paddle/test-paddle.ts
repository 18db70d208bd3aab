import { ApiError, Paddle, type Environment, type IEventName } from '@paddle/paddle-node-sdk';
import type { Request, Response } from 'express';
import { listen, rawBodyApp } from '../http/server';
import { startPaddle, type PaddleOptions, type PaddleSimulator } from '.';

export interface WebhookEvent {
	event_id: string;
	event_type: string;
	occurred_at: string;
	notification_id: string;
	data: Record<string, unknown> & { id: string; status?: string };
}

/** One delivery; `verified` tells what the official SDK thinks of its signature. */
export interface Received {
	event: WebhookEvent;
	body: string;
	signature: string;
	headers: Record<string, unknown>;
	verified: boolean;
}

/** A webhook receiver that verifies with the official SDK and answers what it is told to. */
export interface Receiver {
	url: string;
	received: Received[];
	/** Status of each answer in turn; 200 when used up. */
	answers: number[];
	/** Replaces the answer altogether. */
	respond: ((req: Request, res: Response) => void) | null;
	secret: string;
	close: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const app = rawBodyApp();
	const sdk = new Paddle('no-key-needed');
	const receiver: Omit<Receiver, 'url' | 'close'> = {
		received: [],
		answers: [],
		respond: null,
		secret: 'unset',
	};
	app.post('/hook', async (req, res) => {
		const body = (req.body as Buffer).toString('utf8');
		const signature = String(req.headers['paddle-signature']);
		receiver.received.push({
			event: JSON.parse(body) as WebhookEvent,
			body,
			signature,
			headers: { ...req.headers },
			verified: await sdk.webhooks.isSignatureValid(body, receiver.secret, signature),
		});
		if (receiver.respond) return receiver.respond(req, res);
		res.status(receiver.answers.shift() ?? 200).end();
	});
	const server = await listen(app);
	return Object.assign(receiver, { url: `${server.url}/hook`, close: server.close });
}

/** The official client; an address it does not know as an environment is taken as the API's own. */
export function officialClient({ apiKey, url }: { apiKey: string; url: string }): Paddle {
	return new Paddle(apiKey, { environment: url as Environment });
}

export interface Bench {
	paddle: PaddleSimulator;
	client: Paddle;
	receiver: Receiver;
	/** Makes a destination for the receiver; its secret is what the receiver verifies with. @returns its id */
	register: (
		events: string[],
		trafficSource?: 'platform' | 'simulation' | 'all',
	) => Promise<string>;
	/** A link for one non-catalog item, 1999.00 EUR unless told otherwise. @returns the transaction's id */
	createLink: (extra?: object, price?: object) => Promise<string>;
	/** A raw request, for what the official client cannot say. */
	call: (
		method: string,
		path: string,
		body?: object,
		headers?: Record<string, string>,
	) => Promise<{ status: number; body: ApiBody; headers: Headers }>;
	/** Types of what arrived, in the order they occurred. */
	types: () => string[];
	/** Types of the events made since the last call, in order. */
	newEvents: () => string[];
	/** What the newest event of a type says. */
	snapshot: (type: string) => Record<string, unknown>;
	close: () => Promise<void>;
}

export interface ApiBody {
	data: Record<string, unknown> & Array<Record<string, unknown>>;
	error?: { code: string; detail: string; errors?: Array<{ field: string; message: string }> };
	meta: { request_id: string; pagination?: { per_page: number; next: string; has_more: boolean } };
}

/** A simulator, the official client and a receiver, ready to talk to each other. */
export async function startBench(options: PaddleOptions = {}): Promise<Bench> {
	const paddle = await startPaddle({ timeScale: 1e7, ...options });
	const client = officialClient(paddle);
	const receiver = await startReceiver();
	let read = 0;
	const call: Bench['call'] = async (method, path, body, headers = {}) => {
		const response = await fetch(`${paddle.url}${path}`, {
			method,
			headers: { Authorization: `Bearer ${paddle.apiKey}`, ...headers },
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		return {
			status: response.status,
			body: (text === '' ? {} : JSON.parse(text)) as ApiBody,
			headers: response.headers,
		};
	};
	return {
		paddle,
		client,
		receiver,
		call,
		register: async (events, trafficSource) => {
			const setting = await client.notificationSettings.create({
				description: 'test destination',
				type: 'url',
				destination: receiver.url,
				subscribedEvents: events as IEventName[],
				trafficSource,
			});
			receiver.secret = setting.endpointSecretKey;
			return setting.id;
		},
		createLink: async (extra = {}, price = {}) => {
			const { status, body } = await call('POST', '/transactions', {
				...linkRequest(price),
				...extra,
			});
			if (status !== 201) throw new Error(JSON.stringify(body.error));
			return String(body.data['id']);
		},
		types: () =>
			receiver.received
				.map(({ event }) => event)
				.sort((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1))
				.map(({ event_type }) => event_type),
		newEvents: () => {
			const events = paddle.store.events.oldestFirst().slice(read);
			read += events.length;
			return events.map(({ event_type: type }) => type);
		},
		snapshot: (wanted) => {
			const found = paddle.store.events
				.newestFirst()
				.find(({ event_type: type }) => type === wanted);
			if (!found) throw new Error(`There is no ${wanted}`);
			return found.data as Record<string, unknown>;
		},
		close: async () => {
			await paddle.close();
			await receiver.close();
		},
	};
}

/** A link for lead 31415926, priced by the caller or at 1999.00 EUR. */
export function linkRequest(price: object = {}): Record<string, unknown> {
	return {
		items: [
			{
				quantity: 1,
				price: {
					description: 'Lead 31415926',
					name: 'Invoice 42 – Café',
					unit_price: { amount: '199900', currency_code: 'EUR' },
					product: { name: 'Invoice 42 – Café', tax_category: 'standard' },
					...price,
				},
			},
		],
		custom_data: { lead_id: '31415926' },
	};
}

export const MONTHLY = { billing_cycle: { interval: 'month', frequency: 1 } };

/** The error with which the official client reports a refusal. */
export async function refusal(call: Promise<unknown>): Promise<ApiError> {
	const error = await call.then(
		() => {
			throw new Error('The call was expected to fail.');
		},
		(caught: unknown) => caught,
	);
	if (!(error instanceof ApiError)) throw error;
	return error;
}
