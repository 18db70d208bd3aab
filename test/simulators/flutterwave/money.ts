/** Flutterwave publishes no table of decimals; these are ISO 4217's currencies without any. */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW RWF UGX VND XAF XOF'.split(' '));

/** Collection currencies of the documentation, and those of mobile money and of some accounts. */
export const CURRENCIES = 'NGN USD EUR GBP GHS XAF XOF ZAR MWK KES UGX RWF TZS ZMW EGP ETB'.split(
	' ',
);

/** Share of the amount; what an account pays is agreed with it. */
const FEE_RATES: Record<string, number> = {
	NGN: 0.014,
	XAF: 0.02,
	XOF: 0.02,
	KES: 0.029,
	GHS: 0.0195,
};
const OTHER_FEE_RATE = 0.038;

export function isCurrency(code: unknown): code is string {
	return typeof code === 'string' && CURRENCIES.includes(code);
}

export function decimals(currency: string): 0 | 2 {
	return WHOLE.has(currency) ? 0 : 2;
}

/**
 * Reads an amount in major units, given as a number or as text; `7500.00` is fine for a currency without decimals.
 * @returns null when it is no positive amount, or finer than the currency
 */
export function readAmount(value: unknown, currency: string): number | null {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return null;
	const parts = /^\d{1,12}(?:\.(\d+))?$/.exec(text.trim());
	if (!parts || Number(text) <= 0) return null;
	const fraction = (parts[1] ?? '').replace(/0+$/, '');
	return fraction.length <= decimals(currency) ? Number(text) : null;
}

/** Not rounded, as seen in deliveries: 2 % of 165 is 3.3000000000000003. */
export function appFee(amount: number, currency: string): number {
	return amount * (FEE_RATES[currency] ?? OTHER_FEE_RATE);
}

/** `formatMoney(7500, 'NGN')` → `7,500.00 NGN` */
export function formatMoney(amount: number, currency: string): string {
	const places = decimals(currency);
	const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
	return `${amount.toLocaleString('en-GB', digits)} ${currency}`;
}

/** In hundredths, to compare and to subtract without floating point. */
export function hundredths(amount: number): number {
	return Math.round(amount * 100);
}
