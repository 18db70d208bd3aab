import { createHmac } from 'node:crypto';
import { startCheckoutCom, type CheckoutComSimulator } from '../../simulators/checkout-com';
import { LEAD_KEYS } from '../../../nodes/core/lead-metadata';
import type { GatewayBooks, HostileDelivery, WorldGateway } from '../world-gateway';

export interface CheckoutComInWorld extends WorldGateway {
	readonly simulator: CheckoutComSimulator;
}

export async function startCheckoutComInWorld(): Promise<CheckoutComInWorld> {
	const simulator = await startCheckoutCom();
	const paymentOf = new Map<string, string>();
	return {
		id: 'checkoutCom',
		name: 'Checkout.com',
		templateFile: 'won-to-paid-with-checkout-com.json',
		credential: {
			name: 'Checkout.com (simulated)',
			type: 'checkoutComPaymentsApi',
			data: {
				environment: 'sandbox',
				prefix: 'vkuhvk4v',
				secretKey: simulator.secretKey,
				processingChannelId: simulator.processingChannelId,
				baseUrl: simulator.url,
			},
		},
		url: simulator.url,
		simulator,
		log: simulator.log,
		faults: simulator.faults,
		deliveries: simulator.deliveries,
		async pay(linkUrl) {
			const { id } = await simulator.pay(linkUrl);
			paymentOf.set(linkUrl, id);
		},
		async decline(linkUrl) {
			await simulator.decline(linkUrl);
		},
		async refund(linkUrl, amount) {
			const paymentId = paymentOf.get(linkUrl);
			if (!paymentId) throw new Error(`Nothing was paid by ${linkUrl}`);
			await simulator.refund(paymentId, amount && Math.round(amount * 100));
		},
		booksOf: (leadId) => booksOf(simulator, leadId),
		async resendPayment(linkUrl) {
			const events = simulator.store.eventsOf(paymentOf.get(linkUrl) ?? '');
			for (const { id, type } of events) {
				if (type === 'payment_captured') await simulator.resend(id);
			}
		},
		secrets: () => [
			simulator.secretKey,
			...[...simulator.store.workflows.values()].flatMap(({ actions }) =>
				actions.map(({ signature }) => signature?.key ?? ''),
			),
		],
		webhookUrl: () => actionOf(simulator).url,
		hostileDeliveries: () => hostileDeliveries(simulator),
		close: async () => await simulator.close(),
	};
}

function booksOf({ store, url }: CheckoutComSimulator, leadId: number): GatewayBooks {
	const links = [...store.links.values()].filter(
		({ request }) => String(request.metadata?.[LEAD_KEYS.leadId]) === String(leadId),
	);
	const linkIds = new Set(links.map(({ id }) => id));
	const payments = [...store.payments.values()].filter(({ linkId }) => linkIds.has(linkId));
	return {
		openLinks: links
			.filter(({ paid, expiresAt }) => !paid && expiresAt > Date.now())
			.map(({ id }) => `${url}/link/${id}`),
		payments: payments
			.filter(({ balances }) => balances.total_captured > 0)
			.map(({ id, balances, actions }) => ({
				id,
				amount: balances.total_captured,
				refunds: actions.filter(({ type }) => type === 'Refund').map(({ amount }) => amount),
			})),
		declined: payments.filter(({ status }) => status === 'Declined').length,
	};
}

function actionOf(simulator: CheckoutComSimulator) {
	const [workflow] = simulator.store.workflows.values();
	const action = workflow?.actions[0];
	if (!action) throw new Error('No workflow is registered.');
	return action;
}

/** Nothing is signed but the body, so there is no time to be wrong. */
function hostileDeliveries(simulator: CheckoutComSimulator): HostileDelivery[] {
	const [captured] = [...simulator.store.events.values()].filter(
		({ type }) => type === 'payment_captured',
	);
	const { id, type, at, data } = captured ?? { at: 0 };
	const body = JSON.stringify({ id, type, created_on: new Date(at).toISOString(), data }, null, 2);
	const key = actionOf(simulator).signature?.key ?? '';
	const sign = (signedWith: string, signed = body) => ({
		'content-type': 'application/json; charset=utf-8',
		'cko-signature': createHmac('sha256', signedWith).update(signed).digest('hex'),
	});
	const { 'content-type': contentType } = sign(key);
	return [
		{
			name: 'a changed amount under a genuine signature',
			headers: sign(key),
			body: Buffer.from(body.replace(/"amount": \d+/, '"amount": 1')),
		},
		{
			name: 'a body that was parsed and printed again',
			headers: sign(key),
			body: Buffer.from(JSON.stringify(JSON.parse(body))),
		},
		{
			name: "another workflow's key",
			headers: sign('somebody else'),
			body: Buffer.from(body),
		},
		{
			name: 'the secret key of the API as the key',
			headers: sign(simulator.secretKey),
			body: Buffer.from(body),
		},
		{
			name: 'no signature',
			headers: { 'content-type': contentType },
			body: Buffer.from(body),
		},
	];
}
