import { EVENT_SOURCES } from '../events/event-types';
import { newDigits, newId } from '../ids';
import { linkMetadata } from '../objects/payment-link';
import type { Simulation } from '../simulation';
import type { Dispute, StoredEvent } from '../store';
import { isoTime } from '../timestamps';
import type { Outcome } from './outcome';
import { Refusal } from './refusal';

const FOURTEEN_DAYS = 14 * 24 * 60 * 60 * 1000;

export interface DisputeOptions {
	/** Minor units; what was captured when omitted. */
	amount?: number;
	category?: string;
	reasonCode?: string;
}

/** The payer's bank disputes a payment: `dispute_received`. */
export function openDispute(
	simulation: Simulation,
	paymentId: string,
	options: DisputeOptions = {},
): Outcome<Dispute> {
	const payment = simulation.store.payment(paymentId);
	const captured = payment.balances.total_captured;
	if (captured === 0) throw new Refusal('Nothing was captured that could be disputed.');
	const dispute: Dispute = {
		id: newId('dsp'),
		paymentId,
		amount: options.amount ?? captured,
		category: options.category ?? 'fraudulent',
		reasonCode: options.reasonCode ?? '10.4',
		receivedAt: simulation.now(),
		status: 'received',
	};
	simulation.store.disputes.set(dispute.id, dispute);
	return { result: dispute, events: [recordDisputeEvent(simulation, dispute)] };
}

/** What becomes of a dispute. @param status the event without `dispute_`: won, lost, canceled, … */
export function moveDispute(
	simulation: Simulation,
	disputeId: string,
	status: string,
): Outcome<Dispute> {
	const known = EVENT_SOURCES.some(({ types }) => types.includes(`dispute_${status}`));
	if (!known) throw new Refusal(`There is no event dispute_${status}.`);
	const dispute = simulation.store.dispute(disputeId);
	dispute.status = status;
	return { result: dispute, events: [recordDisputeEvent(simulation, dispute)] };
}

/** The field list is modelled on Dispute in the OpenAPI; the events themselves are not documented in full. */
function recordDisputeEvent(simulation: Simulation, dispute: Dispute): StoredEvent {
	const payment = simulation.store.payment(dispute.paymentId);
	const link = simulation.store.link(payment.linkId);
	return simulation.events.record({
		type: `dispute_${dispute.status}`,
		subjectId: dispute.id,
		channelId: payment.channelId,
		data: {
			id: dispute.id,
			category: dispute.category,
			amount: dispute.amount,
			currency: payment.currency,
			reason_code: dispute.reasonCode,
			evidence_required_by: isoTime(dispute.receivedAt + FOURTEEN_DAYS),
			received_on: isoTime(dispute.receivedAt),
			payment_id: payment.id,
			payment_reference: link.request.reference,
			payment_amount: payment.amount,
			payment_currency: payment.currency,
			payment_method: payment.source['scheme'] ?? payment.source.type,
			payment_arn: newDigits(23),
			payment_date: isoTime(payment.requestedAt),
			...(simulation.settings.disputesCarryMetadata && {
				metadata: linkMetadata(simulation, link),
			}),
		},
		links: {
			dispute: simulation.link('disputes', dispute.id),
			payment: simulation.link('payments', payment.id),
		},
	});
}
