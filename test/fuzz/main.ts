/**
 * Feeds every parser of headers, bodies and fields with broken input.
 *
 *     npm run test:fuzz                  60 seconds, another seed each time
 *     npm run test:fuzz -- 600           ten minutes
 *     npm run test:fuzz -- 60 1234567    the run that printed "seed 1234567"
 */
import { randomInt } from 'node:crypto';
import { problemWith } from './check';
import { mutated, seededRandom } from './mutations';
import { TARGETS, type FuzzTarget } from './targets';

/** Cases of one target before it is the next one's turn. */
const TURN = 50;

function report(target: FuzzTarget, input: Buffer, problem: string, seed: number): void {
	console.error(`${target.name} ${problem}`);
	console.error(`seed ${seed}, input in base64 (${input.length} bytes):`);
	console.error(input.toString('base64'));
}

async function fuzz(seconds: number, seed: number): Promise<boolean> {
	const random = seededRandom(seed);
	const until = Date.now() + seconds * 1000;
	let cases = 0;
	while (Date.now() < until) {
		for (const target of TARGETS) {
			for (let turn = 0; turn < TURN; turn += 1, cases += 1) {
				const input = mutated(target.seeds, random);
				const problem = await problemWith(target, input);
				if (problem !== null) {
					report(target, input, problem, seed);
					return false;
				}
			}
		}
	}
	console.log(
		`${cases} cases for ${TARGETS.length} parsers in ${seconds} s, seed ${seed}: no crash, none slow`,
	);
	return true;
}

const [seconds = '60', seed = String(randomInt(2 ** 31))] = process.argv.slice(2);
void fuzz(Number(seconds), Number(seed)).then((passed) => {
	process.exitCode = passed ? 0 : 1;
});
