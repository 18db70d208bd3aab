/** Checkout.com's words and codes as the end of a sentence: lower case, no full stop. */
import { stringAt } from '../../core/json';

/** https://www.checkout.com/docs/developer-resources/codes/api-response-codes, those that payers meet */
const DECLINES: Readonly<Record<string, string>> = {
	'20001': 'the bank declined; the client should call it',
	'20005': 'the bank declined without a reason; the client should call it',
	'20012': 'the card does not allow this purchase',
	'20014': 'the card number is wrong',
	'20051': 'there is not enough money on the card or account',
	'20054': 'the card has expired',
	'20057': 'the card does not allow this purchase',
	'20059': 'the payment was blocked as suspected fraud',
	'20061': 'the card is over its limit',
	'20062': 'the card is restricted',
	'20065': 'the card is over its limit',
	'20068': 'the client canceled the payment',
	'20087': 'the security code of the card is wrong',
	'20151': 'the client did not pass 3-D Secure',
	'20153': 'the client did not pass 3-D Secure',
	'20154': 'the bank asks for 3-D Secure and it was not done',
};

/** `category` of a dispute */
const DISPUTES: Readonly<Record<string, string>> = {
	canceled_recurring: 'the client says the subscription had been canceled',
	credit_not_issued: 'the client expected a refund and did not get it',
	duplicate: 'the client says it was charged twice',
	fraudulent: 'the cardholder says it was not them',
	general: 'no particular reason given',
	incorrect_amount: 'the client says the amount is wrong',
	not_as_described: 'the client says what was delivered is not as promised',
	product_service_not_received: 'the client says nothing was delivered',
	unrecognized: 'the client does not recognize the payment',
};

/** Why an action was refused, from its `response_code` and `response_summary`. */
export function declineReason(action: unknown): string | null {
	const code = stringAt(action, 'response_code');
	const summary = stringAt(action, 'response_summary')
		?.replace(/^Declined - /, '')
		.replace(/\.$/, '');
	return wordsFor(code, DECLINES) ?? (summary ? inSentence(summary) : null);
}

export function disputeReason(dispute: unknown): string | null {
	const category = stringAt(dispute, 'category');
	return wordsFor(category, DISPUTES) ?? category?.replace(/_/g, ' ') ?? null;
}

function wordsFor(code: string | null, words: Readonly<Record<string, string>>): string | null {
	return code !== null && Object.hasOwn(words, code) ? (words[code] ?? null) : null;
}

/** Leaves abbreviations as they are. */
function inSentence(text: string): string {
	return text.replace(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase());
}
