/** The checkout page that something was paid on: Stripe's checkout session, which alone knows the link it came from. */
import { isJsonObject, listAt, type JsonObject } from '../../core/json';
import { pathTo, type StripeApi } from './api';
import { subscriptionOf } from './invoice-shapes';

/**
 * @param paymentId of a payment intent, a subscription's invoice or a checkout session
 * @returns null for any other id, and for payments that are unknown or were made without a page
 */
export async function pageOfPayment(paymentId: string, api: StripeApi): Promise<JsonObject | null> {
	switch (/^([a-z]+)_\w+$/.exec(paymentId)?.[1]) {
		case 'cs':
			return await api.find(pathTo('checkout/sessions', paymentId));
		case 'in':
			return await pageOfInvoice(await api.find(pathTo('invoices', paymentId)), api);
		case 'pi':
			return await findPage({ payment_intent: paymentId }, api);
		default:
			return null;
	}
}

/** https://docs.stripe.com/api/checkout/sessions/list */
export async function findPage(
	filter: { payment_intent: string } | { subscription: string },
	api: StripeApi,
): Promise<JsonObject | null> {
	const pages = await api.find('/v1/checkout/sessions', { ...filter, limit: 1 });
	return listAt(pages, 'data').find(isJsonObject) ?? null;
}

async function pageOfInvoice(
	invoice: JsonObject | null,
	api: StripeApi,
): Promise<JsonObject | null> {
	const subscription = invoice && subscriptionOf(invoice);
	return subscription === null ? null : await findPage({ subscription }, api);
}
