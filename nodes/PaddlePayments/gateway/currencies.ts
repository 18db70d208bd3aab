import { valueAt, listAt } from '../../core/json';
import type { ProviderCurrencyTable } from '../../core/money';
import type { PaddleApi } from './api';

/**
 * Paddle's lowest denominations: "Some use none, so 100 JPY is 100."
 * https://developer.paddle.com/api-reference/currencies/list-currencies
 */
export const PADDLE_CURRENCIES: ProviderCurrencyTable = {
	provider: 'Paddle',
	defaultExponent: 2,
	exponents: { CLP: 0, JPY: 0, KRW: 0, VND: 0 },
	steps: {},
};

const OFFERED = new Set(
	'ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF ILS INR JPY KRW MXN NOK NZD PEN PLN RUB SEK SGD THB TRY TWD UAH USD VND ZAR'.split(
		' ',
	),
);

/** Without decimals by ISO 4217, but not by any page of Paddle that states it. */
const UNCONFIRMED = new Set(['CLP', 'KRW', 'VND']);

/** @throws Error with a sentence for the user when Paddle does not take this currency */
export function requireOffered(currency: string): void {
	if (OFFERED.has(currency)) return;
	throw new Error(
		`Paddle does not take ${currency}. Use one of ${[...OFFERED].join(', ')}, or another payment provider for this deal.`,
	);
}

/**
 * Asks Paddle for the decimals where they are not certain: one too many would charge a hundred times the amount.
 * @throws Error when Paddle counts the currency in other units than we do
 */
export async function confirmDecimals(currency: string, api: PaddleApi): Promise<void> {
	if (!UNCONFIRMED.has(currency)) return;
	const currencies = listAt(await api.answer('/currencies'), 'data');
	const shown = currencies.find((entry) => valueAt(entry, 'code') === currency);
	const decimals = valueAt(shown, 'decimal_places');
	const expected = PADDLE_CURRENCIES.exponents[currency] ?? PADDLE_CURRENCIES.defaultExponent;
	if (decimals === undefined || decimals === expected) return;
	throw new Error(
		`Paddle counts ${currency} with ${String(decimals)} decimals, this node with ${expected}. No link was made, because its amount would be wrong. Update this package, or use another currency.`,
	);
}
