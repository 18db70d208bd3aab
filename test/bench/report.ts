/** The measured numbers as tables, for the terminal and for REPORT.md. */
import type { Comparison } from './compare';
import type { AccountGrowth, MemoryGrowth } from './growth';
import type { RampStep } from './ramp';
import type { Spread } from './statistics';
import type { VerificationCost } from './verification';

export interface Measurements {
	/** ISO 8601 UTC. */
	at: string;
	machine: { cpus: number; cpu: string; memoryGb: number; node: string; loadBefore: number };
	n8n: string;
	mode: 'quick' | 'full';
	engines: Record<string, Comparison>;
	bootSeconds: { withPackage: Spread; without: Spread };
	verification: VerificationCost[];
	memories: MemoryGrowth[];
	account: AccountGrowth[];
	ramp: RampStep[];
}

export interface Goal {
	name: string;
	wanted: string;
	measured: string;
	met: boolean;
}

/** Kommo's limit, and what an event that must be written costs (test/engine/calls.test.ts counts it). */
const KOMMO_PER_SECOND = 7;
const CALLS_PER_EVENT = 3;

export function goalsOf({ engines, verification }: Measurements): Goal[] {
	const goals: Goal[] = [];
	const atLeast = (name: string, value: number, wanted: number) =>
		goals.push({
			name,
			wanted: `≥ ${wanted}×`,
			measured: `${value.toFixed(2)}×`,
			met: value >= wanted,
		});
	for (const [engine, flows] of Object.entries(engines)) {
		const wanted = engine === 'legacy' ? 1.6 : 1.3;
		const ratio = (of: string, to: string) => rate(flows, of) / rate(flows, to);
		const cpuRatio = (of: string, to: string) => cpu(flows, to) / cpu(flows, of);
		atLeast(
			`${engine}: events/s, trigger + apply : own nodes`,
			ratio('events: trigger + apply', 'events: own nodes'),
			wanted,
		);
		atLeast(
			`${engine}: events/s, template : own nodes`,
			ratio('events: template', 'events: own nodes'),
			wanted,
		);
		atLeast(
			`${engine}: events per CPU second, trigger + apply : own nodes`,
			cpuRatio('events: trigger + apply', 'events: own nodes'),
			wanted,
		);
		atLeast(
			`${engine}: events per CPU second, template : own nodes`,
			cpuRatio('events: template', 'events: own nodes'),
			wanted,
		);
		atLeast(
			`${engine}: links per CPU second, template : own nodes`,
			cpuRatio('links: template', 'links: own nodes'),
			1,
		);
		atLeast(
			`${engine}: accepted, trigger : Webhook node`,
			ratio('trigger only', 'webhook only'),
			0.9,
		);
		atLeast(
			`${engine}: refused, trigger : Webhook node with password`,
			ratio('forgery: trigger', 'forgery: webhook, password'),
			1,
		);
	}
	for (const { bytes, ratio } of verification) {
		goals.push({
			name: `Verification of ${bytes / 1000} kB : node:crypto`,
			wanted: '≤ 1.2×',
			measured: `${ratio.toFixed(2)}×`,
			met: ratio <= 1.2,
		});
	}
	return goals;
}

export function reportOf(measurements: Measurements): string {
	const { machine, engines, verification, memories, account, ramp, bootSeconds } = measurements;
	const best = [...ramp].reverse().find(({ lost, p99 }) => lost === 0 && p99 <= 2000);
	return [
		`n8n ${measurements.n8n}, Node.js ${machine.node}, ${machine.cpus} × ${machine.cpu}, ${machine.memoryGb} GB, ${measurements.at}, ${measurements.mode} mode. Load of the machine before the start: ${machine.loadBefore.toFixed(1)}.`,
		'',
		'### Goals',
		'',
		table(
			['', 'goal', 'measured', ''],
			goalsOf(measurements).map(({ name, wanted, measured, met }) => [
				name,
				wanted,
				measured,
				met ? 'met' : '**not met**',
			]),
		),
		...Object.entries(engines).flatMap(([engine, flows]) => [
			'',
			`### Expression engine: ${engine}`,
			'',
			table(
				['flow, senders', 'per second', 'CPU ms', 'p50 ms', 'p95 ms', 'isolates'],
				Object.entries(flows).map(([name, result]) => [
					name,
					spread(result.perSecond, 1),
					spread(result.cpuMs, 1),
					spread(result.p50, 0),
					spread(result.p95, 0),
					result.isolates.median.toFixed(2),
				]),
			),
		]),
		'',
		'### Verifying a signature, µs',
		'',
		table(
			['body', 'package', 'node:crypto', 'ratio'],
			verification.map(({ bytes, ours, bare, ratio }) => [
				`${bytes / 1000} kB`,
				spread(ours, 1),
				spread(bare, 1),
				ratio.toFixed(2),
			]),
		),
		'',
		'### Growth',
		'',
		table(
			['events remembered', 'claim µs', 'ledger line µs', 'both, MB'],
			memories.map(({ events, claimUs, recentKeyUs, heapMb }) => [
				String(events),
				claimUs.toFixed(1),
				recentKeyUs.toFixed(1),
				heapMb.toFixed(1),
			]),
		),
		'',
		table(
			['open leads', 'events before', 'CPU ms per event', 'p50 ms', 'n8n, MB'],
			account.map(({ openLeads, remembered, load, memoryMb }) => [
				String(openLeads),
				String(remembered),
				load.cpuMs.toFixed(1),
				load.p50.toFixed(0),
				memoryMb.toFixed(0),
			]),
		),
		'',
		`n8n starts in ${spread(bootSeconds.withPackage, 1)} s with the package, ${spread(bootSeconds.without, 1)} s without.`,
		'',
		'### Load',
		'',
		'Payments over all four gateways in turn, with the template for all of them and the legacy engine.',
		'',
		table(
			[
				'sent per second',
				'events',
				'deals',
				'deals lost',
				'p99 of the 200, ms',
				'drained after, s',
			],
			ramp.map(({ rate: sent, events, deals, lost, p99, drainSeconds }) => [
				String(sent),
				String(events),
				String(deals),
				String(lost),
				p99.toFixed(0),
				drainSeconds.toFixed(1),
			]),
		),
		'',
		`Highest rate of these that loses nothing and answers in time: ${best ? `${best.rate}/s` : 'none'}. Where every event must be written, Kommo allows ${(KOMMO_PER_SECOND / CALLS_PER_EVENT).toFixed(1)}/s.`,
		'',
	].join('\n');
}

function rate(flows: Comparison, name: string): number {
	return flows[`${name}, 20`]?.perSecond.median ?? Number.NaN;
}

function cpu(flows: Comparison, name: string): number {
	const results = Object.entries(flows).find(([key]) => key.startsWith(`${name}, `));
	return results?.[1].cpuMs.median ?? Number.NaN;
}

function spread({ median, min, max }: Spread, digits: number): string {
	const text = median.toFixed(digits);
	return min === max ? text : `${text} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

function table(head: string[], rows: string[][]): string {
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
