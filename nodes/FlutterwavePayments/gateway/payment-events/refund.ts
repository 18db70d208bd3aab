import { idAt, stringAt, valueAt, type JsonObject } from '../../../core/json';
import { fromMinor } from '../../../core/money';
import { newPaymentEvent } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import { pathTo } from '../../../http/path-to';
import type { FlutterwaveApi } from '../api';
import { fromFlutterwaveAmount } from '../currencies';
import { REFUND_EVENT, refundEventId } from '../notice';
import { paymentMethod } from '../payment-methods';
import { leadOfPayment } from '../subscriptions';
import { createdAt, moneyOf, payerOf, statusOf } from '../transaction';
import { withoutTokens } from '../without-tokens';
import type { EventSource } from './event-source';

const SECOND_MS = 1000;

/**
 * What a refund of a verified transaction tells: a refund knows its own amount only, so all refunds of the transaction
 * are added up.
 * @param refundId null for the last one that arrived
 * @returns null when no money has moved: there is none, or it is still on its way
 */
export async function refundEvent(
	transaction: JsonObject,
	refundId: string | null,
	{ api, live }: EventSource,
): Promise<PaymentEvent | null> {
	const paymentId = idAt(transaction, 'id') ?? '';
	const refunds = await refundsOf(paymentId, refundId, api);
	const arrived = refunds.filter(hasArrived);
	const told =
		refundId === null ? latest(arrived) : refunds.find((refund) => idAt(refund, 'id') === refundId);
	if (!told || !isSettled(told)) return null;
	const paid = moneyOf(transaction);
	const returned = fromMinor(
		arrived.reduce((sum, refund) => sum + refundedMinor(refund, paid.currency), 0),
		paid.currency,
	);
	return newPaymentEvent(
		{
			gateway: 'flutterwave',
			eventId: refundEventId(idAt(told, 'id') ?? '', statusOf(told)),
			eventType: REFUND_EVENT,
			occurredAt: timeOfSum(refunds),
			live,
			raw: withoutTokens(told),
		},
		{
			type: 'payment.refunded',
			paymentId,
			money: paid,
			lead: await leadOfPayment(transaction, api),
			refunded: {
				amount: returned.amount,
				amountMinor: returned.amountMinor,
				total: returned.amountMinor >= paid.amountMinor,
			},
			method: paymentMethod(stringAt(transaction, 'payment_type')),
			reason: hasArrived(told) ? stringAt(told, 'comments') : null,
			customer: payerOf(transaction, live),
		},
	);
}

/** Whether a refund has arrived or failed, which it may after it had arrived. */
export function isSettled(refund: JsonObject): boolean {
	return hasArrived(refund) || statusOf(refund) === 'failed';
}

/** Whether a refund's money has left: `completed`, `completed-momo` and others of that kind. */
function hasArrived(refund: JsonObject): boolean {
	return statusOf(refund).startsWith('completed');
}

/** Of one transaction. The list's `id` is that of the transaction; a refund just made may not be in it yet. */
async function refundsOf(
	transactionId: string,
	refundId: string | null,
	api: FlutterwaveApi,
): Promise<JsonObject[]> {
	const isOfTransaction = (refund: JsonObject) => idAt(refund, 'tx_id') === transactionId;
	const refunds = new Map<string, JsonObject>();
	for await (const refund of api.list('/refunds', { id: transactionId })) {
		if (isOfTransaction(refund)) refunds.set(idAt(refund, 'id') ?? '', refund);
	}
	if (refundId !== null && !refunds.has(refundId)) {
		const refund = await api.find(pathTo('refunds', refundId));
		if (refund !== null && isOfTransaction(refund)) refunds.set(refundId, refund);
	}
	return [...refunds.values()];
}

/**
 * Since when the refunds of a transaction add up to what they do: a function of their present state, so that webhook and
 * look back agree, and never before the time of an earlier sum. Where rows don't say when they changed, a refund that
 * failed counts for a second, because it may have been part of a greater sum told under the very same times.
 */
function timeOfSum(refunds: readonly JsonObject[]): string {
	const settled = refunds.filter(isSettled);
	const silent = settled.filter((refund) => !hasArrived(refund) && updatedAt(refund) === null);
	const latestChange = Math.max(...settled.map(changedAt));
	return new Date(latestChange + silent.length * SECOND_MS).toISOString();
}

function latest(refunds: readonly JsonObject[]): JsonObject | undefined {
	return [...refunds].sort((a, b) => changedAt(a) - changedAt(b)).at(-1);
}

/** When its state was reached as far as it tells, in ms since the epoch. */
function changedAt(refund: JsonObject): number {
	return updatedAt(refund) ?? Date.parse(createdAt(refund));
}

/** Webhooks of refunds have it; of the API's answers it is not documented. */
function updatedAt(refund: JsonObject): number | null {
	const time = Date.parse(stringAt(refund, 'updated_at') ?? '');
	return Number.isFinite(time) ? time : null;
}

function refundedMinor(refund: JsonObject, currency: string): number {
	return fromFlutterwaveAmount(valueAt(refund, 'amount_refunded'), currency).amountMinor;
}
