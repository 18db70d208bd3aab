import { RecentKeys } from '../../../nodes/core/recent-keys';

describe('RecentKeys', () => {
	it('knows what was added, up to its limit, and forgets the oldest first', () => {
		const keys = new RecentKeys(2);
		expect(keys.has('a')).toBe(false);
		keys.add('a');
		keys.add('b');
		keys.add('c');
		expect(['a', 'b', 'c'].map((key) => keys.has(key))).toEqual([false, true, true]);
	});

	it('counts a key that is added again as young', () => {
		const keys = new RecentKeys(2);
		for (const key of ['a', 'b', 'a', 'c']) keys.add(key);
		expect(['a', 'b', 'c'].map((key) => keys.has(key))).toEqual([true, false, true]);
	});

	it('can be told to remember nothing', () => {
		const keys = new RecentKeys(0);
		keys.add('a');
		expect(keys.has('a')).toBe(false);
	});
});
