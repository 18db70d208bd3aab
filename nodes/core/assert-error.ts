/**
 * For catch blocks that can deal with one kind of error only: anything else goes on to the caller.
 * @throws the error itself unless it is of the expected class
 */
export function assertError<Expected extends Error>(
	error: unknown,
	expected: new (...args: never[]) => Expected,
): asserts error is Expected {
	if (!(error instanceof expected)) throw error;
}
