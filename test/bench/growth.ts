/** What an event costs as memories and accounts fill up. */
import { createDeal } from '../world/play-deal';
import { DeliveryClaims } from '../../nodes/core/delivery-claims';
import { RecentKeys } from '../../nodes/core/recent-keys';
import { applied } from './compare';
import { memoryMbOf } from './cpu-time';
import { drive, type LoadResult } from './load';
import type { Stage } from './stage';
import { PRICE } from './stripe-events';

export interface MemoryGrowth {
	events: number;
	/** Microseconds for one more. */
	claimUs: number;
	recentKeyUs: number;
	/** What both hold, in MB. */
	heapMb: number;
}

/** The memories of this process, after so many events. Both are bounded. */
export function measureMemories(): MemoryGrowth[] {
	return [0, 10_000, 100_000].map((events) => {
		global.gc?.();
		const before = process.memoryUsage().heapUsed;
		const claims = new DeliveryClaims();
		const keys = new RecentKeys(20_000);
		const claim = (n: number) => {
			const key = `workflow:node:stripe:evt_1TWnJfLXqJ4Nx3S3WZZ${n}`;
			const holder = Symbol();
			claims.claim(key, n, holder);
			claims.confirm(key, n, holder);
		};
		const add = (n: number) =>
			keys.add(`https://acme.kommo.com 1/${n}/2026-11-20 stripe pi_${n} paid`);
		for (let n = 0; n < events; n += 1) {
			claim(n);
			add(n);
		}
		global.gc?.();
		const heapMb = (process.memoryUsage().heapUsed - before) / 1e6;
		return {
			events,
			claimUs: microsecondsEach(claim, events),
			recentKeyUs: microsecondsEach(add, events),
			heapMb,
		};
	});
}

const MORE = 20_000;

function microsecondsEach(task: (n: number) => void, from: number): number {
	const startedAt = performance.now();
	for (let n = from; n < from + MORE; n += 1) task(n);
	return ((performance.now() - startedAt) * 1000) / MORE;
}

export interface AccountGrowth {
	openLeads: number;
	/** Events that n8n's memory of the trigger has seen. */
	remembered: number;
	load: LoadResult;
	/** n8n's resident memory in MB. */
	memoryMb: number;
}

/** Events in a real n8n, with few and with many open leads; the events before count as remembered. */
export async function measureAccount(
	stage: Stage,
	{ openLeads, events }: { openLeads: readonly number[]; events: number },
): Promise<AccountGrowth[]> {
	const { kommo, pid, isolates } = stage;
	const measured: AccountGrowth[] = [];
	for (const count of openLeads) {
		while (kommo.store.leads.size < count) createDeal(kommo, { price: PRICE });
		const remembered = stage.events.count;
		const one = async () => await applied(stage, stage.nodes);
		const load = await drive({ senders: 5, events, one, pid, isolates });
		measured.push({ openLeads: count, remembered, load, memoryMb: memoryMbOf(pid) });
	}
	return measured;
}
