import Stripe from 'stripe';
import { listen, rawBodyApp } from '../http/server';
import { startStripe, type StripeOptions, type StripeSimulator } from '.';

/** What a receiver got: the verified event and the exact delivery. */
export interface Received {
	event: Stripe.Event;
	body: string;
	signature: string;
}

/** A webhook receiver that verifies with the official SDK and answers what it is told to. */
export interface Receiver {
	url: string;
	received: Received[];
	/** Status of each answer in turn; 200 when used up. */
	answers: number[];
	/** Event types that are always answered with 500. */
	failing: string[];
	/** Runs before a delivery is answered. */
	beforeAnswer: (received: Received) => void | Promise<void>;
	/** Secrets to verify with, first match wins. */
	secrets: string[];
	close: () => Promise<void>;
}

/** @param now the clock that signatures are checked by, in ms */
export async function startReceiver(now: () => number): Promise<Receiver> {
	const app = rawBodyApp();
	const receiver: Omit<Receiver, 'url' | 'close'> = {
		received: [],
		answers: [],
		failing: [],
		beforeAnswer: () => {},
		secrets: [],
	};
	app.post('/hook', async (req, res) => {
		const body = (req.body as Buffer).toString('utf8');
		const signature = String(req.headers['stripe-signature']);
		const event = verified(body, signature, receiver.secrets, now());
		if (!event) return void res.status(400).end();
		const received = { event, body, signature };
		receiver.received.push(received);
		await receiver.beforeAnswer(received);
		const fails = receiver.failing.includes(event.type);
		res.status(fails ? 500 : (receiver.answers.shift() ?? 200)).end();
	});
	const server = await listen(app);
	return Object.assign(receiver, { url: `${server.url}/hook`, close: server.close });
}

function verified(
	body: string,
	signature: string,
	secrets: string[],
	now: number,
): Stripe.Event | null {
	for (const secret of secrets) {
		try {
			return Stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, now);
		} catch {
			continue;
		}
	}
	return null;
}

/** The official client, pointed at a simulator, without retries of its own. */
export function officialClient(
	stripe: StripeSimulator,
	config: Partial<ConstructorParameters<typeof Stripe>[1] & object> = {},
): Stripe {
	const { hostname, port } = new URL(stripe.url);
	return new Stripe(stripe.secretKey, {
		host: hostname,
		port: Number(port),
		protocol: 'http',
		maxNetworkRetries: 0,
		telemetry: false,
		...config,
	});
}

export interface Bench {
	stripe: StripeSimulator;
	client: Stripe;
	receiver: Receiver;
	/** Registers the receiver for these events and trusts the endpoint's secret. */
	register: (
		events: Stripe.WebhookEndpointCreateParams.EnabledEvent[],
		version?: Stripe.WebhookEndpointCreateParams.ApiVersion,
	) => Promise<Stripe.WebhookEndpoint>;
	/** Types of what arrived, sorted. */
	types: () => string[];
	/** The newest delivery of one type. */
	last: (type: string) => Received;
	close: () => Promise<void>;
}

/** A simulator, the official client and a receiver, ready to talk to each other. */
export async function startBench(options: StripeOptions = {}): Promise<Bench> {
	const stripe = await startStripe({ timeScale: 1e7, ...options });
	const client = officialClient(stripe);
	const receiver = await startReceiver(options.now ?? Date.now);
	return {
		stripe,
		client,
		receiver,
		register: async (events, version) => {
			const endpoint = await client.webhookEndpoints.create({
				url: receiver.url,
				enabled_events: events,
				api_version: version,
			});
			receiver.secrets.push(endpoint.secret ?? '');
			return endpoint;
		},
		types: () => receiver.received.map(({ event }) => event.type).sort(),
		last: (type) => {
			const found = receiver.received.filter(({ event }) => event.type === type).at(-1);
			if (!found) throw new Error(`No ${type} arrived`);
			return found;
		},
		close: async () => {
			await stripe.close();
			await receiver.close();
		},
	};
}

/** A link for 1999.00 EUR, for one payment of lead 31415926. */
export function oneTimeLink(
	extra: Partial<Stripe.PaymentLinkCreateParams> = {},
): Stripe.PaymentLinkCreateParams {
	return {
		line_items: [
			{
				price_data: {
					currency: 'eur',
					unit_amount: 199_900,
					product_data: { name: 'Invoice 42 – Café' },
				},
				quantity: 1,
			},
		],
		metadata: { kommo_lead_id: '31415926' },
		payment_intent_data: { metadata: { kommo_lead_id: '31415926' }, description: 'Invoice 42' },
		...extra,
	};
}

/** A link for 29.00 EUR a month. */
export function monthlyLink(
	extra: Partial<Stripe.PaymentLinkCreateParams> = {},
): Stripe.PaymentLinkCreateParams {
	return {
		line_items: [
			{
				price_data: {
					currency: 'eur',
					unit_amount: 2900,
					recurring: { interval: 'month' },
					product_data: { name: 'Gold' },
				},
				quantity: 1,
			},
		],
		metadata: { kommo_lead_id: '31415926' },
		subscription_data: { metadata: { kommo_lead_id: '31415926' } },
		...extra,
	};
}

/** Resolves as soon as the condition holds. */
export async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise<void>((resolve) => void setImmediate(resolve));
}
