import { invalid } from './api/stripe-error';

/** https://docs.stripe.com/currencies#zero-decimal (not ISO 4217: ISK and UGX are two-decimal here) */
const ZERO_DECIMAL = new Set(
	'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));
/** Two decimals on the wire, but whole units only. */
const WHOLE_UNITS = new Set(['isk', 'ugx']);

/** Minor units. https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const MINIMUM: Record<string, number> = {
	...Object.fromEntries(
		'usd eur aud brl cad chf inr nzd sgd zar cop ars idr ils php rub'
			.split(' ')
			.map((c) => [c, 50]),
	),
	...Object.fromEntries('aed myr pln ron'.split(' ').map((c) => [c, 200])),
	gbp: 30,
	czk: 1500,
	dkk: 250,
	hkd: 400,
	huf: 17500,
	jpy: 50,
	krw: 50,
	mxn: 1000,
	nok: 300,
	sek: 300,
	thb: 1000,
};
const MAXIMUM = 999_999_999_999;

const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

export function decimals(currency: string): 0 | 2 | 3 {
	if (ZERO_DECIMAL.has(currency)) return 0;
	return THREE_DECIMAL.has(currency) ? 3 : 2;
}

/** `formatMoney(199900, 'eur')` → `1999.00 EUR` */
export function formatMoney(minor: number, currency: string): string {
	const places = decimals(currency);
	return `${(minor / 10 ** places).toFixed(places)} ${currency.toUpperCase()}`;
}

/** @throws StripeError 400 when the code is not a lower-case currency */
export function checkCurrency(currency: string, param: string): void {
	if (KNOWN.has(currency)) return;
	throw invalid(
		`Invalid currency: ${currency}. Stripe currently supports lower-case three-letter ISO codes.`,
		param,
	);
}

/** The rules for one price: sign, whole units, last digit. @throws StripeError 400 */
export function checkUnitAmount(minor: number, currency: string, param: string): void {
	if (minor < 0) {
		throw invalid(
			'This value must be greater than or equal to 0.',
			param,
			'parameter_invalid_integer',
		);
	}
	if (WHOLE_UNITS.has(currency) && minor % 100 !== 0) {
		throw invalid(
			`Invalid amount: ${currency.toUpperCase()} amounts must be divisible by 100.`,
			param,
			'parameter_invalid_integer',
		);
	}
	if (THREE_DECIMAL.has(currency) && minor % 10 !== 0) {
		throw invalid(
			`Invalid amount: the last digit of a ${currency.toUpperCase()} amount must be 0.`,
			param,
			'parameter_invalid_integer',
		);
	}
}

/** The rules for what is charged in one go. @throws StripeError 400 `amount_too_small`, `amount_too_large` */
export function checkTotal(minor: number, currency: string, param: string, what: string): void {
	const minimum = MINIMUM[currency] ?? 1;
	if (minor < minimum) {
		throw invalid(
			`${what} must be at least ${formatMoney(minimum, currency)}`,
			param,
			'amount_too_small',
		);
	}
	if (minor > MAXIMUM) {
		throw invalid(
			`${what} must be no more than ${formatMoney(MAXIMUM, currency)}`,
			param,
			'amount_too_large',
		);
	}
}
