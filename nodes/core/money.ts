/**
 * Money as integers and decimal strings, never floats.
 *
 * Two different integers exist for one amount: the ISO 4217 minor unit (what our events carry) and the
 * provider's own smallest unit (what goes over the wire). They differ: 5 UGX is 5 by ISO, 500 at Stripe
 * and 5 at Checkout.com. Hence the branded types: the compiler refuses to mix them.
 */
import { isoExponentOf } from './iso-4217';

/** Integer in the currency's ISO 4217 minor unit: 199900 for 1999.00 EUR, 500 for 500 JPY. */
export type MinorAmount = number & { readonly unit: 'ISO 4217 minor unit' };

/** Integer in a provider's own smallest unit, by that provider's table. */
export type ProviderAmount = number & { readonly unit: 'provider unit' };

export interface Money {
	/** Decimal in major units with exactly the currency's ISO decimals: '1999.00', '500', '5.120'. */
	readonly amount: string;
	readonly amountMinor: MinorAmount;
	/** Upper-case ISO 4217 code. */
	readonly currency: string;
}

/** How a provider writes amounts: decimal places per currency, and the step its integers must be a multiple of. */
export interface ProviderCurrencyTable {
	readonly provider: string;
	/** Decimal places of the provider's integer, by currency; `defaultExponent` for the rest. */
	readonly exponents: Readonly<Record<string, number>>;
	readonly defaultExponent: number;
	/** e.g. { ISK: 100 }: Stripe takes ISK with two decimals that must be zero. */
	readonly steps: Readonly<Record<string, number>>;
}

/** An amount or currency that can't be used as given; the message says what to change. */
export class MoneyError extends Error {
	override readonly name = 'MoneyError';
}

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,30}))?$/;
const CURRENCY = /^[A-Z]{3}$/;

/**
 * Upper-cases and checks a currency code.
 * @throws MoneyError when it is not three letters
 */
export function parseCurrency(value: unknown): string {
	const currency = typeof value === 'string' ? value.trim().toUpperCase() : '';
	if (!CURRENCY.test(currency)) {
		throw new MoneyError(
			`"${String(value)}" is not a currency code. Use the three letters of ISO 4217, for example EUR.`,
		);
	}
	return currency;
}

/**
 * Reads an amount in major units, as a person or another node gives it.
 * @param value '1999.00', '1999' or a JS number that prints as a plain decimal
 * @throws MoneyError when it is no plain decimal, or has more decimals than the currency
 */
export function parseMoney(value: unknown, currencyCode: unknown): Money {
	const currency = parseCurrency(currencyCode);
	const units = decimalToUnits(value, isoExponentOf(currency), currency);
	return fromMinor(units, currency);
}

/**
 * The same amount as a provider's integer.
 * @throws MoneyError when the provider can't express it (too many decimals, not a multiple of its step)
 */
export function toProviderAmount(money: Money, table: ProviderCurrencyTable): ProviderAmount {
	const exponent = providerExponent(money.currency, table);
	const units = decimalToUnits(money.amount, exponent, money.currency);
	const step = table.steps[money.currency] ?? 1;
	if (units % step !== 0) {
		const smallest = unitsToDecimal(step, exponent);
		throw new MoneyError(
			`${table.provider} takes ${money.currency} only in steps of ${smallest}; ${money.amount} ${money.currency} is not one. Round the amount.`,
		);
	}
	return units as ProviderAmount;
}

/**
 * Reads a provider's integer.
 * @param value integer in the provider's unit, as a number or as a string of digits
 * @throws MoneyError when it is not an integer, or too precise for the currency's ISO decimals
 */
export function fromProviderAmount(
	value: number | string,
	currencyCode: unknown,
	table: ProviderCurrencyTable,
): Money {
	const currency = parseCurrency(currencyCode);
	const units = typeof value === 'number' ? value : /^-?\d+$/.test(value) ? Number(value) : NaN;
	if (!Number.isSafeInteger(units)) {
		throw new MoneyError(`${table.provider} sent "${value}" where an integer amount was expected.`);
	}
	return parseMoney(unitsToDecimal(units, providerExponent(currency, table)), currency);
}

/** Money of an integer in ISO minor units. */
export function fromMinor(minor: number, currencyCode: string): Money {
	const currency = parseCurrency(currencyCode);
	if (!Number.isSafeInteger(minor)) {
		throw new MoneyError(`${minor} is not a whole number of ${currency} minor units.`);
	}
	return {
		amount: unitsToDecimal(minor, isoExponentOf(currency)),
		amountMinor: minor as MinorAmount,
		currency,
	};
}

/**
 * A share of an amount, rounded half up to the currency's minor unit.
 * @param percentage up to two decimals, for example 30 or 33.33
 * @throws MoneyError when it is not more than 0 and at most 100
 */
export function partOf(money: Money, percentage: number): Money {
	const hundredths = Math.round(percentage * 100);
	if (!(hundredths > 0 && hundredths <= 10_000)) {
		throw new MoneyError(
			`${percentage} % of an amount can't be asked for. Use more than 0 and at most 100.`,
		);
	}
	const share = (BigInt(money.amountMinor) * BigInt(hundredths) + 5_000n) / 10_000n;
	return fromMinor(Number(share), money.currency);
}

/** '1999.00 EUR', for people. */
export function formatMoney(money: Money): string {
	return `${money.amount} ${money.currency}`;
}

function providerExponent(currency: string, table: ProviderCurrencyTable): number {
	return table.exponents[currency] ?? table.defaultExponent;
}

function decimalToUnits(value: unknown, exponent: number, currency: string): number {
	const text =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	const match = DECIMAL.exec(text);
	if (!match) {
		throw new MoneyError(
			`"${String(value)}" is not an amount. Give it in major units with a point, for example 1999.00.`,
		);
	}
	const [, sign = '', whole = '0', fraction = ''] = match;
	const significant = fraction.replace(/0+$/, '');
	if (significant.length > exponent) {
		const places = exponent === 0 ? 'no decimals' : `at most ${exponent} decimals`;
		throw new MoneyError(
			`${currency} has ${places}; ${text} ${currency} can't be charged. Round the amount.`,
		);
	}
	const units = Number(`${sign}${whole}${significant.padEnd(exponent, '0')}`);
	if (!Number.isSafeInteger(units)) {
		throw new MoneyError(`${text} ${currency} is too large.`);
	}
	return units === 0 ? 0 : units;
}

function unitsToDecimal(units: number, exponent: number): string {
	const sign = units < 0 ? '-' : '';
	const digits = String(Math.abs(units)).padStart(exponent + 1, '0');
	if (exponent === 0) return `${sign}${digits}`;
	return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
