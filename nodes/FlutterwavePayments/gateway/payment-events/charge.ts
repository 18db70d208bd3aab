import { idAt, stringAt, type JsonObject } from '../../../core/json';
import { newPaymentEvent } from '../../../core/new-payment-event';
import type { PaymentEvent, PaymentEventType } from '../../../core/payment-event';
import { CHARGE_EVENT, chargeEventId } from '../notice';
import { paymentMethod } from '../payment-methods';
import { subscriptionPayment } from '../subscriptions';
import {
	createdAt,
	failureReason,
	leadOfTransaction,
	moneyOf,
	payerOf,
	statusOf,
} from '../transaction';
import { withoutTokens } from '../without-tokens';
import type { EventSource } from './event-source';

/** `success-pending-validation` waits for the payer's one-time password. */
const TYPES: Readonly<Record<string, PaymentEventType>> = {
	successful: 'payment.succeeded',
	pending: 'payment.pending',
	'success-pending-validation': 'payment.pending',
	failed: 'payment.failed',
	cancelled: 'payment.failed',
};

/** What a status of a transaction means; null for those that mean nothing to us. */
export function typeOfStatus(status: string): PaymentEventType | null {
	return (Object.hasOwn(TYPES, status) ? TYPES[status] : undefined) ?? null;
}

/**
 * What a verified transaction tells.
 * @returns null when it is in a state that tells nothing
 */
export async function chargeEvent(
	transaction: JsonObject,
	{ api, live }: EventSource,
): Promise<PaymentEvent | null> {
	const id = idAt(transaction, 'id');
	const status = statusOf(transaction);
	const type = typeOfStatus(status);
	if (id === null || type === null) return null;
	const repeated = type === 'payment.pending' ? null : await subscriptionPayment(transaction, api);
	return newPaymentEvent(
		{
			gateway: 'flutterwave',
			eventId: chargeEventId(id, status),
			eventType: CHARGE_EVENT,
			occurredAt: createdAt(transaction),
			live,
			raw: withoutTokens(transaction),
		},
		{
			type,
			paymentId: id,
			money: moneyOf(transaction),
			lead: repeated?.lead ?? leadOfTransaction(transaction),
			method: paymentMethod(stringAt(transaction, 'payment_type')),
			reason: type === 'payment.failed' ? failureReason(transaction) : null,
			customer: payerOf(transaction, live),
			planName: repeated?.planName ?? null,
			subscription: repeated?.subscription ?? null,
		},
	);
}
