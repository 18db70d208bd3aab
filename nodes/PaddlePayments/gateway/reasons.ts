/** Paddle's codes in words. Lower case and without a full stop, because they end sentences: "Payment failed: …". */

export const CANCELED = 'the payment was canceled';
export const OVERDUE = 'it was not paid by the due date';

/** https://developer.paddle.com/api-reference/transactions/overview, `payments[].error_code` */
const FAILURES: Readonly<Record<string, string>> = {
	authentication_failed: 'the client did not pass 3-D Secure',
	blocked_card: 'the card is blocked, lost or stolen',
	canceled: 'the client withdrew the mandate for recurring payments',
	declined: 'the bank declined without a reason; the client should call it',
	declined_not_retryable: 'the bank declined for good; the client needs another payment method',
	expired_card: 'the card has expired',
	fraud: 'the payment was blocked as suspected fraud',
	invalid_amount: 'the bank does not take a payment of this amount',
	invalid_payment_details: 'the payment details are wrong or out of date',
	issuer_unavailable: 'the bank could not be reached',
	not_enough_balance: 'there is not enough money on the card or account',
	preferred_network_not_supported: 'the chosen card network is not supported',
	psp_error: 'the payment provider had a problem; trying again may help',
	redacted_payment_method: 'the saved payment method is gone; the client has to enter one again',
	system_error: 'Paddle had a problem; trying again may help',
	transaction_not_permitted: 'the card does not allow this purchase',
	unknown: 'Paddle gave no reason',
};

/** Why an attempt to pay failed. */
export function failureReason(code: string | null): string | null {
	if (code === null) return null;
	return Object.hasOwn(FAILURES, code) ? (FAILURES[code] ?? null) : readable(code);
}

/** A free text of the merchant or a code of Paddle's, as the end of a sentence. */
export function adjustmentReason(text: string | null): string | null {
	return text === null ? null : readable(text.trim().replace(/\.$/, ''));
}

function readable(text: string): string {
	return /^[a-z\d]+(_[a-z\d]+)+$/.test(text) ? text.replace(/_/g, ' ') : text;
}
