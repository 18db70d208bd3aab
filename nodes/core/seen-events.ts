/**
 * Durable memory of events, the second layer against duplicates. An event is remembered twice: by the provider's
 * event id, and by what it means, because one payment may be told of by several events.
 */
import type { PaymentEvent } from './payment-event';

/** What of an event is remembered. */
export interface EventMarks {
	eventId: string;
	/** What happened to which payment; null for events that are known by their id only. */
	meaning: string | null;
}

export function marksOf(event: PaymentEvent): EventMarks {
	return { eventId: `${event.gateway}:${event.eventId}`, meaning: meaningOf(event) };
}

/**
 * The entries to look up and record for an event. Each mark is recorded twice: as it is, and tagged with the execution,
 * so that a node that runs twice in one execution does not mistake its own first run for a duplicate.
 */
export function entriesToRecord(marks: EventMarks, executionId: string): string[] {
	return plainMarks(marks).flatMap((mark) => [mark, tagged(mark, executionId)]);
}

/** Whether the event is to be let through, given which of its entries were not known before. */
export function isUnseen(
	marks: EventMarks,
	executionId: string,
	newEntries: ReadonlySet<string>,
): boolean {
	return plainMarks(marks).every(
		(mark) => newEntries.has(mark) || !newEntries.has(tagged(mark, executionId)),
	);
}

/**
 * Whether another execution has recorded the event over the record of this one: the event is known, this execution's tag
 * is not. What another event's record has wiped out is missing altogether.
 * @param missing what was not there when it was looked up after it had been recorded
 */
export function wasOverwritten(
	marks: EventMarks,
	executionId: string,
	missing: ReadonlySet<string>,
): boolean {
	return plainMarks(marks).some(
		(mark) => missing.has(tagged(mark, executionId)) && !missing.has(mark),
	);
}

function plainMarks({ eventId, meaning }: EventMarks): string[] {
	return meaning === null ? [eventId] : [eventId, meaning];
}

function tagged(mark: string, executionId: string): string {
	return `${mark}@${executionId}`;
}

/** Without the id of what it is about, an event means nothing that another could repeat: its own id stands in. */
function meaningOf(event: PaymentEvent): string {
	const base = `${event.gateway}:${event.type}`;
	switch (event.type) {
		case 'payment.succeeded':
		case 'payment.disputed':
			return `${base}:${event.paymentId ?? event.eventId}`;
		// What was won can still be lost in the next instance.
		case 'payment.dispute_closed':
			return `${base}:${event.paymentId ?? event.eventId}:${event.reason ?? ''}`;
		// A refund that failed can be made again, and comes to the same sum.
		case 'payment.refunded':
			return `${base}:${event.paymentId ?? event.eventId}:${event.refunded?.amountMinor ?? event.eventId}:${event.occurredAt}`;
		// These can happen several times to one payment or subscription.
		case 'payment.pending':
		case 'payment.failed':
			return `${base}:${event.paymentId ?? event.eventId}:${event.occurredAt}`;
		case 'subscription.activated':
		case 'subscription.updated':
		case 'subscription.past_due':
		case 'subscription.canceled':
			return `${base}:${event.subscription?.id ?? event.eventId}:${event.occurredAt}`;
	}
}
