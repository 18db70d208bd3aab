/** What the node offers for a Checkout.com link besides the payment itself, checked before Checkout.com sees it. */

export const CHALLENGES = [
	'no_preference',
	'no_challenge_requested',
	'challenge_requested',
	'challenge_requested_mandate',
] as const;
export type Challenge = (typeof CHALLENGES)[number];

export interface LinkOptions {
	/** Two letters. Checkout.com makes no link without it. */
	billingCountry: string;
	/** Whether to take the money at once; null leaves it to the setting of the account. */
	capture: boolean | null;
	/** How the bank is asked to check the payer; null where 3-D Secure is off. */
	challenge: Challenge | null;
	/** Seconds. */
	expiresIn: number;
	/** Language of the payment page; null for Checkout.com's default. */
	locale: string | null;
	/** `pc_…`; null where the key belongs to a single channel. */
	processingChannelId: string | null;
	/** Address behind the button of the success page. */
	returnUrl: string | null;
}

const DEFAULT_HOURS = 24;
/** 14 days, in seconds; the shortest is 1 s. NAS OpenAPI 2023-07-13, PaymentLinksRequest. */
const LONGEST_LIFE = 1_209_600;
const LONGEST_URL = 255;

/**
 * @param given the node's options
 * @param account what the credential says of the account
 * @throws Error with a sentence for the user
 */
export function readLinkOptions(
	given: Readonly<Record<string, unknown>>,
	account: Readonly<Record<string, string>> = {},
): LinkOptions {
	return {
		billingCountry: readCountry(textOf(given['billingCountry'])),
		capture: readCapture(textOf(given['capture'])),
		challenge: given['threeDs'] === false ? null : readChallenge(textOf(given['challenge'])),
		expiresIn: readLifetime(given['expiresInHours']),
		locale: textOf(given['locale']) || null,
		processingChannelId: readChannel(
			textOf(given['processingChannelId']) || textOf(account['processingChannelId']),
		),
		returnUrl: readReturnUrl(textOf(given['returnUrl'])),
	};
}

function readCountry(text: string): string {
	const country = text.toUpperCase();
	if (/^[A-Z]{2}$/.test(country)) return country;
	throw new Error(
		text === ''
			? 'Checkout.com makes no link without a billing country. Add the option "Billing Country", two letters such as GB: the country most of your clients pay from.'
			: `"${text}" is not a billing country. Use two letters, for example GB.`,
	);
}

function readCapture(text: string): boolean | null {
	if (text === '') return null;
	return text === 'automatic';
}

function readChallenge(text: string): Challenge {
	if (text === '') return 'no_preference';
	const challenge = CHALLENGES.find((candidate) => candidate === text);
	if (challenge !== undefined) return challenge;
	throw new Error(`"${text}" is not a 3-D Secure challenge. Use one of ${CHALLENGES.join(', ')}.`);
}

function readLifetime(value: unknown): number {
	const hours = value === undefined || value === '' ? DEFAULT_HOURS : Number(value);
	const seconds = Math.round(hours * 3600);
	if (seconds >= 1 && seconds <= LONGEST_LIFE) return seconds;
	throw new Error(
		`A link can't live ${String(value)} hours. Checkout.com takes more than 0 and at most ${LONGEST_LIFE / 3600} (14 days).`,
	);
}

function readChannel(text: string): string | null {
	if (text === '' || /^pc_\w{26}$/.test(text)) return text || null;
	throw new Error(
		`"${text}" is not a processing channel. Copy its ID from Settings > Channels in the Checkout.com Dashboard; it starts with pc_.`,
	);
}

function readReturnUrl(text: string): string | null {
	if (text === '') return null;
	const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
	if (isAddress && text.length <= LONGEST_URL) return text;
	throw new Error(
		`The return address "${text}" can't be used. Give a whole web address of at most ${LONGEST_URL} characters, for example https://example.com/thanks.`,
	);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
