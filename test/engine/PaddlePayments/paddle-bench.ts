import { PaddlePaymentsApi } from '../../../credentials/PaddlePaymentsApi.credentials';
import { paddle as gateway } from '../../../nodes/PaddlePayments/gateway';
import { PaddlePayments } from '../../../nodes/PaddlePayments/PaddlePayments.node';
import { PaddlePaymentsTrigger } from '../../../nodes/PaddlePayments/PaddlePaymentsTrigger.node';
import { startPaddle, type PaddleSimulator } from '../../simulators/paddle';
import { signatureHeader } from '../../simulators/paddle/events/signing';
import { webhookBody } from '../../simulators/paddle/events/webhook-body';
import { linkRequest } from '../../simulators/paddle/test-paddle';
import type { GatewayBench, ProviderEvent, SimulatedProvider } from '../gateway/bench';

export interface SimulatedPaddle extends SimulatedProvider {
	simulator: PaddleSimulator;
}

export const paddleBench = {
	gateway,
	trigger: new PaddlePaymentsTrigger(),
	action: new PaddlePayments(),
	credentialType: new PaddlePaymentsApi(),
	signsBody: true,
	start: startSimulatedPaddle,
} satisfies GatewayBench;

export async function startSimulatedPaddle(): Promise<SimulatedPaddle> {
	const simulator = await startPaddle();
	simulator.settings.requestsPerMinute = null;
	const { store } = simulator;
	let twins = 0;

	async function paid(leadId: number | null): Promise<string> {
		const custom_data = leadId ? { kommo_lead_id: String(leadId) } : null;
		const response = await fetch(`${simulator.url}/transactions`, {
			method: 'POST',
			headers: { authorization: `Bearer ${simulator.apiKey}` },
			body: JSON.stringify({ ...linkRequest(), custom_data }),
		});
		const { data } = (await response.json()) as { data: { id: string } };
		return simulator.pay(data.id).id;
	}

	/** The newest event of a type, as a webhook brings it. */
	function last(type: string): ProviderEvent {
		const event = store.events.newestFirst().find(({ event_type: is }) => is === type);
		if (!event) throw new Error(`There is no ${type}.`);
		return { id: event.event_id, body: webhookBody(event, 'ntf_of_the_test') };
	}

	return {
		simulator,
		url: simulator.url,
		log: simulator.log,
		faults: simulator.faults,
		credential: { environment: 'sandbox', apiKey: simulator.apiKey, baseUrl: simulator.url },
		async payment(leadId) {
			await paid(leadId);
			return last('transaction.completed');
		},
		async twinOf({ body }) {
			const event_id = `evt_twin${(twins += 1)}`;
			const event = JSON.parse(body.toString('utf8')) as object;
			return { id: event_id, body: Buffer.from(JSON.stringify({ ...event, event_id })) };
		},
		async eventThatNeedsLookUp(leadId) {
			simulator.approve(simulator.refund(await paid(leadId)).id);
			return last('adjustment.updated');
		},
		async uninterestingEvent() {
			await paid(null);
			return last('transaction.paid');
		},
		sign: (body, secret, atMs) => ({
			'content-type': 'application/json',
			'paddle-signature': signatureHeader(body, [secret], Math.floor(atMs / 1000)),
		}),
		webhooks: () =>
			store.settings.oldestFirst().map(({ id, destination, endpoint_secret_key }) => ({
				id,
				url: destination,
				secret: endpoint_secret_key,
			})),
		removeWebhook: (id) => void store.settings.delete(id),
		openLinks: () =>
			store.transactions.oldestFirst().filter(({ status }) => status === 'draft').length,
		async pay(linkUrl) {
			simulator.pay(linkUrl);
		},
		close: async () => await simulator.close(),
	};
}
