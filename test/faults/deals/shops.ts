/** What clients, merchants and banks do at each gateway, and what it sends then. */
import type { ProviderEvent, SimulatedProvider } from '../../engine/gateway/bench';
import { startSimulatedCheckoutCom } from '../../engine/CheckoutComPayments/checkout-com-bench';
import { startSimulatedFlutterwave } from '../../engine/FlutterwavePayments/flutterwave-bench';
import { startSimulatedPaddle } from '../../engine/PaddlePayments/paddle-bench';
import { startSimulatedStripe } from '../../engine/StripePayments/stripe-bench';
import { webhookBody } from '../../simulators/paddle/events/webhook-body';
import type { GatewayTriggerId } from '../matrix';

export interface Shop {
	readonly provider: SimulatedProvider;
	/** Everything it has told so far, oldest first, as it would be delivered. */
	told(): ProviderEvent[];
	/** @returns what the merchant knows the payment by */
	pay(linkUrl: string): Promise<string>;
	/** A refused attempt; the link can be tried again. */
	decline(linkUrl: string): Promise<void>;
	/** @param minor minor units; all that is left when left out */
	refund(payment: string, minor?: number): Promise<void>;
	/** The client finishes, the money comes later. @returns what settles it */
	payLater?(linkUrl: string): Promise<(arrives: boolean) => Promise<void>>;
	/** The client opens the link and never comes back. */
	abandon?(linkUrl: string): Promise<() => Promise<void>>;
	/** The client's bank takes the money back. @param minor minor units; all of it when left out @returns what closes the dispute */
	dispute?(payment: string, minor?: number): Promise<(won: boolean) => Promise<void>>;
}

export const SHOPS: Readonly<Record<GatewayTriggerId, () => Promise<Shop>>> = {
	stripe: openStripe,
	checkoutCom: openCheckoutCom,
	paddle: openPaddle,
	flutterwave: openFlutterwave,
};

function asEvent(id: string, event: object): ProviderEvent {
	return { id, body: Buffer.from(JSON.stringify(event, null, 2)) };
}

async function openStripe(): Promise<Shop> {
	const provider = await startSimulatedStripe();
	const { simulator } = provider;
	return {
		provider,
		told: () => simulator.store.events.oldestFirst().map((event) => asEvent(event.id, event)),
		pay: async (linkUrl) => (await simulator.pay(linkUrl)).paymentIntentId,
		decline: async (linkUrl) => void (await simulator.decline(linkUrl)),
		refund: async (payment, minor) => void (await simulator.refund(payment, minor)),
		async payLater(linkUrl) {
			const { sessionId } = await simulator.pay(linkUrl, { method: 'sepa_debit' });
			return async (arrives) => await simulator.settleDelayed(sessionId, arrives);
		},
		async abandon(linkUrl) {
			const { id } = await simulator.open(linkUrl);
			return async () => void (await simulator.expireSession(id));
		},
		async dispute(payment, minor) {
			const { id } = await simulator.dispute(payment, undefined, minor);
			return async (won) => void (await simulator.closeDispute(id, won));
		},
	};
}

async function openCheckoutCom(): Promise<Shop> {
	const provider = await startSimulatedCheckoutCom();
	const { simulator } = provider;
	return {
		provider,
		told: () =>
			[...simulator.store.events.values()].map(({ id, type, at, data }) =>
				asEvent(id, { id, type, created_on: new Date(at).toISOString(), data }),
			),
		pay: async (linkUrl) => (await simulator.pay(linkUrl)).id,
		decline: async (linkUrl) => void (await simulator.decline(linkUrl)),
		refund: async (payment, minor) => void (await simulator.refund(payment, minor)),
		async payLater(linkUrl) {
			const { id } = await simulator.leaveToPay(linkUrl);
			return async (arrives) =>
				void (arrives ? await simulator.succeed(id) : await simulator.expirePayment(id));
		},
		async dispute(payment, minor) {
			const { id } = await simulator.dispute(payment, { amount: minor });
			return async (won) => void (await simulator.moveDispute(id, won ? 'won' : 'lost'));
		},
	};
}

async function openPaddle(): Promise<Shop> {
	const provider = await startSimulatedPaddle();
	const { simulator } = provider;
	return {
		provider,
		told: () =>
			simulator.store.events.oldestFirst().map((event) => ({
				id: event.event_id,
				body: webhookBody(event, 'ntf_of_the_test'),
			})),
		pay: async (linkUrl) => simulator.pay(linkUrl).id,
		decline: async (linkUrl) => void simulator.decline(linkUrl),
		refund: async (payment, minor) => {
			simulator.approve(simulator.refund(payment, minor).id);
		},
		async dispute(payment, minor) {
			simulator.chargeback(payment, minor);
			return async (won) => {
				if (won) simulator.chargebackReverse(payment);
			};
		},
	};
}

async function openFlutterwave(): Promise<Shop> {
	const provider = await startSimulatedFlutterwave();
	const { simulator } = provider;
	return {
		provider,
		told: () =>
			[...simulator.store.hooks.values()].map(({ event, subjectId, status, body }) => ({
				id: `flw:${event}:${subjectId}:${status}`,
				body,
			})),
		pay: async (linkUrl) => String((await simulator.pay(linkUrl)).id),
		decline: async (linkUrl) => void (await simulator.decline(linkUrl)),
		// Major units, and only currencies with hundredths are used here.
		refund: async (payment, minor) =>
			void (await simulator.refund(payment, minor === undefined ? undefined : minor / 100)),
		async payLater(linkUrl) {
			const { id } = await simulator.payPending(linkUrl);
			return async (arrives) => void (await simulator.settlePending(id, arrives));
		},
	};
}
