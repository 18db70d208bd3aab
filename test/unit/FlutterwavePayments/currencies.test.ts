import fc from 'fast-check';
import { fromMinor, parseMoney } from '../../../nodes/core/money';
import {
	fromFlutterwaveAmount,
	toFlutterwaveAmount,
} from '../../../nodes/FlutterwavePayments/gateway/currencies';

describe('amounts as Flutterwave writes them', () => {
	it.each([
		['1999.00', 'EUR', '1999'],
		['107.50', 'NGN', '107.5'],
		['0.07', 'NGN', '0.07'],
		['500', 'JPY', '500'],
		['5.120', 'KWD', '5.12'],
		['185000', 'UGX', '185000'],
		['1000', 'ISK', '1000'],
		['9990', 'CLP', '9990'],
		['65000', 'XAF', '65000'],
		['99999999999.99', 'NGN', '99999999999.99'],
	])('%s %s is the number %s', (amount, currency, json) => {
		const money = parseMoney(amount, currency);
		expect(JSON.stringify(toFlutterwaveAmount(money))).toBe(json);
		expect(fromFlutterwaveAmount(toFlutterwaveAmount(money), currency)).toEqual(money);
	});

	it.each([
		[3.3000000000000003, 'NGN', '3.30'],
		[2028.0000000002, 'KES', '2028.00'],
		['1400.5', 'NGN', '1400.50'],
		['7500', 'NGN', '7500.00'],
		[164.99999999999997, 'XAF', '165'],
		[5.1200000001, 'KWD', '5.120'],
		[0, 'NGN', '0.00'],
	])('%p %s is read as %s', (value, currency, amount) => {
		expect(fromFlutterwaveAmount(value, currency).amount).toBe(amount);
	});

	it('come back as they went out, whatever the amount', () => {
		const currency = fc.constantFrom('NGN', 'KES', 'XAF', 'KWD', 'UGX', 'EUR');
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), currency, (minor, code) => {
				const money = fromMinor(minor, code);
				expect(fromFlutterwaveAmount(toFlutterwaveAmount(money), code)).toEqual(money);
			}),
		);
	});

	it('are refused when a number cannot hold all of their digits', () => {
		const money = fromMinor(Number.MAX_SAFE_INTEGER, 'NGN');
		expect(() => toFlutterwaveAmount(money)).toThrow('90071992547409.91 NGN is too large');
	});

	it.each([null, undefined, '', ' ', 'much', Number.NaN, Number.POSITIVE_INFINITY, {}])(
		'are not %p',
		(value) => {
			expect(() => fromFlutterwaveAmount(value, 'NGN')).toThrow(/where an amount was expected/);
		},
	);
});
