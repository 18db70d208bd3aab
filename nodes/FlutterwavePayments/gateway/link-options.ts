/** What the node offers for a Flutterwave link besides the payment itself, checked before Flutterwave sees it. */

export interface LinkOptions {
	/** Where the client goes after paying; Flutterwave adds status, tx_ref and transaction_id to it. */
	returnUrl: string | null;
	/** Minutes the client has; null leaves it to Flutterwave. */
	sessionMinutes: number | null;
	/** Failed attempts after which the page closes; null leaves it to Flutterwave. */
	mostAttempts: number | null;
	/** Names of `payment_options`; empty for all that the currency has. */
	paymentMethods: string[];
	/** Id of the plan that repeats the payment; null for a single payment. */
	paymentPlan: number | null;
	/** Address of a picture on the payment page. */
	logoUrl: string | null;
}

/** https://developer.flutterwave.com/docs/flutterwave-standard-1 */
const LONGEST_SESSION = 1440;

/** How many failed attempts Flutterwave allows a link that does not say. Same page. */
export const USUAL_ATTEMPTS = 5;

/** @throws Error with a sentence for the user */
export function readLinkOptions(given: Readonly<Record<string, unknown>>): LinkOptions {
	return {
		returnUrl: readUrl('return', given['returnUrl']),
		sessionMinutes: readCount('Session Duration', given['sessionMinutes'], LONGEST_SESSION),
		mostAttempts: readCount('Maximum Attempts', given['mostAttempts'], 100),
		paymentMethods: readMethods(given['paymentMethods']),
		paymentPlan: readPlan(given['paymentPlan']),
		logoUrl: readUrl('logo', given['logoUrl']),
	};
}

function readUrl(what: string, value: unknown): string | null {
	const text = textOf(value);
	if (text === '') return null;
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
	throw new Error(
		`The ${what} address "${text}" is not a web address. Give it in full, for example https://example.com/thanks.`,
	);
}

/** 0 and nothing stand for "as Flutterwave does it". */
function readCount(name: string, value: unknown, most: number): number | null {
	if (value === undefined || value === null || value === '' || value === 0) return null;
	const count = Number(value);
	if (Number.isInteger(count) && count > 0 && count <= most) return count;
	throw new Error(
		`"${String(value)}" can't be used as "${name}". Give a whole number from 1 to ${most}.`,
	);
}

function readMethods(value: unknown): string[] {
	if (!Array.isArray(value)) return [];
	return value.filter((method): method is string => typeof method === 'string' && method !== '');
}

function readPlan(value: unknown): number | null {
	const text = textOf(value);
	if (text === '') return null;
	if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
	throw new Error(
		`"${text}" is not the ID of a payment plan. Choose the plan from the list, or give its number.`,
	);
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
