import axios from 'axios';
import type { N8nCluster } from '../n8n-host/n8n-cluster';
import { waitFor } from '../n8n-host/wait-for';
import type { Delivery } from '../simulators/http/deliveries';
import type { PaymentWorld } from '../world/payment-world';
import { createDeal, winDeal } from '../world/play-deal';

const EVENTS = 20;
const LONGEST_ROUND_MS = 600_000;

export interface QueueReport {
	round: number;
	seconds: number;
	deliveries: number;
	/** How the deliveries were answered, by status. */
	answers: Record<string, number>;
	executions: number;
	/** Writes of the payment to each lead, as many as there are notes or PATCHes, whichever are more. */
	effects: number[];
	notes: number;
	patches: number;
	/** The most requests Kommo saw within a second, and how many it refused. */
	kommoPeakPerSecond: number;
	kommoRefusals: number;
}

/** Tells n8n of each payment many times at once, through all webhook processors. */
export class QueueRun {
	constructor(
		private readonly world: PaymentWorld,
		private readonly cluster: N8nCluster,
		private readonly log: (line: string) => void,
	) {}

	async play(round: number, copies: number): Promise<QueueReport> {
		const { kommo, n8n } = this.world;
		this.log(`Round ${round}: ${EVENTS} deals get their links`);
		const leads = new Map<number, string>();
		for (let count = 0; count < EVENTS; count += 1) {
			const leadId = createDeal(kommo);
			leads.set(leadId, await winDeal(kommo, leadId));
		}
		await this.settled();
		const before = new Set((await n8n.executions()).map(({ id }) => id));
		kommo.log.clear();
		kommo.rateLimit.peak = 0;

		const events = await this.payments([...leads.values()]);
		this.log(`${events.length} events, ${copies} deliveries each`);
		const startedAt = Date.now();
		const answers = await this.deliver(events, copies);
		await this.settled();

		const effects = [...leads.keys()].map((leadId) => this.writesTo(leadId));
		return {
			round,
			seconds: Math.round((Date.now() - startedAt) / 1000),
			deliveries: events.length * copies,
			answers,
			executions: (await n8n.executions()).filter(({ id }) => !before.has(id)).length,
			effects: effects.map(({ notes, patches }) => Math.max(notes, patches)),
			notes: effects.reduce((sum, { notes }) => sum + notes, 0),
			patches: effects.reduce((sum, { patches }) => sum + patches, 0),
			kommoPeakPerSecond: kommo.rateLimit.peak,
			kommoRefusals: kommo.log.entries.filter(({ status }) => status === 429).length,
		};
	}

	/** Pays the links and keeps what the provider would have sent. */
	private async payments(links: readonly string[]): Promise<Delivery[]> {
		const [gateway] = this.world.gateways;
		if (!gateway) throw new Error('There is no gateway.');
		const { deliveries } = gateway;
		deliveries.failed.length = 0;
		deliveries.losing = true;
		for (const link of links) await gateway.pay(link);
		await deliveries.settled();
		deliveries.losing = false;
		return deliveries.failed.filter(({ body }) => body.includes('"checkout.session.completed"'));
	}

	private async deliver(
		events: readonly Delivery[],
		copies: number,
	): Promise<Record<string, number>> {
		const origins = this.cluster.webhookOrigins;
		const posts = Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) =>
			events.map(async ({ url, body, headers }) => {
				const origin = origins[copy % origins.length] ?? '';
				return await axios.post(`${origin}${new URL(url).pathname}`, body, {
					headers: headers(1),
					proxy: false,
					validateStatus: () => true,
					transformRequest: [(bytes: Buffer) => bytes],
				});
			}),
		);
		const answers: Record<string, number> = {};
		for (const { status } of await Promise.all(posts)) {
			answers[status] = (answers[status] ?? 0) + 1;
		}
		return answers;
	}

	private writesTo(leadId: number): { notes: number; patches: number } {
		const { kommo } = this.world;
		const about = new RegExp(`"id":${leadId}\\b`);
		return {
			notes: kommo.notesOf(leadId).length,
			patches: kommo.log.of('PATCH', /\/leads$/).filter(({ body }) => about.test(body)).length,
		};
	}

	private async settled(): Promise<void> {
		const { n8n, kommo } = this.world;
		await waitFor(
			'all executions to end',
			async () => {
				await kommo.settled();
				const open = await n8n.executions(undefined, ['new', 'running']);
				return open.length === 0 ? true : undefined;
			},
			{ timeoutMs: LONGEST_ROUND_MS, everyMs: 250 },
		);
	}
}
