import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface ChaosOptions {
	/** Decides the deals and the faults. When n8n does what is up to the machine. */
	seed: string;
	deals: number;
	/** How many deals are played at the same time. */
	atOnce: number;
	/** How often n8n is killed in mid-run. */
	kills: number;
}

/** From the command line, else from CHAOS_SEED, CHAOS_DEALS … @throws for what is no positive number */
export function readOptions(
	args: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
): ChaosOptions {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		args: [...args],
		options: { seed: text, deals: text, 'at-once': text, kills: text },
	});
	return {
		seed: values.seed ?? env.CHAOS_SEED ?? randomBytes(4).toString('hex'),
		deals: wholeNumber('deals', values.deals ?? env.CHAOS_DEALS ?? '300'),
		atOnce: wholeNumber('at-once', values['at-once'] ?? env.CHAOS_AT_ONCE ?? '16'),
		kills: wholeNumber('kills', values.kills ?? env.CHAOS_KILLS ?? '3'),
	};
}

function wholeNumber(name: string, text: string): number {
	if (/^\d{1,6}$/.test(text)) return Number(text);
	throw new Error(`--${name} takes a whole number, not "${text}".`);
}
