import fc from 'fast-check';
import {
	formatMoney,
	fromMinor,
	fromProviderAmount,
	MoneyError,
	parseCurrency,
	parseMoney,
	partOf,
	toProviderAmount,
	type ProviderCurrencyTable,
} from '../../../nodes/core/money';

/** https://docs.stripe.com/currencies: ISK and UGX ×100 in whole units, MGA ×1, KWD ×1000 ending in 0. */
const LIKE_STRIPE: ProviderCurrencyTable = {
	provider: 'Stripe',
	defaultExponent: 2,
	exponents: { JPY: 0, CLP: 0, MGA: 0, KWD: 3 },
	steps: { ISK: 100, UGX: 100, KWD: 10 },
};
/** Checkout.com: ISK and UGX ×1, CLP ×100 in whole units, MGA ×100, KWD and IQD ×1000 ending in 0. */
const LIKE_CHECKOUT: ProviderCurrencyTable = {
	provider: 'Checkout.com',
	defaultExponent: 2,
	exponents: { JPY: 0, ISK: 0, UGX: 0, KWD: 3, IQD: 3 },
	steps: { CLP: 100, KWD: 10, IQD: 10 },
};

const CURRENCIES = ['EUR', 'JPY', 'KWD', 'CLF', 'ISK', 'UGX', 'MGA', 'CLP'];
const currency = fc.constantFrom(...CURRENCIES);
const minor = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });

describe('parseMoney', () => {
	it.each<[unknown, string, string, number]>([
		['1999.00', 'EUR', '1999.00', 199_900],
		['1999', 'EUR', '1999.00', 199_900],
		[1999, 'EUR', '1999.00', 199_900],
		[1999.99, 'EUR', '1999.99', 199_999],
		[' 5 ', 'eur', '5.00', 500],
		['5.1', ' EUR ', '5.10', 510],
		['5.10000', 'EUR', '5.10', 510],
		['007', 'EUR', '7.00', 700],
		['500', 'JPY', '500', 500],
		['500.00', 'JPY', '500', 500],
		['5.12', 'KWD', '5.120', 5120],
		['5.1200', 'KWD', '5.120', 5120],
		['0.0001', 'CLF', '0.0001', 1],
		['5', 'MGA', '5.00', 500],
		['5', 'UGX', '5', 5],
		['0', 'EUR', '0.00', 0],
		['-0', 'EUR', '0.00', 0],
		['-0.00', 'EUR', '0.00', 0],
		['-5.05', 'EUR', '-5.05', -505],
		['-0.05', 'EUR', '-0.05', -5],
		// 1.005 × 100 is 100.49999999999999 and 4.35 × 100 is 434.99999999999994 in floats.
		['4.35', 'EUR', '4.35', 435],
		[4.35, 'EUR', '4.35', 435],
		['1.005', 'KWD', '1.005', 1005],
		['90071992547409.91', 'EUR', '90071992547409.91', 9_007_199_254_740_991],
	])('reads %p %s as %s', (value, code, amount, amountMinor) => {
		const money = parseMoney(value, code);
		expect(money).toEqual({ amount, amountMinor, currency: code.trim().toUpperCase() });
		expect(Object.is(money.amountMinor, -0)).toBe(false);
	});

	it.each<[unknown, string]>([
		['1e3', 'EUR'],
		[1e21, 'EUR'],
		[1e-7, 'EUR'],
		[NaN, 'EUR'],
		[Infinity, 'EUR'],
		['NaN', 'EUR'],
		['1,5', 'EUR'],
		['1,500.00', 'EUR'],
		['1 500', 'EUR'],
		['1.5.0', 'EUR'],
		['.5', 'EUR'],
		['5.', 'EUR'],
		['+5', 'EUR'],
		['--5', 'EUR'],
		['0x10', 'EUR'],
		['€5', 'EUR'],
		['١٢', 'EUR'],
		['', 'EUR'],
		['  ', 'EUR'],
		[null, 'EUR'],
		[undefined, 'EUR'],
		[true, 'EUR'],
		[['5'], 'EUR'],
		[{ amount: 5 }, 'EUR'],
		[5n, 'EUR'],
		['9007199254740992', 'JPY'],
		['90071992547409.92', 'EUR'],
		['99999999999999999999', 'EUR'],
	])('refuses %p as an amount', (value, code) => {
		expect(() => parseMoney(value, code)).toThrow(MoneyError);
	});

	it.each([
		['5.001', 'EUR', 'EUR has at most 2 decimals; 5.001 EUR'],
		[0.1 + 0.2, 'EUR', 'EUR has at most 2 decimals'],
		['5.5', 'JPY', 'JPY has no decimals'],
		['5.5', 'UGX', 'UGX has no decimals'],
		['5.5', 'ISK', 'ISK has no decimals'],
		['5.1234', 'KWD', 'KWD has at most 3 decimals'],
	])('refuses %p %s: %s', (value, code, message) => {
		expect(() => parseMoney(value, code)).toThrow(message);
	});

	it('reads its own output back unchanged, for every currency and amount', () => {
		fc.assert(
			fc.property(minor, currency, (amountMinor, code) => {
				const money = fromMinor(amountMinor, code);
				expect(parseMoney(money.amount, code)).toEqual(money);
			}),
		);
	});

	it('reads a decimal exactly, whatever a float would make of it', () => {
		fc.assert(
			fc.property(fc.nat(999_999_999), fc.nat(99), (whole, cents) => {
				const text = `${whole}.${String(cents).padStart(2, '0')}`;
				expect(parseMoney(text, 'EUR').amountMinor).toBe(whole * 100 + cents);
				expect(parseMoney(Number(text), 'EUR').amount).toBe(text);
			}),
		);
	});
});

