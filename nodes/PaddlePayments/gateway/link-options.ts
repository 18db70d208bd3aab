/** What the node offers for a Paddle link besides the payment itself, checked before Paddle sees it. */

const INTERVALS = ['day', 'week', 'month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

/** https://developer.paddle.com/api-reference/products/create-product#request-body-tax_category */
const TAX_CATEGORIES = [
	'digital-goods',
	'ebooks',
	'implementation-services',
	'professional-services',
	'saas',
	'software-programming-services',
	'standard',
	'training-services',
	'website-hosting',
] as const;
export type TaxCategory = (typeof TAX_CATEGORIES)[number];

const TAX_MODES = ['internal', 'external', 'account_setting'] as const;
export type TaxMode = (typeof TAX_MODES)[number];

export interface LinkOptions {
	/** Prices of the catalog that are sold instead of the deal's amount. */
	priceIds: string[];
	/** How many of each catalog price. */
	quantity: number;
	/** How often the amount is charged; null for a single payment. */
	interval: Interval | null;
	taxCategory: TaxCategory;
	/** Unless told otherwise tax is contained in the amount, so that the client pays what the deal says. */
	taxMode: TaxMode;
	/** The page on which the checkout opens; null for the account's default payment link. */
	checkoutUrl: URL | null;
}

/** @throws Error with a sentence for the user */
export function readLinkOptions(given: Readonly<Record<string, unknown>>): LinkOptions {
	const interval = textOf(given['interval']);
	return {
		priceIds: readPriceIds(given['priceIds']),
		quantity: readQuantity(given['quantity']),
		interval: interval === '' ? null : oneOf(INTERVALS, interval, 'an interval'),
		taxCategory: oneOf(
			TAX_CATEGORIES,
			textOf(given['taxCategory']) || 'standard',
			'a tax category',
		),
		taxMode: oneOf(TAX_MODES, textOf(given['taxMode']) || 'internal', 'a tax mode'),
		checkoutUrl: readCheckoutUrl(textOf(given['checkoutUrl'])),
	};
}

/** A list from the dropdown, or text with commas from an expression. */
function readPriceIds(given: unknown): string[] {
	const ids = (Array.isArray(given) ? given.map(textOf) : textOf(given).split(',')).map((id) =>
		id.trim(),
	);
	const wrong = ids.find((id) => id !== '' && !/^pri_[a-z\d]{26}$/.test(id));
	if (wrong === undefined) return ids.filter((id) => id !== '');
	throw new Error(
		`"${wrong}" is not the ID of a Paddle price. It begins with pri_ and stands in Paddle under Catalog → Products.`,
	);
}

function readQuantity(given: unknown): number {
	const quantity = given === undefined || given === '' ? 1 : Number(given);
	if (Number.isSafeInteger(quantity) && quantity > 0) return quantity;
	throw new Error(`The quantity is ${String(given)}. Give a whole number from 1 on.`);
}

function readCheckoutUrl(text: string): URL | null {
	if (text === '') return null;
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
	throw new Error(
		`The checkout address "${text}" is not a web address. Give it in full, for example https://example.com/pay.`,
	);
}

function oneOf<Value extends string>(values: readonly Value[], given: string, what: string): Value {
	const value = values.find((candidate) => candidate === given);
	if (value !== undefined) return value;
	throw new Error(`"${given}" is not ${what}. Use one of ${values.join(', ')}.`);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
