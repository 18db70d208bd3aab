import { numberAt, stringAt, valueAt, type JsonObject } from '../../../core/json';
import type { PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import { pathTo, type StripeApi } from '../api';
import { identify } from '../payment-identity';
import type { StripeEvent } from '../stripe-event';
import { customerAt, paymentEvent, stripeMoney, type ReadPaymentEvents } from './payment-event';

/** `amount_refunded` is cumulative, and the charge carries the metadata of its intent. */
export const chargeRefunded: ReadPaymentEvents = async (event, api) => [
	await chargeEvent(event, event.object, 'payment.refunded', api),
];

/** What a charge tells of its payment: refunds and disputes know little more than their charge's id. */
export async function chargeEvent(
	event: StripeEvent,
	charge: JsonObject,
	type: PaymentEvent['type'],
	api: StripeApi,
	facts: Partial<PaymentFacts> = {},
): Promise<PaymentEvent> {
	const { paymentId, lead } = await identify(charge, api);
	return paymentEvent(event, {
		type,
		paymentId,
		money: stripeMoney(capturedAmount(charge), charge),
		lead,
		refunded: refundedOf(charge),
		method: stringAt(charge, 'payment_method_details', 'type'),
		customer: customerAt(charge, 'billing_details'),
		...facts,
	});
}

/** The charge that a refund or dispute is of; null for refunds of a customer's balance. */
export async function fetchChargeOf(
	object: JsonObject,
	api: StripeApi,
): Promise<JsonObject | null> {
	const chargeId = stringAt(object, 'charge');
	return chargeId === null ? null : await api.get(pathTo('charges', chargeId));
}

function capturedAmount(charge: JsonObject): number {
	return numberAt(charge, 'amount_captured') || (numberAt(charge, 'amount') ?? 0);
}

function refundedOf(charge: JsonObject): PaymentEvent['refunded'] {
	const refunded = numberAt(charge, 'amount_refunded') ?? 0;
	const { amount, amountMinor } = stripeMoney(refunded, charge);
	return { amount, amountMinor, total: valueAt(charge, 'refunded') === true };
}
