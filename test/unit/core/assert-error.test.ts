import { assertError } from '../../../nodes/core/assert-error';

class Expected extends Error {}

describe('assertError', () => {
	it('lets an error of the expected class pass', () => {
		expect(() => assertError(new Expected(), Expected)).not.toThrow();
	});

	it.each([new Error('another'), 'a text', null, undefined])('throws %p on, as it is', (error) => {
		let thrown: unknown = 'nothing';
		try {
			assertError(error, Expected);
		} catch (caught) {
			thrown = caught;
		}
		expect(thrown).toBe(error);
	});
});
