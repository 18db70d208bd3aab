import { createHmac } from 'node:crypto';
import { startFlutterwave, type FlutterwaveSimulator } from '../../simulators/flutterwave';
import { LEAD_KEYS } from '../../../nodes/core/lead-metadata';
import type { GatewayBooks, HostileDelivery, WorldGateway } from '../world-gateway';

export interface FlutterwaveInWorld extends WorldGateway {
	readonly simulator: FlutterwaveSimulator;
}

/** As the merchant would type it into the dashboard. */
const SECRET_HASH = 'a secret hash & its spaces';

export async function startFlutterwaveInWorld(): Promise<FlutterwaveInWorld> {
	const simulator = await startFlutterwave();
	const paymentOf = new Map<string, number>();
	const paidBy = (linkUrl: string) => {
		const id = paymentOf.get(linkUrl);
		if (id === undefined) throw new Error(`Nothing was paid by ${linkUrl}`);
		return id;
	};
	return {
		id: 'flutterwave',
		name: 'Flutterwave',
		templateFile: 'won-to-paid-with-flutterwave.json',
		credential: {
			name: 'Flutterwave (simulated)',
			type: 'flutterwavePaymentsApi',
			data: {
				secretKey: simulator.secretKey,
				signingSecret: SECRET_HASH,
				baseUrl: simulator.url,
			},
		},
		url: simulator.url,
		simulator,
		log: simulator.log,
		faults: simulator.faults,
		deliveries: simulator.deliveries,
		async connect(webhookUrl) {
			Object.assign(simulator.dashboard, { webhookUrl, secretHash: SECRET_HASH });
		},
		async pay(linkUrl) {
			paymentOf.set(linkUrl, (await simulator.pay(linkUrl)).id);
		},
		async decline(linkUrl) {
			await simulator.decline(linkUrl);
		},
		async refund(linkUrl, amount) {
			await simulator.refund(paidBy(linkUrl), amount);
		},
		booksOf: (leadId) => booksOf(simulator, leadId),
		async resendPayment(linkUrl) {
			for (const { id, subjectId, event } of simulator.store.hooks.values()) {
				const isOfPayment = event === 'charge.completed' && subjectId === paidBy(linkUrl);
				if (isOfPayment) await simulator.repeatHook(id);
			}
		},
		secrets: () => [
			simulator.secretKey,
			SECRET_HASH,
			...[...simulator.store.transactions.values()].map(({ cardToken }) => cardToken ?? ''),
		],
		webhookUrl: () => simulator.dashboard.webhookUrl,
		hostileDeliveries: () => hostileDeliveries(simulator),
		close: async () => await simulator.close(),
	};
}

function booksOf({ store }: FlutterwaveSimulator, leadId: number): GatewayBooks {
	const links = [...store.links.values()].filter(
		({ meta }) => meta[LEAD_KEYS.leadId] === String(leadId),
	);
	const transactions = links.flatMap((link) => store.transactionsOf(link));
	return {
		openLinks: links.filter(({ disabled, paid }) => !disabled && !paid).map(({ url }) => url),
		payments: transactions
			.filter(({ status }) => status === 'successful')
			.map((transaction) => ({
				id: String(transaction.id),
				amount: Math.round(transaction.amount * 100),
				refunds: store.refundsOf(transaction).map(({ amount }) => Math.round(amount * 100)),
			})),
		declined: transactions.filter(({ status }) => status === 'failed').length,
	};
}

function hostileDeliveries(simulator: FlutterwaveSimulator): HostileDelivery[] {
	const [genuine] = simulator.store.hooks.values();
	if (!genuine) throw new Error('No webhook was sent yet.');
	const { body } = genuine;
	const json = { 'content-type': 'application/json;charset=utf-8' };
	const signed = (secret: string) => ({
		...json,
		'flutterwave-signature': createHmac('sha256', secret).update(body).digest('base64'),
	});
	return [
		{ name: "somebody else's hash", headers: { ...json, 'verif-hash': 'guessed' }, body },
		{
			name: 'the hash in other letters',
			headers: { ...json, 'verif-hash': SECRET_HASH.toUpperCase() },
			body,
		},
		{
			name: 'a part of the hash',
			headers: { ...json, 'verif-hash': SECRET_HASH.slice(0, -1) },
			body,
		},
		{ name: 'no hash', headers: json, body },
		{ name: 'an empty hash', headers: { ...json, 'verif-hash': '' }, body },
		{ name: 'a signature under another secret', headers: signed('guessed'), body },
		{
			name: 'a changed body under a genuine signature',
			headers: signed(SECRET_HASH),
			body: Buffer.concat([body, Buffer.from(' ')]),
		},
	];
}
