import { stringAt, type JsonObject } from '../../core/json';
import type { PaymentEvent } from '../../core/payment-event';
import type { GatewayContext, PaymentFilter, Payments } from '../../gateways/gateway';
import { pathTo } from '../../http/path-to';
import { CheckoutComApi } from './api';
import { eventKind } from './event-types';
import { referenceOfLead } from './lead-reference';
import type { EventSource } from './payment-events/payment-event';
import { historyOf } from './payment-history';
import { fetchLink, linkIdIn } from './payment-link';

const PAYMENT_ID = /^(pay|sid)_\w{26}$/;

export const checkoutComPayments: Payments = {
	/**
	 * @param id of a payment (`pay_…`, `sid_…`) or a payment link (`pl_…` or its address), or a reference
	 * @returns null when nobody has paid by this link, or under this reference, yet
	 */
	async get(id, context) {
		const api = new CheckoutComApi(context.send);
		for await (const payment of paymentsOf(id.trim(), api)) {
			return (await eventsOf(payment, api, context)).at(-1) ?? null;
		}
		return null;
	},

	/**
	 * Everything that happened to the payments of a lead, or under a reference, or by a link, since.
	 * @throws Error when none of them is given: Checkout.com has no list of all payments
	 */
	async *getMany({ leadId, options, sinceMs, types }: PaymentFilter, context) {
		const api = new CheckoutComApi(context.send);
		const given = typeof options['payment'] === 'string' ? options['payment'].trim() : '';
		const id = leadId === null ? given : referenceOfLead(leadId);
		if (id === '') {
			throw new Error(
				'Checkout.com lists payments of one lead or reference only, not of all since a time. Add the filter "Lead ID", and feed the leads that wait for money, as the template does.',
			);
		}
		for await (const payment of paymentsOf(id, api)) {
			for (const event of await eventsOf(payment, api, context)) {
				const isWanted = types.length === 0 || types.includes(event.type);
				if (isWanted && Date.parse(event.occurredAt) >= sinceMs) yield event;
			}
		}
	},
};

/** For events that leave out what only the payment knows. */
export function eventSource(api: CheckoutComApi, { live }: GatewayContext): EventSource {
	return { live, fetchPayment: async (paymentId) => await fetchPayment(paymentId, api) };
}

/** Newest first. */
async function* paymentsOf(id: string, api: CheckoutComApi): AsyncGenerator<JsonObject> {
	if (PAYMENT_ID.test(id)) {
		yield await fetchPayment(id, api);
	} else if (linkIdIn(id) !== null) {
		const paymentId = stringAt(await fetchLink(id, api), 'payment_id');
		if (paymentId !== null) yield await fetchPayment(paymentId, api);
	} else {
		yield* api.paymentsByReference(id);
	}
}

async function fetchPayment(paymentId: string, api: CheckoutComApi): Promise<JsonObject> {
	return await api.get(pathTo('payments', paymentId));
}

/** Oldest first. */
async function eventsOf(
	payment: JsonObject,
	api: CheckoutComApi,
	context: GatewayContext,
): Promise<PaymentEvent[]> {
	const actions = await api.list(pathTo('payments', stringAt(payment, 'id') ?? '', 'actions'));
	const source = { ...eventSource(api, context), fetchPayment: async () => payment };
	const events: PaymentEvent[] = [];
	for (const event of historyOf(payment, actions)) {
		events.push(...((await eventKind(event.type)?.read(event, source)) ?? []));
	}
	return events;
}
