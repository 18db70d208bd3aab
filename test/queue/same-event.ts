import type { Delivery } from '../simulators/http/deliveries';
import type { QueueStage } from './queue-stage';

const EVENTS = 20;

export interface SameEventReport {
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
export async function playSameEvent(
	stage: QueueStage,
	round: number,
	copies: number,
): Promise<SameEventReport> {
	const { kommo, n8n } = stage.world;
	stage.log(`Round ${round}: ${EVENTS} deals get their links`);
	const links = await stage.winDeals(EVENTS);
	const before = new Set((await n8n.executions()).map(({ id }) => id));
	kommo.log.clear();
	kommo.rateLimit.peak = 0;

	const webhooks = await stage.webhooksOf(async () => {
		for (const link of links.values()) await stage.gateway.pay(link);
	});
	const events = webhooks.filter(({ body }) => body.includes('"checkout.session.completed"'));
	stage.log(`${events.length} events, ${copies} deliveries each`);
	const startedAt = Date.now();
	const answers = await deliverAll(stage, events, copies);
	await stage.settled();

	const effects = [...links.keys()].map((leadId) => writesTo(stage, leadId));
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

async function deliverAll(
	stage: QueueStage,
	events: readonly Delivery[],
	copies: number,
): Promise<Record<string, number>> {
	const posts = Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) =>
		events.map(async (event) => await stage.deliver(event, copy)),
	);
	const answers: Record<string, number> = {};
	for (const status of await Promise.all(posts)) answers[status] = (answers[status] ?? 0) + 1;
	return answers;
}

function writesTo(
	{ world: { kommo } }: QueueStage,
	leadId: number,
): { notes: number; patches: number } {
	const about = new RegExp(`"id":${leadId}\\b`);
	return {
		notes: kommo.notesOf(leadId).length,
		patches: kommo.log.of('PATCH', /\/leads$/).filter(({ body }) => about.test(body)).length,
	};
}
