import { listAt, numberAt, stringAt, type JsonObject } from '../../../core/json';
import { fromProviderAmount, type Money } from '../../../core/money';
import { newPaymentEvent, type PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import type { StripeApi } from '../api';
import { STRIPE_CURRENCIES } from '../currencies';
import type { StripeEvent } from '../stripe-event';

/** Turns one kind of Stripe event into ours; asks Stripe for what the event leaves out. Empty when it tells nothing. */
export type ReadPaymentEvents = (event: StripeEvent, api: StripeApi) => Promise<PaymentEvent[]>;

export function paymentEvent(event: StripeEvent, facts: PaymentFacts): PaymentEvent {
	const { id: eventId, type: eventType, live, raw } = event;
	const occurredAt = isoTime(event.created);
	return newPaymentEvent({ gateway: 'stripe', eventId, eventType, occurredAt, live, raw }, facts);
}

/** An amount of an object in the object's own currency. */
export function moneyAt(object: JsonObject, key: string): Money {
	return stripeMoney(numberAt(object, key) ?? 0, object);
}

export function stripeMoney(amount: number, { currency }: JsonObject): Money {
	return fromProviderAmount(amount, currency, STRIPE_CURRENCIES);
}

/** `name`, `email` and `phone` of customer or billing details. */
export function customerAt(object: JsonObject, ...path: string[]): PaymentEvent['customer'] {
	return {
		name: stringAt(object, ...path, 'name'),
		email: stringAt(object, ...path, 'email'),
		phone: stringAt(object, ...path, 'phone'),
	};
}

/** `payment_method_types` lists what was offered: only a single one is certain to have been used. */
export function certainMethod(object: JsonObject): string | null {
	const offered = listAt(object, 'payment_method_types');
	return offered.length === 1 ? stringAt(offered, 0) : null;
}

/** @param seconds Unix seconds */
export function isoTime(seconds: number): string {
	return new Date(seconds * 1000).toISOString();
}

export function isoTimeAt(object: unknown, ...path: Array<string | number>): string | null {
	const seconds = numberAt(object, ...path);
	return seconds === null ? null : isoTime(seconds);
}
