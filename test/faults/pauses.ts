/** How long an answer is waited for, by us and, longer, by the simulators; no pause is so long. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Runs the work with its pauses cut short. @returns what came of it, and how long it would have paused, in ms */
export async function pausesOf<Result>(
	work: () => Promise<Result>,
): Promise<{ result: Result; pauses: number[] }> {
	const { setTimeout: realSetTimeout } = globalThis;
	const pauses: number[] = [];
	const shortened = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((
		callback: () => void,
		ms = 0,
		...args: []
	) => {
		// A busy machine must not run into it.
		if (ms >= REQUEST_TIMEOUT_MS) return realSetTimeout(callback, ms / 15, ...args);
		if (ms < 500) return realSetTimeout(callback, ms, ...args);
		pauses.push(ms);
		return realSetTimeout(callback, ms / 1000, ...args);
	}) as typeof setTimeout);
	try {
		return { result: await work(), pauses };
	} finally {
		shortened.mockRestore();
	}
}
