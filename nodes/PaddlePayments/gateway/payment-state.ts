/**
 * How a payment stands, told in the manner of an event: with the time of the entity itself and an id made of what
 * happened to what, so that asking again gives the same event.
 */
import { isJsonObject, listAt, stringAt, type JsonObject } from '../../core/json';
import type { PaymentEvent } from '../../core/payment-event';
import { isoTimeAt, type PaddleEvent } from './paddle-event';
import { adjustmentEvent, adjustmentType, fetchAdjusted } from './payment-events/adjustment';
import type { EventSource } from './payment-events/payment-event';
import { errorCodeOf, lastAttempt, transactionEvent } from './payment-events/transaction';
import { CANCELED, failureReason, OVERDUE } from './reasons';

export async function transactionState(id: string, source: EventSource): Promise<PaymentEvent> {
	const transaction = await fetchAdjusted(id, source.api);
	return (await adjustedState(transaction, source)) ?? (await unadjusted(transaction, source));
}

/** The last refund, chargeback or reversal; null when there is none. */
async function adjustedState(
	transaction: JsonObject,
	source: EventSource,
): Promise<PaymentEvent | null> {
	const [last] = listAt(transaction, 'adjustments')
		.filter(isJsonObject)
		.filter((adjustment) => adjustmentType(adjustment) !== null)
		.sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
	const type = last === undefined ? null : adjustmentType(last);
	if (last === undefined || type === null) return null;
	const event: PaddleEvent = {
		id: `${stringAt(last, 'id')}:${stringAt(last, 'status')}`,
		type: 'adjustment.updated',
		at: timeOf(last),
		data: last,
		simulated: false,
		raw: transaction,
	};
	return await adjustmentEvent(event, source, type, transaction);
}

async function unadjusted(transaction: JsonObject, source: EventSource): Promise<PaymentEvent> {
	const attempt = lastAttempt(transaction);
	const tried = isoTimeAt(attempt, 'created_at');
	const failure = failureReason(errorCodeOf(transaction));
	const failed = async (event: PaddleEvent, reason: string) =>
		await transactionEvent(event, source, 'payment.failed', { reason });
	const status = stringAt(transaction, 'status');
	if (status === 'completed') {
		const event = standing(transaction, isoTimeAt(attempt, 'captured_at'));
		return await transactionEvent(event, source, 'payment.succeeded');
	}
	if (status === 'canceled') return await failed(standing(transaction), CANCELED);
	if (status === 'past_due') {
		return await failed(standing(transaction, tried), failure ?? OVERDUE);
	}
	if (status !== 'paid' && failure !== null) {
		return await failed(standing(transaction, tried, 'payment_failed'), failure);
	}
	// Also `paid`, which is not yet `completed`.
	return await transactionEvent(standing(transaction), source, 'payment.pending');
}

/** A transaction dressed as the event of its status: `transaction.completed`. */
function standing(
	transaction: JsonObject,
	at: string | null = null,
	what = stringAt(transaction, 'status') ?? '',
): PaddleEvent {
	const time = at ?? timeOf(transaction);
	return {
		id: `${stringAt(transaction, 'id')}:${what}:${time}`,
		type: `transaction.${what}`,
		at: time,
		data: transaction,
		simulated: false,
		raw: transaction,
	};
}

function timeOf(entity: JsonObject): string {
	return isoTimeAt(entity, 'updated_at') ?? isoTimeAt(entity, 'created_at') ?? '';
}
