import { createHmac } from 'node:crypto';
import { CheckoutComPaymentsApi } from '../../../credentials/CheckoutComPaymentsApi.credentials';
import { checkoutCom as gateway } from '../../../nodes/CheckoutComPayments/gateway';
import { CheckoutComPayments } from '../../../nodes/CheckoutComPayments/CheckoutComPayments.node';
import { CheckoutComPaymentsTrigger } from '../../../nodes/CheckoutComPayments/CheckoutComPaymentsTrigger.node';
import {
	startCheckoutCom,
	type CheckoutComSimulator,
	type Payment,
} from '../../simulators/checkout-com';
import { linkRequest, officialClient } from '../../simulators/checkout-com/test-checkout-com';
import type { GatewayBench, ProviderEvent, SimulatedProvider } from '../gateway/bench';

export interface SimulatedCheckoutCom extends SimulatedProvider {
	simulator: CheckoutComSimulator;
}

export const checkoutComBench = {
	gateway,
	trigger: new CheckoutComPaymentsTrigger(),
	action: new CheckoutComPayments(),
	credentialType: new CheckoutComPaymentsApi(),
	signsBody: true,
	start: startSimulatedCheckoutCom,
} satisfies GatewayBench;

export async function startSimulatedCheckoutCom(): Promise<SimulatedCheckoutCom> {
	const simulator = await startCheckoutCom();
	const client = officialClient(simulator);
	const { store } = simulator;
	let twins = 0;

	async function paid(leadId: number | null): Promise<Payment> {
		const metadata = leadId ? { kommo_lead_id: String(leadId) } : {};
		const link = (await client.paymentLinks.create({
			...linkRequest(),
			reference: 'ORD-5023',
			metadata,
		})) as { id: string };
		return await simulator.pay(link.id);
	}

	/** The newest event of a type, in the envelope of a webhook. */
	function last(type: string): ProviderEvent {
		const event = [...store.events.values()].filter((candidate) => candidate.type === type).at(-1);
		if (!event) throw new Error(`There is no ${type}.`);
		const { id, at, data } = event;
		const body = { id, type, created_on: new Date(at).toISOString(), data };
		return { id, body: Buffer.from(JSON.stringify(body, null, 2)) };
	}

	return {
		simulator,
		url: simulator.url,
		log: simulator.log,
		faults: simulator.faults,
		credential: {
			environment: 'sandbox',
			secretKey: simulator.secretKey,
			baseUrl: simulator.url,
		},
		async payment(leadId) {
			await paid(leadId);
			return last('payment_captured');
		},
		async twinOf({ body }) {
			const id = `evt_twin${(twins += 1)}`;
			const event = JSON.parse(body.toString('utf8')) as object;
			return { id, body: Buffer.from(JSON.stringify({ ...event, id }, null, 2)) };
		},
		async eventThatNeedsLookUp(leadId) {
			await simulator.dispute((await paid(leadId)).id);
			return last('dispute_received');
		},
		async uninterestingEvent() {
			await paid(1);
			const { body } = last('payment_captured');
			const event = JSON.parse(body.toString('utf8')) as object;
			const id = 'evt_cardverified';
			return { id, body: Buffer.from(JSON.stringify({ ...event, id, type: 'card_verified' })) };
		},
		sign: (body, secret) => ({
			'content-type': 'application/json; charset=utf-8',
			'cko-signature': createHmac('sha256', secret).update(body).digest('hex'),
		}),
		webhooks: () =>
			[...store.workflows.values()].flatMap(({ id, actions }) =>
				actions.map(({ url, signature }) => ({ id, url, secret: signature?.key ?? '' })),
			),
		removeWebhook: (id) => void store.workflows.delete(id),
		openLinks: () => [...store.links.values()].filter((link) => !link.paid).length,
		async pay(linkUrl) {
			await simulator.pay(linkUrl);
		},
		close: async () => await simulator.close(),
	};
}
