import fc from 'fast-check';
import { problemWith } from '../../fuzz/check';
import { mutated, seededRandom } from '../../fuzz/mutations';
import { TARGETS } from '../../fuzz/targets';

/** Fixed, so that this says the same each time; `npm run test:fuzz` looks further. */
const SETTINGS = { seed: 20261120, numRuns: 150 };

describe.each(TARGETS.map((target) => [target.name, target] as const))('%s', (_name, target) => {
	it('has samples that it takes', async () => {
		expect(target.seeds.length).toBeGreaterThan(0);
		for (const seed of target.seeds) await expect(problemWith(target, seed)).resolves.toBeNull();
	});

	it('survives broken samples', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const input = mutated(target.seeds, seededRandom(seed));
				expect(await problemWith(target, input)).toBeNull();
			}),
			SETTINGS,
		);
	});

	it('survives any bytes', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 512 }), async (bytes) => {
				expect(await problemWith(target, Buffer.from(bytes))).toBeNull();
			}),
			SETTINGS,
		);
	});
});

describe('the check itself', () => {
	const target = { name: 'a target', seeds: [], documented: [SyntaxError] };

	it.each([
		[
			'an error that nobody expects',
			() => (undefined as unknown as string).length,
			/^threw TypeError/,
		],
		['a slow case', () => spin(60), /^took \d+ ms/],
	])('notices %s', async (_what, parse, problem) => {
		expect(await problemWith({ ...target, parse }, Buffer.alloc(0))).toMatch(problem);
	});

	it('lets documented errors pass', async () => {
		const parse = () => JSON.parse('{') as unknown;
		expect(await problemWith({ ...target, parse }, Buffer.alloc(0))).toBeNull();
	});
});

function spin(ms: number): void {
	const startedAt = process.cpuUsage();
	while (process.cpuUsage(startedAt).user < ms * 1000);
}
