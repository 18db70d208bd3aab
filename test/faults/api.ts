import { listen, rawBodyApp } from '../simulators/http/server';
import type { Fault, FaultKind } from '../simulators/http/faults';
import { openApi, type ApiUnderTest } from './api-under-test';
import { pausesOf } from './pauses';
import { impossible, TRIGGER_IDS, type Area, type Cell, type Row, type TriggerId } from './matrix';

interface ApiFault {
	fault: string;
	outcome: string;
	run(api: ApiUnderTest): Promise<void>;
	/** Where something else is true, or why it can't happen there. */
	except?: Partial<Record<TriggerId, string | Pick<ApiFault, 'outcome' | 'run'>>>;
}

/** Every cell has an API of its own: what one is told to wait for, the next must not wait for. */
function apiRow({ fault, except = {}, ...usual }: ApiFault): Row<TriggerId> {
	const cells = TRIGGER_IDS.map((trigger): [TriggerId, Cell<TriggerId>] => {
		const special = except[trigger] ?? usual;
		if (typeof special === 'string') return [trigger, impossible(special)];
		const run = async () => {
			const api = await openApi(trigger);
			try {
				await special.run(api);
			} finally {
				await api.close();
			}
		};
		return [trigger, { outcome: special.outcome, run }];
	});
	return { fault, cells: Object.fromEntries(cells) as Row<TriggerId>['cells'] };
}

const once = (kind: FaultKind, rest: Partial<Fault> = {}): Fault =>
	({ ...kind, ...rest, times: 1 }) as Fault;
const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
	({ kind: 'answer', status, body, headers }) as const;

/** It works in the end. @returns the pauses in between, in ms */
async function readInTheEnd(api: ApiUnderTest, fault: Fault): Promise<number[]> {
	api.faults.add(fault);
	const { pauses, result } = await pausesOf(async () => await api.read());
	expect(result).toBeDefined();
	return pauses;
}

