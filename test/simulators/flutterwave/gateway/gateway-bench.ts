import { parseMoney } from '../../../../nodes/core/money';
import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../../../nodes/core/payment-event';
import type { PaymentLink } from '../../../../nodes/core/payment-link';
import { flutterwave as gateway } from '../../../../nodes/FlutterwavePayments/gateway';
import type {
	GatewayContext,
	LinkRequest,
	PaymentFilter,
} from '../../../../nodes/gateways/gateway';
import { axiosSend } from '../../../http/axios-send';
import { SECRET_HASH, startBench, type Bench, type Received } from '../test-flutterwave';

export const LEAD = 31415926;
export const MINUTE = 60_000;
/** When each test begins, in ms since the epoch. */
export const START = Date.UTC(2026, 10, 20, 9);

export const request: LinkRequest = {
	leadId: LEAD,
	contactId: 8,
	responsibleUserId: 9,
	money: parseMoney('7500.50', 'NGN'),
	description: 'Website relaunch',
	customer: { name: 'A client', email: 'client@example.com', phone: '+2348012345678' },
	existingLink: null,
	options: {},
};

/** The gateway against the simulator, with a webhook in its dashboard and a clock that stands still. */
export class GatewayBench {
	bench!: Bench;
	context!: GatewayContext;
	/** Milliseconds since the epoch. */
	now = START;

	/** A fresh one for each test of the file. */
	static forEachTest(): GatewayBench {
		const at = new GatewayBench();
		beforeEach(async () => {
			at.now = START;
			at.bench = await startBench({ now: () => at.now });
			at.context = at.contextWith(at.bench.flutterwave.secretKey);
		});
		afterEach(() => at.bench.close());
		return at;
	}

	get linksMade(): number {
		return this.bench.flutterwave.store.links.size;
	}

	contextWith(secretKey: string): GatewayContext {
		const send = axiosSend(this.bench.flutterwave.url, secretKey);
		return { send, now: () => this.now, live: gateway.isLive({ secretKey }) };
	}

	async createLink(changes: Partial<LinkRequest> = {}): Promise<PaymentLink> {
		return await gateway.paymentLinks.create({ ...request, ...changes }, this.context);
	}

	/** What the webhook was told since the last time, two minutes later. */
	async told(): Promise<PaymentEvent[]> {
		await this.bench.flutterwave.deliveries.settled();
		const events: PaymentEvent[] = [];
		for (const received of this.bench.receiver.received.splice(0)) {
			events.push(...(await this.eventsOf(received)));
		}
		this.now += 2 * MINUTE;
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

	private async eventsOf({ text, headers }: Received): Promise<PaymentEvent[]> {
		const verdict = gateway.webhook.verify(
			{ rawBody: Buffer.from(text), headers: headers as Record<string, string> },
			{ secrets: [SECRET_HASH], toleranceSeconds: 0, nowMs: this.now },
		);
		expect(verdict).toEqual({ genuine: true });
		const delivered = gateway.webhook.read(JSON.parse(text));
		const events = await gateway.toPaymentEvents(delivered?.storedBody, this.context);
		for (const { type } of events) expect(delivered?.types).toContain(type);
		return events;
	}
}

/** An event in one line, to compare lists of them. */
export function short({ type, paymentId, leadId, amount, currency }: PaymentEvent): string {
	return [type, paymentId, leadId, amount, currency].join(' ');
}
