import fc from 'fast-check';
import { parseMoney } from '../../../nodes/core/money';
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { anyOrderOf } from './any-order';
import { LeadUnderTest } from './lead-under-test';
import { failed, paymentEvent, secondsLater, subscription } from './payment-events';

/** Unix seconds of the first event. */
const START = Date.parse('2026-11-20T10:00:00Z') / 1000;

describe('a subscription', () => {
	const DAY = 86_400;
	const dayTime = (day: number) => secondsLater(day * DAY);
	const nextBilling = (day: number) => ({ nextBillingAt: dayTime(day) });
	const activated = paymentEvent({
		type: 'subscription.activated',
		paymentId: null,
		planName: 'Gold',
		subscription: subscription(nextBilling(30)),
	});
	const renewal = (day: number, next: number, parts: Partial<PaymentEvent> = {}) =>
		paymentEvent({
			paymentId: `pi_day_${day}`,
			amountMinor: 900,
			occurredAt: dayTime(day),
			subscription: subscription(nextBilling(next)),
			...parts,
		});
	const updated = (day: number, parts: Parameters<typeof subscription>[0]) =>
		paymentEvent({
			type: 'subscription.updated',
			paymentId: null,
			planName: 'Gold',
			occurredAt: dayTime(day),
			subscription: subscription(parts),
		});
	const canceled = (day: number) =>
		paymentEvent({
			type: 'subscription.canceled',
			paymentId: null,
			occurredAt: dayTime(day),
			subscription: subscription({ status: 'canceled' }),
		});

	it('fills the lead’s fields with its start, renewals and end', () => {
		const lead = new LeadUnderTest(parseMoney('9.00', 'EUR'));
		lead.apply(activated);
		expect(lead.fields).toMatchObject({
			planName: 'Gold',
			subscriptionId: 'sub_1',
			subscriptionStatus: 'active',
			nextBilling: START + 30 * DAY,
		});
		expect(lead.fields.status).toBeUndefined();
		expect(lead.apply(renewal(0, 30))).toMatchObject({ outcome: 'applied', status: 'Paid' });
		// A renewal is not an overpayment of the deal.
		expect(lead.apply(renewal(30, 60))).toMatchObject({ outcome: 'applied', status: 'Paid' });
		expect(lead.fields).toMatchObject({
			amountPaid: '18.00',
			paymentId: 'pi_day_30',
			nextBilling: START + 60 * DAY,
		});
		lead.apply(canceled(31));
		expect(lead.fields).toMatchObject({
			status: 'Paid',
			subscriptionStatus: 'canceled',
			nextBilling: null,
		});
	});

	it('is overdue when a renewal fails, and paid again when that is made good', () => {
		const lead = new LeadUnderTest(null).applyAll([activated, renewal(0, 30)]);
		lead.apply(
			failed({ paymentId: 'pi_day_30', occurredAt: dayTime(30), subscription: subscription() }),
		);
		expect(lead.fields.status).toBe('Overdue');
		lead.apply(renewal(30, 60, { occurredAt: dayTime(31) }));
		expect(lead.fields.status).toBe('Paid');
	});

	it('that is past due without ever having been paid is overdue, and ends canceled', () => {
		const pastDue = paymentEvent({
			type: 'subscription.past_due',
			paymentId: null,
			occurredAt: dayTime(1),
			subscription: subscription({ status: 'past_due' }),
		});
		const lead = new LeadUnderTest().applyAll([activated, pastDue]);
		expect(lead.fields).toMatchObject({ status: 'Overdue', subscriptionStatus: 'past_due' });
		lead.apply(canceled(2));
		expect(lead.fields.status).toBe('Canceled');
	});

	it.each<[string, PaymentEvent[], number | null]>([
		['the start is told of after a renewal', [renewal(30, 60), activated], 60],
		['a renewal is told of after a later one', [renewal(30, 60), renewal(0, 30)], 60],
		[
			'a change to a shorter period is told of',
			[renewal(0, 365), updated(10, nextBilling(40))],
			40,
		],
		[
			'a payment is told of after a later change',
			[updated(10, nextBilling(40)), renewal(0, 365)],
			40,
		],
		['an undated change is told of after a payment', [renewal(30, 60), updated(10, {})], 60],
		['a renewal is told of after the end', [canceled(40), renewal(30, 60)], null],
		['the end is told of after a later payment', [renewal(30, 60), canceled(20)], null],
		['a change is told of after the end', [canceled(40), updated(50, nextBilling(99))], null],
	])('keeps the right next charge when %s', (_name, events, day) => {
		const lead = new LeadUnderTest(null).applyAll(events);
		expect(lead.fields.nextBilling).toBe(day === null ? null : START + day * DAY);
	});

	it('ends the same whatever the order in which its events arrive', () => {
		const events = [
			activated,
			renewal(0, 30),
			failed({ paymentId: 'pi_day_30', occurredAt: dayTime(30), subscription: subscription() }),
			renewal(31, 60, { paymentId: 'pi_day_30' }),
			updated(40, nextBilling(70)),
			renewal(70, 100),
			updated(75, { ...nextBilling(80), status: 'trialing' }),
		];
		const inOrder = new LeadUnderTest(null).applyAll(events).fields;
		expect(inOrder).toMatchObject({ status: 'Paid', nextBilling: START + 80 * DAY });
		fc.assert(
			fc.property(anyOrderOf(events), (shuffled) => {
				expect(new LeadUnderTest(null).applyAll(shuffled).fields).toEqual(inOrder);
			}),
		);
	});
});
