/** The package against n8n's own nodes, in one n8n, taking turns. */
import { createDeal } from '../world/play-deal';
import { drive, post, type LoadResult } from './load';
import type { Stage, Target } from './stage';
import { spreadOf, type Spread } from './statistics';
import { PRICE, signed } from './stripe-events';

export interface CompareOptions {
	rounds: number;
	/** Events per flow and round, with twenty senders. */
	events: number;
	/** With one. */
	single: number;
	log: (line: string) => void;
}

/** What each flow came to, by its name and the number of senders: `template 20`. */
export type Comparison = Record<string, Record<keyof LoadResult, Spread>>;

const CLOSED_WON = 142;
/** Events per flow before anything is measured. */
const WARM_UP = 15;

export async function compare(stage: Stage, options: CompareOptions): Promise<Comparison> {
	/** With twenty senders links would come too late for Kommo, which then sends everything again. */
	const flows: Array<{ name: string; senders: number[]; one: () => Promise<number> }> = [
		{
			name: 'events: template',
			senders: [20, 1],
			one: async () => await applied(stage, stage.template),
		},
		{
			name: 'events: own nodes',
			senders: [20, 1],
			one: async () => await applied(stage, stage.ownEvents),
		},
		{
			name: 'events: trigger + apply',
			senders: [20, 1],
			one: async () => await applied(stage, stage.nodes),
		},
		{
			name: 'webhook only',
			senders: [20],
			one: async () => await accepted(stage, { url: stage.bare, secret: 'none' }),
		},
		{
			name: 'trigger only',
			senders: [20],
			one: async () => await accepted(stage, stage.trigger),
		},
		{
			name: 'forgery: trigger',
			senders: [20],
			one: async () => await refused(stage, stage.trigger.url),
		},
		{
			name: 'forgery: webhook, password',
			senders: [20],
			one: async () => await refused(stage, stage.guarded),
		},
		{
			name: 'links: template',
			senders: [5, 1],
			one: async () => await linked(stage, stage.templateLinks),
		},
		{
			name: 'links: own nodes',
			senders: [5, 1],
			one: async () => await linked(stage, stage.ownLinks),
		},
	];
	const { pid, isolates } = stage;
	for (const { one } of flows) await drive({ senders: 5, events: WARM_UP, one, pid, isolates });
	const results = new Map<string, LoadResult[]>();
	for (let round = 0; round < options.rounds; round += 1) {
		for (const { name, senders: several, one } of flows) {
			for (const senders of several) {
				const events = senders === 1 ? options.single : options.events;
				const result = await drive({ senders, events, one, pid, isolates });
				const key = `${name}, ${senders}`;
				results.set(key, [...(results.get(key) ?? []), result]);
				options.log(describe(key, result));
			}
		}
	}
	return Object.fromEntries([...results].map(([key, runs]) => [key, spreads(runs)]));
}

function describe(key: string, { perSecond, cpuMs, p95, isolates }: LoadResult): string {
	return `${key}: ${perSecond.toFixed(1)}/s, ${cpuMs.toFixed(1)} ms CPU, p95 ${p95.toFixed(0)} ms, ${isolates.toFixed(2)} isolates`;
}

function spreads(runs: readonly LoadResult[]): Record<keyof LoadResult, Spread> {
	const [first] = runs;
	const names = Object.keys(first ?? {}) as Array<keyof LoadResult>;
	return Object.fromEntries(
		names.map((name) => [name, spreadOf(runs.map((run) => run[name]))]),
	) as Record<keyof LoadResult, Spread>;
}

/** From the webhook until the CRM is updated; goes on when the note is there, too. */
export async function applied({ kommo, watch, events }: Stage, target: Target): Promise<number> {
	const leadId = createDeal(kommo, { price: PRICE });
	const written = watch.applied(leadId);
	const sentAt = Date.now();
	const [{ patchedAt }] = await Promise.all([written, send(target, events.paid(leadId))]);
	return patchedAt - sentAt;
}

/** Until the 200: n8n has stored the execution. */
async function accepted({ events }: Stage, target: Target): Promise<number> {
	const sentAt = performance.now();
	await send(target, events.paid(1));
	return performance.now() - sentAt;
}

async function refused({ events }: Stage, url: string): Promise<number> {
	const body = events.paid(1);
	const headers = {
		...signed(body, 'whsec_of_somebody_else'),
		authorization: `Basic ${Buffer.from('stripe:wrong').toString('base64')}`,
	};
	const sentAt = performance.now();
	await post(url, body, headers, 401);
	return performance.now() - sentAt;
}

/** From the deal's being won until the link is on its card. */
async function linked({ kommo, watch }: Stage, destination: string): Promise<number> {
	for (const webhook of kommo.store.webhooks.values()) {
		webhook.disabled = webhook.destination !== destination;
	}
	const leadId = createDeal(kommo, { price: PRICE });
	const written = watch.written('PATCH', leadId);
	const sentAt = Date.now();
	kommo.moveLead(leadId, CLOSED_WON);
	return (await written) - sentAt;
}

async function send({ url, secret }: Target, body: Buffer): Promise<void> {
	await post(url, body, signed(body, secret), 200);
}
