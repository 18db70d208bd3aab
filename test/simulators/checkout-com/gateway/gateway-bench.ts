import { checkoutCom as gateway } from '../../../../nodes/CheckoutComPayments/gateway';
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
import { axiosSend } from '../../../http/axios-send';
import { listen, rawBodyApp } from '../../http/server';
import { startCheckoutCom, type CheckoutComSimulator } from '..';

export const LEAD = 31415926;
/** When each test begins, in ms since the epoch. */
const START = Date.UTC(2026, 10, 20, 9);

const request: LinkRequest = {
	leadId: LEAD,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Gold',
	customer: { name: 'A client', email: 'client@example.com', phone: null },
	existingLink: null,
	options: { billingCountry: 'GB' },
};

interface Received {
	body: Buffer;
	signature: string;
}

/** The gateway against the simulator, with a webhook that is registered and a clock that stands still. */
export class GatewayBench {
	checkout!: CheckoutComSimulator;
	hook!: Awaited<ReturnType<typeof startHook>>;
	context!: GatewayContext;
	registration!: WebhookRegistration;
	/** Milliseconds since the epoch. */
	now = START;

	/** A fresh one for each test of the file. */
	static forEachTest(): GatewayBench {
		const at = new GatewayBench();
		beforeEach(async () => {
			at.now = START;
			at.checkout = await startCheckoutCom({ now: () => at.now, timeScale: 1e7 });
			at.hook = await startHook();
			at.context = {
				send: axiosSend(at.checkout.url, at.checkout.secretKey),
				now: () => at.now,
				live: false,
			};
			at.registration = await at.register();
		});
		afterEach(async () => {
			await at.checkout.close();
			await at.hook.close();
		});
		return at;
	}

	get registrar(): GatewayRegistration {
		if (!gateway.registration) throw new Error('Checkout.com has no registration');
		return gateway.registration;
	}

	registrationRequest(changes: Partial<RegistrationRequest> = {}): RegistrationRequest {
		return {
			url: this.hook.url,
			types: PAYMENT_EVENT_TYPES,
			label: 'n8n workflow "Payments"',
			options: {},
			...changes,
		};
	}

	async register(changes: Partial<RegistrationRequest> = {}): Promise<WebhookRegistration> {
		return await this.registrar.create(this.registrationRequest(changes), this.context);
	}

	async createLink(changes: Partial<LinkRequest> = {}): Promise<PaymentLink> {
		return await gateway.paymentLinks.create({ ...request, ...changes }, this.context);
	}

	/** What the webhook was told since the last time, a second later. */
	async told(): Promise<PaymentEvent[]> {
		await this.checkout.deliveries.settled();
		const events: PaymentEvent[] = [];
		for (const received of this.hook.received.splice(0)) {
			events.push(...(await this.eventsOf(received)));
		}
		this.now += 1000;
		return events;
	}

	/** What happened to the lead since the clock was started, unless told otherwise. */
	async list(changes: Partial<PaymentFilter> = {}): Promise<PaymentEvent[]> {
		const filter = { sinceMs: START, leadId: LEAD, types: [], options: {} };
		const events: PaymentEvent[] = [];
		for await (const event of gateway.payments.getMany({ ...filter, ...changes }, this.context)) {
			events.push(event);
		}
		return events;
	}

	private async eventsOf({ body, signature }: Received): Promise<PaymentEvent[]> {
		const verdict = gateway.webhook.verify(
			{ rawBody: body, headers: { 'cko-signature': signature } },
			{ secrets: [this.registration.secret], toleranceSeconds: 0, nowMs: this.now },
		);
		expect(verdict).toEqual({ genuine: true });
		const parsed: unknown = JSON.parse(body.toString('utf8'));
		const events = await gateway.toPaymentEvents(parsed, this.context);
		for (const { type } of events) expect(gateway.webhook.read(parsed)?.types).toContain(type);
		return events;
	}
}

async function startHook() {
	const received: Received[] = [];
	const app = rawBodyApp();
	app.post('/hook', (req, res) => {
		received.push({
			body: req.body as Buffer,
			signature: String(req.headers['cko-signature']),
		});
		res.status(200).end();
	});
	const server = await listen(app);
	return { url: `${server.url}/hook`, received, close: server.close };
}

/** An event in one line, to compare lists of them. */
export function short({ type, paymentId, leadId, amount, refunded }: PaymentEvent): string {
	return [type, paymentId, leadId, amount, ...(refunded ? [refunded.amount] : [])].join(' ');
}
