import Stripe from 'stripe';
import { startStripe, type StripeSimulator } from '../../simulators/stripe';
import { LEAD_KEYS } from '../../../nodes/core/lead-metadata';
import type { GatewayBooks, HostileDelivery, WorldGateway } from '../world-gateway';

export interface StripeInWorld extends WorldGateway {
	readonly simulator: StripeSimulator;
}

export async function startStripeInWorld(): Promise<StripeInWorld> {
	const simulator = await startStripe();
	const paymentOf = new Map<string, string>();
	return {
		id: 'stripe',
		name: 'Stripe',
		templateFile: 'won-to-paid-with-stripe.json',
		credential: {
			name: 'Stripe (simulated)',
			type: 'stripePaymentsApi',
			data: { secretKey: simulator.secretKey, baseUrl: simulator.url },
		},
		url: simulator.url,
		simulator,
		log: simulator.log,
		faults: simulator.faults,
		deliveries: simulator.deliveries,
		async pay(linkUrl) {
			const { paymentIntentId } = await simulator.pay(linkUrl);
			if (paymentIntentId) paymentOf.set(linkUrl, paymentIntentId);
		},
		async decline(linkUrl) {
			await simulator.decline(linkUrl);
		},
		async refund(linkUrl, amount) {
			const paymentIntentId = paymentOf.get(linkUrl);
			if (!paymentIntentId) throw new Error(`Nothing was paid by ${linkUrl}`);
			await simulator.refund(paymentIntentId, amount && Math.round(amount * 100));
		},
		booksOf: (leadId) => booksOf(simulator, leadId),
		async resendPayment(linkUrl) {
			const paymentIntentId = paymentOf.get(linkUrl);
			const events = simulator.store.events.oldestFirst().filter(({ type, data }) => {
				const { payment_intent: paidBy } = data.object as { payment_intent?: unknown };
				return type === 'checkout.session.completed' && paidBy === paymentIntentId;
			});
			for (const { id } of events) await simulator.resend(id);
		},
		secrets: () => [
			simulator.secretKey,
			...[...simulator.store.secrets.values()].map(({ current }) => current),
		],
		webhookUrl: () => endpointOf(simulator).url,
		hostileDeliveries: () => hostileDeliveries(simulator),
		close: async () => await simulator.close(),
	};
}

function booksOf({ store }: StripeSimulator, leadId: number): GatewayBooks {
	const isOfLead = ({ metadata }: { metadata: Record<string, string> }) =>
		metadata[LEAD_KEYS.leadId] === String(leadId);
	const intents = new Set(
		store.paymentIntents
			.oldestFirst()
			.filter(isOfLead)
			.map(({ id }) => id),
	);
	const charges = store.charges
		.oldestFirst()
		.filter(({ payment_intent: intent }) => intents.has(String(intent)));
	const refunds = store.refunds.oldestFirst();
	return {
		openLinks: store.links
			.oldestFirst()
			.filter((link) => isOfLead(link) && link.active)
			.map(({ url }) => url),
		payments: charges
			.filter(({ status }) => status === 'succeeded')
			.map(({ id, amount, payment_intent: intent }) => ({
				id: String(intent),
				amount,
				refunds: refunds.filter(({ charge }) => charge === id).map((refund) => refund.amount),
			})),
		declined: charges.filter(({ status }) => status === 'failed').length,
	};
}

function endpointOf(simulator: StripeSimulator) {
	const [endpoint] = simulator.store.endpoints.oldestFirst();
	if (!endpoint) throw new Error('No webhook endpoint is registered.');
	return endpoint;
}

function hostileDeliveries(simulator: StripeSimulator): HostileDelivery[] {
	const [genuine] = simulator.store.events.oldestFirst();
	const secret = simulator.store.secrets.get(endpointOf(simulator).id)?.current ?? '';
	const payload = JSON.stringify(genuine, null, 2);
	const nowSeconds = Math.floor(Date.now() / 1000);
	const sign = (signedWith: string, timestamp = nowSeconds) => ({
		'content-type': 'application/json; charset=utf-8',
		'stripe-signature': new Stripe('unused').webhooks.generateTestHeaderString({
			payload,
			secret: signedWith,
			timestamp,
		}),
	});
	const body = Buffer.from(payload);
	return [
		{
			name: 'a changed amount under a genuine signature',
			headers: sign(secret),
			body: Buffer.from(payload.replace(/"amount_total": \d+/, '"amount_total": 1').concat(' ')),
		},
		{ name: "another endpoint's secret", headers: sign('whsec_of_somebody_else'), body },
		{ name: 'a time ten minutes ago', headers: sign(secret, nowSeconds - 600), body },
		{ name: 'a time ten minutes ahead', headers: sign(secret, nowSeconds + 600), body },
		{ name: 'no signature', headers: { 'content-type': 'application/json' }, body },
	];
}
