import { validateCheckoutJson } from '../../specs/validate-checkout-json';
import { EVERYTHING, refusal, startBench, type Bench } from './test-checkout-com';

const DAY = 24 * 60 * 60 * 1000;
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

describe('events', () => {
	it('of a subject are listed, and each can be read with its invocations', async () => {
		await bench.register(EVERYTHING);
		const { id } = await paid();
		const list = (await bench.client.workflows.getSubjectEvents(id)) as {
			data: Array<{ id: string }>;
		};
		expect(
			validateCheckoutJson('GET /workflows/events/subject/{id}', 'response:200', list),
		).toEqual([]);
		expect(list.data.map((event) => event.id)).toEqual(eventIds());
		const [first = ''] = eventIds();
		const event = (await bench.client.workflows.getEvent(first)) as {
			action_invocations: Array<{ workflow_action_id: string }>;
		};
		expect(validateCheckoutJson('GET /workflows/events/{id}', 'response:200', event)).toEqual([]);
		const [invocation] = event.action_invocations;
		const details = await bench.client.workflows.getActionInvocations(
			first,
			invocation?.workflow_action_id ?? '',
		);
		expect(details).toMatchObject({
			status: 'successful',
			action_invocations: [{ retry: false, succeeded: true, final: true }],
		});
	});

	it('that do not exist are 404', async () => {
		const { workflows } = bench.client;
		expect((await refusal(workflows.getEvent(`evt_${'a'.repeat(26)}`))).status).toBe(404);
		expect((await refusal(workflows.getSubjectEvents('pay_x'))).status).toBe(404);
		expect((await refusal(workflows.reflowBySubject('pay_x'))).status).toBe(404);
	});
});

describe('a reflow', () => {
	/** A paid link with two workflows, one of them registered afterwards; nothing received yet counts. */
	async function prepare(): Promise<{ payment: string; event: string; late: string }> {
		await bench.register({ gateway: ['payment_captured'] });
		const payment = await paid();
		const [event = ''] = eventIds();
		const late = await bench.register({ gateway: ['payment_captured'] });
		bench.receiver.received.length = 0;
		return { payment: payment.id, event, late };
	}

	const calls: Array<
		[string, (made: Awaited<ReturnType<typeof prepare>>) => Promise<unknown>, number]
	> = [
		['by event', ({ event }) => bench.client.workflows.reflowByEvent(event), 2],
		[
			'by event and workflow',
			({ event, late }) => bench.client.workflows.reflowByEventAndWorkflow(event, late),
			1,
		],
		['by subject', ({ payment }) => bench.client.workflows.reflowBySubject(payment), 2],
		[
			'by subject and workflow',
			({ payment, late }) => bench.client.workflows.reflowBySubjectAndWorkflow(payment, late),
			1,
		],
		[
			'of many events',
			({ event }) => bench.client.workflows.reflowEventsByEventAndWorkflowIds([event]),
			2,
		],
		[
			'of many subjects for one workflow',
			({ payment, late }) =>
				bench.client.workflows.reflowEventsBySubjectAndWorkflowIds([payment], [late]),
			1,
		],
	];

	it.each(calls)('%s sends the same event id to what matches now', async (_name, call, count) => {
		const made = await prepare();
		await call(made);
		await bench.checkout.deliveries.settled();
		expect(eventIds()).toEqual(Array.from({ length: count }, () => made.event));
	});

	it('can have a new event id', async () => {
		const made = await prepare();
		bench.checkout.settings.reflowKeepsId = false;
		await bench.client.workflows.reflowByEventAndWorkflow(made.event, made.late);
		await bench.checkout.deliveries.settled();
		expect(eventIds()).toHaveLength(1);
		expect(eventIds()).not.toContain(made.event);
	});

	it('of an event older than 90 days is 404', async () => {
		const made = await prepare();
		now += 90 * DAY + 1;
		const failure = await refusal(bench.client.workflows.reflowByEvent(made.event));
		expect(failure.status).toBe(404);
		expect(eventIds()).toEqual([]);
	});

	it('of nothing at all is 422', async () => {
		const failure = await refusal(
			bench.client.workflows.reflowEventsByEventAndWorkflowIds(['pay_1']),
		);
		expect(failure).toEqual({ status: 422, codes: ['events_invalid'] });
	});

	it('by the merchant, or a resend, goes out again', async () => {
		const { event, late } = await prepare();
		await bench.checkout.resend(event);
		await bench.checkout.reflow(event, [late]);
		expect(eventIds()).toEqual([event, event]);
	});
});
