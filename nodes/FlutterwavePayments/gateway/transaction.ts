/** What Flutterwave's answer to "verify" says of a payment; nothing else is believed. */
import { idAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import { leadOf, type Lead } from '../../core/lead-metadata';
import type { Money } from '../../core/money';
import type { PaymentEvent } from '../../core/payment-event';
import { pathTo } from '../../http/path-to';
import type { FlutterwaveApi } from './api';
import { fromFlutterwaveAmount } from './currencies';

/** https://developer.flutterwave.com/docs/transaction-verification @returns null when there is none of this id */
export async function findTransaction(
	transactionId: string,
	api: FlutterwaveApi,
): Promise<JsonObject | null> {
	return await api.find(pathTo('transactions', transactionId, 'verify'));
}

/**
 * The transaction of a reference: the successful one if there is one. Each attempt is a transaction of its own, and
 * which of them verify_by_reference tells of is not documented.
 * @returns null when nobody has tried to pay yet
 */
export async function findByReference(
	reference: string,
	api: FlutterwaveApi,
): Promise<JsonObject | null> {
	const found = await api.find('/transactions/verify_by_reference', { tx_ref: reference });
	if (found === null || statusOf(found) === 'successful') return found;
	const query = { tx_ref: reference, status: 'successful' };
	for await (const row of api.list('/transactions', query)) {
		if (stringAt(row, 'tx_ref') !== reference || statusOf(row) !== 'successful') continue;
		return (await findTransaction(idAt(row, 'id') ?? '', api)) ?? found;
	}
	return found;
}

/** Of the attempts to pay under a reference. */
export async function countFailedAttempts(reference: string, api: FlutterwaveApi): Promise<number> {
	let failed = 0;
	for await (const row of api.list('/transactions', { tx_ref: reference, status: 'failed' })) {
		if (stringAt(row, 'tx_ref') === reference && statusOf(row) === 'failed') failed += 1;
	}
	return failed;
}

/** Lower case, '' when there is none. */
export function statusOf(object: JsonObject): string {
	return (stringAt(object, 'status') ?? '').toLowerCase();
}

/** `amount` is what was asked for; `charged_amount` adds the fee where the payer bears it. */
export function moneyOf(transaction: JsonObject): Money {
	return fromFlutterwaveAmount(valueAt(transaction, 'amount'), valueAt(transaction, 'currency'));
}

/** Who the payer's lead is: from meta, else from our reference. */
export function leadOfTransaction(transaction: JsonObject): Lead {
	return leadOf(valueAt(transaction, 'meta'), valueAt(transaction, 'tx_ref'));
}

export function payerOf(transaction: JsonObject, live: boolean): PaymentEvent['customer'] {
	const email = known(stringAt(transaction, 'customer', 'email'));
	return {
		name: known(stringAt(transaction, 'customer', 'name')),
		email: email && shownEmail(email, live),
		phone: known(stringAt(transaction, 'customer', 'phone_number')),
	};
}

/** Test mode puts `ravesb_` and a hexadecimal number before every address. */
export function shownEmail(email: string, live: boolean): string {
	return live ? email : email.replace(/^ravesb_[0-9a-f]+_(?=.+@)/, '');
}

/** ISO 8601 UTC. */
export function createdAt(object: JsonObject): string {
	const time = Date.parse(stringAt(object, 'created_at') ?? '');
	return new Date(Number.isFinite(time) ? time : 0).toISOString();
}

/** What the bank or the payer's phone said; questions to the payer that stayed unanswered are no reasons. */
export function failureReason(transaction: JsonObject): string | null {
	const said = known(stringAt(transaction, 'processor_response'));
	if (said === null) return null;
	return /\benter\b.*\b(otp|pin)\b|^pending\b/i.test(said)
		? 'the client did not confirm the payment'
		: said;
}

function known(text: string | null): string | null {
	return text === null || /^(n\/a|anonymous customer)$/i.test(text.trim()) ? null : text;
}
