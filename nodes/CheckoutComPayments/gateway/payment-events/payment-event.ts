import { numberAt, stringAt, valueAt, type JsonObject } from '../../../core/json';
import { leadOf, type Lead } from '../../../core/lead-metadata';
import { fromProviderAmount, type Money } from '../../../core/money';
import { newPaymentEvent, type PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import { ApiError, ConnectionError } from '../../../http/http';
import type { CheckoutComEvent } from '../checkout-com-event';
import { CHECKOUT_COM_CURRENCIES } from '../currencies';

export interface EventSource {
	/** No event says whether it is of real money; the key that it belongs to does. */
	live: boolean;
	/** @param paymentId `pay_…` */
	fetchPayment(paymentId: string): Promise<JsonObject>;
}

/** Turns one kind of Checkout.com event into ours; asks for what it leaves out. Empty when it tells nothing. */
export type ReadPaymentEvents = (
	event: CheckoutComEvent,
	source: EventSource,
) => Promise<PaymentEvent[]>;

export function paymentEvent(
	event: CheckoutComEvent,
	{ live }: EventSource,
	facts: PaymentFacts,
): PaymentEvent {
	const { id: eventId, type: eventType, at: occurredAt, raw } = event;
	return newPaymentEvent(
		{ gateway: 'checkoutCom', eventId, eventType, occurredAt, live, raw },
		facts,
	);
}

/** @param amount in Checkout.com's unit; what stands on the payment when null */
export function moneyOf(payment: JsonObject, amount: number | null = null): Money {
	const units = amount ?? numberAt(payment, 'amount') ?? 0;
	return fromProviderAmount(units, valueAt(payment, 'currency'), CHECKOUT_COM_CURRENCIES);
}

/** In Checkout.com's unit; null when balances are not told. */
export function balanceOf(payment: JsonObject, name: string): number | null {
	return numberAt(payment, 'balances', name);
}

/** Whose payment it is and who paid how, as far as a payment, or the data of its event, tells. */
export type Parties = Pick<PaymentFacts, 'lead'> & Pick<PaymentEvent, 'method' | 'customer'>;

export function partiesIn(payment: JsonObject): Parties {
	return {
		lead: leadIn(payment),
		method: stringAt(payment, 'source', 'type'),
		customer: {
			name: stringAt(payment, 'customer', 'name'),
			email: stringAt(payment, 'customer', 'email'),
			phone: phoneIn(payment),
		},
	};
}

/**
 * As partiesIn, of what was done to a payment. Captures and refunds don't say who paid, and may have a reference and
 * metadata of their own; so the payment is asked for what is needed and not told. That it can't be had just then must
 * not keep back the news that money has arrived.
 */
export async function partiesOf(
	{ data }: CheckoutComEvent,
	source: EventSource,
	needed: 'lead' | 'lead and payer',
): Promise<Parties> {
	const told = partiesIn(data);
	const paymentId = stringAt(data, 'id');
	const isTold = told.lead.leadId !== null && (needed === 'lead' || namesPayer(data));
	if (isTold || paymentId === null) return told;
	return await source.fetchPayment(paymentId).then(
		(payment) => partiesAmong(payment, data),
		(error: unknown) => {
			if (error instanceof ApiError || error instanceof ConnectionError) return told;
			throw error;
		},
	);
}

/** As partiesIn, of a payment and what was done to it. */
export function partiesAmong(payment: JsonObject, action: JsonObject): Parties {
	return { ...partiesIn(payment), lead: leadIn(leadSource(payment, action)) };
}

/** Which of them says whose payment it is: the payment, unless only the action names a lead. */
export function leadSource(payment: JsonObject, action: JsonObject): JsonObject {
	return leadIn(payment).leadId === null && leadIn(action).leadId !== null ? action : payment;
}

function leadIn(object: JsonObject): Lead {
	return leadOf(valueAt(object, 'metadata'), valueAt(object, 'reference'));
}

function namesPayer(data: JsonObject): boolean {
	return valueAt(data, 'source') !== undefined || valueAt(data, 'customer') !== undefined;
}

function phoneIn(payment: JsonObject): string | null {
	const number = stringAt(payment, 'customer', 'phone', 'number');
	return number && `${stringAt(payment, 'customer', 'phone', 'country_code') ?? ''}${number}`;
}
