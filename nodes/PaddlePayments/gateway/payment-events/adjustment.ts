import { isJsonObject, listAt, stringAt, type JsonObject } from '../../../core/json';
import { leadOf } from '../../../core/lead-metadata';
import type { Money } from '../../../core/money';
import type { PaymentEvent } from '../../../core/payment-event';
import { pathTo } from '../../../http/path-to';
import type { PaddleApi } from '../api';
import type { PaddleEvent } from '../paddle-event';
import { adjustmentReason } from '../reasons';
import { paddleMoney, totalOf } from '../transaction-total';
import { paymentEvent, type EventSource, type ReadPaymentEvents } from './payment-event';
import { transactionEvent } from './transaction';

type AdjustmentType = Extract<
	PaymentEvent['type'],
	'payment.refunded' | 'payment.disputed' | 'payment.dispute_closed'
>;

/**
 * Refunds and chargebacks are entities of their own: the transaction stays `completed`. They carry no custom data, so
 * their transaction is asked for whose payment it is and what was refunded in all.
 * https://developer.paddle.com/build/transactions/create-transaction-adjustments
 */
export const adjustmentChanged: ReadPaymentEvents = async (event, source) => {
	const type = adjustmentType(event.data);
	if (type === null) return [];
	const id = stringAt(event.data, 'transaction_id');
	const transaction = id === null || event.simulated ? null : await findAdjusted(id, source.api);
	return transaction === null
		? [loneAdjustment(event, source, type)]
		: [await adjustmentEvent(event, source, type, transaction)];
};

/**
 * Refunds count once they are approved. Warnings of a chargeback leave the money where it is, and credits settle
 * invoices that nobody has paid: neither is told.
 */
export function adjustmentType(adjustment: JsonObject): AdjustmentType | null {
	const status = stringAt(adjustment, 'status');
	switch (stringAt(adjustment, 'action')) {
		case 'refund':
			return status === 'approved' ? 'payment.refunded' : null;
		case 'chargeback':
			return status === 'approved' ? 'payment.disputed' : null;
		case 'chargeback_reverse':
			return 'payment.dispute_closed';
		default:
			return null;
	}
}

/** @param transaction with its adjustments included */
export async function adjustmentEvent(
	event: PaddleEvent,
	source: EventSource,
	type: AdjustmentType,
	transaction: JsonObject,
): Promise<PaymentEvent> {
	const isRefund = type === 'payment.refunded';
	return await transactionEvent({ ...event, data: transaction }, source, type, {
		money: isRefund ? totalOf(transaction) : disputedOf(event.data, transaction),
		reason: reasonOf(event.data, type),
		refunded: isRefund ? refundedOf(transaction) : null,
		subscription: null,
	});
}

/** A transaction with what was adjusted of it. */
export async function fetchAdjusted(id: string, api: PaddleApi): Promise<JsonObject> {
	return await api.get(pathTo('transactions', id), WITH_ADJUSTMENTS);
}

const WITH_ADJUSTMENTS = [['include', 'customer,adjustments,adjustments_totals']] as const;

async function findAdjusted(id: string, api: PaddleApi): Promise<JsonObject | null> {
	return await api.find(pathTo('transactions', id), WITH_ADJUSTMENTS);
}

/** Everything refunded so far. The totals are the account's word where the adjustments are not shown one by one. */
function refundedOf(transaction: JsonObject): PaymentEvent['refunded'] {
	const refunds = listAt(transaction, 'adjustments')
		.filter(isJsonObject)
		.filter((adjustment) => adjustmentType(adjustment) === 'payment.refunded');
	const total =
		refunds.length > 0
			? String(refunds.reduce((sum, refund) => sum + Number(amountOf(refund)), 0))
			: (stringAt(transaction, 'adjustments_totals', 'breakdown', 'refund') ?? '0');
	const whole = totalOf(transaction);
	const { amount, amountMinor } = paddleMoney(total, whole.currency);
	return { amount, amountMinor, total: amountMinor >= whole.amountMinor };
}

/** Without its transaction, as in simulated events, an adjustment knows only its own amount. */
function loneAdjustment(
	event: PaddleEvent,
	source: EventSource,
	type: AdjustmentType,
): PaymentEvent {
	const { data: adjustment } = event;
	const money = paddleMoney(amountOf(adjustment), stringAt(adjustment, 'currency_code'));
	const { amount, amountMinor } = money;
	const total = stringAt(adjustment, 'type') === 'full';
	return paymentEvent(event, source, {
		type,
		paymentId: stringAt(adjustment, 'transaction_id'),
		money,
		lead: leadOf(null),
		reason: reasonOf(adjustment, type),
		refunded: type === 'payment.refunded' ? { amount, amountMinor, total } : null,
	});
}

/** A part of the payment perhaps; all of it where the adjustment does not say. */
function disputedOf(adjustment: JsonObject, transaction: JsonObject): Money {
	const whole = totalOf(transaction);
	const money = paddleMoney(amountOf(adjustment), whole.currency);
	return money.amountMinor > 0 ? money : whole;
}

function amountOf(adjustment: JsonObject): string {
	return stringAt(adjustment, 'totals', 'total') ?? '0';
}

/** A chargeback that is reversed was contested successfully; one that is not stays open for good. */
function reasonOf(adjustment: JsonObject, type: AdjustmentType): string | null {
	if (type === 'payment.dispute_closed') return 'won';
	return adjustmentReason(stringAt(adjustment, 'reason'));
}
