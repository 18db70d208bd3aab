import { stringAt, type JsonObject } from '../../core/json';
import type { PaymentEvent } from '../../core/payment-event';
import type { StripeApi } from './api';
import { sessionState } from './payment-state';

/**
 * A delayed method (SEPA, vouchers) uses a link up days before its money arrives; a second link would ask for the money
 * twice. https://docs.stripe.com/payment-links/customize
 * @throws Error with a sentence for the user
 */
export async function refuseWhilePending(link: JsonObject, api: StripeApi): Promise<void> {
	const pending = await pendingPaymentOf(link, api);
	if (pending === null) return;
	throw new Error(
		`${pending.amount} ${pending.currency} of this lead is on its way already: the client chose a method that takes days, payment ${pending.paymentId}. No second link was made. Wait until the payment has arrived; if it fails, run this again.`,
	);
}

async function pendingPaymentOf(link: JsonObject, api: StripeApi): Promise<PaymentEvent | null> {
	const filter = { payment_link: stringAt(link, 'id'), status: 'complete' };
	for await (const page of api.list('/v1/checkout/sessions', filter)) {
		// It stays `unpaid` when the payment fails in the end.
		if (stringAt(page, 'payment_status') !== 'unpaid') continue;
		const state = await sessionState(page, api);
		if (state.type === 'payment.pending') return state;
	}
	return null;
}
