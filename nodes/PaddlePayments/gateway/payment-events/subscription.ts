import { isJsonObject, listAt, numberAt, stringAt, type JsonObject } from '../../../core/json';
import type { Money } from '../../../core/money';
import type { PaymentEvent, PaymentEventType } from '../../../core/payment-event';
import { isoTimeAt } from '../paddle-event';
import { paddleMoney } from '../transaction-total';
import { payerOf } from './payer';
import { paymentEvent, type ReadPaymentEvents } from './payment-event';
import { joined } from './transaction';

type SubscriptionType = Extract<PaymentEventType, `subscription.${string}`>;

/** Paddle has an event for each of a subscription's states: https://developer.paddle.com/webhooks/overview */
export function subscriptionBecame(type: SubscriptionType): ReadPaymentEvents {
	return async (event, source) => {
		const { data: subscription } = event;
		return [
			paymentEvent(event, source, {
				type,
				paymentId: null,
				money: pricePerPeriod(subscription),
				...(await payerOf(subscription, event, source)),
				planName: joined(itemsOf(subscription).map((item) => stringAt(item, 'product', 'name'))),
				subscription: standing(subscription),
			}),
		];
	};
}

/** Before taxes and discounts; a subscription has no totals of its own. */
function pricePerPeriod(subscription: JsonObject): Money {
	const total = itemsOf(subscription)
		.filter(({ recurring }) => recurring !== false)
		.reduce(
			(sum, item) =>
				sum +
				Number(stringAt(item, 'price', 'unit_price', 'amount') ?? 0) *
					(numberAt(item, 'quantity') ?? 1),
			0,
		);
	return paddleMoney(String(total), stringAt(subscription, 'currency_code'));
}

function standing(subscription: JsonObject): PaymentEvent['subscription'] {
	const endsAt =
		isoTimeAt(subscription, 'canceled_at') ?? changeAt(subscription, 'cancel', 'effective_at');
	return {
		id: stringAt(subscription, 'id') ?? '',
		status: stringAt(subscription, 'status') ?? '',
		nextBillingAt: endsAt === null ? nextBillingAt(subscription) : null,
		endsAt,
	};
}

/** One that will pause, or has, is charged again when it resumes. */
function nextBillingAt(subscription: JsonObject): string | null {
	switch (stringAt(subscription, 'scheduled_change', 'action')) {
		case 'pause':
			return changeAt(subscription, 'pause', 'resume_at');
		case 'resume':
			return changeAt(subscription, 'resume', 'effective_at');
		default:
			return isoTimeAt(subscription, 'next_billed_at');
	}
}

/** https://developer.paddle.com/api-reference/subscriptions/overview, `scheduled_change` */
function changeAt(
	subscription: JsonObject,
	action: 'cancel' | 'pause' | 'resume',
	key: 'effective_at' | 'resume_at',
): string | null {
	const change = stringAt(subscription, 'scheduled_change', 'action');
	return change === action ? isoTimeAt(subscription, 'scheduled_change', key) : null;
}

function itemsOf(subscription: JsonObject): JsonObject[] {
	return listAt(subscription, 'items').filter(isJsonObject);
}
