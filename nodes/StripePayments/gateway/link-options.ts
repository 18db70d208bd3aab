/** What the node offers for a Stripe link besides the payment itself, checked before Stripe sees it. */

export const INTERVALS = ['day', 'week', 'month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

export interface LinkOptions {
	/** Where the client goes after paying; may contain Stripe's `{CHECKOUT_SESSION_ID}`. */
	returnUrl: string | null;
	/** How often a subscription is billed; null for a single payment. */
	interval: Interval | null;
	/** What the client reads who opens the link once it is used up or deactivated. */
	inactiveMessage: string | null;
	allowPromotionCodes: boolean;
	collectPhone: boolean;
	automaticTax: boolean;
	/** Lets Stripe make an invoice for a single payment; subscriptions have theirs anyway. */
	createInvoice: boolean;
}

/** https://docs.stripe.com/api/payment-link/create#create_payment_link-inactive_message */
const LONGEST_MESSAGE = 500;

/** @throws Error with a sentence for the user */
export function readLinkOptions(given: Readonly<Record<string, unknown>>): LinkOptions {
	return {
		returnUrl: readReturnUrl(textOf(given['returnUrl'])),
		interval: readInterval(textOf(given['interval'])),
		inactiveMessage: readMessage(textOf(given['inactiveMessage'])),
		allowPromotionCodes: given['allowPromotionCodes'] === true,
		collectPhone: given['collectPhone'] === true,
		automaticTax: given['automaticTax'] === true,
		createInvoice: given['createInvoice'] === true,
	};
}

function readReturnUrl(text: string): string | null {
	if (text === '') return null;
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
	throw new Error(
		`The return address "${text}" is not a web address. Give it in full, for example https://example.com/thanks.`,
	);
}

function readInterval(text: string): Interval | null {
	if (text === '') return null;
	const interval = INTERVALS.find((candidate) => candidate === text);
	if (interval !== undefined) return interval;
	throw new Error(
		`"${text}" is not an interval. Use one of ${INTERVALS.join(', ')}, or leave it empty for a single payment.`,
	);
}

function readMessage(text: string): string | null {
	if (text.length > LONGEST_MESSAGE) {
		throw new Error(
			`The message for inactive links has ${text.length} characters; Stripe takes ${LONGEST_MESSAGE}. Shorten it.`,
		);
	}
	return text === '' ? null : text;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
