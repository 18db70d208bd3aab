/**
 * Decimal places of currencies by ISO 4217 (list one, "minor unit" column). Everything not listed has two.
 * Not CLDR: CLDR gives HUF, COP and others fewer digits than they are charged in.
 */
export const ISO_EXPONENTS: Readonly<Record<string, number>> = {
	...exponent(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
	...exponent(3, 'BHD IQD JOD KWD LYD OMR TND'),
	...exponent(4, 'CLF UYW'),
};

/** Decimal places of the currency's ISO minor unit. */
export function isoExponentOf(currency: string): number {
	return ISO_EXPONENTS[currency] ?? 2;
}

function exponent(places: number, codes: string): Record<string, number> {
	return Object.fromEntries(codes.split(' ').map((code) => [code, places]));
}
