import { refusal, startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const create = (destination: string, events: string[] = ['transaction.completed']) =>
	bench.call('POST', '/notification-settings', {
		description: 'n8n',
		type: 'url',
		destination,
		subscribed_events: events,
	});

it('a destination is made, read with its secret, changed and deleted', async () => {
	const id = await bench.register(['transaction.completed', 'adjustment.updated']);
	const found = await bench.client.notificationSettings.get(id);
	expect(found).toMatchObject({
		active: true,
		type: 'url',
		destination: bench.receiver.url,
		trafficSource: 'platform',
		subscribedEvents: [{ name: 'transaction.completed', group: 'Transaction' }, {}],
	});
	expect(found.endpointSecretKey).toBe(bench.receiver.secret);
	const changed = await bench.client.notificationSettings.update(id, {
		active: false,
		subscribedEvents: ['transaction.paid'],
	});
	expect(changed.active).toBe(false);
	expect(changed.subscribedEvents.map(({ name }) => name)).toEqual(['transaction.paid']);
	const removed = await bench.call('DELETE', `/notification-settings/${id}`);
	expect(removed.status).toBe(204);
	expect((await refusal(bench.client.notificationSettings.get(id))).code).toBe('not_found');
});

it('secrets are of the real kind: base64 with + and /', async () => {
	const id = await bench.register(['transaction.paid']);
	expect(bench.receiver.secret).toMatch(new RegExp(`^pdl_${id}_[A-Za-z\\d+/]{32}$`));
	expect(bench.receiver.secret).toMatch(/\+.*\//);
});

it('the list says which are active', async () => {
	const id = await bench.register(['transaction.paid']);
	await create('https://example.com/hook');
	await bench.client.notificationSettings.update(id, { active: false });
	const active = await bench.call('GET', '/notification-settings?active=true');
	expect(active.body.data.map(({ destination }) => destination)).toEqual([
		'https://example.com/hook',
	]);
	expect(active.body.meta.pagination).toMatchObject({ per_page: 200, has_more: false });
});

it('no more than ten are active at once', async () => {
	for (let count = 1; count <= 10; count += 1) {
		expect((await create(`https://example.com/${count}`)).status).toBe(201);
	}
	const refused = await create('https://example.com/11');
	expect(refused.status).toBe(400);
	expect(refused.body.error?.code).toBe('notification_maximum_active_settings_reached');
	const [first] = await bench.client.notificationSettings.list();
	await bench.client.notificationSettings.update(first?.id ?? '', { active: false });
	expect((await create('https://example.com/11')).status).toBe(201);
	const error = await refusal(
		bench.client.notificationSettings.update(first?.id ?? '', { active: true }),
	);
	expect(error.code).toBe('notification_maximum_active_settings_reached');
});

it.each([
	['url', 409],
	['urlAndEvents', 201],
] as const)(
	'a second one for the address with other events, compared by %s: %i',
	async (rule, status) => {
		bench.paddle.settings.duplicateDestination = rule;
		await create('https://example.com/hook', ['transaction.completed']);
		const same = await create('https://example.com/hook', ['transaction.completed']);
		expect([same.status, same.body.error?.code]).toEqual([
			409,
			'notification_setting_cannot_be_duplicate',
		]);
		expect((await create('https://example.com/hook', ['transaction.paid'])).status).toBe(status);
	},
);

it.each([
	['no description', { description: undefined }, 'invalid_field'],
	['a description of 501 characters', { description: 'x'.repeat(501) }, 'invalid_field'],
	['an event there is not', { subscribed_events: ['transaction.refunded'] }, 'invalid_field'],
	['events as objects', { subscribed_events: [{ name: 'transaction.paid' }] }, 'bad_request'],
	['active, which is read-only here', { active: true }, 'bad_request'],
	['no address', { destination: 'n8n' }, 'url_notification_setting_incorrect'],
])('refuses %s', async (_case, extra, code) => {
	const answer = await bench.call('POST', '/notification-settings', {
		description: 'n8n',
		type: 'url',
		destination: 'https://example.com/hook',
		subscribed_events: ['transaction.paid'],
		...extra,
	});
	expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
});

it.each([
	'http://127.0.0.1:5678/webhook',
	'https://localhost/webhook',
	'http://example.com/webhook',
])('%s is refused when destinations must be public, as at Paddle', async (destination) => {
	bench.paddle.settings.publicDestinationsOnly = true;
	const { body } = await create(destination);
	expect(body.error?.code).toBe('url_notification_setting_incorrect');
});
