/**
 * Runs the work with its pauses cut short: retries of seconds take milliseconds.
 * Only timers of half a second and more are touched; requests and the simulators' own timers run as ever.
 */
export async function withoutPauses<Result>(work: () => Promise<Result>): Promise<Result> {
	const { setTimeout: realSetTimeout } = globalThis;
	const shortened = jest
		.spyOn(globalThis, 'setTimeout')
		.mockImplementation(((callback: () => void, ms = 0, ...args: []) =>
			realSetTimeout(callback, ms < 500 ? ms : ms / 1000, ...args)) as typeof setTimeout);
	try {
		return await work();
	} finally {
		shortened.mockRestore();
	}
}
