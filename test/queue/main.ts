/**
 * `npm run test:queue`: n8n in queue mode over PostgreSQL and Redis, one main process, two webhook processors, two workers.
 * Each of 20 payments is told of by 25 simultaneous deliveries, spread over both processors. Prints one JSON report; the exit
 * code is 0 only if every payment had exactly one effect. To measure what is left: `--rounds 10 --copies 2`, one delivery for
 * each processor, comes closest to two workers that handle the same event in the same instant. `--play same-deal` tells of two
 * different refunds of one deal at once instead; its exit code is 0 only if every card is right once the look back has run.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packPackage } from '../n8n-host/community-package';
import { interrupted } from '../n8n-host/interrupted';
import { N8nCluster } from '../n8n-host/n8n-cluster';
import { startStripeInWorld } from '../world/gateways/stripe';
import { NO_LOOK_BACK_BY_CLOCK, PaymentWorld } from '../world/payment-world';
import { QueueStage } from './queue-stage';
import { playSameDeal } from './same-deal';
import { playSameEvent } from './same-event';

const ROOT = path.resolve(__dirname, '../..');
const WEBHOOK_PROCESSORS = 2;
const WORKERS = 2;
/** Kommo takes 7 from all of them. */
const REQUESTS_PER_WORKER = 3;
const SEVERAL_WORKERS = { severalWorkers: true };
const EDITS = {
	...NO_LOOK_BACK_BY_CLOCK,
	'Deal Won': { parameters: { options: SEVERAL_WORKERS } },
	'Payment Event': { parameters: { options: SEVERAL_WORKERS } },
	'Apply Payment Event': { parameters: { applyOptions: SEVERAL_WORKERS } },
};

async function main(): Promise<boolean> {
	const interruption = interrupted();
	const { values } = parseArgs({
		options: {
			rounds: { type: 'string', default: '1' },
			copies: { type: 'string', default: '25' },
			play: { type: 'string', default: 'same-event' },
		},
	});
	const rounds = Number(values.rounds);
	const play = roundOf(values.play, Number(values.copies));
	const log = (line: string) => console.error(`· ${line}`);
	const packageTarball = await packPackage(ROOT, path.join(ROOT, '.cache'));
	log('Starting n8n in queue mode');
	const cluster = await N8nCluster.start({
		packageTarball,
		webhookProcessors: WEBHOOK_PROCESSORS,
		workers: WORKERS,
		// The default one costs 50 ms of CPU per execution, most of what two cores have.
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	});
	try {
		return await Promise.race([playIn(cluster, rounds, play, log), interruption]);
	} finally {
		await cluster.stop();
	}
}

/** Prints a report. @returns whether all went as it must */
type Round = (stage: QueueStage, round: number) => Promise<boolean>;

/** @throws for a play that there is not */
function roundOf(play: string, copies: number): Round {
	switch (play) {
		case 'same-event':
			return async (stage, round) => {
				const report = await playSameEvent(stage, round, copies);
				console.log(JSON.stringify(report));
				return report.effects.every((count) => count === 1);
			};
		case 'same-deal':
			return async (stage, round) => {
				const report = await playSameDeal(stage, round);
				console.log(JSON.stringify(report));
				return report.wrongAfterLookBack === 0;
			};
		default:
			throw new Error(`There is no play "${play}": it is same-event or same-deal.`);
	}
}

async function playIn(
	cluster: N8nCluster,
	rounds: number,
	play: Round,
	log: (line: string) => void,
): Promise<boolean> {
	const gateways = [await startStripeInWorld()];
	const { main: n8n } = cluster;
	const world = await PaymentWorld.start({
		packageTarball: '',
		gateways,
		n8n,
		kommoCredential: { requestsPerSecond: REQUESTS_PER_WORKER },
		edits: EDITS,
		log,
	});
	const stage = new QueueStage(world, cluster, log);
	let allWell = true;
	for (let round = 1; round <= rounds; round += 1) allWell = (await play(stage, round)) && allWell;
	return allWell;
}

main().then(
	(allWell) => process.exit(allWell ? 0 : 1),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
