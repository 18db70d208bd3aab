import { parseMoney } from '../../../../nodes/core/money';
import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../../../nodes/core/payment-event';
import type {
	GatewayContext,
	GatewayRegistration,
	LinkRequest,
	PaymentFilter,
	RegistrationRequest,
	WebhookRegistration,
} from '../../../../nodes/gateways/gateway';
import type { PaymentLink } from '../../../../nodes/core/payment-link';
import { paddle as gateway } from '../../../../nodes/PaddlePayments/gateway';
import { axiosSend } from '../../../http/axios-send';
import { startBench, type Bench } from '../test-paddle';
import type { PaddleSimulator } from '..';

export const LEAD = 31415926;
const START = Date.UTC(2026, 10, 20, 9);

const request: LinkRequest = {
	leadId: LEAD,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Gold – café',
	customer: { name: null, email: 'client+deals@example.com', phone: null },
	existingLink: null,
	options: {},
};

/** The gateway against the simulator, with a webhook that is registered and a clock that stands still. */
export interface GatewayBench {
	bench: Bench;
	paddle: PaddleSimulator;
	context: GatewayContext;
	registration: WebhookRegistration;
	registrar: GatewayRegistration;
	/** Milliseconds since the epoch; from 2026-11-20 09:00 UTC on. */
	now: number;
	registrationRequest(changes?: Partial<RegistrationRequest>): RegistrationRequest;
	register(changes?: Partial<RegistrationRequest>): Promise<WebhookRegistration>;
	/** Makes a link for the lead. */
	createLink(changes?: Partial<LinkRequest>): Promise<PaymentLink>;
	/** What the webhook was told since the last time; a second passes. */
	told(): Promise<PaymentEvent[]>;
	/** What happened since the clock was started, unless told otherwise. */
	list(changes?: Partial<PaymentFilter>): Promise<PaymentEvent[]>;
}

/** A fresh one for each test of the file. */
export function gatewayBench(): GatewayBench {
	const at = { registrar: registrar(), now: START } as GatewayBench;

	beforeEach(async () => {
		at.now = START;
		at.bench = await startBench({ now: () => at.now });
		at.paddle = at.bench.paddle;
		at.paddle.settings.requestsPerMinute = null;
		at.context = {
			send: axiosSend(at.paddle.url, at.paddle.apiKey),
			now: () => at.now,
			live: false,
		};
		at.registration = await at.register();
		at.paddle.log.clear();
	});
	afterEach(() => at.bench.close());

	at.registrationRequest = (changes = {}) => ({
		url: at.bench.receiver.url,
		types: PAYMENT_EVENT_TYPES,
		label: 'n8n workflow "Payments"',
		options: {},
		...changes,
	});
	at.register = async (changes) =>
		await at.registrar.create(at.registrationRequest(changes), at.context);
	at.createLink = async (changes = {}) =>
		await gateway.paymentLinks.create({ ...request, ...changes }, at.context);
	at.told = async () => {
		await at.paddle.deliveries.settled();
		const received = at.bench.receiver.received
			.splice(0)
			.sort((a, b) => a.event.occurred_at.localeCompare(b.event.occurred_at));
		const events: PaymentEvent[] = [];
		for (const { body, signature } of received) events.push(...(await read(at, body, signature)));
		at.now += 1000;
		return events;
	};
	at.list = async (changes = {}) => {
		const filter = { sinceMs: START, leadId: null, types: PAYMENT_EVENT_TYPES, options: {} };
		const events: PaymentEvent[] = [];
		for await (const event of gateway.payments.getMany({ ...filter, ...changes }, at.context)) {
			events.push(event);
		}
		return events;
	};
	return at;
}

async function read(
	{ registration, context, now }: GatewayBench,
	body: string,
	signature: string,
): Promise<PaymentEvent[]> {
	const verdict = gateway.webhook.verify(
		{ rawBody: Buffer.from(body), headers: { 'paddle-signature': signature } },
		{ secrets: [registration.secret], toleranceSeconds: 300, nowMs: now },
	);
	expect(verdict).toEqual({ genuine: true });
	const delivered = gateway.webhook.read(JSON.parse(body));
	const events = await gateway.toPaymentEvents(JSON.parse(body), context);
	for (const { type } of events) expect(delivered?.types).toContain(type);
	return events;
}

function registrar(): GatewayRegistration {
	if (!gateway.registration) throw new Error('Paddle has no registration');
	return gateway.registration;
}

/** Type, payment, lead and amount of an event. */
export function short({ type, paymentId, leadId, amount }: PaymentEvent): string {
	return [type, paymentId, leadId, amount].join(' ');
}
