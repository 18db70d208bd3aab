/**
 * `npm run test:chaos -- --seed 1 --deals 300`: hundreds of deals over all four providers, with a fifth of all calls faulty in
 * both directions and n8n killed in mid-run. Prints one JSON report; the exit code is 0 only if, once it has settled, every
 * lead shows exactly what its provider's books say.
 */
import path from 'node:path';
import { packPackage } from '../n8n-host/community-package';
import { interrupted } from '../n8n-host/interrupted';
import { WORLD_GATEWAYS } from '../world/gateways';
import { NO_LOOK_BACK_BY_CLOCK, PaymentWorld } from '../world/payment-world';
import { ChaosRun } from './chaos-run';
import { readOptions } from './options';

const ROOT = path.resolve(__dirname, '../..');

async function main(): Promise<number> {
	const interruption = interrupted();
	const options = readOptions(process.argv.slice(2), process.env);
	const log = (line: string) => console.error(`· ${line}`);
	log(`Chaos with seed ${options.seed}`);
	const packageTarball = await packPackage(ROOT, path.join(ROOT, '.cache'));
	const gateways = await Promise.all(WORLD_GATEWAYS.map(async (start) => await start()));
	const world = await PaymentWorld.start({
		packageTarball,
		gateways,
		sharedTemplate: 'won-to-paid-with-the-right-gateway.json',
		edits: NO_LOOK_BACK_BY_CLOCK,
		// The default one costs 50 ms of CPU per execution, most of what two cores have.
		n8nEnv: { N8N_EXPRESSION_ENGINE: 'legacy' },
		log,
	});
	try {
		const run = new ChaosRun(world, options, log);
		const report = await Promise.race([run.play(), interruption]);
		console.log(JSON.stringify(report, null, '\t'));
		return report.discrepancies.length === 0 ? 0 : 1;
	} finally {
		await world.stop();
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
