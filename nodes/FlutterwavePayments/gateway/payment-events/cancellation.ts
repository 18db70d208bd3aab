import { idAt, stringAt, valueAt } from '../../../core/json';
import { leadOf } from '../../../core/lead-metadata';
import { newPaymentEvent } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import { fromFlutterwaveAmount } from '../currencies';
import { CANCELLATION_EVENT, cancellationEventId } from '../notice';
import { findCanceled, findPlan, firstPaymentOf, subscriptionState } from '../subscriptions';
import { leadOfTransaction, payerOf, shownEmail } from '../transaction';
import { withoutTokens } from '../without-tokens';
import type { EventSource } from './event-source';

/**
 * The end of a payer's subscription. The delivery names neither the subscription nor a time, so Flutterwave is asked
 * for the former, and the latter is now.
 * @returns null when the payer has no canceled subscription
 */
export async function cancellationEvent(
	payer: { email: string; planId: string | null },
	{ api, live, now }: EventSource,
): Promise<PaymentEvent | null> {
	const subscription = await findCanceled(payer, api);
	if (subscription === null) return null;
	const plan = await findPlan(subscription, api);
	const first = await firstPaymentOf(subscription, payer.email, api);
	const currency = stringAt(plan, 'currency') ?? stringAt(first, 'currency');
	if (currency === null) return null;
	return newPaymentEvent(
		{
			gateway: 'flutterwave',
			eventId: cancellationEventId(idAt(subscription, 'id') ?? ''),
			eventType: CANCELLATION_EVENT,
			occurredAt: new Date(now()).toISOString(),
			live,
			raw: withoutTokens(subscription),
		},
		{
			type: 'subscription.canceled',
			paymentId: null,
			money: fromFlutterwaveAmount(valueAt(subscription, 'amount'), currency),
			lead: first === null ? leadOf(null) : leadOfTransaction(first),
			customer:
				first === null
					? { name: null, email: shownEmail(payer.email, live), phone: null }
					: payerOf(first, live),
			planName: stringAt(plan, 'name'),
			subscription: subscriptionState(subscription),
		},
	);
}
