import type { ExecutionSummary, SavedWorkflow } from '../n8n-host/n8n-records';
import { waitFor } from '../n8n-host/wait-for';
import type { PaymentWorld } from '../world/payment-world';
import { retryTemplateFor } from '../world/retry-crashed-runs';
import { planDeals } from './deals';
import { dice } from './dice';
import type { ChaosOptions } from './options';
import { play, type PlayedDeal } from './play';
import { judge, type Verdict } from './verdict';
import { Weather, type WeatherReport } from './weather';

/** Kommo's pauses of 5, 15, 15 and 60 minutes become so many seconds: long enough to outlast a restart of n8n. */
const KOMMO_TIME_SCALE = 60;
/** The look back runs every 15 minutes; what it leaves behind after so many rounds stays wrong. */
const MOST_LOOK_BACKS = 3;
const LONGEST_RUN_MS = 900_000;

export interface ChaosReport extends ChaosOptions, WeatherReport, Verdict {
	seconds: number;
	/** Deals that had to be moved to Won again, because nothing came of the first time. */
	movedAgain: number;
	/** Runs that a kill has left behind, and that were retried. */
	crashedRuns: number;
	/** Those that n8n took for running still, so that nobody retried them. */
	abandonedRuns: number;
	lookBacks: number;
	/** Leads that were right before any look back. */
	rightByWebhooks: number;
}

/** Plays deals in bad weather, lets everything settle, and compares. */
export class ChaosRun {
	private readonly weather: Weather;
	private readonly played: PlayedDeal[] = [];
	private kills = 0;
	private killedAt = 0;
	/** The kill and restart under way, or the last one. */
	private killing: Promise<void> = Promise.resolve();

	constructor(
		private readonly world: PaymentWorld,
		private readonly options: ChaosOptions,
		private readonly log: (line: string) => void,
	) {
		this.weather = new Weather(world, options.seed);
	}

	async play(): Promise<ChaosReport> {
		const { world, options, log } = this;
		const startedAt = Date.now();
		const { n8n, kommo } = world;
		kommo.deliveries.timeScale = KOMMO_TIME_SCALE;
		// Kommo counts over two hours, in which there are not as many deals as here in minutes.
		kommo.switches.disableAfterBadAnswers = null;
		const retries = await n8n.importWorkflow(await retryTemplateFor(n8n));
		this.weather.start();
		await this.playDeals(retries);
		log('All deals are played; waiting for retries to end');
		await this.settled();
		this.weather.clear();
		const crashedRuns = (await n8n.executions(undefined, ['crashed'])).length;
		const abandonedRuns = (await n8n.executions(undefined, ['new', 'running'])).length;
		await this.runNow(retries, 'Every Hour');
		const byWebhooks = judge(world, this.played);
		const wrongBefore = byWebhooks.discrepancies.length;
		log(`Settled. ${wrongBefore} leads wait for the look back`);
		const { verdict, lookBacks } = await this.lookBack();
		return {
			...options,
			seconds: Math.round((Date.now() - startedAt) / 1000),
			...this.weather.report(),
			movedAgain: this.played.filter(({ moves }) => moves > 1).length,
			crashedRuns,
			abandonedRuns,
			rightByWebhooks: this.played.length - wrongBefore,
			lookBacks,
			...verdict,
		};
	}

	private async playDeals(retries: SavedWorkflow): Promise<void> {
		const { seed, deals, atOnce } = this.options;
		const waiting = planDeals(seed, deals);
		const player = async (index: number) => {
			const roll = dice(seed, `player ${index}`);
			for (let deal = waiting.shift(); deal; deal = waiting.shift()) {
				this.played.push(await play(this.world, deal, roll));
				if (this.played.length % 10 === 0) this.log(`${this.played.length} deals are played`);
				await this.killWhenDue(retries);
			}
		};
		await Promise.all(Array.from({ length: atOnce }, async (_, index) => await player(index)));
	}

	/** Evenly over the run: with three kills after each quarter. */
	private async killWhenDue(retries: SavedWorkflow): Promise<void> {
		const { deals, kills } = this.options;
		const due = Math.floor((this.played.length * (kills + 1)) / deals);
		if (due <= this.kills || this.kills >= kills) return;
		this.kills += 1;
		this.killing = this.killing.then(async () => await this.kill(retries));
		await this.killing;
	}

	private async kill(retries: SavedWorkflow): Promise<void> {
		this.log(`Killing n8n after ${this.played.length} deals`);
		const { n8n, gateways } = this.world;
		await n8n.kill9();
		this.killedAt = Date.now();
		await n8n.restart({ awaitWebhook: gateways[0]?.webhookUrl() });
		await n8n.runManually(retries.id, 'Every Hour');
	}

	/** Rounds of the look back until nothing is wrong, and one more, which must change nothing. */
	private async lookBack(): Promise<{ verdict: Verdict; lookBacks: number }> {
		const [workflow] = this.world.workflows.values();
		if (!workflow) throw new Error('No template is active.');
		for (let lookBacks = 1; ; lookBacks += 1) {
			await this.runNow(workflow, 'Every 15 Minutes');
			const verdict = judge(this.world, this.played);
			this.log(`Look back ${lookBacks}: ${verdict.discrepancies.length} leads are wrong`);
			if (verdict.discrepancies.length > 0 && lookBacks < MOST_LOOK_BACKS) continue;
			await this.runNow(workflow, 'Every 15 Minutes');
			return { verdict: judge(this.world, this.played), lookBacks: lookBacks + 1 };
		}
	}

	private async runNow({ id }: SavedWorkflow, trigger: string): Promise<void> {
		await this.world.n8n.runManually(id, trigger);
		await this.settled();
	}

	/** n8n doesn't mark every run of a killed process as crashed; some say "running" for ever. */
	private isAbandoned({ startedAt }: ExecutionSummary): boolean {
		return Date.parse(startedAt) < this.killedAt;
	}

	/** No webhook is under way or to be retried, and no execution runs. */
	private async settled(): Promise<void> {
		const { n8n, kommo, gateways } = this.world;
		await waitFor(
			'everything to settle',
			async () => {
				await Promise.all(
					[kommo, ...gateways].map(async ({ deliveries }) => await deliveries.settled()),
				);
				const open = await n8n.executions(undefined, ['new', 'running']);
				return open.every((execution) => this.isAbandoned(execution)) ? true : undefined;
			},
			{ timeoutMs: LONGEST_RUN_MS, everyMs: 500 },
		);
	}
}
