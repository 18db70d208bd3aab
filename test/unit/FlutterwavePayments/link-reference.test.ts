import fc from 'fast-check';
import { leadIdOfReference } from '../../../nodes/core/lead-reference';
import { fromMinor, parseMoney } from '../../../nodes/core/money';
import {
	digestOfTerms,
	expiryOf,
	newLinkReference,
	readLinkReference,
	type LinkTerms,
} from '../../../nodes/FlutterwavePayments/gateway/link-reference';

const now = Date.parse('2026-11-20T12:00:30Z');
const minute = Date.parse('2026-11-20T12:00:00Z');

const terms: LinkTerms = {
	money: parseMoney('7500.50', 'NGN'),
	lifetimeMinutes: null,
	otherTerms: digestOfTerms([]),
};

describe('the reference of a Flutterwave link', () => {
	it('says what the link asks for, for every lead, amount and time to pay', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 999_999_999_999_999 }),
				fc.integer({ min: 1, max: 36 ** 8 - 1 }),
				fc.constantFrom('NGN', 'XAF', 'KWD', 'EUR'),
				fc.option(fc.integer({ min: 1, max: 1440 })),
				fc.array(fc.option(fc.string())),
				(leadId, minor, currency, lifetimeMinutes, others) => {
					const money = fromMinor(minor, currency);
					const otherTerms = digestOfTerms(others);
					const given = { money, lifetimeMinutes, otherTerms };
					const reference = newLinkReference(leadId, given, now);
					expect(leadIdOfReference(reference)).toBe(leadId);
					expect(readLinkReference(reference)).toEqual({
						...given,
						leadId,
						reference,
						madeAt: minute,
					});
				},
			),
		);
	});

	it('is another one for every link', () => {
		const references = Array.from({ length: 5 }, () => newLinkReference(7, terms, now));
		expect(new Set(references).size).toBeGreaterThan(1);
		const nonces = Array.from({ length: 36 ** 2 }, (_none, n) => n.toString(36).padStart(2, '0'));
		for (const nonce of nonces) {
			const used = `${references[0]?.slice(0, -2)}${nonce}`;
			expect(newLinkReference(7, terms, now, used)).not.toBe(used);
			expect(newLinkReference(7, terms, now, used)).toHaveLength(used.length);
		}
		expect(newLinkReference(7, terms, now + 60_000).slice(0, -2)).not.toBe(
			references[0]?.slice(0, -2),
		);
	});

	it('tells when the time to pay is over', () => {
		const ending = newLinkReference(7, { ...terms, lifetimeMinutes: 90 }, now);
		const endless = newLinkReference(7, terms, now);
		const expiry = (reference: string) => {
			const link = readLinkReference(reference);
			return link && expiryOf(link);
		};
		expect(expiry(ending)).toBe(minute + 90 * 60_000);
		expect(expiry(endless)).toBeNull();
	});

	it('refuses an amount that has no room in it', () => {
		const money = fromMinor(36 ** 8, 'NGN');
		expect(() => newLinkReference(7, { ...terms, money }, now)).toThrow(/is too large/);
	});

	it.each([
		['of another provider', 'kommo_7_9f86d081884c7d659a2f'],
		['of Checkout.com', 'kommo_7_link'],
		['made by hand', 'Links-616626414629'],
		['that names no lead', 'kommo_0_NGNghijkl0123456789'],
		['without a time', 'kommo_7_NGN1'],
		['that is empty', ''],
	])('is not one %s', (_name, reference) => {
		expect(readLinkReference(reference)).toBeNull();
	});

	it('tells apart other terms', () => {
		expect(digestOfTerms(['1', null])).not.toBe(digestOfTerms([null, '1']));
		expect(digestOfTerms(['1'])).toMatch(/^[0-9a-z]{3}$/);
	});
});
