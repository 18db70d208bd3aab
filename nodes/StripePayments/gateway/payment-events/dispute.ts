import { disputeReasonWithDeadline } from '../../../core/dispute-reason';
import { numberAt, stringAt, type JsonObject } from '../../../core/json';
import type { PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import type { StripeApi } from '../api';
import { disputeReason } from '../reasons';
import type { StripeEvent } from '../stripe-event';
import { chargeEvent, fetchChargeOf } from './charge';
import { moneyAt, type ReadPaymentEvents } from './payment-event';

export const disputeOpened: ReadPaymentEvents = async (event, api) => {
	const reason = disputeReasonWithDeadline(
		disputeReason(stringAt(event.object, 'reason')),
		numberAt(event.object, 'evidence_details', 'due_by'),
	);
	return await disputeEvents(event, 'payment.disputed', reason, api);
};

/** All ends but `lost` (`won`, `warning_closed`, `prevented`) leave the money with the merchant. */
export const disputeClosed: ReadPaymentEvents = async (event, api) => {
	const reason = stringAt(event.object, 'status') === 'lost' ? 'lost' : 'won';
	return await disputeEvents(event, 'payment.dispute_closed', reason, api);
};

async function disputeEvents(
	event: StripeEvent,
	type: PaymentEvent['type'],
	reason: string | null,
	api: StripeApi,
): Promise<PaymentEvent[]> {
	const { object: dispute } = event;
	const charge = await fetchChargeOf(dispute, api);
	if (charge === null) return [];
	const facts = { reason, refunded: null, ...disputedMoney(dispute, charge) };
	return [await chargeEvent(event, charge, type, api, facts)];
}

/** It can be a part of what was paid. https://docs.stripe.com/api/disputes/object#dispute_object-amount */
function disputedMoney(
	dispute: JsonObject,
	charge: JsonObject,
): Partial<Pick<PaymentFacts, 'money'>> {
	const isSameCurrency = stringAt(dispute, 'currency') === stringAt(charge, 'currency');
	const isKnown = isSameCurrency && numberAt(dispute, 'amount') !== null;
	return isKnown ? { money: moneyAt(dispute, 'amount') } : {};
}
