/**
 * `npm run bench`: measures the package against what people would use instead, in one n8n, taking turns.
 * `-- --full` measures longer, `-- --report` also writes REPORT.md, `-- --engines=legacy` takes some of the engines only.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { N8nInstance } from '../n8n-host/n8n-instance';
import { compare } from './compare';
import { measureAccount, measureMemories } from './growth';
import { packWithoutBudget } from './package-without-budget';
import { ramp } from './ramp';
import { reportOf, type Measurements } from './report';
import { ENGINES, startStage, type Engine } from './stage';
import { spreadOf, type Spread } from './statistics';
import { measureVerification } from './verification';

const ROOT = path.resolve(__dirname, '../..');
const RESULTS = path.join(ROOT, '.cache', 'bench');
const RESULTS_FILE = path.join(RESULTS, 'results.json');
const REPORT = path.join(__dirname, 'REPORT.md');
/** What stands above this heading in the report is written by people. */
const MEASURED = '## Measured';

interface Scale {
	rounds: number;
	events: number;
	single: number;
	openLeads: number[];
	rates: number[];
	rampSeconds: number;
	boots: number;
}

const QUICK: Scale = {
	rounds: 3,
	events: 30,
	single: 4,
	openLeads: [100, 1_000, 10_000],
	rates: [5, 10, 20],
	rampSeconds: 6,
	boots: 2,
};
const FULL: Scale = {
	rounds: 7,
	events: 400,
	single: 60,
	openLeads: [100, 1_000, 10_000],
	rates: [2, 5, 10, 15, 20, 30],
	rampSeconds: 300,
	boots: 5,
};

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			full: { type: 'boolean', default: false },
			report: { type: 'boolean', default: false },
			engines: { type: 'string', default: Object.keys(ENGINES).join(',') },
		},
	});
	const scale = values.full ? FULL : QUICK;
	const [loadBefore = 0] = loadavg();
	await mkdir(RESULTS, { recursive: true });
	const tarball = await packWithoutBudget(RESULTS);
	const log = (line: string) => process.stderr.write(`${line}\n`);

	const [processor] = cpus();
	const measurements: Measurements = {
		at: new Date().toISOString(),
		machine: {
			cpus: cpus().length,
			cpu: processor?.model ?? 'unknown processor',
			memoryGb: Math.round(totalmem() / 1e9),
			node: process.version,
			loadBefore,
		},
		n8n: await n8nVersion(),
		mode: values.full ? 'full' : 'quick',
		engines: {},
		bootSeconds: await bootTimes(tarball, scale.boots),
		verification: measureVerification(),
		memories: measureMemories(),
		account: [],
		ramp: [],
	};
	for (const engine of values.engines.split(',').filter(isEngine)) {
		log(`Expression engine: ${engine}`);
		const stage = await startStage(tarball, engine);
		try {
			measurements.engines[engine] = await compare(stage, { ...scale, log });
			if (engine === 'legacy') {
				measurements.account = await measureAccount(stage, scale);
			}
		} finally {
			await stage.stop();
		}
		if (engine === 'legacy') {
			measurements.ramp = await ramp(tarball, scale.rates, scale.rampSeconds, log);
		}
		// Kept after each engine: whoever stops it in between has something in hand.
		await keep(measurements, values.report);
	}
	process.stdout.write(`${reportOf(measurements)}\nAll numbers: ${RESULTS_FILE}\n`);
}

async function keep(measurements: Measurements, inReport: boolean): Promise<void> {
	await writeFile(RESULTS_FILE, JSON.stringify(measurements, null, '\t'));
	if (!inReport) return;
	const [written = ''] = (await readFile(REPORT, 'utf8')).split(MEASURED);
	await writeFile(REPORT, `${written}${MEASURED}\n\n${reportOf(measurements)}`);
}

function isEngine(name: string): name is Engine {
	if (Object.hasOwn(ENGINES, name)) return true;
	throw new Error(`There is no engine "${name}": ${Object.keys(ENGINES).join(', ')}.`);
}

/** Seconds until n8n answers, with and without community packages, taking turns. */
async function bootTimes(
	packageTarball: string,
	boots: number,
): Promise<Record<'withPackage' | 'without', Spread>> {
	const seconds = async (env: Record<string, string>) => {
		const n8n = await N8nInstance.start({ packageTarball, env });
		try {
			// The first start also makes the database.
			const startedAt = performance.now();
			await n8n.restart();
			return (performance.now() - startedAt) / 1000;
		} finally {
			await n8n.stop();
		}
	};
	const withPackage: number[] = [];
	const without: number[] = [];
	for (let boot = 0; boot < boots; boot += 1) {
		withPackage.push(await seconds({}));
		without.push(await seconds({ N8N_COMMUNITY_PACKAGES_ENABLED: 'false' }));
	}
	return { withPackage: spreadOf(withPackage), without: spreadOf(without) };
}

async function n8nVersion(): Promise<string> {
	const file = path.join(ROOT, 'test/n8n-host/node_modules/n8n/package.json');
	return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
