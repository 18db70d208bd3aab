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

/** @param payment a payment, or the data of its event */
export function leadOfPayment(payment: JsonObject): Lead {
	return leadOf(valueAt(payment, 'metadata'), valueAt(payment, 'reference'));
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

/** Who paid how, as far as it is told. */
export function payerIn(payment: JsonObject): Pick<PaymentEvent, 'method' | 'customer'> {
	return {
		method: stringAt(payment, 'source', 'type'),
		customer: {
			name: stringAt(payment, 'customer', 'name'),
			email: stringAt(payment, 'customer', 'email'),
			phone: phoneIn(payment),
		},
	};
}

/**
 * Who paid how. Captures and refunds don't say, so the payment is asked; that it can't be had just then must not keep
 * back the news that money has arrived.
 */
export async function payerOf(
	{ data }: CheckoutComEvent,
	source: EventSource,
): Promise<ReturnType<typeof payerIn>> {
	const paymentId = stringAt(data, 'id');
	const isTold = valueAt(data, 'source') !== undefined || valueAt(data, 'customer') !== undefined;
	if (isTold || paymentId === null) return payerIn(data);
	return await source.fetchPayment(paymentId).then(payerIn, (error: unknown) => {
		if (error instanceof ApiError || error instanceof ConnectionError) return payerIn(data);
		throw error;
	});
}

function phoneIn(payment: JsonObject): string | null {
	const number = stringAt(payment, 'customer', 'phone', 'number');
	return number && `${stringAt(payment, 'customer', 'phone', 'country_code') ?? ''}${number}`;
}
