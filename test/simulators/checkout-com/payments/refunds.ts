import { recordPaymentEvent } from '../events/payment-event';
import { DO_NOT_HONOUR } from '../objects/response-codes';
import type { Simulation } from '../simulation';
import type { Payment } from '../store';
import { addAction, type OwnNames } from './payment-actions';
import type { Outcome } from './outcome';
import { Refusal } from './refusal';

/** Gives money back: `payment_refunded`. @param amount minor units; all that is left when omitted */
export function refund(
	simulation: Simulation,
	paymentId: string,
	amount?: number,
	own?: OwnNames,
): Outcome {
	const event = 'payment_refunded';
	return giveBack(simulation, paymentId, { amount, type: 'Refund', event, own });
}

/** An alternative payment method takes the money back after success: `payment_returned`. */
export function returnPayment(simulation: Simulation, paymentId: string): Outcome {
	return giveBack(simulation, paymentId, { type: 'Return', event: 'payment_returned' });
}

/** A refund that fails: `payment_refund_declined`; balances stay. */
export function declineRefund(simulation: Simulation, paymentId: string, amount?: number): Outcome {
	const payment = simulation.store.payment(paymentId);
	const action = addAction(simulation, payment, {
		type: 'Refund',
		amount: refundable(payment, amount),
		responseCode: DO_NOT_HONOUR,
	});
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_refund_declined', payment, action)],
	};
}

function giveBack(
	simulation: Simulation,
	paymentId: string,
	how: { amount?: number; type: 'Refund' | 'Return'; event: string; own?: OwnNames },
): Outcome {
	const payment = simulation.store.payment(paymentId);
	const amount = refundable(payment, how.amount);
	const { balances } = payment;
	balances.total_refunded += amount;
	balances.available_to_refund -= amount;
	payment.status = balances.available_to_refund === 0 ? 'Refunded' : 'Partially Refunded';
	const action = addAction(simulation, payment, { type: how.type, amount, own: how.own });
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, how.event, payment, action)],
	};
}

function refundable(payment: Payment, amount = payment.balances.available_to_refund): number {
	const limit = payment.balances.available_to_refund;
	if (Number.isInteger(amount) && amount > 0 && amount <= limit) return amount;
	throw new Refusal(`${amount} cannot be refunded; ${limit} can.`);
}
