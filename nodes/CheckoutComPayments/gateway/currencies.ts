import type { ProviderCurrencyTable } from '../../core/money';

/**
 * Checkout.com's smallest units. CLP has two decimals that must be zero, although ISO 4217 gives it none, and
 * currencies with three decimals end in a zero.
 * https://www.checkout.com/docs/payments/accept-payments/format-the-amount-value
 */
export const CHECKOUT_COM_CURRENCIES: ProviderCurrencyTable = {
	provider: 'Checkout.com',
	defaultExponent: 2,
	exponents: {
		...each('BIF DJF GNF ISK JPY KMF KRW PYG RWF UGX VUV VND XAF XOF XPF', 0),
		...each('BHD IQD JOD KWD LYD OMR TND', 3),
	},
	steps: {
		CLP: 100,
		...each('BHD IQD JOD KWD LYD OMR TND', 10),
	},
};

function each(codes: string, value: number): Record<string, number> {
	return Object.fromEntries(codes.split(' ').map((code) => [code, value]));
}
