import {
	isJsonObject,
	listAt,
	numberAt,
	stringAt,
	valueAt,
	type JsonObject,
} from '../../../core/json';
import type { PaymentEvent } from '../../../core/payment-event';
import type { StripeApi } from '../api';
import { leadOfSubscription } from '../payment-identity';
import { cancellationReason } from '../reasons';
import type { StripeEvent } from '../stripe-event';
import { isoTimeAt, paymentEvent, stripeMoney, type ReadPaymentEvents } from './payment-event';

/** One that awaits its first payment is `incomplete`: it starts with a later update, or never. */
export const subscriptionCreated: ReadPaymentEvents = async (event, api) =>
	isRunning(stringAt(event.object, 'status'))
		? [await subscriptionEvent(event, 'subscription.activated', api)]
		: [];

export const subscriptionUpdated: ReadPaymentEvents = async (event, api) => {
	const status = stringAt(event.object, 'status');
	const before = stringAt(event.previous, 'status') ?? status;
	if (status === 'incomplete' || status === 'incomplete_expired') return [];
	if (isRunning(status) && before === 'incomplete') {
		return [await subscriptionEvent(event, 'subscription.activated', api)];
	}
	const fellBehind = isOwing(status) && !isOwing(before);
	const type = fellBehind ? 'subscription.past_due' : 'subscription.updated';
	return [await subscriptionEvent(event, type, api)];
};

export const subscriptionDeleted: ReadPaymentEvents = async (event, api) => [
	await subscriptionEvent(event, 'subscription.canceled', api),
];

async function subscriptionEvent(
	event: StripeEvent,
	type: PaymentEvent['type'],
	api: StripeApi,
): Promise<PaymentEvent> {
	const { object: subscription } = event;
	return paymentEvent(event, {
		type,
		paymentId: null,
		money: stripeMoney(pricePerPeriod(subscription), subscription),
		lead: await leadOfSubscription(subscription, api),
		reason: type === 'subscription.canceled' ? cancellationReason(subscription) : null,
		planName: planName(subscription),
		subscription: {
			id: stringAt(subscription, 'id') ?? '',
			status: stringAt(subscription, 'status') ?? '',
			nextBillingAt: nextBillingAt(subscription),
			endsAt: endsAt(subscription),
		},
	});
}

function isRunning(status: string | null): boolean {
	return status === 'active' || status === 'trialing';
}

function isOwing(status: string | null): boolean {
	return status === 'past_due' || status === 'unpaid';
}

/** In Stripe's unit, before taxes and discounts. */
function pricePerPeriod(subscription: JsonObject): number {
	return itemsOf(subscription).reduce(
		(sum, item) =>
			sum + (numberAt(item, 'price', 'unit_amount') ?? 0) * (numberAt(item, 'quantity') ?? 1),
		0,
	);
}

/** Our links put the deal's description on the subscription. */
function planName(subscription: JsonObject): string | null {
	return (
		stringAt(subscription, 'description') ?? stringAt(itemsOf(subscription)[0], 'price', 'nickname')
	);
}

function nextBillingAt(subscription: JsonObject): string | null {
	const ends = endsAt(subscription) !== null || !isAlive(stringAt(subscription, 'status'));
	return ends ? null : periodEnd(subscription);
}

function endsAt(subscription: JsonObject): string | null {
	return (
		isoTimeAt(subscription, 'ended_at') ??
		isoTimeAt(subscription, 'cancel_at') ??
		(valueAt(subscription, 'cancel_at_period_end') === true ? periodEnd(subscription) : null)
	);
}

/** Since basil it stands on the items. */
function periodEnd(subscription: JsonObject): string | null {
	return (
		isoTimeAt(itemsOf(subscription)[0], 'current_period_end') ??
		isoTimeAt(subscription, 'current_period_end')
	);
}

function isAlive(status: string | null): boolean {
	return isRunning(status) || isOwing(status);
}

function itemsOf(subscription: JsonObject): JsonObject[] {
	return listAt(subscription, 'items', 'data').filter(isJsonObject);
}
