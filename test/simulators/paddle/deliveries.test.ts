import { createHmac } from 'node:crypto';
import { newApiKey } from '.';
import { startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const settled = () => bench.paddle.deliveries.settled();
const last = () => {
	const found = bench.receiver.received.at(-1);
	if (!found) throw new Error('Nothing arrived');
	return found;
};
async function payOnce(): Promise<string> {
	const id = await bench.createLink();
	bench.paddle.pay(id);
	await settled();
	return id;
}
const hmac = (secret: string, { body, signature }: { body: string; signature: string }) =>
	createHmac('sha256', secret)
		.update(`${/ts=(\d+)/.exec(signature)?.[1]}:${body}`)
		.digest('hex');

it('a webhook is what the official SDK verifies and understands', async () => {
	await bench.register(['transaction.completed']);
	const id = await payOnce();
	const { body, signature, headers, verified } = last();
	expect(verified).toBe(true);
	expect(headers).toMatchObject({ 'user-agent': 'Paddle', 'content-type': 'application/json' });
	const event = await bench.client.webhooks.unmarshal(body, bench.receiver.secret, signature);
	expect(event).toMatchObject({
		eventType: 'transaction.completed',
		data: { id, status: 'completed', customData: { lead_id: '31415926' } },
	});
	expect(event.eventId).toMatch(/^evt_[a-z\d]{26}$/);
	expect(event.notificationId).toMatch(/^ntf_[a-z\d]{26}$/);
});

it('data comes first and non-ASCII is escaped, so that parsing and printing breaks the signature', async () => {
	await bench.register(['transaction.completed']);
	await payOnce();
	const { body } = last();
	expect(body.startsWith('{"data":{"id":"txn_')).toBe(true);
	expect(body).toContain('Invoice 42 \\u2013 Caf\\u00e9');
	expect(/^[\x20-\x7e]*$/.test(body)).toBe(true);
	expect(JSON.stringify(JSON.parse(body))).not.toBe(body);
});

it('only subscribed events arrive', async () => {
	await bench.register(['transaction.paid', 'transaction.completed']);
	await payOnce();
	expect(bench.types()).toEqual(['transaction.paid', 'transaction.completed']);
});

it.each([
	['is inactive', { active: false }],
	['takes simulations only', { trafficSource: 'simulation' }],
] as const)('nothing arrives when the destination %s', async (_case, change) => {
	const id = await bench.register(['transaction.completed']);
	await bench.client.notificationSettings.update(id, change);
	await payOnce();
	expect(bench.receiver.received).toEqual([]);
});

it('two destinations get the same event under two notifications', async () => {
	await bench.register(['transaction.completed']);
	bench.paddle.settings.duplicateDestination = 'urlAndEvents';
	await bench.register(['transaction.completed', 'transaction.billed']);
	await payOnce();
	const [first, second] = bench.receiver.received.map(({ event }) => event);
	expect(first?.event_id).toBe(second?.event_id);
	expect(first?.notification_id).not.toBe(second?.notification_id);
});

it.each([
	['sandbox', newApiKey(), 4],
	['live', newApiKey('live'), 61],
])(
	'%s retries until it gives up, then the notification has failed',
	async (_name, apiKey, times) => {
		await bench.close();
		bench = await startBench({ apiKey });
		await bench.register(['transaction.completed']);
		bench.receiver.respond = (_req, res) => void res.status(500).end();
		await payOnce();
		expect(bench.receiver.received).toHaveLength(times);
		expect(new Set(bench.receiver.received.map(({ event }) => event.notification_id)).size).toBe(1);
		const { body } = await bench.call('GET', '/notifications?status=failed');
		expect(body.data).toMatchObject([
			{ times_attempted: times, delivered_at: null, retry_at: null },
		]);
	},
);

it.each([401, 302, 404])('%i is retried; the retry is signed at its own time', async (status) => {
	let time = Date.now() - 60_000;
	await bench.close();
	bench = await startBench({ now: () => time });
	await bench.register(['transaction.completed']);
	bench.receiver.respond = (_req, res) => {
		const answer = bench.receiver.received.length === 1 ? status : 200;
		time = Date.now();
		res.status(answer).set('Location', bench.receiver.url).end();
	};
	await payOnce();
	expect(bench.receiver.received.map(({ verified }) => verified)).toEqual([false, true]);
	const [first, second] = bench.receiver.received;
	expect(first?.body).toBe(second?.body);
});

it('an answer that takes more than five seconds is none', async () => {
	await bench.register(['transaction.completed']);
	bench.receiver.respond = (_req, res) => {
		if (bench.receiver.received.length > 1) res.status(200).end();
	};
	await payOnce();
	const [first, second] = bench.paddle.deliveries.attempts;
	expect([first?.status, second?.status]).toEqual([0, 200]);
	expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(4_990);
});

it('while a secret is rotated both sign; afterwards only the new one', async () => {
	const id = await bench.register(['transaction.completed']);
	const old = bench.receiver.secret;
	const fresh = bench.paddle.rotateSecret(id);
	bench.paddle.settings.oldSignaturePosition = 'first';
	bench.receiver.secret = fresh;
	await payOnce();
	const signatures = [...last().signature.matchAll(/h1=([\da-f]{64})/g)].map(([, h1]) => h1);
	expect(signatures).toEqual([hmac(old, last()), hmac(fresh, last())]);
	// The Node SDK looks at the last h1 only.
	expect(last().verified).toBe(true);
	bench.paddle.settings.oldSignaturePosition = 'last';
	await payOnce();
	expect(last().verified).toBe(false);
	bench.paddle.endRotation(id);
	await payOnce();
	expect(last().signature.match(/h1=/g)).toHaveLength(1);
	expect(last().verified).toBe(true);
});

it('a wrong clock shows in the signature', async () => {
	await bench.register(['transaction.completed']);
	bench.paddle.settings.signatureSkew = -30;
	await payOnce();
	expect(last().verified).toBe(false);
});

describe('a replay', () => {
	it('is a new notification of the same event', async () => {
		await bench.register(['transaction.completed']);
		await payOnce();
		const original = last().event;
		const { status, body } = await bench.call(
			'POST',
			`/notifications/${original.notification_id}/replay`,
		);
		await settled();
		expect(status).toBe(202);
		expect(body.data).toEqual({ notification_id: last().event.notification_id });
		expect(last().event.event_id).toBe(original.event_id);
		expect(last().event.notification_id).not.toBe(original.notification_id);
		expect(last().verified).toBe(true);
		const found = await bench.client.notifications.get(last().event.notification_id);
		expect(found).toMatchObject({ origin: 'replay', status: 'delivered', timesAttempted: 1 });
	});

	it('of a replay is refused, and so is one of what was never sent', async () => {
		const setting = await bench.register(['transaction.completed']);
		await payOnce();
		const copy = bench.paddle.replay(last().event.notification_id);
		await settled();
		const refused = await bench.call('POST', `/notifications/${copy}/replay`);
		expect(refused.body.error?.code).toBe('notification_cannot_replay');
		bench.paddle.deliveries.hold();
		await payOnce();
		const [waiting] = await bench.client.notifications
			.list({ notificationSettingId: [setting], status: ['not_attempted'] })
			.next();
		const early = await bench.call('POST', `/notifications/${waiting?.id}/replay`);
		expect(early.body.error?.code).toBe('notification_cannot_replay');
	});
});

it('the same notification can arrive twice', async () => {
	await bench.register(['transaction.completed']);
	await payOnce();
	bench.paddle.resend(last().event.notification_id);
	await settled();
	const [first, second] = bench.receiver.received;
	expect(second?.event).toEqual(first?.event);
});

it('events can arrive in reverse', async () => {
	await bench.register(['transaction.paid', 'transaction.completed']);
	bench.paddle.deliveries.hold();
	await payOnce();
	expect(bench.receiver.received).toEqual([]);
	bench.paddle.deliveries.releaseReversed();
	await settled();
	expect(bench.types()).toEqual(['transaction.paid', 'transaction.completed']);
});

it('a webhook never overtakes the answer to the call that caused it', async () => {
	await bench.register(['transaction.created']);
	bench.paddle.faults.add({ kind: 'delay', ms: 50, method: 'POST', path: /^\/transactions$/ });
	const link = bench.createLink();
	let answered = false;
	const order: boolean[] = [];
	bench.receiver.respond = (_req, res) => {
		order.push(answered);
		res.status(200).end();
	};
	await link.then(() => (answered = true));
	while (order.length === 0) await new Promise(setImmediate);
	expect(order).toEqual([true]);
});

describe('the webhook simulator', () => {
	it('sends the documented example under ids of its own', async () => {
		const id = await bench.register(['transaction.completed'], 'all');
		const [eventId] = bench.paddle.simulate(id, 'transaction.completed');
		await settled();
		expect(last().verified).toBe(true);
		expect(last().event).toMatchObject({ event_id: eventId, data: { status: 'completed' } });
		expect(last().event.event_id).toMatch(/^ntfsimevt_[a-z\d]{26}$/);
		expect(last().event.notification_id).toMatch(/^ntfsimntf_[a-z\d]{26}$/);
		expect(bench.paddle.store.events.size).toBe(0);
	});

	it('is refused by a destination for platform events only', async () => {
		const id = await bench.register(['transaction.completed']);
		expect(() => bench.paddle.simulate(id, 'transaction.completed')).toThrow(
			'notification_simulation_run_notification_settings_conflict',
		);
	});

	it('runs by the API, and a replay there makes a new event id', async () => {
		const setting = await bench.register(['transaction.completed'], 'simulation');
		const { body } = await bench.call('POST', '/simulations', {
			notification_setting_id: setting,
			name: 'a payment',
			type: 'transaction.completed',
			payload: { id: 'txn_01hv8wptq8987qeep44cyrewp9', status: 'completed' },
		});
		const simulation = String(body.data['id']);
		const run = await bench.client.simulationRuns.create(simulation);
		await settled();
		const first = last().event;
		expect(first.data).toMatchObject({ id: 'txn_01hv8wptq8987qeep44cyrewp9' });
		const [sent] = await bench.client.simulationRunEvents.list(simulation, run.id).next();
		expect(sent).toMatchObject({ id: first.event_id, status: 'success' });
		await bench.client.simulationRunEvents.replay(simulation, run.id, first.event_id);
		await settled();
		expect(last().event.event_id).not.toBe(first.event_id);
		expect(last().event.data).toEqual(first.data);
	});

	it('plays a whole scenario', async () => {
		const id = await bench.register(['transaction.completed'], 'all');
		bench.paddle.simulate(id, 'subscription_creation');
		await settled();
		expect(bench.types()).toEqual(
			expect.arrayContaining(['subscription.created', 'transaction.completed']),
		);
	});
});
