import fc from 'fast-check';
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { anyOrderOf } from './any-order';
import { LeadUnderTest } from './lead-under-test';
import {
	disputeClosed,
	disputed,
	failed,
	paymentEvent,
	pending,
	refundEvent,
	secondsLater,
} from './payment-events';

describe('whatever the order in which events arrive', () => {
	const full = [
		pending({ occurredAt: secondsLater(0) }),
		failed({ occurredAt: secondsLater(10) }),
		paymentEvent({ occurredAt: secondsLater(20) }),
		refundEvent(2_000, false, { occurredAt: secondsLater(30) }),
		refundEvent(5_000, false, { occurredAt: secondsLater(40) }),
		refundEvent(10_000, true, { occurredAt: secondsLater(50) }),
		disputed({ occurredAt: secondsLater(60) }),
		disputeClosed('won', { occurredAt: secondsLater(70) }),
	];
	const stories: Array<[string, PaymentEvent[], string]> = [
		['a payment, refunded step by step, its dispute won', full, 'Refunded'],
		[
			'a payment, partly refunded, its dispute won',
			[...full.slice(0, 5), ...full.slice(6)],
			'Partially Refunded',
		],
		[
			'a payment, partly refunded, its dispute lost',
			[...full.slice(0, 5), full[6]!, disputeClosed('lost', { occurredAt: secondsLater(70) })],
			'Refunded',
		],
		['a payment, its dispute open', [...full.slice(0, 4), full[6]!], 'Disputed'],
		['a payment after a failure', full.slice(0, 3), 'Paid'],
		['a failure', full.slice(0, 2), 'Failed'],
		[
			'a payment of too little, its dispute won',
			[...full.slice(0, 2), paymentEvent({ amountMinor: 9_000 }), full[6]!, full[7]!],
			'Awaiting',
		],
		[
			'a payment whose refund failed',
			[full[2]!, full[3]!, refundEvent(0, false, { occurredAt: secondsLater(35) })],
			'Paid',
		],
		[
			'a payment whose refund failed and was made again',
			[
				full[2]!,
				full[3]!,
				refundEvent(0, false, { occurredAt: secondsLater(35) }),
				refundEvent(2_000, false, { occurredAt: secondsLater(45) }),
			],
			'Partially Refunded',
		],
		[
			'a payment of whose two refunds the second failed',
			[full[2]!, full[3]!, full[4]!, refundEvent(2_000, false, { occurredAt: secondsLater(45) })],
			'Partially Refunded',
		],
		[
			'events of one second',
			full.map((event) => ({ ...event, occurredAt: secondsLater(0) })),
			'Refunded',
		],
	];

	it.each(stories)('%s ends in the same ledger, status and sums', (_name, events, status) => {
		const inOrder = new LeadUnderTest().applyAll(events).fields;
		expect(inOrder.status).toBe(status);
		fc.assert(
			fc.property(anyOrderOf(events), (shuffled) => {
				const lead = new LeadUnderTest().applyAll(shuffled);
				expect(lead.fields).toEqual(inOrder);
			}),
			{ numRuns: 400 },
		);
	});

	it.each(stories)('%s: telling any part of it again changes nothing', (_name, events) => {
		fc.assert(
			fc.property(anyOrderOf(events), fc.nat(events.length), (shuffled, count) => {
				const lead = new LeadUnderTest().applyAll(shuffled);
				const { fields } = lead;
				for (const event of shuffled.slice(0, count)) {
					const decision = lead.apply({ ...event, eventId: 'told again' });
					expect(['duplicate', 'stale']).toContain(decision.outcome);
					expect(decision.changes).toEqual({});
				}
				expect(lead.fields).toEqual(fields);
			}),
		);
	});

	it('several payments of several gateways end in the same sums, told once or more', () => {
		const part = (paymentId: string, seconds: number, amountMinor: number) =>
			paymentEvent({ paymentId, amountMinor, occurredAt: secondsLater(seconds) });
		const events = [
			part('pi_1', 5, 3_000),
			part('pi_2', 5, 3_000),
			{ ...part('txn_3', 1, 4_000), gateway: 'paddle' as const },
			failed({ paymentId: 'pi_2', amountMinor: 3_000, occurredAt: secondsLater(2) }),
			refundEvent(1_000, false, {
				paymentId: 'pi_1',
				amountMinor: 3_000,
				occurredAt: secondsLater(9),
			}),
			refundEvent(3_000, true, {
				paymentId: 'pi_1',
				amountMinor: 3_000,
				occurredAt: secondsLater(10),
			}),
			disputed({ paymentId: 'txn_3', gateway: 'paddle', amountMinor: 4_000 }),
			disputeClosed('lost', { paymentId: 'txn_3', gateway: 'paddle', amountMinor: 4_000 }),
		];
		const policy = { acceptPartialPayments: true };
		const inOrder = new LeadUnderTest(undefined, policy).applyAll(events).fields;
		expect(inOrder).toMatchObject({
			status: 'Partially Refunded',
			amountPaid: '100.00',
			refunded: '70.00',
			paymentId: 'pi_2',
		});
		fc.assert(
			fc.property(anyOrderOf([...events, ...events.slice(0, 4)]), (shuffled) => {
				expect(new LeadUnderTest(undefined, policy).applyAll(shuffled).fields).toEqual(inOrder);
			}),
		);
	});
});
