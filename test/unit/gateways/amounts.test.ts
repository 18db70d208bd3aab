import { fromProviderAmount, parseMoney, toProviderAmount } from '../../../nodes/core/money';
import { checkoutCom } from '../../../nodes/CheckoutComPayments/gateway';
import { toFlutterwaveAmount } from '../../../nodes/FlutterwavePayments/gateway/currencies';
import { paddle } from '../../../nodes/PaddlePayments/gateway';
import { stripe } from '../../../nodes/StripePayments/gateway';

/** What each provider is sent for five of a currency; null where it does not take the currency. */
const FIVE_OF = [
	{ currency: 'EUR', stripe: 500, checkoutCom: 500, paddle: 500, flutterwave: 5 },
	{ currency: 'JPY', stripe: 5, checkoutCom: 5, paddle: 5, flutterwave: 5 },
	{ currency: 'KRW', stripe: 5, checkoutCom: 5, paddle: 5, flutterwave: 5 },
	{ currency: 'UGX', stripe: 500, checkoutCom: 5, paddle: null, flutterwave: 5 },
	{ currency: 'ISK', stripe: 500, checkoutCom: 5, paddle: null, flutterwave: 5 },
	{ currency: 'CLP', stripe: 5, checkoutCom: 500, paddle: 5, flutterwave: 5 },
	{ currency: 'XAF', stripe: 5, checkoutCom: 5, paddle: null, flutterwave: 5 },
	{ currency: 'MGA', stripe: 5, checkoutCom: 500, paddle: null, flutterwave: 5 },
	{ currency: 'KWD', stripe: 5000, checkoutCom: 5000, paddle: null, flutterwave: 5 },
	{ currency: 'IQD', stripe: 500, checkoutCom: 5000, paddle: null, flutterwave: 5 },
] as const;

describe('five of a currency, on all four side by side', () => {
	it.each(FIVE_OF)('$currency', (expected) => {
		const money = parseMoney('5', expected.currency);
		expect(toProviderAmount(money, stripe.currencies)).toBe(expected.stripe);
		expect(toProviderAmount(money, checkoutCom.currencies)).toBe(expected.checkoutCom);
		if (expected.paddle !== null) {
			expect(toProviderAmount(money, paddle.currencies)).toBe(expected.paddle);
		}
		expect(toFlutterwaveAmount(money)).toBe(expected.flutterwave);
	});

	it.each(FIVE_OF)('$currency is read back as the same amount from each', (expected) => {
		const money = parseMoney('5', expected.currency);
		for (const gateway of [stripe, checkoutCom, paddle]) {
			const sent = toProviderAmount(money, gateway.currencies);
			expect(fromProviderAmount(sent, expected.currency, gateway.currencies)).toEqual(money);
		}
	});
});

describe('amounts a provider can not be asked for', () => {
	it.each([
		['a Japanese yen has no half', '10.50', 'JPY', /no decimals/],
		['a euro has two decimals', '1.999', 'EUR', /at most 2 decimals/],
	])('%s', (_name, amount, currency, message) => {
		expect(() => parseMoney(amount, currency)).toThrow(message);
	});

	it('dinars end in zero at Stripe and at Checkout.com', () => {
		const money = parseMoney('5.124', 'KWD');
		expect(() => toProviderAmount(parseMoney('5.125', 'KWD'), stripe.currencies)).toThrow(/steps/);
		expect(() => toProviderAmount(money, checkoutCom.currencies)).toThrow(/steps/);
	});
});
