import { Agent } from 'node:http';
import axios from 'axios';
import { cpuMsOf } from './cpu-time';
import { percentile } from './statistics';

export interface LoadResult {
	perSecond: number;
	/** Of n8n and its children, in ms; of all that happened during the run, divided by the events. */
	cpuMs: number;
	/** From sending to effect, in ms. */
	p50: number;
	p95: number;
	p99: number;
	/** V8 isolates that n8n made per event. */
	isolates: number;
}

export interface Load {
	senders: number;
	events: number;
	/** Sends one event. Resolves when it has had its effect, with the time it took in ms. */
	one: () => Promise<number>;
	pid: number;
	/** How many isolates n8n has made so far. */
	isolates: () => number;
}

/** Each sender sends its next event when the last one has had its effect: what comes out is a rate that can be kept up. */
export async function drive({ senders, events, one, pid, isolates }: Load): Promise<LoadResult> {
	const times: number[] = [];
	const before = { cpu: cpuMsOf(pid), isolates: isolates(), at: performance.now() };
	let sent = 0;
	await Promise.all(
		Array.from({ length: senders }, async () => {
			while (sent < events) {
				sent += 1;
				times.push(await one());
			}
		}),
	);
	const seconds = (performance.now() - before.at) / 1000;
	return {
		perSecond: events / seconds,
		cpuMs: (cpuMsOf(pid) - before.cpu) / events,
		p50: percentile(times, 50),
		p95: percentile(times, 95),
		p99: percentile(times, 99),
		isolates: (isolates() - before.isolates) / events,
	};
}

/** As providers send: a connection kept open may be closed by n8n just as it is used again. */
const agent = new Agent({ keepAlive: false });

/** @throws unless the answer has the status that is expected */
export async function post(
	url: string,
	body: Buffer,
	headers: Record<string, string>,
	expected: number,
): Promise<void> {
	const { status, data } = await axios.post<unknown>(url, body, {
		headers,
		httpAgent: agent,
		proxy: false,
		validateStatus: () => true,
		transformRequest: (raw: Buffer) => raw,
	});
	if (status !== expected) throw new Error(`${url} answered ${status}: ${JSON.stringify(data)}`);
}
