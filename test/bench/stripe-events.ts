import { createHmac } from 'node:crypto';
import type { StripeSimulator } from '../simulators/stripe';
import { officialClient, oneTimeLink } from '../simulators/stripe/test-stripe';

/** What the simulated client pays, in whole units of the account's currency. */
export const PRICE = 1999;

/** Makes as many events as wanted out of a genuine one. */
export class StripeEvents {
	private made = 0;

	private constructor(private readonly genuine: string) {}

	static async start(stripe: StripeSimulator): Promise<StripeEvents> {
		const link = await officialClient(stripe).paymentLinks.create(oneTimeLink());
		await stripe.pay(link.id);
		const event = stripe.store.events
			.newestFirst()
			.find(({ type }) => type === 'checkout.session.completed');
		if (!event) throw new Error('The simulated Stripe told of no payment.');
		return new StripeEvents(JSON.stringify(event, null, 2));
	}

	/** How many were made. */
	get count(): number {
		return this.made;
	}

	/** A payment of its own, for this lead. */
	paid(leadId: number): Buffer {
		this.made += 1;
		const event = JSON.parse(this.genuine) as {
			id: string;
			data: { object: { payment_intent: string; metadata: Record<string, string> } };
		};
		event.id = `evt_bench_${this.made}`;
		event.data.object.payment_intent = `pi_bench_${this.made}`;
		event.data.object.metadata = { kommo_lead_id: String(leadId) };
		return Buffer.from(JSON.stringify(event, null, 2));
	}
}

/** https://docs.stripe.com/webhooks#verify-manually */
export function signed(body: Buffer, secret: string): Record<string, string> {
	const time = Math.floor(Date.now() / 1000);
	const signature = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
	return { 'content-type': 'application/json', 'stripe-signature': `t=${time},v1=${signature}` };
}