/** The error that n8n shows: words, and no key. */
async function expectRefusal(api: ApiUnderTest, work: () => Promise<unknown>): Promise<Error> {
	const { result } = await pausesOf(async () => await work().catch((error: unknown) => error));
	expect(result).toBeInstanceOf(Error);
	const error = result as Error;
	expect(error.constructor.name).toMatch(/^Node(Api|Operation)Error$/);
	expect(error.message).not.toMatch(/undefined|null|\[object|Cannot|JSON|<html/i);
	expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(api.key);
	return error;
}

/** Refused in words, after one request. */
const refusedAtOnce = (fault: string, kind: FaultKind, except: ApiFault['except'] = {}) =>
	apiRow({
		fault,
		outcome: 'an error in words, after one request',
		async run(api) {
			api.faults.add(kind as Fault);
			await expectRefusal(api, api.read);
			expect(api.log.entries).toHaveLength(1);
		},
		except,
	});

/** A write that may have been carried out. */
const uncertainWrite = (fault: string, kind: FaultKind) => {
	const runTwice = async (api: ApiUnderTest) => {
		api.faults.add(once(kind, { method: 'POST' }));
		await pausesOf(async () => await api.write().catch(() => undefined));
		await pausesOf(api.write);
	};
	const unseen = {
		outcome: 'run again: one link; each lost answer may leave one whose address nobody has',
		async run(api: ApiUnderTest) {
			await runTwice(api);
			expect(api.made()).toBeGreaterThanOrEqual(1);
			expect(api.made()).toBeLessThanOrEqual(3);
		},
	};
	return apiRow({
		fault,
		outcome: 'run again: one link',
		async run(api) {
			await runTwice(api);
			expect(api.made()).toBe(1);
		},
		except: {
			checkoutCom: unseen,
			flutterwave: unseen,
			kommo: {
				outcome: 'not sent again; an error in words',
				async run(api) {
					api.faults.add(once(kind, { method: 'POST' }));
					await expectRefusal(api, api.write);
					expect(api.log.of('POST', /notes/)).toHaveLength(1);
				},
			},
		},
	});
};

const HTML = '<!doctype html><html><body><h1>Maintenance</h1></body></html>';
const REDIRECTS = [301, 302, 303, 307, 308];

async function expectBlockedFor(api: ApiUnderTest, ms: number): Promise<void> {
	const tomorrow = Date.now() + 86_400_000;
	const clock = jest.spyOn(Date, 'now').mockReturnValue(tomorrow);
	try {
		api.faults.add(once(answer(429, {}, { 'retry-after': '86400' })));
		await expectRefusal(api, api.read);
		await expectRefusal(api, api.read);
		expect(api.log.entries).toHaveLength(1);
		clock.mockReturnValue(tomorrow + ms);
		expect(await api.read()).toBeDefined();
	} finally {
		clock.mockRestore();
	}
}

/** What Kommo and the gateways answer, and what they do not. */
export const api: Area<TriggerId> = {
	name: 'CRM and gateway API',
	start: async (trigger) => await Promise.resolve(trigger),
	stop: async () => await Promise.resolve(),
	rows: [
		apiRow({
			fault: '429 with Retry-After in seconds',
			outcome: 'waits as long as asked, then goes on',
			async run(api) {
				const pauses = await readInTheEnd(api, once(answer(429, {}, { 'retry-after': '3' })));
				expect(Math.max(...pauses)).toBeGreaterThan(2_900);
			},
		}),
		apiRow({
			fault: '429 with Retry-After as a date',
			outcome: 'waits until then, then goes on',
			async run(api) {
				const until = new Date(Date.now() + 4_000).toUTCString();
				const pauses = await readInTheEnd(api, once(answer(429, {}, { 'retry-after': until })));
				expect(Math.max(...pauses)).toBeGreaterThan(2_000);
				expect(Math.max(...pauses)).toBeLessThanOrEqual(4_000);
			},
		}),
		apiRow({
			fault: '429 without Retry-After',
			outcome: 'waits a second, then goes on',
			async run(api) {
				const pauses = await readInTheEnd(api, once(answer(429)));
				expect(Math.max(...pauses)).toBe(1_000);
			},
		}),
		apiRow({
			fault: '429 with a Retry-After that is neither',
			outcome: 'waits a second, then goes on',
			async run(api) {
				const pauses = await readInTheEnd(api, once(answer(429, {}, { 'retry-after': 'soon' })));
				expect(Math.max(...pauses)).toBe(1_000);
			},
		}),
		apiRow({
			fault: '429 on a write',
			outcome: 'sent again, made once',
			async run(api) {
				api.faults.add(once(answer(429), { method: 'POST' }));
				await pausesOf(api.write);
				expect(api.made()).toBe(1);
			},
		}),
		refusedAtOnce(
			'403, a block as plain text',
			answer(403, 'Forbidden', { 'content-type': 'text/plain' }),
		),
		apiRow({
			fault: '401 in mid-run',
			outcome: 'an error about the key, after one request',
			async run(api) {
				await api.read();
				api.log.clear();
				api.faults.add(answer(401));
				const { message, description } = (await expectRefusal(api, api.read)) as Error & {
					description?: string;
				};
				expect(`${message} ${description}`).toMatch(/key|token/i);
				expect(api.log.entries).toHaveLength(1);
			},
		}),
		refusedAtOnce('402', answer(402)),
		refusedAtOnce('204 where something should be', answer(204, '')),
		apiRow({
			fault: '5xx on a read, twice',
			outcome: 'tried again after 1 and 2 s, then goes on',
			async run(api) {
				const pauses = await readInTheEnd(api, { ...answer(502, ''), times: 2 });
				expect(pauses).toEqual(expect.arrayContaining([1_000, 2_000]));
			},
		}),
		apiRow({
			fault: '5xx on a read, for good',
			outcome: 'an error in words, after five requests',
			async run(api) {
				api.faults.add(answer(503, HTML));
				await expectRefusal(api, api.read);
				expect(api.log.entries).toHaveLength(5);
			},
		}),
		uncertainWrite('5xx on a write', answer(500)),
		apiRow({
			fault: 'a read is never answered',
			outcome: 'given up and tried again',
			async run(api) {
				expect(await readInTheEnd(api, once({ kind: 'hang' }))).toEqual([1_000]);
			},
		}),
		uncertainWrite('a write is never answered', { kind: 'hang' }),
		uncertainWrite('the connection breaks after a write was carried out', { kind: 'dropAfter' }),
		refusedAtOnce('HTML instead of JSON', answer(200, HTML, { 'content-type': 'text/html' })),
		refusedAtOnce('a validation error', answer(400, { title: 'Bad Request' })),
		refusedAtOnce(
			'200 with an error body',
			answer(200, {
				status: 'error',
				error_type: 'request_invalid',
				error: { type: 'api_error', message: 'Not today' },
				message: 'Not today',
			}),
		),
		apiRow({
			fault: 'redirects to another host',
			outcome: 'not followed: nothing arrives there, no key and no request',
			async run(api) {
				let arrived = 0;
				const app = rawBodyApp();
				app.use((_request, response) => {
					arrived += 1;
					response.json({});
				});
				const elsewhere = await listen(app);
				try {
					for (const status of REDIRECTS) {
						api.faults.clear();
						api.faults.add(answer(status, {}, { location: `${elsewhere.url}/v1/payments` }));
						await expectRefusal(api, api.read);
						await expectRefusal(api, api.write);
					}
					expect(arrived).toBe(0);
				} finally {
					await elsewhere.close();
				}
			},
		}),
		refusedAtOnce('429 with a Retry-After of a day', answer(429, {}, { 'retry-after': '86400' }), {
			kommo: {
				outcome: 'an error in words, after one request; works again after five minutes',
				// All that talks to Kommo from here pauses, so this happens tomorrow, and last of all.
				run: async (api) => await expectBlockedFor(api, 5 * 60_000),
			},
		}),
	],
};
