import { DeliveryClaims } from '../../../nodes/core/delivery-claims';

const REQUEST = Symbol('a request');
const LATER_REQUEST = Symbol('a later request');
const LIMITS = { maxEntries: 3, inFlightMs: 60_000, doneMs: 3_600_000 };

describe('a delivery', () => {
	let claims: DeliveryClaims;
	beforeEach(() => {
		claims = new DeliveryClaims(LIMITS);
	});

	it('is claimed once; while it is in flight nobody else gets it', () => {
		expect(claims.claim('a', 0, REQUEST)).toBe('claimed');
		expect(claims.claim('a', 1, REQUEST)).toBe('in flight');
		expect(claims.claim('a', 59_999, REQUEST)).toBe('in flight');
		expect(claims.claim('b', 2, REQUEST)).toBe('claimed');
	});

	it('is done once it was answered with 2xx', () => {
		claims.claim('a', 0, REQUEST);
		claims.confirm('a', 10, REQUEST);
		expect(claims.claim('a', 11, REQUEST)).toBe('done');
		expect(claims.claim('a', 10 + LIMITS.doneMs - 1, REQUEST)).toBe('done');
	});

	it('can be claimed again when it was not accepted', () => {
		claims.claim('a', 0, REQUEST);
		claims.release('a', REQUEST);
		expect(claims.claim('a', 1, REQUEST)).toBe('claimed');
	});

	it('can be claimed again when the first request never closed', () => {
		claims.claim('a', 0, REQUEST);
		expect(claims.claim('a', LIMITS.inFlightMs, REQUEST)).toBe('claimed');
		expect(claims.claim('a', LIMITS.inFlightMs + 1, REQUEST)).toBe('in flight');
	});

	it('is forgotten an hour after it was done', () => {
		claims.claim('a', 0, REQUEST);
		claims.confirm('a', 10, REQUEST);
		expect(claims.claim('a', 10 + LIMITS.doneMs, REQUEST)).toBe('claimed');
	});

	describe('of a request that was given up on and closes at last', () => {
		beforeEach(() => {
			claims.claim('a', 0, REQUEST);
			claims.claim('a', LIMITS.inFlightMs, LATER_REQUEST);
		});

		it('stays done when the one after it was answered with 2xx', () => {
			claims.confirm('a', LIMITS.inFlightMs + 5, LATER_REQUEST);
			claims.release('a', REQUEST);
			expect(claims.claim('a', LIMITS.inFlightMs + 6, REQUEST)).toBe('done');
		});

		it('stays in flight while the one after it is not answered', () => {
			claims.release('a', REQUEST);
			expect(claims.claim('a', LIMITS.inFlightMs + 1, REQUEST)).toBe('in flight');
			claims.confirm('a', LIMITS.inFlightMs + 2, REQUEST);
			claims.release('a', LATER_REQUEST);
			expect(claims.claim('a', LIMITS.inFlightMs + 3, REQUEST)).toBe('claimed');
		});
	});

	it('can be claimed again once nothing came of it, even if its request closes only then', () => {
		claims.claim('a', 0, REQUEST);
		claims.forget('a');
		claims.confirm('a', 1, REQUEST);
		expect(claims.claim('a', 2, LATER_REQUEST)).toBe('claimed');
		claims.confirm('a', 3, LATER_REQUEST);
		claims.forget('a');
		expect(claims.claim('a', 4, REQUEST)).toBe('claimed');
	});

	it('can be released without ever having been claimed', () => {
		claims.release('a', REQUEST);
		expect(claims.claim('a', 0, REQUEST)).toBe('claimed');
	});

	it('is remembered together with no more than the given number of others, the oldest forgotten first', () => {
		for (const key of ['a', 'b', 'c', 'd']) expect(claims.claim(key, 0, REQUEST)).toBe('claimed');
		expect(claims.size).toBe(3);
		expect(claims.claim('d', 1, REQUEST)).toBe('in flight');
		expect(claims.claim('a', 1, REQUEST)).toBe('claimed');
	});

	it('counts as young again when it is done', () => {
		for (const key of ['a', 'b', 'c']) claims.claim(key, 0, REQUEST);
		claims.confirm('a', 1, REQUEST);
		claims.claim('d', 2, REQUEST);
		expect(claims.claim('a', 3, REQUEST)).toBe('done');
		expect(claims.claim('b', 3, REQUEST)).toBe('claimed');
	});

	it('does not grow the memory when it is confirmed after it was forgotten', () => {
		const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
		for (const key of keys) claims.claim(key, 0, REQUEST);
		for (const key of keys) claims.confirm(key, 1, REQUEST);
		expect(claims.size).toBe(3);
		expect(claims.claim('key 49', 2, REQUEST)).toBe('done');
	});

	it('is claimed even where nothing is to be remembered', () => {
		const none = new DeliveryClaims({ ...LIMITS, maxEntries: 0 });
		expect(none.claim('a', 0, REQUEST)).toBe('claimed');
		expect(none.claim('b', 0, REQUEST)).toBe('claimed');
		expect(none.size).toBe(1);
	});

	it('has room for ten thousand by default', () => {
		const many = new DeliveryClaims();
		for (let index = 0; index < 10_001; index += 1) many.claim(`key ${index}`, 0, REQUEST);
		expect(many.size).toBe(10_000);
	});
});
