/** The one table of what Checkout.com tells and what becomes of it. */
import type { PaymentEventType } from '../../core/payment-event';
import { disputeLost, disputeOpened, disputeResolved, disputeWon } from './payment-events/dispute';
import {
	captureDeclined,
	paymentApproved,
	paymentCanceled,
	paymentCaptured,
	paymentDeclined,
	paymentExpired,
	paymentPending,
	paymentRefunded,
	paymentVoided,
	refundDeclined,
} from './payment-events/payment';
import type { ReadPaymentEvents } from './payment-events/payment-event';

export interface CheckoutComEventKind {
	/** What it can turn into. */
	types: readonly PaymentEventType[];
	/**
	 * Whether our webhooks listen to it only where authorizations are wanted: where money is captured at once, they
	 * tell of each payment a second before it is paid.
	 */
	onlyWithAuthorizations?: true;
	read: ReadPaymentEvents;
}

/**
 * Left out on purpose: `payment_paid` (a payout, nothing a client paid), `payment_refund_pending` (no
 * money has moved) and everything that is not about a payment.
 */
const KINDS: Readonly<Record<string, CheckoutComEventKind>> = {
	payment_captured: { types: ['payment.succeeded', 'payment.pending'], read: paymentCaptured },
	payment_approved: {
		types: ['payment.pending'],
		onlyWithAuthorizations: true,
		read: paymentApproved,
	},
	payment_capture_pending: {
		types: ['payment.pending'],
		onlyWithAuthorizations: true,
		read: paymentPending,
	},
	payment_pending: { types: ['payment.pending'], read: paymentPending },
	payment_declined: { types: ['payment.failed'], read: paymentDeclined },
	payment_capture_declined: { types: ['payment.failed'], read: captureDeclined },
	payment_expired: { types: ['payment.failed'], read: paymentExpired },
	payment_canceled: { types: ['payment.failed'], read: paymentCanceled },
	payment_voided: { types: ['payment.failed', 'payment.succeeded'], read: paymentVoided },
	payment_refunded: { types: ['payment.refunded'], read: paymentRefunded },
	payment_returned: { types: ['payment.refunded'], read: paymentRefunded },
	payment_refund_declined: { types: ['payment.refunded'], read: refundDeclined },
	dispute_received: { types: ['payment.disputed'], read: disputeOpened },
	dispute_evidence_required: { types: ['payment.disputed'], read: disputeOpened },
	dispute_won: { types: ['payment.dispute_closed'], read: disputeWon },
	dispute_lost: { types: ['payment.dispute_closed'], read: disputeLost },
	dispute_accepted: { types: ['payment.dispute_closed'], read: disputeLost },
	dispute_expired: { types: ['payment.dispute_closed'], read: disputeLost },
	dispute_canceled: { types: ['payment.dispute_closed'], read: disputeWon },
	// The card scheme may decide again after a dispute that was won.
	dispute_arbitration_won: { types: ['payment.dispute_closed'], read: disputeWon },
	dispute_arbitration_lost: { types: ['payment.dispute_closed'], read: disputeLost },
	dispute_resolved: { types: ['payment.dispute_closed'], read: disputeResolved },
};

/** What each of them can become. */
export const EVENTS: Readonly<Record<string, readonly PaymentEventType[]>> = Object.fromEntries(
	Object.entries(KINDS).map(([name, { types }]) => [name, types]),
);

/** undefined for events that mean nothing to us */
export function eventKind(eventType: string): CheckoutComEventKind | undefined {
	return Object.hasOwn(KINDS, eventType) ? KINDS[eventType] : undefined;
}

/** The Checkout.com events to listen to, such that each payment is told as succeeded exactly once. */
export function eventsToListenTo(
	types: readonly PaymentEventType[],
	options: { includeAuthorizations: boolean },
): string[] {
	return Object.entries(KINDS)
		.filter(([, kind]) => kind.types.some((type) => types.includes(type)))
		.filter(([, kind]) => options.includeAuthorizations || !kind.onlyWithAuthorizations)
		.map(([name]) => name);
}
