import type { ProviderCurrencyTable } from '../../core/money';

/**
 * Stripe's smallest units. They are not ISO 4217: ISK and UGX have two decimals that must be zero, three-decimal
 * currencies end in a zero, and MGA has none. https://docs.stripe.com/currencies#special-cases
 */
export const STRIPE_CURRENCIES: ProviderCurrencyTable = {
	provider: 'Stripe',
	defaultExponent: 2,
	exponents: {
		...each('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF', 0),
		...each('BHD JOD KWD OMR TND', 3),
	},
	steps: {
		...each('ISK UGX', 100),
		...each('BHD JOD KWD OMR TND', 10),
	},
};

function each(codes: string, value: number): Record<string, number> {
	return Object.fromEntries(codes.split(' ').map((code) => [code, value]));
}
