import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that follow from the seed. What is rolled for one purpose does not shift the rolls for another. */
export type Dice = () => number;

export function dice(seed: string, purpose: string): Dice {
	let state = createHash('sha256').update(`${seed}/${purpose}`).digest().readUInt32LE(0);
	// mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One of several by their weights. */
export function pick<Choice extends { weight: number }>(
	roll: Dice,
	choices: readonly Choice[],
): Choice {
	const total = choices.reduce((sum, { weight }) => sum + weight, 0);
	let rest = roll() * total;
	const chosen = choices.find(({ weight }) => (rest -= weight) < 0) ?? choices.at(-1);
	if (!chosen) throw new Error('There is nothing to choose from.');
	return chosen;
}
