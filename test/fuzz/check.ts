import type { FuzzTarget } from './targets';

/** Of the processor's time, so that a busy machine does not count against the parser. */
const LONGEST_MS = 50;
/** A pause of the garbage collector is not repeated; a slow case is. */
const TRIES = 3;

/** @returns what is wrong with how the target takes this input, or null */
export async function problemWith(target: FuzzTarget, input: Buffer): Promise<string | null> {
	let shortest = Infinity;
	for (let tries = 0; tries < TRIES && shortest > LONGEST_MS; tries += 1) {
		const startedAt = process.cpuUsage();
		try {
			await target.parse(input);
		} catch (error) {
			if (!target.documented.some((documented) => error instanceof documented)) {
				return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
			}
		}
		const { user, system } = process.cpuUsage(startedAt);
		shortest = Math.min(shortest, (user + system) / 1000);
	}
	return shortest > LONGEST_MS ? `took ${Math.round(shortest)} ms` : null;
}
