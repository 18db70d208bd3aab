/** What Flutterwave knows of a repeated payment: a plan, a payer's e-mail address, and hardly more. */
import { idAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import { LEAD_KEYS, type Lead } from '../../core/lead-metadata';
import { leadIdOfReference } from '../../core/lead-reference';
import type { PaymentEvent } from '../../core/payment-event';
import { pathTo } from '../../http/path-to';
import type { FlutterwaveApi } from './api';
import { fromFlutterwaveAmount } from './currencies';
import { PLAN_KEY } from './link-params';
import { findTransaction, leadOfTransaction, moneyOf, statusOf } from './transaction';

export interface SubscriptionPayment {
	subscription: NonNullable<PaymentEvent['subscription']>;
	planName: string | null;
	lead: Lead;
}

interface Payer {
	email: string;
	/** null when it is not known. */
	planId: string | null;
}

/**
 * The subscription that a payment belongs to, and its lead.
 * @param transaction as verified
 * @returns null for a single payment
 */
export async function subscriptionPayment(
	transaction: JsonObject,
	api: FlutterwaveApi,
): Promise<SubscriptionPayment | null> {
	const meta = valueAt(transaction, 'meta');
	if (valueAt(meta, LEAD_KEYS.leadId) === undefined) {
		// The last of several failed tries has canceled it. What is paid elsewhere after that is no renewal.
		const isOurs = leadOfTransaction(transaction).leadId !== null;
		return await renewal(transaction, api, isOurs || statusOf(transaction) === 'failed');
	}
	if (valueAt(meta, PLAN_KEY) === undefined) return null;
	const query = { transaction_id: idAt(transaction, 'id') ?? '' };
	for await (const subscription of api.list('/subscriptions', query)) {
		return await withPlan(subscription, leadOfTransaction(transaction), api);
	}
	return null;
}

/**
 * Whose payment was refunded, that of a later period included; subscriptions are often canceled along with a refund.
 * @param transaction as verified
 */
export async function leadOfPayment(transaction: JsonObject, api: FlutterwaveApi): Promise<Lead> {
	const own = leadOfTransaction(transaction);
	if (own.leadId !== null) return own;
	return (await renewal(transaction, api, true))?.lead ?? own;
}

/** The newest subscription of a payer that is in fact canceled. */
export async function findCanceled(
	{ email, planId }: Payer,
	api: FlutterwaveApi,
): Promise<JsonObject | null> {
	const query = { email, plan: planId ?? undefined, status: 'cancelled' };
	for await (const subscription of api.list('/subscriptions', query)) {
		if (statusOf(subscription) === 'cancelled') return subscription;
	}
	return null;
}

/** The payment by one of our links that started a subscription. */
export async function firstPaymentOf(
	subscription: JsonObject,
	email: string,
	api: FlutterwaveApi,
): Promise<JsonObject | null> {
	const query = { customer_email: email, status: 'successful' };
	for await (const row of api.list('/transactions', query)) {
		const transactionId = idAt(row, 'id');
		const isOurs = leadIdOfReference(valueAt(row, 'tx_ref')) !== null;
		if (!isOurs || transactionId === null) continue;
		const started = { transaction_id: transactionId, status: statusOf(subscription) };
		for await (const { id } of api.list('/subscriptions', started)) {
			if (id === subscription['id']) return await findTransaction(transactionId, api);
		}
	}
	return null;
}

/** null when it has none, or none any more */
export async function findPlan(
	subscription: JsonObject,
	api: FlutterwaveApi,
): Promise<JsonObject | null> {
	const planId = idAt(subscription, 'plan');
	return planId === null ? null : await api.find(pathTo('payment-plans', planId));
}

/** In the shape that events have; Flutterwave tells no dates. */
export function subscriptionState(subscription: JsonObject): SubscriptionPayment['subscription'] {
	return {
		id: idAt(subscription, 'id') ?? '',
		status: statusOf(subscription),
		nextBillingAt: null,
		endsAt: null,
	};
}

/**
 * Flutterwave charges later periods by itself, without meta, and what `tx_ref` they get is not documented. What they
 * have in common with their subscription is the payer and the amount.
 * @param mayBeCanceled whether the subscription may have ended since
 */
async function renewal(
	transaction: JsonObject,
	api: FlutterwaveApi,
	mayBeCanceled: boolean,
): Promise<SubscriptionPayment | null> {
	const email = stringAt(transaction, 'customer', 'email');
	if (email === null || stringAt(transaction, 'payment_type') !== 'card') return null;
	const plan = idAt(transaction, 'payment_plan') ?? idAt(transaction, 'plan') ?? undefined;
	for (const status of mayBeCanceled ? ['active', 'cancelled'] : ['active']) {
		for await (const subscription of api.list('/subscriptions', { email, plan, status })) {
			if (!isCharge(transaction, subscription)) continue;
			const lead = await leadOfRenewal(transaction, subscription, email, api);
			if (lead !== null) return await withPlan(subscription, lead, api);
		}
	}
	return null;
}

function isCharge(transaction: JsonObject, subscription: JsonObject): boolean {
	const { amountMinor, currency } = moneyOf(transaction);
	return fromFlutterwaveAmount(subscription['amount'], currency).amountMinor === amountMinor;
}

async function leadOfRenewal(
	transaction: JsonObject,
	subscription: JsonObject,
	email: string,
	api: FlutterwaveApi,
): Promise<Lead | null> {
	const own = leadOfTransaction(transaction);
	if (own.leadId !== null) return own;
	const first = await firstPaymentOf(subscription, email, api);
	return first && { ...leadOfTransaction(first), reference: own.reference };
}

async function withPlan(
	subscription: JsonObject,
	lead: Lead,
	api: FlutterwaveApi,
): Promise<SubscriptionPayment> {
	const planName = stringAt(await findPlan(subscription, api), 'name');
	return { subscription: subscriptionState(subscription), planName, lead };
}
