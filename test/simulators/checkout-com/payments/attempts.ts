import { recordPaymentEvent } from '../events/payment-event';
import { newPayment } from '../objects/payment';
import { linkStatus } from '../objects/payment-link';
import { DO_NOT_HONOUR } from '../objects/response-codes';
import type { Simulation } from '../simulation';
import type { Payment, PaymentLink, StoredEvent } from '../store';
import { addAction } from './payment-actions';
import { capture } from './captures';
import type { Outcome } from './outcome';
import { Refusal } from './refusal';

export interface PayOptions {
	/** Which of the two events arrives first; Checkout.com guarantees neither. */
	order?: 'approved-first' | 'captured-first';
	/** `card`, or the name of an alternative payment method. */
	method?: string;
	/** Whether the money is captured at once; by default as the link or the account says. */
	capture?: boolean;
}

/** The payer pays: `payment_approved`, and `payment_captured` unless capture is left to the merchant. */
export function pay(simulation: Simulation, linkId: string, options: PayOptions = {}): Outcome {
	const link = payableLink(simulation, linkId);
	return authorise(simulation, start(simulation, link, options.method ?? 'card'), options);
}

/** The bank says no: `payment_declined`; the link stays Active and the payer may try again. */
export function decline(
	simulation: Simulation,
	linkId: string,
	responseCode = DO_NOT_HONOUR,
): Outcome {
	const link = payableLink(simulation, linkId);
	const payment = start(simulation, link, 'card');
	const { amount } = payment;
	const action = addAction(simulation, payment, { type: 'Authorization', amount, responseCode });
	payment.status = 'Declined';
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_declined', payment, action)],
	};
}

/** The payer went to another party to pay: `payment_pending`; the link shows the payment in progress. */
export function leaveToPay(simulation: Simulation, linkId: string, method = 'ideal'): Outcome {
	const link = payableLink(simulation, linkId);
	const payment = start(simulation, link, method);
	const { amount } = payment;
	const action = addAction(simulation, payment, {
		type: 'Authorization',
		amount,
		summary: 'Pending',
	});
	action.approved = false;
	link.paymentId = payment.id;
	return {
		result: payment,
		events: [recordPaymentEvent(simulation, 'payment_pending', payment, action)],
	};
}

/** A payment comes through; events are returned in the order they are to arrive. */
export function authorise(
	simulation: Simulation,
	payment: Payment,
	{ order = 'approved-first', ...options }: PayOptions,
): Outcome {
	const link = simulation.store.link(payment.linkId);
	const { amount } = payment;
	payment.status = 'Authorized';
	payment.approved = true;
	payment.balances.total_authorized = amount;
	payment.balances.available_to_capture = amount;
	payment.balances.available_to_void = amount;
	link.paymentId = payment.id;
	link.paid = true;
	const action = addAction(simulation, payment, { type: 'Authorization', amount });
	const events: StoredEvent[] = [
		recordPaymentEvent(simulation, 'payment_approved', payment, action),
	];
	if (options.capture ?? capturesAtOnce(simulation, link)) {
		events.push(...capture(simulation, payment.id).events);
	}
	return { result: payment, events: order === 'approved-first' ? events : events.reverse() };
}

function payableLink(simulation: Simulation, linkId: string): PaymentLink {
	const link = simulation.store.link(linkId);
	const status = linkStatus(simulation, link);
	if (status !== 'Active') throw new Refusal(`The payment link is ${status}, not Active.`);
	if (link.paymentId !== null) {
		throw new Refusal(`Payment ${link.paymentId} of this link is still in progress.`);
	}
	return link;
}

function start(simulation: Simulation, link: PaymentLink, method: string): Payment {
	const payment = newPayment(simulation, link, method);
	simulation.store.payments.set(payment.id, payment);
	return payment;
}

/** `capture_on` implies capture; its date is not waited for. */
function capturesAtOnce(simulation: Simulation, { request }: PaymentLink): boolean {
	if (request.capture_on !== undefined) return true;
	return request.capture ?? simulation.settings.autoCapture;
}
