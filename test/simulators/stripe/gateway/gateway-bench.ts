import { parseMoney } from '../../../../nodes/core/money';
import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../../../nodes/core/payment-event';
import type { PaymentLink } from '../../../../nodes/core/payment-link';
import type {
	GatewayContext,
	GatewayRegistration,
	LinkRequest,
	PaymentFilter,
	RegistrationRequest,
	WebhookRegistration,
} from '../../../../nodes/gateways/gateway';
import { stripe as gateway } from '../../../../nodes/StripePayments/gateway';
import { axiosSend } from '../../../http/axios-send';
import type { StripeSimulator } from '..';
import { startBench, type Bench, type Received } from '../test-stripe';

export const LEAD = 31415926;
/** When each test begins, in ms since the epoch. */
const START = Date.UTC(2026, 10, 20, 9);

const request: LinkRequest = {
	leadId: LEAD,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Gold',
	customer: { name: null, email: 'client@example.com', phone: null },
	existingLink: null,
	options: {},
};

/** The gateway against the simulator, with a webhook that is registered and a clock that stands still. */
export class GatewayBench {
	bench!: Bench;
	context!: GatewayContext;
	registration!: WebhookRegistration;
	/** Milliseconds since the epoch. */
	now = START;

	/** A fresh one for each test of the file. */
	static forEachTest(): GatewayBench {
		const at = new GatewayBench();
		beforeEach(async () => {
			at.now = START;
			at.bench = await startBench({ now: () => at.now });
			at.context = {
				send: axiosSend(at.stripe.url, at.stripe.secretKey),
				now: () => at.now,
				live: false,
			};
			at.registration = await at.register();
		});
		afterEach(() => at.bench.close());
		return at;
	}

	get stripe(): StripeSimulator {
		return this.bench.stripe;
	}

	get registrar(): GatewayRegistration {
		if (!gateway.registration) throw new Error('Stripe has no registration');
		return gateway.registration;
	}

	registrationRequest(changes: Partial<RegistrationRequest> = {}): RegistrationRequest {
		return {
			url: this.bench.receiver.url,
			types: PAYMENT_EVENT_TYPES,
			label: 'n8n workflow "Payments"',
			options: {},
			...changes,
		};
	}

	async register(changes: Partial<RegistrationRequest> = {}): Promise<WebhookRegistration> {
		const made = await this.registrar.create(this.registrationRequest(changes), this.context);
		this.bench.receiver.secrets.push(made.secret);
		return made;
	}

	async createLink(changes: Partial<LinkRequest> = {}): Promise<PaymentLink> {
		return await gateway.paymentLinks.create({ ...request, ...changes }, this.context);
	}

	/** What the webhook was told since the last time, a second later. */
	async told(): Promise<PaymentEvent[]> {
		await this.stripe.deliveries.settled();
		const events: PaymentEvent[] = [];
		for (const received of this.bench.receiver.received.splice(0)) {
			events.push(...(await this.eventsOf(received)));
		}
		this.now += 1000;
		return events;
	}

	/** What happened since the clock was started, unless told otherwise. */
	async list(changes: Partial<PaymentFilter> = {}): Promise<PaymentEvent[]> {
		const filter = { sinceMs: START, leadId: null, types: PAYMENT_EVENT_TYPES, options: {} };
		const events: PaymentEvent[] = [];
		for await (const event of gateway.payments.getMany({ ...filter, ...changes }, this.context)) {
			events.push(event);
		}
		return events;
	}

	private async eventsOf({ body, signature }: Received): Promise<PaymentEvent[]> {
		const verdict = gateway.webhook.verify(
			{ rawBody: Buffer.from(body), headers: { 'stripe-signature': signature } },
			{ secrets: [this.registration.secret], toleranceSeconds: 300, nowMs: this.now },
		);
		expect(verdict).toEqual({ genuine: true });
		const delivered = gateway.webhook.read(JSON.parse(body));
		const events = await gateway.toPaymentEvents(JSON.parse(body), this.context);
		for (const { type } of events) expect(delivered?.types).toContain(type);
		return events;
	}
}

/** An event in one line, to compare lists of them. */
export function short({ type, paymentId, leadId, amount }: PaymentEvent): string {
	return [type, paymentId, leadId, amount].join(' ');
}