describe('parseCurrency', () => {
	it.each([
		['eur', 'EUR'],
		[' Usd ', 'USD'],
	])('reads %p', (value, code) => expect(parseCurrency(value)).toBe(code));

	it.each(['', 'EURO', 'EU', '€', 'E R', 'ЕUR', 978, null, undefined, ['EUR']])(
		'refuses %p and says what is wanted',
		(value) => expect(() => parseCurrency(value)).toThrow('three letters of ISO 4217'),
	);
});

describe('a provider’s own integers', () => {
	it.each<[string, string, ProviderCurrencyTable, number]>([
		['5', 'UGX', LIKE_STRIPE, 500],
		['5', 'UGX', LIKE_CHECKOUT, 5],
		['5', 'ISK', LIKE_STRIPE, 500],
		['5', 'ISK', LIKE_CHECKOUT, 5],
		['1000', 'CLP', LIKE_STRIPE, 1000],
		['1000', 'CLP', LIKE_CHECKOUT, 100_000],
		['5', 'MGA', LIKE_STRIPE, 5],
		['5.50', 'MGA', LIKE_CHECKOUT, 550],
		['500', 'JPY', LIKE_STRIPE, 500],
		['5.120', 'KWD', LIKE_STRIPE, 5120],
		['5.120', 'IQD', LIKE_CHECKOUT, 5120],
		['19.99', 'EUR', LIKE_STRIPE, 1999],
		['-19.99', 'EUR', LIKE_STRIPE, -1999],
		['-5', 'UGX', LIKE_STRIPE, -500],
	])('are written by its table: %s %s', (amount, code, table, units) => {
		const money = parseMoney(amount, code);
		expect(toProviderAmount(money, table)).toBe(units);
		expect(fromProviderAmount(units, code, table)).toEqual(money);
		expect(fromProviderAmount(String(units), code, table)).toEqual(money);
	});

	it.each([
		['5.50', 'MGA', LIKE_STRIPE, 'MGA has no decimals'],
		['5.124', 'KWD', LIKE_STRIPE, 'Stripe takes KWD only in steps of 0.010; 5.124 KWD is not one'],
		['5.125', 'IQD', LIKE_CHECKOUT, 'Checkout.com takes IQD only in steps of 0.010'],
	])('refuse %s %s: %s', (amount, code, table, message) => {
		expect(() => toProviderAmount(parseMoney(amount, code), table)).toThrow(message);
	});

	it.each([1.5, NaN, Infinity, 2 ** 53, '1.5', '1e3', '', ' 5', '5 ', '0x10', '９'])(
		'refuse %p where an integer is due',
		(value) => expect(() => fromProviderAmount(value, 'EUR', LIKE_STRIPE)).toThrow(MoneyError),
	);

	it('refuse what the currency can’t hold instead of rounding it', () => {
		expect(() => fromProviderAmount(501, 'UGX', LIKE_STRIPE)).toThrow(MoneyError);
	});

	it('go there and back unchanged, for every currency, table and amount', () => {
		const table = fc.constantFrom(LIKE_STRIPE, LIKE_CHECKOUT);
		fc.assert(
			fc.property(fc.integer({ min: -1e9, max: 1e9 }), currency, table, (whole, code, of) => {
				const money = parseMoney(String(whole), code);
				expect(fromProviderAmount(toProviderAmount(money, of), code, of)).toEqual(money);
			}),
		);
	});
});

