import {
	ApiError,
	ConnectionError,
	type HttpRequest,
	type HttpResponse,
} from '../../../nodes/http/http';
import {
	DEFAULT_BACKOFF_MS,
	DEFAULT_LONGEST_PAUSE_MS,
	withRetries,
} from '../../../nodes/http/with-retries';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const GET: HttpRequest = { method: 'GET', path: '/v1/events' };
const POST: HttpRequest = { method: 'POST', path: '/v1/payment_links', form: [['a', 'b']] };
const SILENCE = new ConnectionError('socket hang up');

type Answer = Error | { status: number; retryAfter?: string };

/** Sends through a provider that answers as listed, then with 200; tells what came of it. */
async function sendThrough(
	request: HttpRequest,
	answers: Answer[],
	policy: Partial<Parameters<typeof withRetries>[1]> = {},
) {
	const requests: HttpRequest[] = [];
	const pauses: number[] = [];
	const send = withRetries(
		async (sent): Promise<HttpResponse> => {
			const answer = answers[requests.length] ?? { status: 200 };
			requests.push(sent);
			if (answer instanceof Error) throw answer;
			const { status, retryAfter } = answer;
			const headers: Record<string, string> = {};
			if (retryAfter !== undefined) headers['retry-after'] = retryAfter;
			return await Promise.resolve({ status, headers, body: '' });
		},
		{
			backoffMs: DEFAULT_BACKOFF_MS,
			longestPauseMs: DEFAULT_LONGEST_PAUSE_MS,
			sleep: async (ms) => {
				pauses.push(ms);
				await Promise.resolve();
			},
			now: () => NOW,
			...policy,
		},
	);
	const result = await send(request).then(
		({ status }) => status,
		(error: unknown) => error,
	);
	return { result, tries: requests.length, pauses, requests };
}

const times = (count: number, answer: Answer): Answer[] => Array<Answer>(count).fill(answer);

describe('a request that is answered', () => {
	it.each([200, 201, 204, 301, 400, 401, 402, 403, 404, 409, 422])(
		'with %i is not sent again',
		async (status) => {
			for (const request of [GET, POST]) {
				const sent = await sendThrough(request, [{ status }]);
				expect(sent).toMatchObject({ result: status, tries: 1, pauses: [] });
			}
		},
	);
});

describe('a request that is turned away with 429', () => {
	it.each([
		['a read', GET],
		['a write', POST],
		['an idempotent write', { ...POST, idempotent: true }],
	])('is sent again, unchanged: %s', async (_name, request) => {
		const sent = await sendThrough(request, times(2, { status: 429 }));
		expect(sent).toMatchObject({ result: 200, tries: 3, pauses: [1000, 2000] });
		expect(sent.requests).toEqual([request, request, request]);
	});

	it.each<[string, string | undefined, number]>([
		['absent', undefined, 1000],
		['in seconds', '5', 5000],
		['in seconds, with white space', ' 7 ', 7000],
		['shorter than our own pause', '0', 1000],
		['a date', 'Fri, 20 Nov 2026 10:00:12 GMT', 12_000],
		['a date that has passed', 'Fri, 20 Nov 2026 09:00:00 GMT', 1000],
		['negative', '-5', 1000],
		['a fraction', '1.5', 1000],
		['words', 'soon', 1000],
		['empty', '', 1000],
		['the minute for which Paddle blocks', '60', 60_000],
		['the longest that is waited for', '65', 65_000],
	])('waits for a Retry-After that is %s', async (_name, retryAfter, pause) => {
		const sent = await sendThrough(GET, [{ status: 429, retryAfter }]);
		expect(sent).toMatchObject({ result: 200, tries: 2, pauses: [pause] });
	});

	it.each([
		'66',
		'3600',
		'999999999',
		'99999999999999999999',
		'9'.repeat(400),
		'Sat, 21 Nov 2026 10:00:00 GMT',
	])('is not sent again when it is to wait as long as %s', async (retryAfter) => {
		const sent = await sendThrough(GET, [{ status: 429, retryAfter }]);
		expect(sent).toMatchObject({ result: 429, tries: 1, pauses: [] });
	});

	it('is given up after the last pause, with the provider’s answer', async () => {
		const sent = await sendThrough(POST, times(99, { status: 429 }));
		expect(sent).toMatchObject({ result: 429, tries: 5, pauses: [1000, 2000, 4000, 8000] });
	});
});

describe('a request after which nobody knows whether it was carried out', () => {
	const uncertain: Array<[string, Answer]> = [
		['status 500', { status: 500 }],
		['status 502', { status: 502 }],
		['status 503', { status: 503 }],
		['status 504', { status: 504 }],
		['no answer', SILENCE],
	];

	it.each(uncertain)('is sent again if it only reads (%s)', async (_name, answer) => {
		const sent = await sendThrough(GET, times(3, answer));
		expect(sent).toMatchObject({ result: 200, tries: 4, pauses: [1000, 2000, 4000] });
	});

	it.each(uncertain)(
		'is sent again if it carries an idempotency key (%s)',
		async (_name, answer) => {
			const sent = await sendThrough({ ...POST, idempotent: true }, [answer]);
			expect(sent).toMatchObject({ result: 200, tries: 2, pauses: [1000] });
		},
	);

	it.each(uncertain)('is never sent again if it writes (%s)', async (_name, answer) => {
		for (const method of ['POST', 'PATCH', 'PUT', 'DELETE'] as const) {
			const sent = await sendThrough({ ...POST, method }, [answer]);
			expect(sent).toMatchObject({ tries: 1, pauses: [] });
			expect(sent.result).toBe(answer instanceof Error ? answer : answer.status);
		}
	});

	it('is given up after the last pause', async () => {
		const silent = await sendThrough(GET, times(99, SILENCE));
		expect(silent).toMatchObject({ result: SILENCE, tries: 5 });
		const broken = await sendThrough(GET, times(99, { status: 503 }));
		expect(broken).toMatchObject({ result: 503, tries: 5 });
	});

	it('may meet one trouble after another', async () => {
		const sent = await sendThrough(GET, [
			SILENCE,
			{ status: 429, retryAfter: '9' },
			{ status: 500 },
			{ status: 404 },
		]);
		expect(sent).toMatchObject({ result: 404, tries: 4, pauses: [1000, 9000, 4000] });
	});

	it('waits as long as a 503 asks for', async () => {
		const sent = await sendThrough(GET, [{ status: 503, retryAfter: '20' }]);
		expect(sent.pauses).toEqual([20_000]);
	});
});

it.each([new ApiError('refused', { status: 400 }), new TypeError('a mistake of ours')])(
	'%p is thrown on at once',
	async (error) => {
		expect(await sendThrough(GET, [error])).toMatchObject({ result: error, tries: 1 });
	},
);

it('without pauses everything is sent once', async () => {
	for (const answer of [SILENCE, { status: 429 }, { status: 500 }]) {
		expect((await sendThrough(GET, [answer], { backoffMs: [] })).tries).toBe(1);
	}
});
