import { parseMoney } from '../../../nodes/core/money';
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { LeadUnderTest } from './lead-under-test';
import {
	disputeClosed,
	disputed,
	failed,
	paymentEvent,
	pending,
	refundEvent,
	secondsLater,
	subscription,
} from './payment-events';

/** Unix seconds of the first event. */
const START = Date.parse('2026-11-20T10:00:00Z') / 1000;

describe('a payment as asked for', () => {
	it('makes the lead Paid and fills its fields', () => {
		const lead = new LeadUnderTest();
		const decision = lead.apply(paymentEvent({ invoiceNumber: 'INV-1', planName: 'Gold' }));
		const line = '2026-11-20 10:00:00Z | stripe | pi_1 | paid | 100.00 EUR | INV-1';
		expect(decision).toMatchObject({
			outcome: 'applied',
			status: 'Paid',
			entry: { fact: 'paid', id: 'pi_1' },
			note: `Payment received: 100.00 EUR by card. Invoice INV-1.\n${line}`,
		});
		expect(decision.changes).toEqual({
			ledger: line,
			status: 'Paid',
			amountPaid: '100.00',
			currency: 'EUR',
			paidAt: START,
			paymentId: 'pi_1',
			gateway: 'stripe',
			invoiceNumber: 'INV-1',
			planName: 'Gold',
		});
	});

	it('is a duplicate the second time, by whichever event it is told; its note can still be repaired', () => {
		const lead = new LeadUnderTest();
		const first = lead.apply(paymentEvent());
		const again = lead.apply(
			paymentEvent({
				eventId: 'evt_2',
				eventType: 'payment_intent.succeeded',
				occurredAt: secondsLater(7),
			}),
		);
		expect(again).toMatchObject({ outcome: 'duplicate', changes: {}, status: 'Paid' });
		expect(again.entry).toEqual(first.entry);
		expect(again.note).toBe(first.note);
	});

	it.each(['Awaiting', 'Overdue', 'Failed', 'Not Issued'] as const)(
		'told of again puts back a status of %s that was written over Paid',
		(status) => {
			const lead = new LeadUnderTest().applyAll([paymentEvent()]);
			lead.fields.status = status;
			const again = lead.apply(paymentEvent({ eventId: 'evt_2' }));
			expect(again).toMatchObject({
				outcome: 'duplicate',
				status: 'Paid',
				changes: { status: 'Paid' },
			});
		},
	);

	it('told of again leaves a deal alone that waits for the rest, or was given back', () => {
		const partly = new LeadUnderTest(parseMoney('200.00', 'EUR'), { acceptPartialPayments: true });
		partly.applyAll([paymentEvent()]);
		partly.fields.status = 'Awaiting';
		expect(partly.apply(paymentEvent()).changes).toEqual({});
		const refunded = new LeadUnderTest().applyAll([paymentEvent(), refundEvent(10_000, true)]);
		refunded.fields.status = 'Awaiting';
		expect(refunded.apply(paymentEvent()).changes).toEqual({});
		const canceled = new LeadUnderTest().applyAll([paymentEvent()]);
		canceled.fields.status = 'Canceled';
		expect(canceled.apply(paymentEvent()).changes).toEqual({});
	});

	it('keeps what people typed into the ledger field', () => {
		const lead = new LeadUnderTest();
		lead.fields.ledger = 'promised by phone';
		lead.apply(paymentEvent());
		expect(lead.fields.ledger?.split('\n')).toEqual([
			'promised by phone',
			'2026-11-20 10:00:00Z | stripe | pi_1 | paid | 100.00 EUR',
		]);
	});

	it('may be of any amount when nobody said how much is due', () => {
		expect(new LeadUnderTest(null).apply(paymentEvent({ amountMinor: 1 })).outcome).toBe('applied');
	});
});

