import schema from '../../specs/stripe-params-2026-10-28.endive.schema.json';
import { PAYMENT_EVENT_TYPES } from '../../../nodes/core/payment-event';
import { eventsToListenTo } from '../../../nodes/StripePayments/gateway/event-types';

const links = { includePaymentIntents: false };
const everything = { includePaymentIntents: true };

describe('the events that a webhook listens to', () => {
	it.each([
		[
			['payment.succeeded'],
			['checkout.session.completed', 'checkout.session.async_payment_succeeded', 'invoice.paid'],
		],
		[['payment.pending'], ['checkout.session.completed']],
		[
			['payment.failed'],
			[
				'checkout.session.async_payment_failed',
				'payment_intent.payment_failed',
				'invoice.payment_failed',
			],
		],
		[['payment.refunded'], ['charge.refunded', 'refund.failed']],
		[['payment.disputed'], ['charge.dispute.created']],
		[['payment.dispute_closed'], ['charge.dispute.closed']],
		[
			['subscription.activated'],
			['customer.subscription.created', 'customer.subscription.updated'],
		],
		[['subscription.updated', 'subscription.past_due'], ['customer.subscription.updated']],
		[['subscription.canceled'], ['customer.subscription.deleted']],
		[[], []],
	] as const)('for %j are %j', (types, events) => {
		expect(eventsToListenTo(types, links)).toEqual(events);
	});

	it('include those of payment intents only when payments are taken outside of links', () => {
		const added = eventsToListenTo(PAYMENT_EVENT_TYPES, everything).filter(
			(event) => !eventsToListenTo(PAYMENT_EVENT_TYPES, links).includes(event),
		);
		expect(added).toEqual(['payment_intent.succeeded', 'payment_intent.processing']);
	});

	it('all exist at Stripe, and fit into one request for past events', () => {
		const known: readonly string[] =
			schema.definitions['WebhookEndpointCreateParams.EnabledEvent'].enum;
		const all = eventsToListenTo(PAYMENT_EVENT_TYPES, everything);
		expect(all.filter((event) => !known.includes(event))).toEqual([]);
		expect(all.length).toBeLessThanOrEqual(20);
	});
});
