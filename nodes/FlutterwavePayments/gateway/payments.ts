import { idAt, stringAt, type JsonObject } from '../../core/json';
import { leadIdOfReference } from '../../core/lead-reference';
import type { PaymentEvent } from '../../core/payment-event';
import type { GatewayContext, PaymentFilter, Payments } from '../../gateways/gateway';
import { FlutterwaveApi } from './api';
import { chargeEvent, typeOfStatus } from './payment-events/charge';
import type { EventSource } from './payment-events/event-source';
import { hasArrived, refundEvent } from './payment-events/refund';
import { createdAt, findByReference, findTransaction, statusOf } from './transaction';

const DAY_MS = 86_400_000;

export const flutterwavePayments: Payments = {
	/**
	 * @param paymentId of a transaction, or the `tx_ref` of a link
	 * @returns null when nobody has paid under this reference yet, or when there is nothing to tell
	 */
	async get(paymentId, context) {
		const source = eventSource(context);
		const id = paymentId.trim();
		if (!/^\d+$/.test(id)) {
			const transaction = await findByReference(id, source.api);
			return transaction && (await presentState(transaction, source));
		}
		const path = `/transactions/${id}/verify`;
		return await presentState(await source.api.get(path), source);
	},

	/**
	 * What our links brought in since: payments first, then refunds, each newest first. Ends of subscriptions are not
	 * among them, because Flutterwave does not say when they were.
	 */
	async *getMany(filter, context) {
		const source = eventSource(context);
		const wants = (type: PaymentEvent['type']) =>
			filter.types.length === 0 || filter.types.includes(type);
		if (wants('payment.succeeded') || wants('payment.pending') || wants('payment.failed')) {
			for await (const event of charges(filter, source)) if (wants(event.type)) yield event;
		}
		if (wants('payment.refunded')) yield* refunds(filter, source);
	},
};

export function eventSource({ send, live, now }: GatewayContext): EventSource {
	return { api: new FlutterwaveApi(send), live, now };
}

async function presentState(
	transaction: JsonObject,
	source: EventSource,
): Promise<PaymentEvent | null> {
	const refund =
		statusOf(transaction) === 'successful' ? await refundEvent(transaction, null, source) : null;
	return refund ?? (await chargeEvent(transaction, source));
}

/**
 * The list has no meta, so each row is verified; only those of our links, which their `tx_ref` tells. It can't be
 * searched for a part of a `tx_ref`, so a lead's are picked out of all.
 */
async function* charges(filter: PaymentFilter, source: EventSource): AsyncGenerator<PaymentEvent> {
	for await (const row of since('/transactions', filter, source)) {
		const leadId = leadIdOfReference(stringAt(row, 'tx_ref'));
		const isWanted = filter.leadId === null ? leadId !== null : leadId === filter.leadId;
		const type = typeOfStatus(statusOf(row));
		if (!isWanted || type === null) continue;
		if (filter.types.length > 0 && !filter.types.includes(type)) continue;
		const transaction = await findTransaction(idAt(row, 'id') ?? '', source.api);
		const event = transaction && (await chargeEvent(transaction, source));
		if (event) yield event;
	}
}

/** A refund does not say of which link its payment was. */
async function* refunds(filter: PaymentFilter, source: EventSource): AsyncGenerator<PaymentEvent> {
	for await (const row of since('/refunds', filter, source)) {
		if (!hasArrived(row)) continue;
		const transaction = await findTransaction(idAt(row, 'tx_id') ?? '', source.api);
		if (transaction === null) continue;
		const leadId = leadIdOfReference(stringAt(transaction, 'tx_ref'));
		if (filter.leadId === null ? leadId === null : leadId !== filter.leadId) continue;
		const event = await refundEvent(transaction, idAt(row, 'id'), source);
		if (event) yield event;
	}
}

/**
 * Rows made since the time asked for. Lists take days, of a time zone that is not documented, and new rows push others
 * to the next page while it is read.
 */
async function* since(
	path: string,
	{ sinceMs }: PaymentFilter,
	{ api, now }: EventSource,
): AsyncGenerator<JsonObject> {
	const query = { from: day(sinceMs - DAY_MS), to: day(now() + DAY_MS) };
	const seen = new Set<string>();
	for await (const row of api.list(path, query)) {
		const id = idAt(row, 'id');
		if (id === null || seen.has(id) || Date.parse(createdAt(row)) < sinceMs) continue;
		seen.add(id);
		yield row;
	}
}

function day(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}