describe('a payment that is not as asked for', () => {
	it.each<[string, Partial<PaymentEvent>, string]>([
		['too little', { amountMinor: 9_999 }, 'Only 99.99 EUR of 100.00 EUR was paid.'],
		[
			'too much',
			{ amountMinor: 10_001 },
			'100.01 EUR was paid, but only 100.00 EUR was asked for.',
		],
		[
			'the right number in another currency',
			{ currency: 'USD' },
			'100.00 USD was paid, but the deal is in EUR.',
		],
		[
			'the right integer in a currency without decimals',
			{ currency: 'JPY' },
			'10000 JPY was paid, but the deal is in EUR.',
		],
		[
			'another currency, by a subscription',
			{ currency: 'USD', subscription: subscription() },
			'100.00 USD was paid, but the deal is in EUR.',
		],
	])('%s: goes to review and leaves the lead unpaid', (_name, parts, doubt) => {
		const lead = new LeadUnderTest();
		const decision = lead.apply(paymentEvent(parts));
		expect(decision).toMatchObject({
			outcome: 'review',
			reason: doubt,
			note: null,
			status: 'Awaiting',
			entry: { fact: 'review', id: 'pi_1', detail: doubt },
		});
		expect(Object.keys(decision.changes).sort()).toEqual(['ledger', 'status']);
		expect(lead.apply(paymentEvent(parts))).toMatchObject({
			outcome: 'duplicate',
			changes: {},
			note: null,
			entry: { fact: 'review' },
		});
	});

	it('counts as a part of it where that is allowed, until the rest comes', () => {
		const lead = new LeadUnderTest(undefined, { acceptPartialPayments: true });
		expect(lead.apply(paymentEvent({ amountMinor: 4_000 }))).toMatchObject({
			outcome: 'applied',
			status: 'Partially Paid',
		});
		expect(lead.fields.amountPaid).toBe('40.00');
		const rest = paymentEvent({
			amountMinor: 6_000,
			paymentId: 'pi_2',
			occurredAt: secondsLater(5),
		});
		expect(lead.apply(rest)).toMatchObject({ outcome: 'applied', status: 'Paid' });
		expect(lead.fields).toMatchObject({ amountPaid: '100.00', paymentId: 'pi_2' });
	});

	it('goes to review when it exceeds what is left, partial payments or not', () => {
		const lead = new LeadUnderTest(undefined, { acceptPartialPayments: true });
		lead.apply(paymentEvent({ amountMinor: 4_000 }));
		expect(lead.apply(paymentEvent({ amountMinor: 6_001, paymentId: 'pi_2' }))).toMatchObject({
			outcome: 'review',
			reason: '60.01 EUR was paid on top of 40.00 EUR; only 100.00 EUR was asked for.',
			status: 'Partially Paid',
		});
	});

	it('goes to review when the deal is paid already', () => {
		const lead = new LeadUnderTest();
		lead.apply(paymentEvent());
		const second = lead.apply(paymentEvent({ paymentId: 'pi_2' }));
		expect(second).toMatchObject({ outcome: 'review', status: 'Paid' });
		expect(lead.fields.amountPaid).toBe('100.00');
	});

	it('is as asked for when the payment before it was refunded', () => {
		const lead = new LeadUnderTest().applyAll([
			paymentEvent(),
			refundEvent(10_000, true, { occurredAt: secondsLater(1) }),
		]);
		const second = { paymentId: 'pi_2', occurredAt: secondsLater(2) };
		expect(lead.apply(paymentEvent(second)).outcome).toBe('applied');
		expect(lead.fields).toMatchObject({
			status: 'Paid',
			amountPaid: '200.00',
			refunded: '100.00',
			paymentId: 'pi_2',
		});
	});

	it('goes to review when it exceeds what a refund has left open', () => {
		const lead = new LeadUnderTest().applyAll([
			paymentEvent(),
			refundEvent(4_000, false, { occurredAt: secondsLater(1) }),
		]);
		const second = { paymentId: 'pi_2', amountMinor: 4_001, occurredAt: secondsLater(2) };
		expect(lead.apply(paymentEvent(second))).toMatchObject({
			outcome: 'review',
			reason: '40.01 EUR was paid on top of 60.00 EUR; only 100.00 EUR was asked for.',
		});
	});

	it('must be in the currency of the payments before it when the deal names none', () => {
		const lead = new LeadUnderTest(null);
		lead.apply(paymentEvent());
		expect(lead.apply(paymentEvent({ paymentId: 'pi_2', currency: 'USD' })).outcome).toBe('review');
	});

	it('is accepted once somebody has put the amount due right', () => {
		const lead = new LeadUnderTest();
		lead.apply(paymentEvent({ amountMinor: 9_000 }));
		lead.due = parseMoney('90.00', 'EUR');
		const accepted = lead.apply(paymentEvent({ amountMinor: 9_000, eventId: 'polled' }));
		expect(accepted).toMatchObject({ outcome: 'applied', status: 'Paid' });
		expect(lead.fields).toMatchObject({ amountPaid: '90.00', paymentId: 'pi_1' });
		expect(lead.fields.ledger).not.toContain('review');
	});

	it('follows a failure without leaving the lead Failed', () => {
		const lead = new LeadUnderTest().applyAll([failed(), paymentEvent({ amountMinor: 9_000 })]);
		expect(lead.fields.status).toBe('Awaiting');
	});

	it('counts neither as paid nor, when it is refunded, as returned', () => {
		const lead = new LeadUnderTest();
		lead.apply(paymentEvent({ amountMinor: 9_000 }));
		const refund = lead.apply(refundEvent(9_000, true, { amountMinor: 9_000 }));
		expect(refund).toMatchObject({ outcome: 'applied', status: 'Awaiting' });
		expect(lead.fields.amountPaid).toBeUndefined();
		expect(lead.fields.refunded).toBeUndefined();
	});
});

