import { createKommoApi } from '../../../nodes/Kommo/client/kommo-api';
import { RateLimiter } from '../../../nodes/Kommo/client/rate-limiter';
import { ConnectionError, type HttpRequest } from '../../../nodes/http/http';
import { fixture } from '../../simulators/kommo/fixture-files';
import { FakeClock } from './fake-clock';
import { scriptedKommo } from './scripted-kommo';

const GET: HttpRequest = { method: 'GET', path: '/api/v4/leads/1' };
const POST: HttpRequest = { method: 'POST', path: '/api/v4/leads', json: [{}] };

const page = (ids: number[], hasNext: boolean) => ({
	body: {
		_links: { self: {}, ...(hasNext ? { next: { href: 'https://example.kommo.com/next' } } : {}) },
		_embedded: { leads: ids.map((id) => ({ id })) },
	},
});

async function idsOf(entries: AsyncIterable<{ id?: unknown }>): Promise<unknown[]> {
	const ids: unknown[] = [];
	for await (const { id } of entries) ids.push(id);
	return ids;
}

describe('The Kommo API', () => {
	it('reads 204 as nothing there', async () => {
		await expect(scriptedKommo({ status: 204 }).api.request(GET)).resolves.toBeNull();
	});

	it('retries a GET after 500 and silence, with growing pauses', async () => {
		const { api, sent, clock } = scriptedKommo(
			{ status: 500 },
			new ConnectionError('socket hang up'),
			{ body: { id: 1 } },
		);
		await expect(api.request(GET)).resolves.toEqual({ id: 1 });
		expect(sent).toHaveLength(3);
		expect(clock.pauses).toEqual([1000, 2000]);
	});

	it.each([
		['500', { status: 500 }, 'not available'],
		['silence', new ConnectionError('socket hang up'), 'socket hang up'],
	])('sends a POST only once when it is answered with %s', async (_name, answer, message) => {
		const { api, sent } = scriptedKommo(answer, { body: {} });
		await expect(api.request(POST)).rejects.toThrow(message);
		expect(sent).toHaveLength(1);
	});

	it('repeats a POST that was turned away with 429', async () => {
		const { api, sent } = scriptedKommo({ status: 429, body: 'slow down' }, { body: { ok: 1 } });
		await expect(api.request(POST)).resolves.toEqual({ ok: 1 });
		expect(sent).toHaveLength(2);
	});

	it('waits as long as the body of a 429 says', async () => {
		const { api, clock } = scriptedKommo(
			{ status: 429, body: { retry_after: 7 } },
			{ body: { ok: 1 } },
		);
		const start = clock.now();
		await api.request(GET);
		expect(clock.now() - start).toBeGreaterThanOrEqual(7000);
	});

	it('makes all clients of one limiter wait after a 429', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		let answers = 0;
		const turnedAway = createKommoApi(
			async () => {
				answers += 1;
				return { status: answers === 1 ? 429 : 200, headers: {}, body: { retry_after: 9 } };
			},
			{ ...clock, now: clock.now, sleep: clock.sleep, limiter },
		);
		const other = createKommoApi(async () => ({ status: 200, headers: {}, body: clock.now() }), {
			now: clock.now,
			sleep: clock.sleep,
			limiter,
		});
		const start = clock.now();
		await Promise.all([
			turnedAway.request(GET),
			(async () => {
				while (clock.pauses.length === 0) await Promise.resolve();
				const at = (await other.request(GET)) as number;
				expect(at - start).toBeGreaterThanOrEqual(9000);
			})(),
		]);
	});

	it('gives up when Kommo asks for minutes, and tells whoever asks next', async () => {
		const { api, sent } = scriptedKommo({ status: 429, body: fixture('error.429.json') });
		await expect(api.request(GET)).rejects.toThrow('too many requests');
		await expect(api.request(GET)).rejects.toThrow('for another 5 min');
		expect(sent).toHaveLength(1);
	});

	it('follows pages as long as there is a next one', async () => {
		const { api, sent } = scriptedKommo(page([1, 2], true), page([3], false));
		await expect(idsOf(api.pages('/api/v4/leads', [['query', 'x']], 'leads'))).resolves.toEqual([
			1, 2, 3,
		]);
		expect(sent.map(({ query }) => query)).toEqual([
			[
				['query', 'x'],
				['limit', '250'],
				['page', '1'],
			],
			[
				['query', 'x'],
				['limit', '250'],
				['page', '2'],
			],
		]);
	});

	it('ends a list with the page that does not exist', async () => {
		const { api } = scriptedKommo(page([1], true), { status: 204 });
		await expect(idsOf(api.pages('/api/v4/leads', [], 'leads'))).resolves.toEqual([1]);
	});

	it('fetches no page that nobody asks for', async () => {
		const { api, sent } = scriptedKommo(page([1], true));
		for await (const entry of api.pages('/api/v4/leads', [], 'leads')) {
			expect(entry).toEqual({ id: 1 });
			break;
		}
		expect(sent).toHaveLength(1);
	});
});
