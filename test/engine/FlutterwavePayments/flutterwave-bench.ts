import { FlutterwavePaymentsApi } from '../../../credentials/FlutterwavePaymentsApi.credentials';
import { flutterwave as gateway } from '../../../nodes/FlutterwavePayments/gateway';
import { FlutterwavePayments } from '../../../nodes/FlutterwavePayments/FlutterwavePayments.node';
import { FlutterwavePaymentsTrigger } from '../../../nodes/FlutterwavePayments/FlutterwavePaymentsTrigger.node';
import {
	startFlutterwave,
	type FlutterwaveSimulator,
	type Transaction,
} from '../../simulators/flutterwave';
import { Client, linkRequest } from '../../simulators/flutterwave/test-flutterwave';
import transferBody from '../../fixtures/flutterwave/v3.webhook.transfer.completed.failed.json';
import type { GatewayBench, ProviderEvent, SimulatedProvider } from '../gateway/bench';

export interface SimulatedFlutterwave extends SimulatedProvider {
	simulator: FlutterwaveSimulator;
}

export const flutterwaveBench = {
	gateway,
	trigger: new FlutterwavePaymentsTrigger(),
	action: new FlutterwavePayments(),
	credentialType: new FlutterwavePaymentsApi(),
	signsBody: false,
	start: startSimulatedFlutterwave,
} satisfies GatewayBench;

export async function startSimulatedFlutterwave(): Promise<SimulatedFlutterwave> {
	// Webhooks are kept only while there is somewhere to send them; nobody listens there.
	const simulator = await startFlutterwave({ webhookUrl: 'http://127.0.0.1:9/', timeScale: 1e9 });
	const client = new Client(simulator.url, simulator.secretKey);

	async function paid(leadId: number | null): Promise<Transaction> {
		const { body } = await client.post('/payments', {
			...linkRequest(),
			tx_ref: leadId ? `kommo_${leadId}_x${simulator.store.links.size}` : 'a web shop',
			meta: leadId ? { kommo_lead_id: leadId } : {},
		});
		return await simulator.pay((body.data as { link: string }).link, { method: 'ussd' });
	}

	/** The newest webhook, and what Flutterwave says of its payment. */
	async function last(): Promise<ProviderEvent> {
		const hook = [...simulator.store.hooks.values()].at(-1);
		if (!hook) throw new Error('No webhook was made.');
		const { body } = await client.get(`/transactions/${hook.subjectId}/verify`);
		const id = `flw:${hook.event}:${hook.subjectId}:${hook.status}`;
		return { id, body: hook.body, verified: body.data as object };
	}

	return {
		simulator,
		url: simulator.url,
		log: simulator.log,
		faults: simulator.faults,
		credential: { secretKey: simulator.secretKey, baseUrl: simulator.url },
		async payment(leadId) {
			await paid(leadId);
			return await last();
		},
		async twinOf({ id, body }) {
			const earlier = body.toString('utf8').replace('"status":"successful"', '"status":"pending"');
			return { id: id.replace('successful', 'pending'), body: Buffer.from(earlier) };
		},
		async eventThatNeedsLookUp(leadId) {
			await paid(leadId);
			return await last();
		},
		uninterestingEvent: async () => ({ id: '', body: Buffer.from(JSON.stringify(transferBody)) }),
		sign: (_body, secret) => ({ 'verif-hash': secret }),
		webhooks: () => [],
		removeWebhook: () => {},
		openLinks: () =>
			[...simulator.store.links.values()].filter(
				({ paid: isPaid, disabled }) => !isPaid && !disabled,
			).length,
		async pay(linkUrl) {
			await simulator.pay(linkUrl);
		},
		close: async () => await simulator.close(),
	};
}
