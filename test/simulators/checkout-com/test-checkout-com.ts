import { createHmac } from 'node:crypto';
import { Checkout } from 'checkout-sdk-node';
import { listen, rawBodyApp } from '../http/server';
import { EVENT_SOURCES } from './events/event-types';
import { startCheckoutCom, type CheckoutComOptions, type CheckoutComSimulator } from '.';

/** As in the documentation's samples; used as plain text. */
export const SIGNATURE_KEY = '8V8x0dLK%AyD*DNS8JJr';
export const AUTHORIZATION = 'c7b1e6b2-6d1e-4a55-9d6b-0a4f4a6d8a10';

/** Every event type there is, as a workflow's condition names them. */
export const EVERYTHING = Object.fromEntries(EVENT_SOURCES.map(({ id, types }) => [id, types]));

export interface WebhookEvent {
	id: string;
	type: string;
	created_on?: string;
	timestamp?: string;
	data: Record<string, unknown> & { id: string; balances?: Record<string, number> };
	_links: Record<string, { href: string }>;
}

export interface Received {
	event: WebhookEvent;
	body: string;
	headers: Record<string, unknown>;
}

/** A webhook receiver that refuses (401) what is not signed with the key, and else answers what it is told to. */
export interface Receiver {
	url: string;
	received: Received[];
	/** Headers of deliveries that were not signed with the key. */
	refused: Array<Record<string, unknown>>;
	/** Status of each answer in turn, 0 for none at all; 200 when used up. */
	answers: number[];
	close: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const app = rawBodyApp();
	const receiver: Omit<Receiver, 'url' | 'close'> = { received: [], refused: [], answers: [] };
	app.post('/hook', (req, res) => {
		const raw = req.body as Buffer;
		const expected = createHmac('sha256', SIGNATURE_KEY).update(raw).digest('hex');
		if (req.headers['cko-signature'] !== expected) {
			receiver.refused.push({ ...req.headers });
			return void res.status(401).end();
		}
		const body = raw.toString('utf8');
		receiver.received.push({
			event: JSON.parse(body) as WebhookEvent,
			body,
			headers: { ...req.headers },
		});
		const status = receiver.answers.shift() ?? 200;
		if (status !== 0) res.status(status).end();
	});
	const server = await listen(app);
	return Object.assign(receiver, { url: `${server.url}/hook`, close: server.close });
}

/** The official client; `axios` where its `fetch` sends a lower-case `patch` that no server understands. */
export function officialClient(
	simulator: Pick<CheckoutComSimulator, 'url' | 'secretKey'>,
	httpClient: 'fetch' | 'axios' = 'fetch',
): Checkout {
	return new Checkout(simulator.secretKey, { host: simulator.url, httpClient });
}

export interface CreatedLink {
	id: string;
	expires_on: string;
	_links: { self: { href: string }; redirect: { href: string } };
}

export interface Bench {
	checkout: CheckoutComSimulator;
	client: Checkout;
	receiver: Receiver;
	/** Makes a workflow that sends these types to the receiver, and returns its id. */
	register: (types: Record<string, string[]>, action?: object) => Promise<string>;
	createLink: (extra?: object) => Promise<CreatedLink>;
	/** Types of what arrived, in order. */
	types: () => string[];
	/** The newest delivery of one type. */
	last: (type: string) => Received;
	close: () => Promise<void>;
}

/** A simulator, the official client and a receiver, ready to talk to each other. */
export async function startBench(options: CheckoutComOptions = {}): Promise<Bench> {
	const checkout = await startCheckoutCom({ timeScale: 1e7, ...options });
	const client = officialClient(checkout);
	const receiver = await startReceiver();
	return {
		checkout,
		client,
		receiver,
		register: async (events, action = {}) => {
			const answer = await client.workflows.add({
				name: 'test workflow',
				conditions: [{ type: 'event', events }],
				actions: [webhookAction(receiver.url, action)],
			});
			return (answer as { id: string }).id;
		},
		createLink: async (extra = {}) =>
			(await client.paymentLinks.create({ ...linkRequest(), ...extra })) as CreatedLink,
		types: () => receiver.received.map(({ event }) => event.type),
		last: (type) => {
			const found = receiver.received.filter(({ event }) => event.type === type).at(-1);
			if (!found) throw new Error(`No ${type} arrived`);
			return found;
		},
		close: async () => {
			await checkout.close();
			await receiver.close();
		},
	};
}

export function webhookAction(url: string, extra: object = {}): object {
	return {
		type: 'webhook',
		url,
		headers: { Authorization: AUTHORIZATION },
		signature: { method: 'HMACSHA256', key: SIGNATURE_KEY },
		...extra,
	};
}

/** A link for 1999.00 EUR for lead 31415926. */
export function linkRequest(): Record<string, unknown> {
	return {
		amount: 199_900,
		currency: 'EUR',
		reference: 'KL-31415926-01',
		description: 'Invoice 42 – Café',
		billing: { address: { country: 'GB' } },
		customer: { email: 'payer@example.com', name: 'Example Payer' },
		metadata: { kommo_lead_id: '31415926' },
	};
}

/** The status and error codes with which the official client reports a refusal. */
export async function refusal(
	call: Promise<unknown>,
): Promise<{ status: number; codes: string[] | undefined }> {
	const error = await call.then(
		() => {
			throw new Error('The call was expected to fail.');
		},
		(caught: { http_code: number; body?: { error_codes?: string[] } }) => caught,
	);
	return { status: error.http_code, codes: error.body?.error_codes };
}
