/** The one table of what Paddle tells and what becomes of it. */
import type { PaymentEventType } from '../../core/payment-event';
import { adjustmentChanged } from './payment-events/adjustment';
import type { ReadPaymentEvents } from './payment-events/payment-event';
import { subscriptionBecame } from './payment-events/subscription';
import {
	paymentFailed,
	transactionCanceled,
	transactionCompleted,
	transactionPastDue,
} from './payment-events/transaction';

export interface PaddleEventKind {
	/** What it can turn into. */
	types: readonly PaymentEventType[];
	read: ReadPaymentEvents;
}

/**
 * Left out on purpose: `transaction.paid` (`completed` follows in a moment and knows more), `transaction.updated` (never
 * tells of a refund) and `subscription.created` (`activated` or `trialing` is told at the same time).
 * https://developer.paddle.com/webhooks/overview
 */
const KINDS: Readonly<Record<string, PaddleEventKind>> = {
	'transaction.completed': { types: ['payment.succeeded'], read: transactionCompleted },
	'transaction.payment_failed': { types: ['payment.failed'], read: paymentFailed },
	'transaction.past_due': { types: ['payment.failed'], read: transactionPastDue },
	'transaction.canceled': { types: ['payment.failed'], read: transactionCanceled },
	'adjustment.created': {
		types: ['payment.refunded', 'payment.disputed', 'payment.dispute_closed'],
		read: adjustmentChanged,
	},
	'adjustment.updated': { types: ['payment.refunded'], read: adjustmentChanged },
	'subscription.activated': subscription('subscription.activated'),
	'subscription.trialing': subscription('subscription.activated'),
	'subscription.updated': subscription('subscription.updated'),
	'subscription.paused': subscription('subscription.updated'),
	'subscription.resumed': subscription('subscription.updated'),
	'subscription.past_due': subscription('subscription.past_due'),
	'subscription.canceled': subscription('subscription.canceled'),
};

function subscription(type: Parameters<typeof subscriptionBecame>[0]): PaddleEventKind {
	return { types: [type], read: subscriptionBecame(type) };
}

/** What each of them can become. */
export const EVENTS: Readonly<Record<string, readonly PaymentEventType[]>> = Object.fromEntries(
	Object.entries(KINDS).map(([name, { types }]) => [name, types]),
);

/** undefined for events that mean nothing to us */
export function eventKind(eventType: string): PaddleEventKind | undefined {
	return Object.hasOwn(KINDS, eventType) ? KINDS[eventType] : undefined;
}

/** The Paddle events to listen to, such that each payment is told as succeeded exactly once. */
export function eventsToListenTo(types: readonly PaymentEventType[]): string[] {
	return Object.entries(KINDS)
		.filter(([, kind]) => kind.types.some((type) => types.includes(type)))
		.map(([name]) => name);
}
