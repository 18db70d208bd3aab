import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { GATEWAY_IDS, PAYMENT_EVENT_TYPES } from '../../../nodes/core/payment-event';
import {
	callWebhook,
	processedData,
	runNode,
	withoutPauses,
	type RunNodeSettings,
} from '../harness';
import {
	storedRegistration,
	type GatewayBench,
	type ProviderEvent,
	type SimulatedProvider,
} from './bench';

const LEAD = 31415926;
const SECRET = 'signing-secret-of-the-trigger';

/** What a trigger's execute() makes of the delivery that webhook() has stored. */
export function describeTriggerExecution(bench: GatewayBench): void {
	const { gateway } = bench;

	describe('execute()', () => {
		let provider: SimulatedProvider;
		let executions = 0;

		beforeAll(async () => (provider = await bench.start()));
		afterAll(async () => await provider.close());
		beforeEach(() => {
			processedData.reset();
			provider.faults.clear();
			provider.log.clear();
		});

		const credentials = {
			get credentials() {
				const fields = { ...provider.credential, signingSecret: SECRET };
				return { [gateway.credentialType]: fields as Record<string, string> };
			},
			credentialTypes: [bench.credentialType],
		};

		/** The item that webhook() starts the execution with. */
		async function received(event: ProviderEvent): Promise<INodeExecutionData> {
			const automatic = gateway.registration !== null;
			const call = await callWebhook(
				bench.trigger,
				automatic ? {} : { registration: 'manual' },
				{ rawBody: event.body, headers: provider.sign(event.body, SECRET, Date.now()) },
				{
					...credentials,
					mode: 'manual',
					...(automatic
						? { staticData: storedRegistration(gateway, provider.credential, { secret: SECRET }) }
						: {}),
				},
			);
			const item = call.items?.[0]?.[0];
			if (item === undefined) throw new Error(`webhook() answered ${call.status}.`);
			return item;
		}

		/** Runs the stored delivery in an execution of its own. */
		async function execute(
			items: readonly INodeExecutionData[],
			parameters: IDataObject = {},
			settings: RunNodeSettings = {},
		): Promise<INodeExecutionData[]> {
			const [output = []] = await runNode(bench.trigger, parameters, items, {
				...credentials,
				mode: 'webhook',
				executionId: String((executions += 1)),
				...settings,
			});
			return output;
		}

		it('emits the payment as a PaymentEvent', async () => {
			const event = await provider.payment(LEAD);
			const [item, ...others] = await execute([await received(event)]);
			expect(others).toEqual([]);
			expect(item?.json).toMatchObject({
				type: 'payment.succeeded',
				eventId: event.id,
				leadId: LEAD,
				live: false,
				simulated: false,
				raw: event.verified ?? (JSON.parse(event.body.toString('utf8')) as unknown),
			});
			expect(GATEWAY_IDS).toContain(item?.json.gateway);
			expect(item?.pairedItem).toEqual({ item: 0 });
		});

		it('emits an event once, however many executions it comes with', async () => {
			const item = await received(await provider.payment(LEAD));
			expect(await execute([item])).toHaveLength(1);
			expect(await execute([item])).toEqual([]);
			expect(await execute([item])).toEqual([]);
		});

		it('emits it once when the executions run at one moment', async () => {
			const item = await received(await provider.payment(LEAD));
			processedData.latencyMs = 2;
			const outputs = await Promise.all(Array.from({ length: 12 }, () => execute([item])));
			expect(outputs.flat()).toHaveLength(1);
		});

		it('emits it although another worker made the row of n8n at that moment', async () => {
			const item = await received(await provider.payment(LEAD));
			jest
				.spyOn(processedData, 'checkProcessedAndRecord')
				.mockRejectedValueOnce(new Error('UNIQUE constraint failed: processed_data.workflowId'));
			expect(await execute([item])).toHaveLength(1);
			expect(await execute([item])).toEqual([]);
		});

		describe('with several workers', () => {
			const several: IDataObject = { options: { severalWorkers: true } };

			const WAIT_MS = 15_000;

			beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0.25));
			afterEach(() => jest.restoreAllMocks());

			/** Timers set by an execution that lets its event through, in ms: pauses, and limits of requests. */
			async function timersOf(item: INodeExecutionData): Promise<number[]> {
				const timers: number[] = [];
				const run = async () => await execute([item], several);
				await expect(withoutPauses(run, (ms) => timers.push(ms))).resolves.toHaveLength(1);
				return timers;
			}

			it('lets another one go first that recorded the event over its own record', async () => {
				const item = await received(await provider.payment(LEAD));
				const mine = processedData.checkProcessedAndRecord.bind(processedData);
				jest
					.spyOn(processedData, 'checkProcessedAndRecord')
					.mockImplementationOnce(async (items, ...rest) => {
						const others = items.map((entry) => String(entry).replace(/@.*/, '@another'));
						await mine(others, ...rest);
						return { new: items, processed: [] };
					});
				expect(await timersOf(item)).toContain(WAIT_MS);
			});

			it('goes on at once when its record stands', async () => {
				const item = await received(await provider.payment(LEAD));
				expect(await timersOf(item)).not.toContain(WAIT_MS);
			});

			it('records an event again that another one wiped out', async () => {
				const item = await received(await provider.payment(LEAD));
				jest
					.spyOn(processedData, 'checkProcessedAndRecord')
					.mockImplementationOnce(
						async (items) => await Promise.resolve({ new: items, processed: [] }),
					);
				expect(await execute([item], several)).toHaveLength(1);
				expect(await execute([item], several)).toEqual([]);
			});
		});

		it('emits it again in the same execution: n8n may run the node twice', async () => {
			const item = await received(await provider.payment(LEAD));
			expect(await execute([item], {}, { executionId: 'one' })).toHaveLength(1);
			expect(await execute([item], {}, { executionId: 'one' })).toHaveLength(1);
		});

		it.each(['manual', 'retry'] as const)('emits it always in mode "%s"', async (mode) => {
			const item = await received(await provider.payment(LEAD));
			await execute([item]);
			expect(await execute([item], {}, { mode })).toHaveLength(1);
			expect(await execute([item], {}, { mode })).toHaveLength(1);
		});

		it('emits one payment once although two events tell of it', async () => {
			const event = await provider.payment(LEAD);
			const twin = await provider.twinOf(event);
			expect(twin.id).not.toBe(event.id);
			expect(await execute([await received(event)])).toHaveLength(1);
			expect(await execute([await received(twin)])).toEqual([]);
		});

		it('emits two payments of one lead', async () => {
			const first = await received(await provider.payment(LEAD));
			const second = await received(await provider.payment(LEAD));
			expect(await execute([first])).toHaveLength(1);
			expect(await execute([second])).toHaveLength(1);
		});

		it('names for each event the item that it came from', async () => {
			const first = await provider.payment(LEAD);
			const second = await provider.payment(LEAD);
			const output = await execute([await received(first), await received(second)]);
			expect(output.map(({ json, pairedItem }) => [json.eventId, pairedItem])).toEqual([
				[first.id, { item: 0 }],
				[second.id, { item: 1 }],
			]);
		});

		it('passes over items that did not come from its webhook', async () => {
			const item = await received(await provider.payment(LEAD));
			expect(await execute([{ json: {} }, { json: { eventId: 'x' } }, item])).toHaveLength(1);
			expect(await execute([{ json: {} }])).toEqual([]);
		});

		describe('a payment without a lead', () => {
			it.each([
				[false, 0],
				[true, 1],
			])('with "Include Payments Without a Lead" %p: %i', async (withoutLead, count) => {
				const item = await received(await provider.payment(null));
				const output = await execute([item], { withoutLead });
				expect(output).toHaveLength(count);
				expect(output.every(({ json }) => json.leadId === null)).toBe(true);
			});

			it('is emitted after all once the user has switched it on', async () => {
				const item = await received(await provider.payment(null));
				await execute([item], { withoutLead: false });
				expect(await execute([item], { withoutLead: true })).toHaveLength(1);
			});
		});

		it('emits only the types that were chosen', async () => {
			const item = await received(await provider.payment(LEAD));
			const types = PAYMENT_EVENT_TYPES.filter((type) => type !== 'payment.succeeded');
			expect(await execute([item], { events: types })).toEqual([]);
			expect(await execute([item], { events: ['payment.succeeded'] })).toHaveLength(1);
		});

		it('shows no key to the execution', async () => {
			const output = await execute([await received(await provider.payment(LEAD))]);
			const fields = Object.values({ ...provider.credential, signingSecret: SECRET });
			for (const key of fields.filter((field) => field !== provider.url)) {
				expect(JSON.stringify(output)).not.toContain(String(key));
			}
		});

		it('asks the provider again when a look-up failed, and forgets nothing', async () => {
			const { eventThatNeedsLookUp } = provider;
			// Some providers say everything in the event itself.
			if (eventThatNeedsLookUp === null) return;
			const item = await received(await eventThatNeedsLookUp(LEAD));
			provider.faults.add({ kind: 'answer', status: 500, body: {} });
			await expect(withoutPauses(async () => await execute([item]))).rejects.toThrow(
				gateway.displayName,
			);
			expect(processedData.size).toBe(0);
			provider.faults.clear();
			expect(await execute([item])).toHaveLength(1);
			expect(await execute([item])).toEqual([]);
		});

		it('tells in words that the provider could not be reached', async () => {
			const { eventThatNeedsLookUp } = provider;
			if (eventThatNeedsLookUp === null) return;
			const item = await received(await eventThatNeedsLookUp(LEAD));
			provider.faults.add({ kind: 'drop' });
			await expect(withoutPauses(async () => await execute([item]))).rejects.toMatchObject({
				message: `${gateway.displayName} could not be reached`,
				description: expect.stringContaining('network') as string,
			});
		});
	});
}
