import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { listen, rawBodyApp } from '../http/server';
import { startFlutterwave, type FlutterwaveOptions, type FlutterwaveSimulator } from '.';

export const SECRET_HASH = 'as the merchant typed it, with spaces & more';

/** The body of a v3 webhook, of the flat one, or of the flat refund. */
export type Body = Record<string, unknown> & { event?: string; data?: Record<string, unknown> };

export interface Received {
	body: Body;
	text: string;
	headers: Record<string, unknown>;
}

/** A webhook receiver that answers what it is told to. */
export interface Receiver {
	url: string;
	received: Received[];
	/** Status of each answer in turn, 0 for none at all; 200 when used up. */
	answers: number[];
	close: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const app = rawBodyApp();
	const receiver: Pick<Receiver, 'received' | 'answers'> = { received: [], answers: [] };
	app.post('/hook', (req, res) => {
		const text = (req.body as Buffer).toString('utf8');
		const body = text.startsWith('{') ? (JSON.parse(text) as Body) : {};
		receiver.received.push({ body, text, headers: { ...req.headers } });
		const status = receiver.answers.shift() ?? 200;
		if (status >= 300 && status < 400) res.setHeader('Location', '/elsewhere');
		if (status !== 0) res.status(status).end();
	});
	const server = await listen(app);
	return Object.assign(receiver, { url: `${server.url}/hook`, close: server.close });
}

export interface Answer {
	status: number;
	body: { status: string; message: string; data: unknown; meta?: unknown };
}

/** Plain HTTP, as anyone would call the API. */
export class Client {
	private readonly http: AxiosInstance;

	constructor(url: string, secretKey: string) {
		this.http = axios.create({
			baseURL: `${url}/v3`,
			headers: { Authorization: `Bearer ${secretKey}` },
			validateStatus: () => true,
		});
	}

	get(path: string, params: object = {}): Promise<Answer> {
		return this.call('GET', path, params);
	}

	post(path: string, body: object = {}): Promise<Answer> {
		return this.call('POST', path, {}, body);
	}

	put(path: string, body: object = {}): Promise<Answer> {
		return this.call('PUT', path, {}, body);
	}

	private async call(method: string, url: string, params: object, data?: object): Promise<Answer> {
		const response = await this.http.request<Answer['body']>({ method, url, params, data });
		return { status: response.status, body: response.data };
	}
}

export interface Bench {
	flutterwave: FlutterwaveSimulator;
	client: Client;
	receiver: Receiver;
	/** Makes a link and returns its URL. */
	createLink: (extra?: object) => Promise<string>;
	/** `data` of the verify answer. */
	verify: (id: number) => Promise<Record<string, unknown>>;
	/** Every webhook that arrived, once all are answered or given up. */
	webhooks: () => Promise<Received[]>;
	close: () => Promise<void>;
}

/** A simulator whose webhooks go to a receiver, and a client. */
export async function startBench(options: FlutterwaveOptions = {}): Promise<Bench> {
	const receiver = await startReceiver();
	const flutterwave = await startFlutterwave({
		timeScale: 1e7,
		webhookUrl: receiver.url,
		secretHash: SECRET_HASH,
		...options,
	});
	const client = new Client(flutterwave.url, flutterwave.secretKey);
	return {
		flutterwave,
		client,
		receiver,
		createLink: async (extra = {}) => {
			const { body } = await client.post('/payments', { ...linkRequest(), ...extra });
			if (body.status !== 'success') throw new Error(body.message);
			return (body.data as { link: string }).link;
		},
		verify: async (id) => {
			const { body } = await client.get(`/transactions/${id}/verify`);
			return body.data as Record<string, unknown>;
		},
		webhooks: async () => {
			await flutterwave.deliveries.settled();
			return receiver.received;
		},
		close: async () => {
			await flutterwave.close();
			await receiver.close();
		},
	};
}

/** 7,500 naira for lead 31415926. */
export function linkRequest(): Record<string, unknown> {
	return {
		tx_ref: 'KL-31415926-01',
		amount: '7500',
		currency: 'NGN',
		customer: { email: 'payer@example.com', name: 'Example Payer' },
		customizations: { title: 'Invoice 42 – Café' },
		meta: { kommo_lead_id: 31415926, first: true },
	};
}

/** A payload of test/fixtures/flutterwave. */
export function fixture(name: string): Body {
	const path = join(__dirname, '../../fixtures/flutterwave', `${name}.json`);
	return JSON.parse(readFileSync(path, 'utf8')) as Body;
}

/** Resolves as soon as the condition holds. */
export async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise<void>((resolve) => void setImmediate(resolve));
}
