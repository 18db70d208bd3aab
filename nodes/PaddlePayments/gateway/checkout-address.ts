/**
 * Where a client pays: a page of the merchant that loads Paddle.js, or a hosted checkout of Paddle, which only the
 * dashboard makes and which is told the transaction in its address.
 */
import { stringAt, type JsonObject } from '../../core/json';

/** https://developer.paddle.com/paddlejs/about/hosted-checkout */
const HOSTED = new Set(['pay.paddle.io', 'sandbox-pay.paddle.io']);
const TRANSACTION_ID = /^txn_[a-z\d]{26}$/;

export function isHostedCheckout({ hostname }: URL): boolean {
	return HOSTED.has(hostname);
}

/** @param chosen what the user wants links to open; null for what Paddle says */
export function checkoutAddress(transaction: JsonObject, chosen: URL | null): string | null {
	if (chosen === null || !isHostedCheckout(chosen)) return stringAt(transaction, 'checkout', 'url');
	const address = new URL(chosen);
	address.searchParams.set('transaction_id', stringAt(transaction, 'id') ?? '');
	return address.href;
}

/** The transaction in a payment link or on its own; null when there is none. */
export function transactionIdIn(text: string | null): string | null {
	if (text === null) return null;
	const parameters = URL.canParse(text) ? new URL(text).searchParams : null;
	const id = parameters?.get('_ptxn') ?? parameters?.get('transaction_id') ?? text.trim();
	return TRANSACTION_ID.test(id) ? id : null;
}
