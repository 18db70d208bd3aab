import { numberAt, stringAt } from '../../../core/json';
import { formatMoney } from '../../../core/money';
import type { PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import type { CheckoutComEvent } from '../checkout-com-event';
import { declineReason } from '../reasons';
import {
	balanceOf,
	leadOfPayment,
	moneyOf,
	payerIn,
	payerOf,
	paymentEvent,
	type EventSource,
	type ReadPaymentEvents,
} from './payment-event';

/**
 * Captured is paid. A payment captured in parts is paid once nothing more can be captured, with the sum of the parts,
 * so that each payment succeeds exactly once.
 */
export const paymentCaptured: ReadPaymentEvents = async (event, source) => {
	const { data } = event;
	const captured = balanceOf(data, 'total_captured');
	const payer = await payerOf(event, source);
	if ((balanceOf(data, 'available_to_capture') ?? 0) > 0) {
		const soFar = formatMoney(moneyOf(data, captured));
		const money = moneyOf(data, balanceOf(data, 'total_authorized'));
		const reason = `${soFar} captured so far`;
		return [tellOf(event, source, 'payment.pending', { ...payer, money, reason })];
	}
	const money = moneyOf(data, captured);
	return [tellOf(event, source, 'payment.succeeded', { ...payer, money })];
};

/** Approved is not paid: the bank has only promised the money. */
export const paymentApproved: ReadPaymentEvents = async (event, source) => [
	tellOf(event, source, 'payment.pending', { reason: 'authorized, not captured yet' }),
];

export const paymentPending: ReadPaymentEvents = async (event, source) => [
	tellOf(event, source, 'payment.pending'),
];

export const paymentDeclined: ReadPaymentEvents = async (event, source) => [
	tellOf(event, source, 'payment.failed', { reason: declineReason(event.data) }),
];

export const captureDeclined: ReadPaymentEvents = async (event, source) => {
	const why = declineReason(event.data);
	const reason = `the money could not be captured${why === null ? '' : `, ${why}`}`;
	return [tellOf(event, source, 'payment.failed', { reason })];
};

/** A payment by an alternative method ran out of time. That a link expires sends nothing. */
export const paymentExpired: ReadPaymentEvents = async (event, source) => [
	tellOf(event, source, 'payment.failed', { reason: 'the client did not pay in time' }),
];

export const paymentCanceled: ReadPaymentEvents = async (event, source) => [
	tellOf(event, source, 'payment.failed', { reason: 'the client canceled the payment' }),
];

/** Voiding what was left after a part was captured closes the payment with that part. */
export const paymentVoided: ReadPaymentEvents = async (event, source) => {
	const { data } = event;
	if ((balanceOf(data, 'available_to_capture') ?? 0) > 0) return [];
	const captured = balanceOf(data, 'total_captured') ?? 0;
	if (captured > 0) {
		const payer = await payerOf(event, source);
		const money = moneyOf(data, captured);
		return [tellOf(event, source, 'payment.succeeded', { ...payer, money })];
	}
	return [tellOf(event, source, 'payment.failed', { reason: 'the authorization was voided' })];
};

/** `amount` is this refund's; what was given back in all stands in the balances, and can't be less. */
export const paymentRefunded: ReadPaymentEvents = async (event, source) => {
	const amount = numberAt(event.data, 'amount') ?? 0;
	return [await refundEvent(event, source, { atLeast: amount, reason: null })];
};

/** A refund that fails changes no balance. */
export const refundDeclined: ReadPaymentEvents = async (event, source) => [
	await refundEvent(event, source, { atLeast: 0, reason: declineReason(event.data) }),
];

async function refundEvent(
	event: CheckoutComEvent,
	source: EventSource,
	{ atLeast, reason }: { atLeast: number; reason: string | null },
): Promise<PaymentEvent> {
	const paymentId = stringAt(event.data, 'id') ?? '';
	const isTold = balanceOf(event.data, 'total_refunded') !== null;
	const payment = isTold ? event.data : await source.fetchPayment(paymentId);
	const payer = await payerOf({ ...event, data: payment }, source);
	const captured = balanceOf(payment, 'total_captured') ?? numberAt(payment, 'amount') ?? 0;
	const refunded = Math.max(balanceOf(payment, 'total_refunded') ?? 0, atLeast);
	const { amount, amountMinor } = moneyOf(payment, refunded);
	return tellOf(event, source, 'payment.refunded', {
		...payer,
		money: moneyOf(payment, captured),
		refunded: { amount, amountMinor, total: refunded >= captured },
		reason,
	});
}

function tellOf(
	event: CheckoutComEvent,
	source: EventSource,
	type: PaymentEvent['type'],
	facts: Partial<PaymentFacts> = {},
): PaymentEvent {
	const { data } = event;
	return paymentEvent(event, source, {
		type,
		paymentId: stringAt(data, 'id'),
		money: moneyOf(data),
		lead: leadOfPayment(data),
		...payerIn(data),
		...facts,
	});
}
