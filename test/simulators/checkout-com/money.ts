/** https://www.checkout.com/docs/payments/accept-payments/format-the-amount-value (2025-12-17) */
const FULL_UNITS = new Set(
	'BIF DJF GNF ISK JPY KMF KRW PYG RWF UGX VUV VND XAF XOF XPF'.split(' '),
);
/** Three decimals, of which the last must be 0. */
const THOUSANDTHS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));
const KNOWN = new Set(Intl.supportedValuesOf('currency'));
const MAXIMUM = 999_999_999;

export function isCurrency(code: unknown): code is string {
	return typeof code === 'string' && KNOWN.has(code);
}

export function decimals(currency: string): 0 | 2 | 3 {
	if (FULL_UNITS.has(currency)) return 0;
	return THOUSANDTHS.has(currency) ? 3 : 2;
}

/** Whether an amount may be charged: a positive integer of at most nine digits, whole where the currency wants it. */
export function isAmount(minor: number, currency: string): boolean {
	if (!Number.isInteger(minor) || minor < 1 || minor > MAXIMUM) return false;
	if (THOUSANDTHS.has(currency)) return minor % 10 === 0;
	return currency !== 'CLP' || minor % 100 === 0;
}

/** `formatMoney(199900, 'EUR')` → `1999.00 EUR` */
export function formatMoney(minor: number, currency: string): string {
	const places = decimals(currency);
	return `${(minor / 10 ** places).toFixed(places)} ${currency}`;
}

/** `toMinor('19.99', 'EUR')` → 1999, without floating point. @throws Error when it is not an amount */
export function toMinor(text: string, currency: string): number {
	const places = decimals(currency);
	const parts = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim());
	const fraction = (parts?.[2] ?? '').padEnd(places, '0');
	if (!parts || fraction.length > places) throw new Error(`"${text}" is not an amount.`);
	return Number(`${parts[1]}${fraction}`);
}
