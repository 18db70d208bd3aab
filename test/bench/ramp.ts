/** The highest rate at which nothing is lost and the 200 comes in time. */
import { setTimeout as pause } from 'node:timers/promises';
import { createDeal } from '../world/play-deal';
import { post } from './load';
import type { Stage } from './stage';
import { percentile } from './statistics';
import { PRICE, signed } from './stripe-events';

export interface RampStep {
	/** Events sent per second, whether or not the earlier ones were answered. */
	rate: number;
	events: number;
	/** Events that never reached their deal. */
	lost: number;
	/** Of the 200, in ms. */
	p99: number;
	/** Until the last deal was paid, in seconds, after the last event was sent. */
	drainSeconds: number;
}

/** Kommo waits so long for the answer to its webhooks; no provider waits less. */
export const LONGEST_ANSWER_MS = 2_000;

/** Goes up the rates until one is too high. */
export async function ramp(
	stage: Stage,
	rates: readonly number[],
	seconds: number,
	log: (line: string) => void,
): Promise<RampStep[]> {
	const steps: RampStep[] = [];
	for (const rate of rates) {
		const step = await hold(stage, rate, seconds);
		steps.push(step);
		log(`${rate}/s for ${seconds} s: p99 of the 200 ${step.p99.toFixed(0)} ms, ${step.lost} lost`);
		if (step.lost > 0 || step.p99 > LONGEST_ANSWER_MS) break;
	}
	return steps;
}

async function hold(stage: Stage, rate: number, seconds: number): Promise<RampStep> {
	const answers: Array<Promise<number>> = [];
	const effects: Array<Promise<boolean>> = [];
	const startedAt = performance.now();
	for (let sent = 0; sent < rate * seconds; sent += 1) {
		const dueMs = startedAt + (sent * 1000) / rate - performance.now();
		if (dueMs > 0) await pause(dueMs);
		const leadId = createDeal(stage.kommo, { price: PRICE });
		effects.push(
			stage.watch.applied(leadId).then(
				() => true,
				() => false,
			),
		);
		answers.push(answered(stage, leadId));
	}
	const sentAt = performance.now();
	const times = await Promise.all(answers);
	const arrived = await Promise.all(effects);
	return {
		rate,
		events: times.length,
		lost: arrived.filter((isThere) => !isThere).length,
		p99: percentile(times, 99),
		drainSeconds: (performance.now() - sentAt) / 1000,
	};
}

async function answered({ events, template }: Stage, leadId: number): Promise<number> {
	const body = events.paid(leadId);
	const sentAt = performance.now();
	await post(template.url, body, signed(body, template.secret), 200);
	return performance.now() - sentAt;
}
