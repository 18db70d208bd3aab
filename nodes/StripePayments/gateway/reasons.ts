/** Stripe's codes in words. Lower case and without a full stop, because they end sentences: "Payment failed: …". */
import { stringAt } from '../../core/json';

/** https://docs.stripe.com/declines/codes and https://docs.stripe.com/error-codes, those that payers meet */
const FAILURES: Readonly<Record<string, string>> = {
	account_closed: 'the bank account is closed',
	approve_with_id: 'the bank could not approve the payment',
	authentication_required: 'the bank asks for 3-D Secure and it was not done',
	bank_account_restricted: 'the bank account does not allow it',
	call_issuer: 'the bank declined; the client should call it',
	card_declined: 'the bank declined the card',
	card_not_supported: 'the card does not support this kind of purchase',
	card_velocity_exceeded: 'the card is over its limit',
	charge_exceeds_source_limit: 'the amount is over the limit of the payment method',
	currency_not_supported: 'the card does not support the currency',
	debit_not_authorized: 'the client says the debit was not authorized',
	do_not_honor: 'the bank declined without a reason; the client should call it',
	expired_card: 'the card has expired',
	fraudulent: 'the payment was blocked as suspected fraud',
	generic_decline: 'the bank declined without a reason; the client should call it',
	incorrect_cvc: 'the security code of the card is wrong',
	incorrect_number: 'the card number is wrong',
	incorrect_zip: 'the postal code is wrong',
	insufficient_funds: 'there is not enough money on the card or account',
	invalid_account: 'the card or the account behind it is invalid',
	invalid_amount: 'the amount is over what the card allows',
	invalid_cvc: 'the security code of the card is wrong',
	invalid_expiry_month: 'the expiry date is wrong',
	invalid_expiry_year: 'the expiry date is wrong',
	invalid_number: 'the card number is wrong',
	issuer_not_available: 'the bank could not be reached',
	lost_card: 'the bank declined the card',
	merchant_blacklist: 'the payment was blocked by a rule of the Stripe account',
	no_account: 'the bank account does not exist',
	payment_intent_authentication_failure: 'the client did not pass 3-D Secure',
	payment_intent_payment_attempt_expired: 'the client did not finish the payment in time',
	payment_intent_payment_attempt_failed: 'the payment did not go through',
	payment_method_provider_decline: 'the payment provider declined',
	pickup_card: 'the bank declined the card',
	processing_error: 'the card could not be processed; trying again may help',
	restricted_card: 'the card is restricted',
	// The bank does not want the client to know which of these it was.
	stolen_card: 'the bank declined the card',
	transaction_not_allowed: 'the card does not allow this purchase',
	try_again_later: 'the bank declined for now; trying again later may help',
	withdrawal_count_limit_exceeded: 'the card is over its limit',
};

const DISPUTES: Readonly<Record<string, string>> = {
	bank_cannot_process: 'the bank could not process the payment',
	check_returned: 'the check was returned',
	credit_not_processed: 'the client expected a refund and did not get it',
	customer_initiated: 'the client took the debit back',
	debit_not_authorized: 'the client says the debit was not authorized',
	duplicate: 'the client says it was charged twice',
	fraudulent: 'the cardholder says it was not them',
	general: 'no particular reason given',
	incorrect_account_details: 'the account details were wrong',
	insufficient_funds: 'there was not enough money on the account',
	product_not_received: 'the client says nothing was delivered',
	product_unacceptable: 'the client says what was delivered is not as promised',
	subscription_canceled: 'the client says the subscription had been canceled',
	unrecognized: 'the client does not recognize the payment',
};

const REFUNDS: Readonly<Record<string, string>> = {
	charge_for_pending_refund_disputed: 'the client disputed the payment meanwhile',
	declined: 'the bank declined the refund',
	duplicate: 'it was paid twice',
	expired_or_canceled_card: 'the card has expired or was canceled',
	expired_uncaptured_charge: 'the payment was never captured',
	fraudulent: 'the payment was fraudulent',
	insufficient_funds: 'the Stripe balance was too low',
	lost_or_stolen_card: 'the card is no longer in use',
	merchant_request: 'the refund was canceled',
	requested_by_customer: 'the client asked for it',
	unknown: 'the bank gave no reason',
};

const CANCELLATIONS: Readonly<Record<string, string>> = {
	cancellation_requested: 'canceled on request',
	canceled_by_retention_policy: 'canceled by the rules for unpaid subscriptions',
	payment_disputed: 'the client disputed a payment',
	payment_failed: 'the payments failed',
	customer_service: 'the client was not happy with the service',
	low_quality: 'the client was not happy with the quality',
	missing_features: 'the client missed something in the product',
	switched_service: 'the client changed to another provider',
	too_complex: 'the client found it too complicated',
	too_expensive: 'the client found it too expensive',
	unused: 'the client does not use it',
};

/**
 * Why a payment intent failed.
 * @param intent with its `last_payment_error`; null when it is not known
 */
export function failureReason(intent: unknown): string | null {
	const error = (key: string) => stringAt(intent, 'last_payment_error', key);
	const codes = [error('decline_code'), error('code')].filter((code) => code !== null);
	const known = codes.map((code) => FAILURES[code]).find((words) => words !== undefined);
	if (known !== undefined) return known;
	return error('message')?.replace(/\.$/, '') ?? readable(codes[0] ?? null);
}

export function disputeReason(code: string | null): string | null {
	return wordsFor(code, DISPUTES);
}

/** Why a refund was made, or why it failed. */
export function refundReason(code: string | null): string | null {
	return wordsFor(code, REFUNDS);
}

/** Why a subscription ended: what the client chose in the portal says more than Stripe's own reason. */
export function cancellationReason(subscription: unknown): string | null {
	const detail = (key: string) => stringAt(subscription, 'cancellation_details', key);
	return (
		detail('comment') ??
		wordsFor(detail('feedback') === 'other' ? null : detail('feedback'), CANCELLATIONS) ??
		wordsFor(detail('reason'), CANCELLATIONS)
	);
}

function wordsFor(code: string | null, words: Readonly<Record<string, string>>): string | null {
	return code === null ? null : (words[code] ?? readable(code));
}

/** A code nobody has put into words yet. */
function readable(code: string | null): string | null {
	return code?.replace(/_/g, ' ') ?? null;
}
