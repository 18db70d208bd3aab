import Stripe from 'stripe';
import { StripePaymentsApi } from '../../../credentials/StripePaymentsApi.credentials';
import { stripe as gateway } from '../../../nodes/StripePayments/gateway';
import { StripePayments } from '../../../nodes/StripePayments/StripePayments.node';
import { StripePaymentsTrigger } from '../../../nodes/StripePayments/StripePaymentsTrigger.node';
import { startStripe, type StripeSimulator } from '../../simulators/stripe';
import { officialClient, oneTimeLink } from '../../simulators/stripe/test-stripe';
import type { GatewayBench, ProviderEvent, SimulatedProvider } from '../gateway/bench';

export interface SimulatedStripe extends SimulatedProvider {
	simulator: StripeSimulator;
}

export const stripeBench = {
	gateway,
	trigger: new StripePaymentsTrigger(),
	action: new StripePayments(),
	credentialType: new StripePaymentsApi(),
	signsBody: true,
	start: startSimulatedStripe,
} satisfies GatewayBench;

export async function startSimulatedStripe(): Promise<SimulatedStripe> {
	const simulator = await startStripe();
	const client = officialClient(simulator);
	const { store } = simulator;

	async function paid(leadId: number | null): Promise<string> {
		const metadata: Record<string, string> = leadId ? { kommo_lead_id: String(leadId) } : {};
		const link = await client.paymentLinks.create(
			oneTimeLink({ metadata, payment_intent_data: { metadata } }),
		);
		return (await simulator.pay(link.id)).paymentIntentId;
	}

	/** The newest event of a type. */
	function last(type: string): ProviderEvent {
		const event = store.events.newestFirst().find((candidate) => candidate.type === type);
		if (!event) throw new Error(`There is no ${type}.`);
		return { id: event.id, body: Buffer.from(JSON.stringify(event, null, 2)) };
	}

	return {
		simulator,
		url: simulator.url,
		log: simulator.log,
		faults: simulator.faults,
		credential: { secretKey: simulator.secretKey, baseUrl: simulator.url },
		async payment(leadId) {
			await paid(leadId);
			return last('checkout.session.completed');
		},
		async twinOf({ id }) {
			await simulator.twinEvent(id);
			return last('checkout.session.completed');
		},
		async eventThatNeedsLookUp(leadId) {
			const refund = await simulator.refund(await paid(leadId));
			await simulator.failRefund(refund.id);
			return last('refund.failed');
		},
		async uninterestingEvent() {
			await paid(null);
			return last('charge.succeeded');
		},
		sign: (body, secret, atMs) => ({
			'stripe-signature': Stripe.webhooks.generateTestHeaderString({
				payload: body.toString('utf8'),
				secret,
				timestamp: Math.floor(atMs / 1000),
			}),
		}),
		webhooks: () =>
			store.endpoints.oldestFirst().map(({ id, url }) => ({
				id,
				url,
				secret: store.secrets.get(id)?.current ?? '',
			})),
		removeWebhook: (id) => store.endpoints.delete(id),
		openLinks: () => store.links.oldestFirst().filter(({ active }) => active).length,
		async pay(linkUrl) {
			await simulator.pay(linkUrl);
		},
		close: async () => await simulator.close(),
	};
}
