import { shortened } from '../../../nodes/core/shortened';

describe('shortening a text', () => {
	it.each([
		['leaves one that fits', 'Gold', 4, 'Gold'],
		['ends a longer one with an ellipsis', 'Golden', 4, 'Gol…'],
		['drops a character that would be cut in two', 'ab🙂cd', 4, 'ab…'],
	])('%s', (_name, text, length, expected) => {
		expect(shortened(text, length)).toBe(expected);
	});
});
