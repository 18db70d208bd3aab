import { stringAt, type JsonObject } from '../../../core/json';
import type { PaymentEvent } from '../../../core/payment-event';
import { identify, type PaymentIdentity } from '../payment-identity';
import { failureReason } from '../reasons';
import type { StripeEvent } from '../stripe-event';
import { invoiceEvent } from './invoice';
import {
	certainMethod,
	customerAt,
	moneyAt,
	paymentEvent,
	type ReadPaymentEvents,
} from './payment-event';

export const intentSucceeded: ReadPaymentEvents = async (event, api) => {
	const identity = await identify(event.object, api);
	return identity.invoice === null
		? [intentEvent(event, 'payment.succeeded', identity)]
		: [invoiceEvent({ ...event, object: identity.invoice }, 'payment.succeeded', identity.lead)];
};

/** Of a subscription's payment the invoice tells the same. */
export const intentProcessing: ReadPaymentEvents = async (event, api) => {
	const identity = await identify(event.object, api);
	return identity.invoice === null ? [intentEvent(event, 'payment.pending', identity)] : [];
};

/** Of a subscription's payment the invoice tells the same. */
export const intentFailed: ReadPaymentEvents = async (event, api) => {
	const identity = await identify(event.object, api);
	return identity.invoice === null ? [intentEvent(event, 'payment.failed', identity)] : [];
};

/** What a payment intent tells of its payment. */
export function intentEvent(
	event: StripeEvent,
	type: PaymentEvent['type'],
	{ paymentId, lead }: Pick<PaymentIdentity, 'paymentId' | 'lead'>,
): PaymentEvent {
	const { object: intent } = event;
	return paymentEvent(event, {
		type,
		paymentId,
		money: moneyAt(intent, type === 'payment.succeeded' ? 'amount_received' : 'amount'),
		lead,
		method: methodOf(intent),
		reason: type === 'payment.failed' ? failureReason(intent) : null,
		customer: customerOf(intent),
	});
}

function methodOf(intent: JsonObject): string | null {
	return (
		stringAt(intent, 'last_payment_error', 'payment_method', 'type') ??
		stringAt(intent, 'latest_charge', 'payment_method_details', 'type') ??
		certainMethod(intent)
	);
}

/** An intent knows its payer only through the charge or the payment method that failed. */
function customerOf(intent: JsonObject): PaymentEvent['customer'] {
	const failed = customerAt(intent, 'last_payment_error', 'payment_method', 'billing_details');
	const charged = customerAt(intent, 'latest_charge', 'billing_details');
	return {
		name: charged.name ?? failed.name ?? stringAt(intent, 'shipping', 'name'),
		email: charged.email ?? failed.email ?? stringAt(intent, 'receipt_email'),
		phone: charged.phone ?? failed.phone ?? stringAt(intent, 'shipping', 'phone'),
	};
}
