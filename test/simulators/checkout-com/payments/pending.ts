import { recordPaymentEvent } from '../events/payment-event';
import type { Simulation } from '../simulation';
import type { Payment } from '../store';
import { addAction } from './payment-actions';
import { authorise, type PayOptions } from './attempts';
import type { Outcome } from './outcome';
import { Refusal } from './refusal';

/** The other party confirms a pending payment: approved and captured. */
export function succeed(
	simulation: Simulation,
	paymentId: string,
	options: PayOptions = {},
): Outcome {
	const payment = pendingPayment(simulation, paymentId);
	payment.actions = [];
	return authorise(simulation, payment, options);
}

/** The pending payment ran out of time: `payment_expired`. Not the link's expiry, which sends nothing. */
export function expirePayment(simulation: Simulation, paymentId: string): Outcome {
	const payment = pendingPayment(simulation, paymentId);
	payment.status = 'Expired';
	release(simulation, payment);
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_expired', payment)],
	};
}

/** The payer gave up at the other party: `payment_canceled`. */
export function cancel(simulation: Simulation, paymentId: string): Outcome {
	const payment = pendingPayment(simulation, paymentId);
	payment.status = 'Canceled';
	release(simulation, payment);
	const action = addAction(simulation, payment, {
		type: 'Authorization',
		amount: payment.amount,
		responseCode: '20068',
	});
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_canceled', payment, action)],
	};
}

function pendingPayment(simulation: Simulation, paymentId: string): Payment {
	const payment = simulation.store.payment(paymentId);
	if (payment.status !== 'Pending') {
		throw new Refusal(`The payment is ${payment.status}, not Pending.`);
	}
	return payment;
}

function release(simulation: Simulation, payment: Payment): void {
	simulation.store.link(payment.linkId).paymentId = null;
}
