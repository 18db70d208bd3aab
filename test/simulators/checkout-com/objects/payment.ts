import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { Payment, PaymentLink } from '../store';
import { isoTime } from '../timestamps';
import type { Balances, PaymentAction } from '../wire';
import { linkMetadata } from './payment-link';
import { newSource } from './source';

/** A payment that has just been asked for: pending, nothing authorised. */
export function newPayment(simulation: Simulation, link: PaymentLink, method: string): Payment {
	const { request } = link;
	return {
		id: newId('pay'),
		sessionId: newId('sid'),
		linkId: link.id,
		channelId: request.processing_channel_id ?? simulation.processingChannelId,
		requestedAt: simulation.now(),
		amount: request.amount,
		currency: request.currency,
		status: 'Pending',
		approved: false,
		customerId: newId('cus'),
		source: newSource(method, request.billing.address),
		balances: nothing(),
		actions: [],
	};
}

function nothing(): Balances {
	return {
		total_authorized: 0,
		total_voided: 0,
		available_to_void: 0,
		total_captured: 0,
		available_to_capture: 0,
		total_refunded: 0,
		available_to_refund: 0,
	};
}

export function customerOf(payment: Payment, link: PaymentLink): object {
	return { id: payment.customerId, ...link.request.customer };
}

/** The body of `GET /payments/{id}`. */
export function paymentDetails(simulation: Simulation, payment: Payment): object {
	const link = simulation.store.link(payment.linkId);
	const at = (...path: string[]) => simulation.link('payments', payment.id, ...path);
	const { request } = link;
	return {
		id: payment.id,
		requested_on: isoTime(payment.requestedAt),
		source: payment.source,
		amount: payment.amount,
		currency: payment.currency,
		payment_type: request.payment_type ?? 'Regular',
		reference: request.reference,
		description: request.description,
		status: payment.status,
		approved: payment.approved,
		balances: { ...payment.balances },
		customer: customerOf(payment, link),
		metadata: request.metadata && linkMetadata(simulation, link),
		_links: {
			self: at(),
			actions: at('actions'),
			...(payment.balances.available_to_void > 0 && { void: at('voids') }),
			...(payment.balances.available_to_capture > 0 && { capture: at('captures') }),
			...(payment.balances.available_to_refund > 0 && { refund: at('refunds') }),
		},
	};
}

/** The body of `GET /payments/{id}/actions`: latest first. */
export function paymentActions(payment: Payment): PaymentAction[] {
	return [...payment.actions].reverse();
}
