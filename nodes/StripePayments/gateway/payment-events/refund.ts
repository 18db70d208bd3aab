import { stringAt } from '../../../core/json';
import { refundReason } from '../reasons';
import { chargeEvent, fetchChargeOf } from './charge';
import type { ReadPaymentEvents } from './payment-event';

/** A refund knows its own amount only; what was refunded in all stands on the charge. */
export const refundChanged: ReadPaymentEvents = async (event, api) => {
	const { object: refund } = event;
	const charge = await fetchChargeOf(refund, api);
	if (charge === null) return [];
	const code = stringAt(refund, 'failure_reason') ?? stringAt(refund, 'reason');
	return [
		await chargeEvent(event, charge, 'payment.refunded', api, { reason: refundReason(code) }),
	];
};
