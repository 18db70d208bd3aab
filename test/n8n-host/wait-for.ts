import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
	/** Milliseconds until it gives up: long enough for a busy machine, because it only bounds what never comes. */
	timeoutMs?: number;
	/** Milliseconds between two looks. */
	everyMs?: number;
	/** Added to the error when it gives up. */
	describe?: () => string;
}

/**
 * Looks again and again until `look` gives something other than undefined, and returns that.
 * @throws when `timeoutMs` (90 s) have passed, or whatever `look` throws.
 */
export const waitFor = async <T>(
	what: string,
	look: () => Promise<T | undefined> | T | undefined,
	{ timeoutMs = 90_000, everyMs = 50, describe = () => '' }: WaitOptions = {},
): Promise<T> => {
	const until = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() >= until) {
			throw new Error(`Waited ${timeoutMs} ms in vain for ${what}. ${describe()}`.trim());
		}
		await pause(everyMs);
	}
};