describe('an event that is ignored', () => {
	it.each<[string, PaymentEvent, string]>([
		['simulated', paymentEvent({ simulated: true }), 'A simulated event: nothing was written.'],
		['of no money', paymentEvent({ amountMinor: 0 }), 'No money moved.'],
		[
			'of no money, for a trial',
			paymentEvent({ amountMinor: 0, subscription: subscription() }),
			'No money moved.',
		],
		[
			'without its payment',
			paymentEvent({ paymentId: null }),
			'The checkout.session.completed event names no payment.',
		],
		[
			'without its subscription',
			paymentEvent({ type: 'subscription.canceled', eventType: 'customer.subscription.deleted' }),
			'The customer.subscription.deleted event names no payment.',
		],
	])('because it is %s changes nothing', (_name, event, reason) => {
		const lead = new LeadUnderTest();
		expect(lead.apply(event)).toMatchObject({
			outcome: 'ignored',
			reason,
			entry: null,
			note: null,
			changes: {},
			status: null,
		});
	});

	it('is applied all the same when simulated events are wanted', () => {
		const lead = new LeadUnderTest(undefined, { applySimulated: true });
		expect(lead.apply(paymentEvent({ simulated: true })).outcome).toBe('applied');
	});
});

describe('state only moves forward', () => {
	type Case = [string, PaymentEvent[], PaymentEvent, string, string];
	it.each<Case>([
		[
			'a failure after the payment',
			[paymentEvent()],
			failed({ occurredAt: secondsLater(9) }),
			'stale',
			'Paid',
		],
		[
			'a start after the payment',
			[paymentEvent()],
			pending({ occurredAt: secondsLater(9) }),
			'stale',
			'Paid',
		],
		[
			'a payment after its failure',
			[failed()],
			paymentEvent({ occurredAt: secondsLater(9) }),
			'applied',
			'Paid',
		],
		[
			'a payment that an older clock tells of after its failure',
			[failed({ occurredAt: secondsLater(9) })],
			paymentEvent(),
			'applied',
			'Paid',
		],
		['an older failure', [failed({ occurredAt: secondsLater(9) })], failed(), 'stale', 'Failed'],
		['a newer failure', [failed()], failed({ occurredAt: secondsLater(9) }), 'applied', 'Failed'],
		['the same failure', [failed()], failed({ eventId: 'evt_2' }), 'duplicate', 'Failed'],
		[
			'a start after a failure',
			[failed()],
			pending({ occurredAt: secondsLater(9) }),
			'applied',
			'Awaiting',
		],
		['a start', [], pending(), 'applied', 'Awaiting'],
		['a refund before its payment', [], refundEvent(10_000, true), 'applied', 'Refunded'],
		[
			'the payment of a known refund',
			[refundEvent(10_000, true)],
			paymentEvent(),
			'applied',
			'Refunded',
		],
		[
			'the payment of a known part refund',
			[refundEvent(100, false)],
			paymentEvent(),
			'applied',
			'Partially Refunded',
		],
		['a part refund', [paymentEvent()], refundEvent(100, false), 'applied', 'Partially Refunded'],
		[
			'the same refund by another event',
			[paymentEvent(), refundEvent(100, false)],
			refundEvent(100, false, { occurredAt: secondsLater(60) }),
			'duplicate',
			'Partially Refunded',
		],
		[
			'an older part refund',
			[paymentEvent(), refundEvent(10_000, true, { occurredAt: secondsLater(9) })],
			refundEvent(100, false),
			'applied',
			'Refunded',
		],
		[
			'a refund that failed',
			[paymentEvent(), refundEvent(100, false)],
			refundEvent(0, false, { occurredAt: secondsLater(9) }),
			'applied',
			'Paid',
		],
		['a dispute', [paymentEvent()], disputed(), 'applied', 'Disputed'],
		['a dispute before its payment', [], disputed(), 'applied', 'Disputed'],
		['the payment of a known dispute', [disputed()], paymentEvent(), 'applied', 'Disputed'],
		[
			'more news of the dispute',
			[paymentEvent(), disputed()],
			disputed({ occurredAt: secondsLater(9) }),
			'duplicate',
			'Disputed',
		],
		['a dispute won', [paymentEvent(), disputed()], disputeClosed('won'), 'applied', 'Paid'],
		['a dispute lost', [paymentEvent(), disputed()], disputeClosed('lost'), 'applied', 'Refunded'],
		[
			'a dispute told of after its end',
			[paymentEvent(), disputeClosed('won')],
			disputed(),
			'stale',
			'Paid',
		],
		[
			'a dispute lost after part of it was refunded',
			[paymentEvent(), refundEvent(4_000, false), disputed()],
			disputeClosed('lost'),
			'applied',
			'Refunded',
		],
	])('%s', (_name, before, event, outcome, status) => {
		const lead = new LeadUnderTest().applyAll(before);
		const decision = lead.apply(event);
		expect([decision.outcome, decision.status]).toEqual([outcome, status]);
		expect(lead.fields.status).toBe(status);
	});

	it('a refund that failed and is made again counts again', () => {
		const lead = new LeadUnderTest().applyAll([
			paymentEvent(),
			refundEvent(10_000, true, { occurredAt: secondsLater(1) }),
			refundEvent(0, false, { occurredAt: secondsLater(2) }),
			refundEvent(10_000, true, { occurredAt: secondsLater(3) }),
		]);
		expect(lead.fields).toMatchObject({ status: 'Refunded', refunded: '100.00' });
	});

	it('a refund whose second part fails goes back to the first', () => {
		const lead = new LeadUnderTest().applyAll([
			paymentEvent(),
			refundEvent(4_000, false, { occurredAt: secondsLater(1) }),
			refundEvent(10_000, true, { occurredAt: secondsLater(2) }),
			refundEvent(4_000, false, { occurredAt: secondsLater(3) }),
		]);
		expect(lead.fields).toMatchObject({ status: 'Partially Refunded', refunded: '40.00' });
	});

	it('the same refund by a later event only moves its line to the later time', () => {
		const lead = new LeadUnderTest().applyAll([paymentEvent(), refundEvent(4_000, false)]);
		const before = lead.fields;
		const told = refundEvent(4_000, false, { occurredAt: secondsLater(1) });
		const { outcome, changes } = lead.apply(told);
		expect(outcome).toBe('duplicate');
		expect(Object.keys(changes)).toEqual(['ledger']);
		expect(changes.ledger).toBe(before.ledger?.replace(/10:00:00Z(?=.*refunded)/, '10:00:01Z'));
		expect(lead.apply(told).changes).toEqual({});
	});

	it('a dispute is settled even where the payment was never told of', () => {
		const lead = new LeadUnderTest().applyAll([disputed(), disputeClosed('won')]);
		expect(lead.fields.status).toBe('Paid');
		expect(lead.fields.amountPaid).toBeUndefined();
	});

	it('the lead names payment and gateway of its last payment, whatever was told last', () => {
		const lead = new LeadUnderTest(null).applyAll([
			paymentEvent({ paymentId: 'pi_1', invoiceNumber: 'INV-1' }),
			paymentEvent({
				paymentId: 'txn_2',
				gateway: 'paddle',
				occurredAt: secondsLater(9),
				invoiceNumber: 'INV-2',
				planName: 'Gold',
			}),
			refundEvent(100, false, {
				paymentId: 'pi_1',
				occurredAt: secondsLater(20),
				invoiceNumber: 'INV-1',
				planName: 'Silver',
			}),
			failed({ paymentId: 'pi_0', occurredAt: secondsLater(5), invoiceNumber: 'INV-0' }),
			paymentEvent({ paymentId: 'pi_3', occurredAt: secondsLater(-60), invoiceNumber: 'INV-3' }),
		]);
		expect(lead.fields).toMatchObject({
			paymentId: 'txn_2',
			gateway: 'paddle',
			paidAt: START + 9,
			invoiceNumber: 'INV-2',
			planName: 'Gold',
			amountPaid: '300.00',
		});
	});

	it('before any payment the lead names the one that is on its way', () => {
		const lead = new LeadUnderTest().applyAll([
			failed({ gateway: 'flutterwave', invoiceNumber: 'INV-9' }),
		]);
		expect(lead.fields).toMatchObject({
			paymentId: 'pi_1',
			gateway: 'flutterwave',
			invoiceNumber: 'INV-9',
		});
		expect(lead.fields.paidAt).toBeUndefined();
	});

	it('the invoice of a later attempt is shown', () => {
		const lead = new LeadUnderTest(null).applyAll([
			paymentEvent({ invoiceNumber: 'INV-1' }),
			failed({ paymentId: 'pi_2', occurredAt: secondsLater(9), invoiceNumber: 'INV-2' }),
		]);
		expect(lead.fields).toMatchObject({ invoiceNumber: 'INV-2', paymentId: 'pi_1' });
	});
});
