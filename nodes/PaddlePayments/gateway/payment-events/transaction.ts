import { isJsonObject, listAt, stringAt, valueAt, type JsonObject } from '../../../core/json';
import type { PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import { isoTimeAt, type PaddleEvent } from '../paddle-event';
import { CANCELED, failureReason, OVERDUE } from '../reasons';
import { totalOf } from '../transaction-total';
import { payerOf } from './payer';
import { paymentEvent, type EventSource, type ReadPaymentEvents } from './payment-event';

/** The one word for "paid": `transaction.paid` comes before it and knows neither invoice nor subscription. */
export const transactionCompleted: ReadPaymentEvents = async (event, source) =>
	// Trials and changes of the payment method are "paid" with nothing.
	totalOf(event.data).amountMinor > 0
		? [await transactionEvent(event, source, 'payment.succeeded')]
		: [];

export const paymentFailed: ReadPaymentEvents = async (event, source) => [
	await transactionEvent(event, source, 'payment.failed', {
		reason: failureReason(errorCodeOf(event.data)),
	}),
];

/** Of an attempt that failed `transaction.payment_failed` tells; an invoice becomes overdue without any. */
export const transactionPastDue: ReadPaymentEvents = async (event, source) =>
	errorCodeOf(event.data) === null
		? [await transactionEvent(event, source, 'payment.failed', { reason: OVERDUE })]
		: [];

export const transactionCanceled: ReadPaymentEvents = async (event, source) => [
	await transactionEvent(event, source, 'payment.failed', { reason: CANCELED }),
];

/** What a transaction tells of its payment. */
export async function transactionEvent(
	event: PaddleEvent,
	source: EventSource,
	type: PaymentEvent['type'],
	facts: Partial<PaymentFacts> = {},
): Promise<PaymentEvent> {
	const { data: transaction } = event;
	return paymentEvent(event, source, {
		type,
		paymentId: stringAt(transaction, 'id'),
		money: totalOf(transaction),
		...(await payerOf(transaction, event, source)),
		method: methodOf(transaction),
		invoiceNumber: stringAt(transaction, 'invoice_number'),
		planName: planNameOf(transaction),
		subscription: subscriptionAfter(transaction, type),
		...facts,
	});
}

/** The newest attempt to pay; null when nobody has tried. https://developer.paddle.com/api-reference/transactions/overview */
export function lastAttempt(transaction: JsonObject): JsonObject | null {
	return listAt(transaction, 'payments').find(isJsonObject) ?? null;
}

/** Why the newest attempt failed; null when it did not, or nobody has tried. */
export function errorCodeOf(transaction: JsonObject): string | null {
	const attempt = lastAttempt(transaction);
	if (attempt === null || valueAt(attempt, 'status') !== 'error') return null;
	return stringAt(attempt, 'error_code') ?? 'unknown';
}

function methodOf(transaction: JsonObject): string | null {
	const attempts = listAt(transaction, 'payments').filter(isJsonObject);
	const captured = attempts.find(({ status }) => status === 'captured');
	return stringAt(captured ?? attempts[0], 'method_details', 'type');
}

/** The products' names; of a price that names none its own. */
function planNameOf(transaction: JsonObject): string | null {
	const products = listAt(transaction, 'details', 'line_items').map((line) =>
		stringAt(line, 'product', 'name'),
	);
	const prices = listAt(transaction, 'items').map(
		(item) => stringAt(item, 'price', 'name') ?? stringAt(item, 'price', 'description'),
	);
	return joined(products) ?? joined(prices);
}

/** Each name once, in their order. */
export function joined(names: ReadonlyArray<string | null>): string | null {
	return [...new Set(names.filter((name) => name !== null))].join(', ') || null;
}

/** A transaction does not say how its subscription stands, but it follows from what happened. */
function subscriptionAfter(
	transaction: JsonObject,
	type: PaymentEvent['type'],
): PaymentEvent['subscription'] {
	const id = stringAt(transaction, 'subscription_id');
	if (id === null) return null;
	if (type === 'payment.succeeded') {
		const nextBillingAt = isoTimeAt(transaction, 'billing_period', 'ends_at');
		return { id, status: 'active', nextBillingAt, endsAt: null };
	}
	return valueAt(transaction, 'status') === 'past_due'
		? { id, status: 'past_due', nextBillingAt: null, endsAt: null }
		: null;
}
