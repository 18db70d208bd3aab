/** What happened since a time, where lists say only when a thing was made. */
import { idAt, stringAt, type JsonObject } from '../../core/json';
import { leadIdOfReference } from '../../core/lead-reference';
import type { PaymentEvent } from '../../core/payment-event';
import type { PaymentFilter } from '../../gateways/gateway';
import { chargeEvent, typeOfStatus } from './payment-events/charge';
import type { EventSource } from './payment-events/event-source';
import { isSettled, refundEvent } from './payment-events/refund';
import { Subscribers } from './subscribers';
import { createdAt, findTransaction, statusOf } from './transaction';

const DAY_MS = 86_400_000;

/** Transfers and mobile money may wait over a weekend for the bank or the payer. */
const LONGEST_WAIT_MS = 3 * DAY_MS;

/** Banks take weeks for some refunds, and a refund's row keeps the time it was made. */
const LONGEST_REFUND_MS = 30 * DAY_MS;

/** Of the refunds made before the time asked for; each costs a request or two, every time. */
const MOST_EARLIER_REFUNDS = 100;

/**
 * The list has no meta, so each row is verified; only those that may be of our links. It can't be searched for a part
 * of a `tx_ref`, so a lead's are picked out of all.
 */
export async function* charges(
	filter: PaymentFilter,
	source: EventSource,
): AsyncGenerator<PaymentEvent> {
	const subscribers = new Subscribers(source.api);
	const { sinceMs } = filter;
	const made = { from: sinceMs - LONGEST_WAIT_MS, to: Number.POSITIVE_INFINITY };
	for await (const row of rows('/transactions', made, source)) {
		const isWanted = hasWantedType(row, filter) && mayHaveChanged(row, sinceMs);
		if (!isWanted || !(await mayBeWanted(row, filter, subscribers))) continue;
		const transaction = await findTransaction(idAt(row, 'id') ?? '', source.api);
		const event = transaction && (await chargeEvent(transaction, source));
		if (event && isOfWantedLead(event.leadId, filter)) yield event;
	}
}

/** Each payment once, since an event has the sum of all its refunds. A refund does not say of which link its payment was. */
export async function* refunds(
	filter: PaymentFilter,
	source: EventSource,
): AsyncGenerator<PaymentEvent> {
	const subscribers = new Subscribers(source.api);
	for await (const { paymentId, refundId } of refundedPayments(filter, source)) {
		const transaction = await findTransaction(paymentId, source.api);
		if (transaction === null || !(await mayBeWanted(transaction, filter, subscribers))) continue;
		const event = await refundEvent(transaction, refundId, source);
		if (event && isOfWantedLead(event.leadId, filter)) yield event;
	}
}

/** Payments with refunds that arrived or failed, and the newest of those. */
async function* refundedPayments(
	{ sinceMs }: PaymentFilter,
	source: EventSource,
): AsyncGenerator<{ paymentId: string; refundId: string | null }> {
	const told = new Set<string>();
	let earlier = 0;
	for (const made of [
		{ from: sinceMs, to: Number.POSITIVE_INFINITY },
		{ from: sinceMs - LONGEST_REFUND_MS, to: sinceMs },
	]) {
		for await (const row of rows('/refunds', made, source)) {
			const paymentId = idAt(row, 'tx_id');
			if (paymentId === null || told.has(paymentId) || !isSettled(row)) continue;
			if (made.to === sinceMs && (earlier += 1) > MOST_EARLIER_REFUNDS) return;
			told.add(paymentId);
			yield { paymentId, refundId: idAt(row, 'id') };
		}
	}
}

function hasWantedType(row: JsonObject, { types }: PaymentFilter): boolean {
	const type = typeOfStatus(statusOf(row));
	return type !== null && (types.length === 0 || types.includes(type));
}

/** Whether a row made before the time asked for can have waited for its end until then; a card is charged at once. */
function mayHaveChanged(row: JsonObject, sinceMs: number): boolean {
	if (Date.parse(createdAt(row)) >= sinceMs) return true;
	const isOver = typeOfStatus(statusOf(row)) !== 'payment.pending';
	return isOver && stringAt(row, 'payment_type') !== 'card';
}

/** @param charge as listed or as verified */
async function mayBeWanted(
	charge: JsonObject,
	filter: PaymentFilter,
	subscribers: Subscribers,
): Promise<boolean> {
	const leadId = leadIdOfReference(stringAt(charge, 'tx_ref'));
	return leadId === null ? await subscribers.include(charge) : isOfWantedLead(leadId, filter);
}

function isOfWantedLead(leadId: number | null, filter: PaymentFilter): boolean {
	return filter.leadId === null ? leadId !== null : leadId === filter.leadId;
}

/**
 * Rows made from one time on and before another, both in ms since the epoch. Lists take days, of a time zone that is
 * not documented, and new rows push others to the next page while it is read.
 */
async function* rows(
	path: string,
	made: { from: number; to: number },
	{ api, now }: EventSource,
): AsyncGenerator<JsonObject> {
	const lastDay = Math.min(made.to, now()) + DAY_MS;
	const query = { from: day(made.from - DAY_MS), to: day(lastDay) };
	const seen = new Set<string>();
	for await (const row of api.list(path, query)) {
		const id = idAt(row, 'id');
		const madeAt = Date.parse(createdAt(row));
		if (id === null || seen.has(id) || madeAt < made.from || madeAt >= made.to) continue;
		seen.add(id);
		yield row;
	}
}

function day(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}
