/**
 * Runs the work with its pauses cut short: retries of seconds take milliseconds.
 * Only timers of half a second and more are touched; requests and the simulators' own timers run as ever.
 * @param onPause told of each pause that was cut short, in ms
 */
export async function withoutPauses<Result>(
	work: () => Promise<Result>,
	onPause: (ms: number) => void = () => {},
): Promise<Result> {
	const { setTimeout: realSetTimeout } = globalThis;
	const shortened = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((
		callback: () => void,
		ms = 0,
		...args: []
	) => {
		if (ms < 500) return realSetTimeout(callback, ms, ...args);
		onPause(ms);
		return realSetTimeout(callback, ms / 1000, ...args);
	}) as typeof setTimeout);
	try {
		return await work();
	} finally {
		shortened.mockRestore();
	}
}
