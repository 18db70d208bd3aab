/**
 * How a payment stands, told in the manner of an event: with the time of the object itself and an id made of what
 * happened to what, so that asking again gives the same event.
 */
import { listAt, numberAt, objectAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import type { PaymentEvent } from '../../core/payment-event';
import { pathTo, type StripeApi } from './api';
import { subscriptionOf } from './invoice-shapes';
import type { Lead } from '../../core/lead-metadata';
import { chargeEvent } from './payment-events/charge';
import { sessionEvent } from './payment-events/checkout-session';
import { disputeClosed, disputeOpened } from './payment-events/dispute';
import { invoiceEvent } from './payment-events/invoice';
import { intentEvent } from './payment-events/payment-intent';
import { identify, intentOfInvoice, leadOfInvoice, type PaymentIdentity } from './payment-identity';
import { failureReason } from './reasons';
import type { StripeEvent } from './stripe-event';

/** What an intent must have expanded to be judged. */
export const INTENT_DETAILS = 'latest_charge.refunds';

const CLOSED_DISPUTES = new Set(['lost', 'prevented', 'warning_closed', 'won']);

export async function intentStateById(intentId: string, api: StripeApi): Promise<PaymentEvent> {
	const query = { expand: [INTENT_DETAILS] };
	return await intentState(await api.get(pathTo('payment_intents', intentId), query), api);
}

/** @param intent with `latest_charge.refunds` expanded */
export async function intentState(intent: JsonObject, api: StripeApi): Promise<PaymentEvent> {
	const identity = await identify(intent, api);
	if (identity.invoice !== null) return await invoiceState(identity.invoice, api);
	return (await laterState(intent, api)) ?? unchangedState(intent, identity);
}

export async function invoiceState(invoice: JsonObject, api: StripeApi): Promise<PaymentEvent> {
	const intentId = stringAt(await intentOfInvoice(invoice, api), 'id');
	const query = { expand: [INTENT_DETAILS] };
	const intent =
		intentId === null ? null : await api.get(pathTo('payment_intents', intentId), query);
	if (intent !== null && subscriptionOf(invoice) === null) return await intentState(intent, api);
	const later = intent === null ? null : await laterState(intent, api);
	return later ?? unpaidOrPaid(invoice, intent, await leadOfInvoice(invoice, api));
}

export async function sessionState(session: JsonObject, api: StripeApi): Promise<PaymentEvent> {
	const intentId = stringAt(session, 'payment_intent');
	if (intentId !== null) return await intentStateById(intentId, api);
	const invoiceId = stringAt(session, 'invoice');
	if (invoiceId !== null) {
		return await invoiceState(await api.get(pathTo('invoices', invoiceId)), api);
	}
	const event = standing(session, numberAt(session, 'created'));
	switch (stringAt(session, 'status')) {
		case 'complete':
			return sessionEvent(event, 'payment.succeeded');
		case 'expired':
			return sessionEvent(event, 'payment.failed', { reason: 'the client did not pay in time' });
		default:
			return sessionEvent(event, 'payment.pending');
	}
}

export async function chargeState(charge: JsonObject, api: StripeApi): Promise<PaymentEvent> {
	const intentId = stringAt(charge, 'payment_intent');
	if (intentId !== null) return await intentStateById(intentId, api);
	const later = await stateOfCharge(charge, api);
	if (later !== null) return later;
	const event = standing(charge, numberAt(charge, 'created'));
	switch (stringAt(charge, 'status')) {
		case 'succeeded':
			return await chargeEvent(event, charge, 'payment.succeeded', api, { refunded: null });
		case 'pending':
			return await chargeEvent(event, charge, 'payment.pending', api, { refunded: null });
		default:
			return await chargeEvent(event, charge, 'payment.failed', api, {
				refunded: null,
				reason: stringAt(charge, 'failure_message'),
			});
	}
}

/** What happened to a payment after it was made: a dispute or a refund; null when nothing did. */
async function laterState(intent: JsonObject, api: StripeApi): Promise<PaymentEvent | null> {
	const charge = objectAt(intent, 'latest_charge');
	return charge === null ? null : await stateOfCharge(charge, api);
}

async function stateOfCharge(charge: JsonObject, api: StripeApi): Promise<PaymentEvent | null> {
	if (valueAt(charge, 'disputed') === true) {
		const disputes = await api.get('/v1/disputes', { charge: stringAt(charge, 'id'), limit: 1 });
		const dispute = objectAt(disputes, 'data', 0);
		if (dispute !== null) return await disputeState(dispute, api);
	}
	const refunded = numberAt(charge, 'amount_refunded') ?? 0;
	if (refunded <= 0) return null;
	const refundTimes = listAt(charge, 'refunds', 'data').map(
		(refund) => numberAt(refund, 'created') ?? 0,
	);
	const at = Math.max(numberAt(charge, 'created') ?? 0, ...refundTimes);
	const event = { ...standing(charge, at, `refunded:${refunded}`), type: 'charge.refunded' };
	return await chargeEvent(event, charge, 'payment.refunded', api);
}

async function disputeState(dispute: JsonObject, api: StripeApi): Promise<PaymentEvent | null> {
	const event = standing(dispute, numberAt(dispute, 'created'));
	const closed = CLOSED_DISPUTES.has(stringAt(dispute, 'status') ?? '');
	const [told] = await (closed ? disputeClosed : disputeOpened)(event, api);
	return told ?? null;
}

function unchangedState(intent: JsonObject, identity: PaymentIdentity): PaymentEvent {
	const status = stringAt(intent, 'status');
	const tried = numberAt(intent, 'latest_charge', 'created') ?? numberAt(intent, 'created');
	if (status === 'succeeded') {
		return intentEvent(standing(intent, tried), 'payment.succeeded', identity);
	}
	if (status === 'canceled') {
		const event = standing(intent, numberAt(intent, 'canceled_at'));
		const reason = failureReason(intent) ?? 'the payment was canceled';
		return { ...intentEvent(event, 'payment.failed', identity), reason };
	}
	const error = objectAt(intent, 'last_payment_error');
	if (status === 'requires_payment_method' && error !== null) {
		const event = standing(intent, tried, `failed:${stringAt(error, 'charge') ?? tried}`);
		return intentEvent(event, 'payment.failed', identity);
	}
	return intentEvent(standing(intent, tried), 'payment.pending', identity);
}

function unpaidOrPaid(invoice: JsonObject, intent: JsonObject | null, lead: Lead): PaymentEvent {
	const status = stringAt(invoice, 'status');
	const tried = numberAt(intent, 'latest_charge', 'created') ?? numberAt(invoice, 'created');
	if (status === 'paid') {
		const at = numberAt(invoice, 'status_transitions', 'paid_at') ?? tried;
		return invoiceEvent(standing(invoice, at), 'payment.succeeded', lead);
	}
	const attempts = numberAt(invoice, 'attempt_count') ?? 0;
	const waits = attempts === 0 || valueAt(intent, 'status') === 'processing';
	if (waits && (status === 'open' || status === 'draft')) {
		return invoiceEvent(standing(invoice, tried), 'payment.pending', lead);
	}
	const event = standing(invoice, tried, `${status}:${attempts}`);
	const reason = failureReason(intent) ?? (status === 'void' ? 'the invoice was voided' : null);
	return { ...invoiceEvent(event, 'payment.failed', lead), reason };
}

/**
 * An object dressed as the event of its status: `payment_intent.succeeded`, `invoice.open`.
 * @param at Unix seconds
 * @param what tells apart what can happen to the object in one status
 */
function standing(object: JsonObject, at: number | null, what?: string): StripeEvent {
	const status = stringAt(object, 'status') ?? '';
	return {
		id: `${stringAt(object, 'id')}:${what ?? status}`,
		type: `${stringAt(object, 'object')}.${status}`,
		created: at ?? numberAt(object, 'created') ?? 0,
		live: valueAt(object, 'livemode') === true,
		object,
		previous: null,
		raw: object,
	};
}
