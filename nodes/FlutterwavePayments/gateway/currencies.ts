import { ISO_EXPONENTS } from '../../core/iso-4217';
import { formatMoney, MoneyError, parseMoney, type Money } from '../../core/money';
import type { ProviderCurrencyTable } from '../../core/money';

/**
 * Flutterwave writes amounts in major units, and publishes no table of decimals: those of ISO 4217 are what was seen.
 * https://developer.flutterwave.com/docs/flutterwave-standard-1
 */
export const FLUTTERWAVE_CURRENCIES: ProviderCurrencyTable = {
	provider: 'Flutterwave',
	defaultExponent: 2,
	exponents: ISO_EXPONENTS,
	steps: {},
};

/**
 * The amount as the JSON number that prints as the very same decimal: 1999.00 → 1999, 107.50 → 107.5.
 * @throws MoneyError when it has more digits than a JSON number keeps
 */
export function toFlutterwaveAmount(money: Money): number {
	const amount = Number(money.amount);
	if (parseMoney(amount, money.currency).amountMinor === money.amountMinor) return amount;
	throw new MoneyError(`${formatMoney(money)} is too large for Flutterwave.`);
}

/**
 * Reads an amount in major units, rounded to the currency's decimals: Flutterwave computes with binary floats and sends
 * all of their digits (`3.3000000000000003`).
 * @throws MoneyError when it is no amount
 */
export function fromFlutterwaveAmount(value: unknown, currency: unknown): Money {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw new MoneyError(`Flutterwave sent "${String(value)}" where an amount was expected.`);
	}
	const { exponents, defaultExponent } = FLUTTERWAVE_CURRENCIES;
	const places = exponents[String(currency)] ?? defaultExponent;
	return parseMoney(number.toFixed(places), currency);
}
