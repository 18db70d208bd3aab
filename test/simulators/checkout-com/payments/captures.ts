import { recordPaymentEvent } from '../events/payment-event';
import { DO_NOT_HONOUR } from '../objects/response-codes';
import type { Simulation } from '../simulation';
import type { Payment } from '../store';
import { addAction, type OwnNames } from './payment-actions';
import type { Outcome } from './outcome';
import { Refusal } from './refusal';

/** Takes authorised money: `payment_captured`. @param amount minor units; all that is left when omitted */
export function capture(
	simulation: Simulation,
	paymentId: string,
	amount?: number,
	own?: OwnNames,
): Outcome {
	const payment = simulation.store.payment(paymentId);
	const taken = capturable(payment, amount);
	const { balances } = payment;
	balances.total_captured += taken;
	balances.available_to_capture -= taken;
	balances.available_to_void = 0;
	balances.available_to_refund += taken;
	payment.status = balances.available_to_capture === 0 ? 'Captured' : 'Partially Captured';
	const action = addAction(simulation, payment, { type: 'Capture', amount: taken, own });
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_captured', payment, action)],
	};
}

/** The capture fails: `payment_capture_declined`; the authorisation stands. */
export function declineCapture(
	simulation: Simulation,
	paymentId: string,
	responseCode = DO_NOT_HONOUR,
): Outcome {
	const payment = simulation.store.payment(paymentId);
	const amount = capturable(payment);
	const action = addAction(simulation, payment, { type: 'Capture', amount, responseCode });
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_capture_declined', payment, action)],
	};
}

/** Releases an authorisation of which nothing was captured: `payment_voided`. */
export function voidPayment(simulation: Simulation, paymentId: string, own?: OwnNames): Outcome {
	const payment = simulation.store.payment(paymentId);
	const { balances } = payment;
	const amount = balances.available_to_void;
	if (amount === 0) throw new Refusal('There is nothing to void.');
	balances.total_voided += amount;
	balances.available_to_void = 0;
	balances.available_to_capture = 0;
	payment.status = 'Voided';
	const action = addAction(simulation, payment, { type: 'Void', amount, own });
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_voided', payment, action)],
	};
}

function capturable(payment: Payment, amount = payment.balances.available_to_capture): number {
	const limit = payment.balances.available_to_capture;
	if (Number.isInteger(amount) && amount > 0 && amount <= limit) return amount;
	throw new Refusal(`${amount} cannot be captured; ${limit} can.`);
}
