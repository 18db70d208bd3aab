import { startPaddle, type PaddleSimulator } from '../../simulators/paddle';
import { signatureHeader } from '../../simulators/paddle/events/signing';
import { webhookBody } from '../../simulators/paddle/events/webhook-body';
import { LEAD_KEYS } from '../../../nodes/core/lead-metadata';
import type { GatewayBooks, HostileDelivery, WorldGateway } from '../world-gateway';

export interface PaddleInWorld extends WorldGateway {
	readonly simulator: PaddleSimulator;
}

export async function startPaddleInWorld(): Promise<PaddleInWorld> {
	const simulator = await startPaddle();
	// The demo and the tests ask for more than Paddle allows one address within a minute.
	simulator.settings.requestsPerMinute = null;
	return {
		id: 'paddle',
		name: 'Paddle',
		templateFile: 'won-to-paid-with-paddle.json',
		credential: {
			name: 'Paddle (simulated)',
			type: 'paddlePaymentsApi',
			data: { environment: 'sandbox', apiKey: simulator.apiKey, baseUrl: simulator.url },
		},
		url: simulator.url,
		simulator,
		log: simulator.log,
		faults: simulator.faults,
		deliveries: simulator.deliveries,
		async pay(linkUrl) {
			simulator.pay(linkUrl);
		},
		async decline(linkUrl) {
			simulator.decline(linkUrl);
		},
		async refund(linkUrl, amount) {
			const minor = amount && Math.round(amount * 100);
			simulator.approve(simulator.refund(transactionIdOf(linkUrl), minor).id);
		},
		booksOf: (leadId) => booksOf(simulator, leadId),
		async resendPayment(linkUrl) {
			const paid = transactionIdOf(linkUrl);
			const notifications = simulator.store.notifications.oldestFirst().filter(({ event }) => {
				const { id } = event.data as { id?: unknown };
				return event.event_type === 'transaction.completed' && id === paid;
			});
			for (const { id } of notifications) simulator.resend(id);
		},
		secrets: () => [
			simulator.apiKey,
			...simulator.store.settings.oldestFirst().map(({ endpoint_secret_key: secret }) => secret),
		],
		webhookUrl: () => settingOf(simulator).destination,
		hostileDeliveries: () => hostileDeliveries(simulator),
		close: async () => await simulator.close(),
	};
}

function transactionIdOf(linkUrl: string): string {
	const id = new URL(linkUrl).searchParams.get('_ptxn');
	if (id === null) throw new Error(`${linkUrl} is not a payment link of Paddle`);
	return id;
}

function booksOf({ store }: PaddleSimulator, leadId: number): GatewayBooks {
	const transactions = store.transactions
		.oldestFirst()
		.filter(({ custom_data: data }) => String(data?.[LEAD_KEYS.leadId]) === String(leadId));
	const adjustments = store.adjustments
		.oldestFirst()
		.filter(({ action, status }) => action === 'refund' && status === 'approved');
	return {
		openLinks: transactions
			.filter(({ status }) => status === 'draft' || status === 'ready')
			.map(({ id }) => `_ptxn=${id}`),
		payments: transactions
			.filter(({ status }) => status === 'completed')
			.map(({ id, details }) => ({
				id,
				amount: Number(details?.totals?.grand_total),
				refunds: adjustments
					.filter((adjustment) => adjustment.transaction_id === id)
					.map(({ totals }) => Number(totals?.total)),
			})),
		declined: transactions
			.flatMap(({ payments }) => payments)
			.filter(({ status }) => status === 'error').length,
	};
}

function settingOf(simulator: PaddleSimulator) {
	const [setting] = simulator.store.settings.oldestFirst();
	if (!setting) throw new Error('No notification setting is registered.');
	return setting;
}

function hostileDeliveries(simulator: PaddleSimulator): HostileDelivery[] {
	const genuine = simulator.store.notifications
		.oldestFirst()
		.find(({ event }) => event.event_type === 'transaction.completed');
	if (!genuine) throw new Error('Nothing was paid yet.');
	const body = webhookBody(genuine.event, genuine.id);
	const secret = settingOf(simulator).endpoint_secret_key;
	const nowSeconds = Math.floor(Date.now() / 1000);
	const sign = (signedWith: string, timestamp = nowSeconds) => ({
		'content-type': 'application/json',
		'paddle-signature': signatureHeader(body, [signedWith], timestamp),
	});
	const changed = body.toString('ascii').replace(/"grand_total":"\d+"/, '"grand_total":"1"');
	return [
		{
			name: 'a changed amount under a genuine signature',
			headers: sign(secret),
			body: Buffer.from(`${changed} `),
		},
		{ name: "another destination's secret", headers: sign('pdl_ntfset_of_somebody_else'), body },
		{ name: 'a time ten minutes ago', headers: sign(secret, nowSeconds - 600), body },
		{ name: 'a time ten minutes ahead', headers: sign(secret, nowSeconds + 600), body },
		{ name: 'no signature', headers: { 'content-type': 'application/json' }, body },
	];
}
