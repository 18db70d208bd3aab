import { flutterwave } from '../../../nodes/FlutterwavePayments/gateway';

describe('the mode of a Flutterwave key', () => {
	it.each([
		['FLWSECK-', true],
		[' FLWSECK-', true],
		['FLWSECK_TEST-', false],
		['FLWPUBK-', false],
		['', false],
		[undefined, false],
	])('%p is about real money: %s', (prefix, live) => {
		const secretKey = prefix === undefined ? prefix : `${prefix}made-for-this-test-X`;
		expect(flutterwave.isLive({ secretKey })).toBe(live);
	});
});
