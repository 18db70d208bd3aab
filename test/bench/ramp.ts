/** The highest rate of mixed events, over all gateways, at which nothing is lost and the 200 comes in time. */
import { setTimeout as pause } from 'node:timers/promises';
import { planDeals } from '../chaos/deals';
import type { Delivery } from '../simulators/http/deliveries';
import { startKommo } from '../simulators/kommo';
import { WORLD_GATEWAYS } from '../world/gateways';
import { PaymentWorld } from '../world/payment-world';
import { createDeal, winDeal } from '../world/play-deal';
import type { WorldGateway } from '../world/world-gateway';
import { CrmWatch } from './crm-watch';
import { post } from './load';
import { ENGINES } from './stage';
import { percentile } from './statistics';

export interface RampStep {
	/** Webhooks sent per second, whether or not the earlier ones were answered. */
	rate: number;
	events: number;
	deals: number;
	/** Deals that were never paid in Kommo. */
	lost: number;
	/** Of the 200, in ms; infinite where more than one in a hundred got another answer. */
	p99: number;
	/** Until the last deal was paid, in seconds, after the last event was sent. */
	drainSeconds: number;
}

/** Kommo waits so long for the answer to its webhooks; no provider waits less. */
const LONGEST_ANSWER_MS = 2_000;
/** How many links are waited for at once. */
const LINKS_AT_ONCE = 8;

interface PaidDeal {
	leadId: number;
	/** What the provider would send: some tell of one payment by several events. */
	deliveries: Delivery[];
}

/** Goes up the rates until one is too high. */
export async function ramp(
	packageTarball: string,
	rates: readonly number[],
	seconds: number,
	log: (line: string) => void,
): Promise<RampStep[]> {
	const kommo = await startKommo({ rateLimit: null });
	const gateways = await Promise.all(WORLD_GATEWAYS.map(async (start) => await start()));
	const world = await PaymentWorld.start({
		packageTarball,
		kommo,
		gateways,
		sharedTemplate: 'won-to-paid-with-the-right-gateway.json',
		n8nEnv: { ...ENGINES.legacy, N8N_LOG_LEVEL: 'error' },
		log,
	});
	const steps: RampStep[] = [];
	try {
		for (const rate of rates) {
			const paid = await payDeals(world, rate * seconds);
			const step = await hold(world, paid, rate);
			steps.push(step);
			log(
				`${rate}/s for ${seconds} s: p99 of the 200 ${step.p99.toFixed(0)} ms, ${step.lost} lost`,
			);
			if (step.lost > 0 || step.p99 > LONGEST_ANSWER_MS) break;
		}
	} finally {
		await world.stop();
	}
	return steps;
}

/** So many deals with links, the gateways in turn, all paid; the webhooks that tell of it are held back. */
async function payDeals(world: PaymentWorld, count: number): Promise<PaidDeal[]> {
	const linked: Array<{ leadId: number; link: string; gateway: WorldGateway }> = [];
	const waiting = planDeals('ramp', count);
	const issueLinks = async () => {
		for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
			const { gateway: id } = plan;
			const gateway = world.gateways.find((candidate) => candidate.id === id);
			if (!gateway) throw new Error(`There is no ${id}.`);
			const leadId = createDeal(world.kommo, plan);
			linked.push({ leadId, link: await winDeal(world.kommo, leadId), gateway });
		}
	};
	await Promise.all(Array.from({ length: LINKS_AT_ONCE }, issueLinks));
	await world.settled();

	const paid: PaidDeal[] = [];
	for (const { leadId, link, gateway } of linked) {
		const { deliveries } = gateway;
		deliveries.losing = true;
		await gateway.pay(link);
		await deliveries.settled();
		deliveries.losing = false;
		paid.push({ leadId, deliveries: deliveries.failed.splice(0) });
	}
	return paid;
}

async function hold(
	{ kommo }: PaymentWorld,
	paid: readonly PaidDeal[],
	rate: number,
): Promise<RampStep> {
	const watch = new CrmWatch(kommo);
	const effects: Array<Promise<boolean>> = [];
	const answers: Array<Promise<number>> = [];
	const startedAt = performance.now();
	for (const { leadId, deliveries } of paid) {
		effects.push(
			watch.applied(leadId).then(
				() => true,
				() => false,
			),
		);
		for (const delivery of deliveries) {
			const dueMs = startedAt + (answers.length * 1000) / rate - performance.now();
			if (dueMs > 0) await pause(dueMs);
			answers.push(answered(delivery));
		}
	}
	const sentAt = performance.now();
	const times = await Promise.all(answers);
	const arrived = await Promise.all(effects);
	watch.stop();
	return {
		rate,
		events: times.length,
		deals: paid.length,
		lost: arrived.filter((isThere) => !isThere).length,
		p99: percentile(times, 99),
		drainSeconds: (performance.now() - sentAt) / 1000,
	};
}

/** Milliseconds until the 200; infinitely many when the answer was another one. */
async function answered({ url, body, headers }: Delivery): Promise<number> {
	const sentAt = performance.now();
	return await post(url, body, headers(1), 200).then(
		() => performance.now() - sentAt,
		() => Number.POSITIVE_INFINITY,
	);
}
