import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../core/payment-event';
import type { PaymentFilter, Payments } from '../../gateways/gateway';
import { pathTo, StripeApi } from './api';
import { eventKind, eventsToListenTo } from './event-types';
import { searchForLead } from './lead';
import {
	chargeState,
	INTENT_DETAILS,
	intentState,
	intentStateById,
	invoiceState,
	sessionState,
} from './payment-state';
import { readStripeEvent } from './stripe-event';

type FetchState = (id: string, api: StripeApi) => Promise<PaymentEvent>;

const BY_PREFIX: Readonly<Record<string, FetchState>> = {
	pi: intentStateById,
	in: async (id, api) => await invoiceState(await api.get(pathTo('invoices', id)), api),
	cs: async (id, api) => await sessionState(await api.get(pathTo('checkout/sessions', id)), api),
	ch: fetchChargeState,
	// Charges of methods that came after cards.
	py: fetchChargeState,
};

export const stripePayments: Payments = {
	/** @param paymentId of a payment intent, invoice, checkout session or charge */
	async get(paymentId, context) {
		const id = paymentId.trim();
		const prefix = /^([a-z]+)_\w+$/.exec(id)?.[1] ?? '';
		const fetchState = Object.hasOwn(BY_PREFIX, prefix) ? BY_PREFIX[prefix] : undefined;
		if (fetchState === undefined) {
			throw new Error(
				`"${paymentId}" is not the id of a Stripe payment. It begins with pi_, in_, cs_ or ch_.`,
			);
		}
		return await fetchState(id, new StripeApi(context.send));
	},

	/**
	 * Without a lead: what happened to the payments of leads since, newest first, out of the 30 days that Stripe keeps.
	 * With a lead: how each of its payments stands, one-off payments first, as search knows it a minute later.
	 */
	getMany(filter, context) {
		const api = new StripeApi(context.send);
		const types = filter.types.length > 0 ? filter.types : PAYMENT_EVENT_TYPES;
		return filter.leadId === null
			? happened({ ...filter, types }, api)
			: paymentsOfLead({ ...filter, types }, filter.leadId, api);
	},
};

async function fetchChargeState(id: string, api: StripeApi): Promise<PaymentEvent> {
	return await chargeState(await api.get(pathTo('charges', id), { expand: ['refunds'] }), api);
}

/** https://docs.stripe.com/api/events/list takes up to 20 types; the table has fewer. */
async function* happened(filter: PaymentFilter, api: StripeApi): AsyncGenerator<PaymentEvent> {
	const { types, sinceMs, options } = filter;
	const isWanted = ({ type, leadId }: PaymentEvent) =>
		types.includes(type) && (leadId !== null || options['withoutLead'] === true);
	const events = api.list('/v1/events', {
		types: eventsToListenTo(types, {
			includePaymentIntents: options['includePaymentIntents'] === true,
		}),
		created: { gte: Math.floor(sinceMs / 1000) },
		// What some webhook endpoint of the account has not accepted.
		delivery_success: options['undeliveredOnly'] === true ? false : undefined,
	});
	for await (const body of events) {
		const event = readStripeEvent(body);
		if (event === null) continue;
		const told = (await eventKind(event.type)?.read(event, api)) ?? [];
		yield* told.filter(isWanted);
	}
}

async function* paymentsOfLead(
	{ types, sinceMs }: PaymentFilter,
	leadId: number,
	api: StripeApi,
): AsyncGenerator<PaymentEvent> {
	const isWanted = ({ type, occurredAt }: PaymentEvent) =>
		types.includes(type) && Date.parse(occurredAt) >= sinceMs;
	const query = searchForLead(leadId);
	const expand = [`data.${INTENT_DETAILS}`];
	for await (const intent of api.search('/v1/payment_intents/search', { query, expand })) {
		const state = await intentState(intent, api);
		if (isWanted(state)) yield state;
	}
	for await (const { id } of api.search('/v1/subscriptions/search', { query })) {
		for await (const invoice of api.list('/v1/invoices', { subscription: String(id) })) {
			const state = await invoiceState(invoice, api);
			if (isWanted(state)) yield state;
		}
	}
}
