import { numberAt, stringAt } from '../../../core/json';
import { formatMoney } from '../../../core/money';
import type { PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import type { CheckoutComEvent } from '../checkout-com-event';
import { declineReason } from '../reasons';
import {
	balanceOf,
	moneyOf,
	partiesAmong,
	partiesIn,
	partiesOf,
	paymentEvent,
	type EventSource,
	type Parties,
	type ReadPaymentEvents,
} from './payment-event';

/**
 * Captured is paid. A payment captured in parts is paid once nothing more can be captured, with the sum of the parts,
 * so that each payment succeeds exactly once.
 */
export const paymentCaptured: ReadPaymentEvents = async (event, source) => {
	const { data } = event;
	const captured = balanceOf(data, 'total_captured');
	const parties = await partiesOf(event, source, 'lead and payer');
	if ((balanceOf(data, 'available_to_capture') ?? 0) > 0) {
		const soFar = formatMoney(moneyOf(data, captured));
		const money = moneyOf(data, balanceOf(data, 'total_authorized'));
		const reason = `${soFar} captured so far`;
		return [tellOf(event, source, parties, { type: 'payment.pending', money, reason })];
	}
	const money = moneyOf(data, captured);
	return [tellOf(event, source, parties, { type: 'payment.succeeded', money })];
};

/** Approved is not paid: the bank has only promised the money. */
export const paymentApproved: ReadPaymentEvents = async (event, source) => {
	const reason = 'authorized, not captured yet';
	return [tellOf(event, source, partiesIn(event.data), { type: 'payment.pending', reason })];
};

export const paymentDeclined: ReadPaymentEvents = async (event, source) => {
	const reason = declineReason(event.data);
	return [tellOf(event, source, partiesIn(event.data), { type: 'payment.failed', reason })];
};

export const paymentPending: ReadPaymentEvents = async (event, source) => {
	const parties = await partiesOf(event, source, 'lead');
	return [tellOf(event, source, parties, { type: 'payment.pending' })];
};

export const captureDeclined: ReadPaymentEvents = async (event, source) => {
	const why = declineReason(event.data);
	const reason = `the money could not be captured${why === null ? '' : `, ${why}`}`;
	return [await failure(event, source, reason)];
};

/** A payment by an alternative method ran out of time. That a link expires sends nothing. */
export const paymentExpired: ReadPaymentEvents = async (event, source) => [
	await failure(event, source, 'the client did not pay in time'),
];

export const paymentCanceled: ReadPaymentEvents = async (event, source) => [
	await failure(event, source, 'the client canceled the payment'),
];

/** Voiding what was left after a part was captured closes the payment with that part. */
export const paymentVoided: ReadPaymentEvents = async (event, source) => {
	const { data } = event;
	if ((balanceOf(data, 'available_to_capture') ?? 0) > 0) return [];
	const captured = balanceOf(data, 'total_captured') ?? 0;
	if (captured > 0) {
		const parties = await partiesOf(event, source, 'lead and payer');
		const money = moneyOf(data, captured);
		return [tellOf(event, source, parties, { type: 'payment.succeeded', money })];
	}
	return [await failure(event, source, 'the authorization was voided')];
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
	const { data } = event;
	const isTold = balanceOf(data, 'total_refunded') !== null;
	const payment = isTold ? data : await source.fetchPayment(stringAt(data, 'id') ?? '');
	const parties = isTold
		? await partiesOf(event, source, 'lead and payer')
		: partiesAmong(payment, data);
	const captured = balanceOf(payment, 'total_captured') ?? numberAt(payment, 'amount') ?? 0;
	const refunded = Math.max(balanceOf(payment, 'total_refunded') ?? 0, atLeast);
	const { amount, amountMinor } = moneyOf(payment, refunded);
	return tellOf(event, source, parties, {
		type: 'payment.refunded',
		money: moneyOf(payment, captured),
		refunded: { amount, amountMinor, total: refunded >= captured },
		reason,
	});
}

async function failure(
	event: CheckoutComEvent,
	source: EventSource,
	reason: string,
): Promise<PaymentEvent> {
	const parties = await partiesOf(event, source, 'lead');
	return tellOf(event, source, parties, { type: 'payment.failed', reason });
}

function tellOf(
	event: CheckoutComEvent,
	source: EventSource,
	parties: Parties,
	facts: Pick<PaymentFacts, 'type'> & Partial<PaymentFacts>,
): PaymentEvent {
	const { data } = event;
	return paymentEvent(event, source, {
		paymentId: stringAt(data, 'id'),
		money: moneyOf(data),
		...parties,
		...facts,
	});
}
