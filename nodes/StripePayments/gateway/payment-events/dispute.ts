import { disputeReasonWithDeadline } from '../../../core/dispute-reason';
import { numberAt, stringAt } from '../../../core/json';
import { disputeReason } from '../reasons';
import { chargeEvent, fetchChargeOf } from './charge';
import type { ReadPaymentEvents } from './payment-event';

export const disputeOpened: ReadPaymentEvents = async (event, api) => {
	const { object: dispute } = event;
	const charge = await fetchChargeOf(dispute, api);
	if (charge === null) return [];
	const reason = disputeReasonWithDeadline(
		disputeReason(stringAt(dispute, 'reason')),
		numberAt(dispute, 'evidence_details', 'due_by'),
	);
	return [await chargeEvent(event, charge, 'payment.disputed', api, { reason, refunded: null })];
};

/** All ends but `lost` (`won`, `warning_closed`, `prevented`) leave the money with the merchant. */
export const disputeClosed: ReadPaymentEvents = async (event, api) => {
	const { object: dispute } = event;
	const charge = await fetchChargeOf(dispute, api);
	if (charge === null) return [];
	const reason = stringAt(dispute, 'status') === 'lost' ? 'lost' : 'won';
	return [
		await chargeEvent(event, charge, 'payment.dispute_closed', api, { reason, refunded: null }),
	];
};
