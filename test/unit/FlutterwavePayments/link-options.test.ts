import { readLinkOptions } from '../../../nodes/FlutterwavePayments/gateway/link-options';

describe('the options of a Flutterwave link', () => {
	it('are all left to Flutterwave unless they are given', () => {
		const nothing = {
			returnUrl: null,
			sessionMinutes: null,
			mostAttempts: null,
			paymentMethods: [],
			paymentPlan: null,
			logoUrl: null,
		};
		expect(readLinkOptions({})).toEqual(nothing);
		const empty = { returnUrl: ' ', sessionMinutes: 0, mostAttempts: 0, paymentPlan: '' };
		expect(readLinkOptions(empty)).toEqual(nothing);
	});

	it('are taken as the editor and as expressions give them', () => {
		const given = { sessionMinutes: '1440', mostAttempts: 3, paymentPlan: 3807 };
		expect(readLinkOptions(given)).toMatchObject({
			sessionMinutes: 1440,
			mostAttempts: 3,
			paymentPlan: 3807,
		});
	});

	it.each([
		[{ returnUrl: 'example.com' }, /return address "example.com" is not a web address/],
		[{ logoUrl: 'ftp://example.com/logo.png' }, /logo address/],
		[{ sessionMinutes: 1441 }, /"Session Duration". Give a whole number from 1 to 1440/],
		[{ sessionMinutes: 1.5 }, /"Session Duration"/],
		[{ mostAttempts: -1 }, /"Maximum Attempts"/],
		[{ paymentPlan: 'Gold' }, /"Gold" is not the ID of a payment plan/],
	])('are refused with a sentence: %p', (given, message) => {
		expect(() => readLinkOptions(given)).toThrow(message);
	});
});
