import { disputeReasonWithDeadline } from '../../../core/dispute-reason';
import { numberAt, stringAt, type JsonObject } from '../../../core/json';
import type { Money } from '../../../core/money';
import type { PaymentEvent } from '../../../core/payment-event';
import type { CheckoutComEvent } from '../checkout-com-event';
import { disputeReason } from '../reasons';
import {
	balanceOf,
	moneyOf,
	partiesIn,
	paymentEvent,
	type EventSource,
	type ReadPaymentEvents,
} from './payment-event';

export const disputeOpened: ReadPaymentEvents = async (event, source) =>
	await disputeEvent(
		event,
		source,
		'payment.disputed',
		disputeReasonWithDeadline(
			disputeReason(event.data),
			stringAt(event.data, 'evidence_required_by'),
		),
	);

/** The merchant gave in, or did not answer in time. */
export const disputeLost: ReadPaymentEvents = async (event, source) =>
	await disputeEvent(event, source, 'payment.dispute_closed', 'lost');

export const disputeWon: ReadPaymentEvents = async (event, source) =>
	await disputeEvent(event, source, 'payment.dispute_closed', 'won');

/** Settled before it began: the card scheme refunded the client, or there was nothing left to dispute. */
export const disputeResolved: ReadPaymentEvents = async (event, source) => {
	const isRefunded = stringAt(event.data, 'resolved_reason') === 'rapid_dispute_resolution';
	return await disputeEvent(event, source, 'payment.dispute_closed', isRefunded ? 'lost' : 'won');
};

/** A dispute knows its payment's id; whose payment it is only the payment says. */
async function disputeEvent(
	event: CheckoutComEvent,
	source: EventSource,
	type: PaymentEvent['type'],
	reason: string | null,
): Promise<PaymentEvent[]> {
	const paymentId = stringAt(event.data, 'payment_id');
	if (paymentId === null) return [];
	const payment: JsonObject = await source.fetchPayment(paymentId);
	return [
		paymentEvent(event, source, {
			type,
			paymentId,
			money: disputedOf(event.data, payment),
			...partiesIn(payment),
			reason,
		}),
	];
}

/** A part of the payment perhaps; all that was captured where the dispute does not say so in the currency of the payment. */
function disputedOf(dispute: JsonObject, payment: JsonObject): Money {
	const amount = numberAt(dispute, 'amount') ?? 0;
	const isTold = amount > 0 && stringAt(dispute, 'currency') === stringAt(payment, 'currency');
	return isTold ? moneyOf(dispute) : moneyOf(payment, balanceOf(payment, 'total_captured'));
}
