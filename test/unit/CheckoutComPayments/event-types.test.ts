import { PAYMENT_EVENT_TYPES } from '../../../nodes/core/payment-event';
import { eventsToListenTo } from '../../../nodes/CheckoutComPayments/gateway/event-types';
import { EVENT_SOURCES } from '../../simulators/checkout-com/events/event-types';

const links = { includeAuthorizations: false };

describe('the Checkout.com events that a webhook listens to', () => {
	it.each([
		[['payment.succeeded'], ['payment_captured', 'payment_voided']],
		[['payment.pending'], ['payment_captured', 'payment_pending']],
		[
			['payment.failed'],
			[
				'payment_declined',
				'payment_capture_declined',
				'payment_expired',
				'payment_canceled',
				'payment_voided',
			],
		],
		[['payment.refunded'], ['payment_refunded', 'payment_returned', 'payment_refund_declined']],
		[['payment.disputed'], ['dispute_received', 'dispute_evidence_required']],
		[
			['payment.dispute_closed'],
			[
				'dispute_won',
				'dispute_lost',
				'dispute_accepted',
				'dispute_expired',
				'dispute_canceled',
				'dispute_arbitration_won',
				'dispute_arbitration_lost',
				'dispute_resolved',
			],
		],
		[['subscription.activated'], []],
		[[], []],
	] as const)('for %j are %j', (types, events) => {
		expect(eventsToListenTo(types, links)).toEqual(events);
	});

	it('include authorizations only when they are wanted', () => {
		const added = eventsToListenTo(PAYMENT_EVENT_TYPES, { includeAuthorizations: true }).filter(
			(event) => !eventsToListenTo(PAYMENT_EVENT_TYPES, links).includes(event),
		);
		expect(added).toEqual(['payment_approved', 'payment_capture_pending']);
	});

	it('all exist at Checkout.com', () => {
		const known = EVENT_SOURCES.flatMap(({ types }) => types);
		const all = eventsToListenTo(PAYMENT_EVENT_TYPES, { includeAuthorizations: true });
		expect(all.filter((event) => !known.includes(event))).toEqual([]);
	});
});