describe('fromMinor', () => {
	it.each([1.5, NaN, Infinity, -Infinity, 2 ** 53])('refuses %p', (amount) => {
		expect(() => fromMinor(amount, 'EUR')).toThrow(MoneyError);
	});

	it.each([
		[1, 'EUR', '0.01'],
		[-1, 'EUR', '-0.01'],
		[5, 'KWD', '0.005'],
		[0, 'JPY', '0'],
		[Number.MAX_SAFE_INTEGER, 'JPY', '9007199254740991'],
	])('writes %i %s as %s', (units, code, amount) => {
		expect(formatMoney(fromMinor(units, code))).toBe(`${amount} ${code}`);
	});
});

describe('partOf', () => {
	it.each([
		['100.00', 30, '30.00'],
		['100.00', 100, '100.00'],
		['100.00', 33.33, '33.33'],
		['0.05', 50, '0.03'],
		['0.01', 30, '0.00'],
		['90071992547409.91', 99.99, '90062985348155.17'],
	])('takes of %s EUR %f %%: %s', (amount, percentage, part) => {
		expect(partOf(parseMoney(amount, 'EUR'), percentage).amount).toBe(part);
	});

	it.each([0, -1, 100.01, NaN, Infinity, 0.004])('refuses %p %%', (percentage) => {
		expect(() => partOf(fromMinor(100, 'EUR'), percentage)).toThrow(MoneyError);
	});

	it('never takes more than there is, nor more than half a minor unit off', () => {
		fc.assert(
			fc.property(fc.nat(1e12), fc.integer({ min: 1, max: 10_000 }), (amount, hundredths) => {
				const part = partOf(fromMinor(amount, 'JPY'), hundredths / 100).amountMinor;
				expect(part).toBeLessThanOrEqual(amount);
				const exact = BigInt(amount) * BigInt(hundredths);
				const off = BigInt(part) * 10_000n - exact;
				expect(off > -5_000n && off <= 5_000n).toBe(true);
			}),
		);
	});
});

describe('what is refused is told in words', () => {
	it.each<[string, () => unknown, string]>([
		[
			'no currency',
			() => parseCurrency(undefined),
			'"undefined" is not a currency code. Use the three letters of ISO 4217, for example EUR.',
		],
		[
			'no amount',
			() => parseMoney('abc', 'EUR'),
			'"abc" is not an amount. Give it in major units with a point, for example 1999.00.',
		],
		[
			'something else than an amount',
			() => parseMoney({}, 'EUR'),
			'"[object Object]" is not an amount. Give it in major units with a point, for example 1999.00.',
		],
		[
			'more than can be counted exactly',
			() => parseMoney('999999999999999.99', 'EUR'),
			'999999999999999.99 EUR is too large.',
		],
		['half a cent', () => fromMinor(0.5, 'EUR'), '0.5 is not a whole number of EUR minor units.'],
		[
			'nothing of an amount',
			() => partOf(parseMoney('1', 'EUR'), 0),
			"0 % of an amount can't be asked for. Use more than 0 and at most 100.",
		],
		[
			'a fraction of the provider’s unit',
			() => fromProviderAmount(1.5, 'EUR', LIKE_STRIPE),
			'Stripe sent "1.5" where an integer amount was expected.',
		],
		[
			'a text of no digits',
			() => fromProviderAmount('1e3', 'EUR', LIKE_STRIPE),
			'Stripe sent "1e3" where an integer amount was expected.',
		],
		[
			'more than an integer holds',
			() => fromProviderAmount('90071992547409930', 'EUR', LIKE_STRIPE),
			'Stripe sent "90071992547409930" where an integer amount was expected.',
		],
	])('%s', (_what, refused, message) => {
		expect(refused).toThrow(new MoneyError(message));
		expect(refused).toThrow(expect.objectContaining({ name: 'MoneyError' }) as Error);
	});
});
