import type { PaymentEvent } from '../../../nodes/core/payment-event';
import {
	entriesToRecord,
	isUnseen,
	marksOf,
	wasOverwritten,
} from '../../../nodes/core/seen-events';
import { paymentEvent, refundEvent, subscription } from './payment-events';

/** n8n's durable memory: says which entries are new and keeps them all. */
class Memory {
	private readonly known = new Set<string>();

	/** Whether the event gets through in this execution. */
	lets(event: PaymentEvent, executionId = '1'): boolean {
		const marks = marksOf(event);
		const entries = entriesToRecord(marks, executionId);
		const fresh = new Set(entries.filter((entry) => !this.known.has(entry)));
		for (const entry of entries) this.known.add(entry);
		return isUnseen(marks, executionId, fresh);
	}
}

describe('an event', () => {
	let memory: Memory;
	beforeEach(() => {
		memory = new Memory();
	});

	it('gets through once', () => {
		expect(memory.lets(paymentEvent(), '1')).toBe(true);
		expect(memory.lets(paymentEvent(), '2')).toBe(false);
	});

	it('gets through again when the node runs twice in one execution', () => {
		expect(memory.lets(paymentEvent(), '1')).toBe(true);
		expect(memory.lets(paymentEvent(), '1')).toBe(true);
		expect(memory.lets(paymentEvent(), '2')).toBe(false);
	});

	it('is told from events of other gateways with the same ids', () => {
		expect(memory.lets(paymentEvent({ gateway: 'stripe' }))).toBe(true);
		expect(memory.lets(paymentEvent({ gateway: 'paddle' }), '2')).toBe(true);
	});

	it.each<[string, Partial<PaymentEvent>, Partial<PaymentEvent>, boolean]>([
		['one payment told of by two events', {}, { eventType: 'payment_intent.succeeded' }, false],
		['one payment told of at two times', {}, { occurredAt: '2026-11-20T10:00:09Z' }, false],
		['two payments', {}, { paymentId: 'pi_2' }, true],
		['a payment and its failure', { type: 'payment.failed' }, { type: 'payment.succeeded' }, true],
		[
			'two failures of one payment',
			{ type: 'payment.failed' },
			{ type: 'payment.failed', occurredAt: '2026-11-20T11:00:00Z' },
			true,
		],
		[
			'one failure told of by two events',
			{ type: 'payment.failed' },
			{ type: 'payment.failed' },
			false,
		],
		[
			'a dispute and its end',
			{ type: 'payment.disputed' },
			{ type: 'payment.dispute_closed' },
			true,
		],
		[
			'a dispute that was won and then lost in the next instance',
			{ type: 'payment.dispute_closed', reason: 'won' },
			{ type: 'payment.dispute_closed', reason: 'lost' },
			true,
		],
		[
			'one end of a dispute told of twice',
			{ type: 'payment.dispute_closed', reason: 'lost' },
			{ type: 'payment.dispute_closed', reason: 'lost', occurredAt: '2026-11-21T00:00:00Z' },
			false,
		],
		[
			'one dispute told of twice',
			{ type: 'payment.disputed' },
			{ type: 'payment.disputed', occurredAt: '2026-11-21T00:00:00Z' },
			false,
		],
		[
			'two refunds of one payment',
			refundEvent(300, false),
			refundEvent(500, false, { occurredAt: '2026-11-21T00:00:00Z' }),
			true,
		],
		[
			'a refund that failed and its repetition, which comes to the same sum',
			refundEvent(300, false),
			refundEvent(300, false, { occurredAt: '2026-11-21T00:00:00Z' }),
			true,
		],
		['one refund told of by two events', refundEvent(300, false), refundEvent(300, false), false],
		[
			'two changes of one subscription',
			{ type: 'subscription.updated', subscription: subscription() },
			{
				type: 'subscription.updated',
				subscription: subscription(),
				occurredAt: '2026-11-21T00:00:00Z',
			},
			true,
		],
		[
			'changes of two subscriptions at one time',
			{ type: 'subscription.updated', subscription: subscription() },
			{ type: 'subscription.updated', subscription: subscription({ id: 'sub_2' }) },
			true,
		],
		['two payments whose ids nobody told', { paymentId: null }, { paymentId: null }, true],
		[
			'two failures without payment ids at one time',
			{ type: 'payment.failed', paymentId: null },
			{ type: 'payment.failed', paymentId: null },
			true,
		],
		[
			'two refunds whose sum nobody told',
			{ type: 'payment.refunded', refunded: null },
			{ type: 'payment.refunded', refunded: null },
			true,
		],
		[
			'changes of subscriptions nobody named',
			{ type: 'subscription.past_due' },
			{ type: 'subscription.past_due' },
			true,
		],
	])('%s', (_name, first, second, bothGetThrough) => {
		expect(memory.lets(paymentEvent({ ...first, eventId: 'evt_1' }), '1')).toBe(true);
		expect(memory.lets(paymentEvent({ ...second, eventId: 'evt_2' }), '2')).toBe(bothGetThrough);
	});

	it.each(['subscription.activated', 'subscription.canceled', 'subscription.past_due'] as const)(
		'%s is remembered by its subscription',
		(type) => {
			const event = paymentEvent({ type, subscription: subscription(), paymentId: null });
			expect(memory.lets(event, '1')).toBe(true);
			expect(memory.lets({ ...event, eventId: 'evt_2' }, '2')).toBe(false);
		},
	);

	it('known by its id only gets through once as well', () => {
		const marks = { eventId: 'stripe:evt_1', meaning: null };
		expect(entriesToRecord(marks, '5')).toEqual(['stripe:evt_1', 'stripe:evt_1@5']);
		expect(isUnseen(marks, '5', new Set(['stripe:evt_1', 'stripe:evt_1@5']))).toBe(true);
		expect(isUnseen(marks, '5', new Set(['stripe:evt_1@5']))).toBe(false);
		expect(isUnseen(marks, '5', new Set())).toBe(true);
	});
});

describe('the record of an event, looked up again', () => {
	const marks = marksOf(paymentEvent());
	const mine = entriesToRecord(marks, '1');
	const missingFrom = (kept: readonly string[]) =>
		new Set(mine.filter((entry) => !kept.includes(entry)));

	it('stands', () => {
		expect(wasOverwritten(marks, '1', missingFrom(mine))).toBe(false);
	});

	it('was overwritten by another execution of the same event', () => {
		const others = entriesToRecord(marks, '2');
		expect(wasOverwritten(marks, '1', missingFrom(others))).toBe(true);
	});

	it('was overwritten by another event of the same payment', () => {
		const others = entriesToRecord(marksOf(paymentEvent({ eventId: 'evt_2' })), '2');
		expect(wasOverwritten(marks, '1', missingFrom(others))).toBe(true);
	});

	it('was wiped out by an event that has nothing to do with it', () => {
		const others = entriesToRecord(
			marksOf(paymentEvent({ eventId: 'evt_2', paymentId: 'pi_2' })),
			'2',
		);
		expect(wasOverwritten(marks, '1', missingFrom(others))).toBe(false);
	});
});
