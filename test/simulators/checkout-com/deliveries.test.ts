import { createHmac } from 'node:crypto';
import { deliveryRules, RETRY_PAUSES } from './events/delivery-rules';
import {
	AUTHORIZATION,
	EVERYTHING,
	SIGNATURE_KEY,
	startBench,
	type Bench,
} from './test-checkout-com';

const START = Date.UTC(2026, 10, 20, 12);

let now = START;
let bench: Bench;
beforeEach(async () => {
	now = START;
	bench = await startBench({ now: () => now, answerTimeoutMs: 150 });
});
afterEach(() => bench.close());

const paid = async (extra: object = {}) => bench.checkout.pay((await bench.createLink(extra)).id);
const eventIds = () => bench.receiver.received.map(({ event }) => event.id);

it('a payment sends approved and then captured, signed over the exact bytes', async () => {
	await bench.register(EVERYTHING);
	const payment = await paid();
	expect(bench.types()).toEqual(['payment_approved', 'payment_captured']);
	const { event, body, headers } = bench.last('payment_captured');
	expect(headers['cko-signature']).toBe(
		createHmac('sha256', SIGNATURE_KEY).update(body).digest('hex'),
	);
	expect(headers['authorization']).toBe(AUTHORIZATION);
	expect(event.created_on).toMatch(/^2026-11-20T12:00:00\.\d{7}Z$/);
	expect(event.data).toMatchObject({
		id: payment.id,
		reference: 'KL-31415926-01',
		metadata: { kommo_lead_id: '31415926' },
		amount: 199_900,
		balances: { available_to_capture: 0 },
	});
	expect(bench.last('payment_approved').event.data.balances).toMatchObject({
		total_captured: 0,
		available_to_capture: 199_900,
	});
	expect(body).not.toContain('pl_');
});

it('captured can arrive before approved', async () => {
	await bench.register(EVERYTHING);
	await bench.checkout.pay((await bench.createLink()).id, { order: 'captured-first' });
	expect(bench.types()).toEqual(['payment_captured', 'payment_approved']);
});

it('without a signature or headers in the action there are none', async () => {
	const bare = { signature: undefined, headers: undefined };
	await bench.register({ gateway: ['payment_approved'] }, bare);
	await paid();
	await bench.checkout.deliveries.settled();
	const [refused] = bench.receiver.refused;
	expect(refused).toBeDefined();
	expect(refused).not.toHaveProperty('cko-signature');
	expect(refused).not.toHaveProperty('authorization');
});

describe('workflows get only', () => {
	it('the types they asked for', async () => {
		await bench.register({ gateway: ['payment_captured'] });
		await paid();
		expect(bench.types()).toEqual(['payment_captured']);
	});

	it('what is of their processing channel', async () => {
		const other = `pc_${'b'.repeat(26)}`;
		const id = await bench.register({ gateway: ['payment_captured'] });
		await bench.client.workflows.addCondition(id, {
			type: 'processing_channel',
			processing_channels: [other],
		});
		await paid();
		expect(bench.types()).toEqual([]);
		await paid({ processing_channel_id: other });
		expect(bench.types()).toEqual(['payment_captured']);
	});

	it('events while they are active', async () => {
		const id = await bench.register(EVERYTHING);
		const workflow = bench.checkout.store.workflows.get(id);
		if (workflow) workflow.active = false;
		await paid();
		expect(bench.types()).toEqual([]);
	});
});

describe('retries', () => {
	it('come eight times, after the documented pauses', () => {
		const rules = deliveryRules(10_000);
		const minutes = RETRY_PAUSES.map((_, index) => (rules.retryAfterMs(index + 1, 500) ?? 0) / 6e4);
		expect(minutes).toEqual([5, 10, 15, 30, 60, 240, 720, 720]);
		expect(rules.retryAfterMs(9, 500)).toBeNull();
	});

	it('end after nine attempts, and the invocation has failed', async () => {
		await bench.register({ gateway: ['payment_captured'] });
		bench.receiver.answers = Array.from({ length: 9 }, () => 500);
		await paid();
		await bench.checkout.deliveries.settled();
		expect(new Set(eventIds()).size).toBe(1);
		expect(eventIds()).toHaveLength(9);
		const [id = ''] = eventIds();
		expect(await bench.client.workflows.getEvent(id)).toMatchObject({
			action_invocations: [{ status: 'failed' }],
		});
	});

	it.each([
		['a redirect', 302],
		['no answer in time', 0],
	])('follow %s too, with the same bytes, until 2xx', async (_name, answer) => {
		await bench.register({ gateway: ['payment_captured'] });
		bench.receiver.answers = [answer, 204];
		await paid();
		await bench.checkout.deliveries.settled();
		const [first, second] = bench.receiver.received;
		expect(bench.receiver.received).toHaveLength(2);
		expect(second?.body).toBe(first?.body);
		const [id = ''] = eventIds();
		const event = await bench.client.workflows.getEvent(id);
		expect(event).toMatchObject({ action_invocations: [{ status: 'successful' }] });
	});

	it('do not come where the action switches them off', async () => {
		await bench.register({ gateway: ['payment_captured'] }, { retry: { enabled: false } });
		bench.receiver.answers = [500];
		await paid();
		await bench.checkout.deliveries.settled();
		expect(eventIds()).toHaveLength(1);
	});

	it('go on after the workflow was deleted', async () => {
		const id = await bench.register({ gateway: ['payment_captured'] });
		bench.receiver.answers = [500];
		bench.checkout.deliveries.timeScale = 6000;
		await paid();
		await bench.client.workflows.remove(id);
		await bench.checkout.deliveries.settled();
		expect(eventIds()).toHaveLength(2);
	});
});

it('duplicates, losses and reversals can be switched on', async () => {
	await bench.register(EVERYTHING);
	bench.checkout.deliveries.copies = 2;
	bench.checkout.deliveries.hold();
	await paid();
	expect(bench.types()).toEqual([]);
	bench.checkout.deliveries.releaseReversed();
	await bench.checkout.deliveries.settled();
	expect(bench.types().sort()).toEqual([
		'payment_approved',
		'payment_approved',
		'payment_captured',
		'payment_captured',
	]);
	bench.checkout.deliveries.losing = true;
	await paid();
	expect(bench.types()).toHaveLength(4);
});
