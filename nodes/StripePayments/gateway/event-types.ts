/** The one table of what Stripe tells and what becomes of it. */
import type { PaymentEventType } from '../../core/payment-event';
import { chargeRefunded } from './payment-events/charge';
import {
	checkoutCompleted,
	delayedPaymentFailed,
	delayedPaymentSucceeded,
} from './payment-events/checkout-session';
import { disputeClosed, disputeOpened } from './payment-events/dispute';
import { invoiceFailed, invoicePaid } from './payment-events/invoice';
import type { ReadPaymentEvents } from './payment-events/payment-event';
import { intentFailed, intentProcessing, intentSucceeded } from './payment-events/payment-intent';
import { refundChanged } from './payment-events/refund';
import {
	subscriptionCreated,
	subscriptionDeleted,
	subscriptionUpdated,
} from './payment-events/subscription';

export interface StripeEventKind {
	/** What it can turn into. */
	types: readonly PaymentEventType[];
	/**
	 * When our webhooks listen to it: always, only where payments are taken outside of links too, or never, because
	 * another event tells the same; such an event is understood all the same when a webhook made by hand sends it.
	 */
	listen: 'always' | 'with payment intents' | 'never';
	read: ReadPaymentEvents;
}

/**
 * Left out on purpose: `checkout.session.expired` (each opening of a link that came to nothing, a day later),
 * `charge.succeeded` and `invoice_payment.paid` (other words for what others tell with more).
 */
const KINDS: Readonly<Record<string, StripeEventKind>> = {
	'checkout.session.completed': {
		types: ['payment.succeeded', 'payment.pending'],
		listen: 'always',
		read: checkoutCompleted,
	},
	'checkout.session.async_payment_succeeded': {
		types: ['payment.succeeded'],
		listen: 'always',
		read: delayedPaymentSucceeded,
	},
	'checkout.session.async_payment_failed': {
		types: ['payment.failed'],
		listen: 'always',
		read: delayedPaymentFailed,
	},
	'payment_intent.succeeded': {
		types: ['payment.succeeded'],
		listen: 'with payment intents',
		read: intentSucceeded,
	},
	'payment_intent.processing': {
		types: ['payment.pending'],
		listen: 'with payment intents',
		read: intentProcessing,
	},
	'payment_intent.payment_failed': {
		types: ['payment.failed'],
		listen: 'always',
		read: intentFailed,
	},
	'invoice.paid': { types: ['payment.succeeded'], listen: 'always', read: invoicePaid },
	'invoice.payment_succeeded': { types: ['payment.succeeded'], listen: 'never', read: invoicePaid },
	'invoice.payment_failed': { types: ['payment.failed'], listen: 'always', read: invoiceFailed },
	'charge.refunded': { types: ['payment.refunded'], listen: 'always', read: chargeRefunded },
	'refund.failed': { types: ['payment.refunded'], listen: 'always', read: refundChanged },
	'refund.created': { types: ['payment.refunded'], listen: 'never', read: refundChanged },
	'refund.updated': { types: ['payment.refunded'], listen: 'never', read: refundChanged },
	'charge.refund.updated': { types: ['payment.refunded'], listen: 'never', read: refundChanged },
	'charge.dispute.created': { types: ['payment.disputed'], listen: 'always', read: disputeOpened },
	'charge.dispute.closed': {
		types: ['payment.dispute_closed'],
		listen: 'always',
		read: disputeClosed,
	},
	'customer.subscription.created': {
		types: ['subscription.activated'],
		listen: 'always',
		read: subscriptionCreated,
	},
	'customer.subscription.updated': {
		types: ['subscription.activated', 'subscription.updated', 'subscription.past_due'],
		listen: 'always',
		read: subscriptionUpdated,
	},
	'customer.subscription.deleted': {
		types: ['subscription.canceled'],
		listen: 'always',
		read: subscriptionDeleted,
	},
};

/** What each of them can become. */
export const EVENTS: Readonly<Record<string, readonly PaymentEventType[]>> = Object.fromEntries(
	Object.entries(KINDS).map(([name, { types }]) => [name, types]),
);

/** undefined for events that mean nothing to us */
export function eventKind(eventType: string): StripeEventKind | undefined {
	return Object.hasOwn(KINDS, eventType) ? KINDS[eventType] : undefined;
}

/**
 * The Stripe events to listen to, such that each payment is told as succeeded exactly once.
 * @param options.includePaymentIntents for merchants who take payments outside of links; the payment id keeps one
 * that both a page and its intent tell of a single payment
 */
export function eventsToListenTo(
	types: readonly PaymentEventType[],
	options: { includePaymentIntents: boolean },
): string[] {
	const wanted = (kind: StripeEventKind) =>
		kind.types.some((type) => types.includes(type)) &&
		(kind.listen === 'always' ||
			(kind.listen === 'with payment intents' && options.includePaymentIntents));
	return Object.entries(KINDS)
		.filter(([, kind]) => wanted(kind))
		.map(([name]) => name);
}
