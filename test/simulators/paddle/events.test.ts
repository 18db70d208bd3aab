import { startBench, type Bench } from './test-paddle';

const DAY = 24 * 60 * 60 * 1000;

let bench: Bench;
let time: number;
beforeEach(async () => {
	time = Date.parse('2026-11-20T12:00:00Z');
	bench = await startBench({ now: () => time });
});
afterEach(() => bench.close());

async function events(query = ''): Promise<Array<Record<string, unknown>>> {
	const { body } = await bench.call('GET', `/events?${query}`);
	return body.data;
}

it('events are listed newest first, without a notification id, with the ids that webhooks have', async () => {
	await bench.register(['transaction.completed']);
	bench.paddle.pay(await bench.createLink());
	await bench.paddle.deliveries.settled();
	const [newest] = await events();
	expect(Object.keys(newest ?? {}).sort()).toEqual([
		'data',
		'event_id',
		'event_type',
		'occurred_at',
	]);
	expect(newest?.['event_id']).toBe(bench.receiver.received[0]?.event.event_id);
	expect(newest?.['occurred_at']).toMatch(/^2026-11-20T12:00:00\.\d{6}Z$/);
});

it('they can be chosen by type, by time and by an id they contain', async () => {
	const first = await bench.createLink();
	bench.paddle.pay(first);
	time += DAY;
	const second = await bench.createLink();
	bench.paddle.pay(second);
	const completed = (query: string) =>
		events(`event_type=transaction.completed,adjustment.created&${query}`).then((found) =>
			found.map(({ data }) => (data as { id: string }).id),
		);
	expect(await completed('')).toEqual([second, first]);
	expect(await completed('order_by=id[ASC]')).toEqual([first, second]);
	expect(await completed('from=2026-11-21T00:00:00Z')).toEqual([second]);
	expect(await completed('to=2026-11-21T00:00:00Z')).toEqual([first]);
	expect(await completed(`filter=${first}`)).toEqual([first]);
});

it('the next page follows the URL that the last one names', async () => {
	bench.paddle.pay(await bench.createLink());
	const all = await events();
	const seen: unknown[] = [];
	let next = `${bench.paddle.url}/events?per_page=3`;
	for (let more = true; more;) {
		const { body } = await bench.call('GET', next.slice(bench.paddle.url.length));
		seen.push(...body.data);
		more = body.meta.pagination?.has_more ?? false;
		next = body.meta.pagination?.next ?? '';
	}
	expect(seen).toEqual(all);
	const byClient: string[] = [];
	for await (const { eventId } of bench.client.events.list({ perPage: 2 })) byClient.push(eventId);
	expect(byClient).toEqual(all.map(({ event_id: id }) => id));
});

it('a page has at most 200', async () => {
	const { body } = await bench.call('GET', '/events?per_page=500');
	expect(body.meta.pagination?.per_page).toBe(200);
});

it('nothing older than 90 days is kept', async () => {
	await bench.register(['transaction.created']);
	await bench.createLink();
	time += 89 * DAY;
	expect(await events('event_type=transaction.created')).toHaveLength(1);
	time += 2 * DAY;
	expect(await events()).toEqual([]);
	expect(await bench.client.notifications.list().next()).toEqual([]);
});

it('notifications are found by destination, status and event', async () => {
	const setting = await bench.register(['transaction.paid', 'transaction.completed']);
	const id = await bench.createLink();
	bench.paddle.pay(id);
	await bench.paddle.deliveries.settled();
	const count = async (query: string): Promise<number> =>
		(await bench.call('GET', `/notifications?${query}`)).body.data.length;
	expect(await count(`notification_setting_id=${setting}&status=delivered`)).toBe(2);
	expect(await count('status=failed,needs_retry')).toBe(0);
	expect(await count('search=transaction.paid')).toBe(1);
	expect(await count(`filter=${id}`)).toBe(2);
	const [one] = await bench.client.notifications.list().next();
	const logs = bench.client.notifications.getLogs(one?.id ?? '');
	expect(await logs.next()).toMatchObject([{ responseCode: 200 }]);
	expect(one?.payload).toMatchObject({ notificationId: one?.id, data: { id } });
});
