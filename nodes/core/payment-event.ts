/** The one object that every trigger, verification call and reconciliation emits. A rename here is a major version. */
import { isJsonObject, numberAt } from './json';

export const GATEWAY_IDS = ['stripe', 'checkoutCom', 'paddle', 'flutterwave'] as const;
export type GatewayId = (typeof GATEWAY_IDS)[number];

export const PAYMENT_EVENT_TYPES = [
	'payment.succeeded',
	'payment.pending',
	'payment.failed',
	'payment.refunded',
	'payment.disputed',
	'payment.dispute_closed',
	'subscription.activated',
	'subscription.updated',
	'subscription.past_due',
	'subscription.canceled',
] as const;
export type PaymentEventType = (typeof PAYMENT_EVENT_TYPES)[number];

export interface PaymentEvent {
	gateway: GatewayId;
	type: PaymentEventType;
	/** The provider's event id; for polled payments a stable synthetic id. */
	eventId: string;
	/** The provider's own name, e.g. 'checkout.session.completed'. */
	eventType: string;
	/** One canonical id per payment, whichever event told of it. */
	paymentId: string | null;
	/** What we sent as reference / tx_ref. */
	reference: string | null;
	leadId: number | null;
	contactId: number | null;
	responsibleUserId: number | null;
	/**
	 * Decimal in major units. For refunds this is the payment's own amount where it is known, for disputes the part of it
	 * that is disputed.
	 */
	amount: string;
	/** Integer in the currency's ISO 4217 minor unit. */
	amountMinor: number;
	currency: string;
	/** Cumulative: everything refunded of this payment so far. */
	refunded: { amount: string; amountMinor: number; total: boolean } | null;
	/** ISO 8601 UTC. */
	occurredAt: string;
	live: boolean;
	simulated: boolean;
	method: string | null;
	/** Why it failed or was canceled, in words; how a dispute ended: 'won' or 'lost'. */
	reason: string | null;
	customer: { name: string | null; email: string | null; phone: string | null };
	invoiceNumber: string | null;
	planName: string | null;
	subscription: {
		id: string;
		status: string;
		nextBillingAt: string | null;
		endsAt: string | null;
	} | null;
	/** The provider's body, unchanged. */
	raw: object;
}

/** Whether a value has what applying an event needs; the rest may have been edited away in a workflow. */
export function isPaymentEvent(value: unknown): value is PaymentEvent {
	return (
		isJsonObject(value) &&
		GATEWAY_IDS.some((gateway) => gateway === value.gateway) &&
		PAYMENT_EVENT_TYPES.some((type) => type === value.type) &&
		typeof value.currency === 'string' &&
		/^[A-Z]{3}$/.test(value.currency) &&
		Number.isSafeInteger(value.amountMinor) &&
		(!value.refunded || Number.isSafeInteger(numberAt(value, 'refunded', 'amountMinor'))) &&
		typeof value.occurredAt === 'string' &&
		Number.isFinite(Date.parse(value.occurredAt))
	);
}
