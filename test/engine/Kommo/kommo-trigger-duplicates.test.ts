import { DEFAULTS } from '../../simulators/kommo';
import { processedData } from '../harness';
import { TriggerUnderTest } from './trigger-under-test';

const { sales } = DEFAULTS;

describe('Kommo Trigger', () => {
	let trigger: TriggerUnderTest;

	beforeAll(async () => (trigger = await TriggerUnderTest.start()));
	afterAll(async () => await trigger.close());
	beforeEach(async () => await trigger.reset());

	describe('a repeated delivery', () => {
		beforeEach(async () => void (await trigger.hook('create')));

		it('is answered without a second execution', async () => {
			const body = await trigger.bodyOfMove();
			expect((await trigger.receive(body)).items).not.toBeNull();
			expect(await trigger.receive(body)).toMatchObject({ status: 200, items: null });
		});

		it('that comes while the first is not stored yet is told to come again', async () => {
			const body = await trigger.bodyOfMove();
			const first = await trigger.receive(body, { response: 'hold' });
			expect((await trigger.receive(body)).status).toBe(503);
			await first.closed();
			expect((await trigger.receive(body)).status).toBe(200);
		});

		it.each([500, 'hang up'] as const)(
			'gets through when the first was not accepted (%s)',
			async (outcome) => {
				const body = await trigger.bodyOfMove();
				const first = await trigger.receive(body, { response: 'hold' });
				await first.closed(outcome);
				expect((await trigger.receive(body)).items).not.toBeNull();
			},
		);

		it('is dropped by the durable memory when the process has forgotten it', async () => {
			const call = await trigger.receive(await trigger.bodyOfMove());
			await expect(trigger.execute(call.items, { executionId: '1' })).resolves.toHaveLength(1);
			await expect(trigger.execute(call.items, { executionId: '2' })).resolves.toEqual([]);
		});

		it('is handled once by many executions at the same moment', async () => {
			processedData.latencyMs = 2;
			const call = await trigger.receive(await trigger.bodyOfMove());
			const runs = await Promise.all(
				Array.from({ length: 20 }, async (_none, n) =>
					trigger.execute(call.items, { executionId: String(n + 1) }),
				),
			);
			expect(runs.flat()).toHaveLength(1);
		});

		it.each(['manual', 'retry'] as const)('is let through in mode %s', async (mode) => {
			const call = await trigger.receive(await trigger.bodyOfMove());
			await trigger.execute(call.items, { executionId: '1' });
			await expect(trigger.execute(call.items, { executionId: '2', mode })).resolves.toHaveLength(
				1,
			);
		});

		it('starts the test listener again and again', async () => {
			const body = await trigger.bodyOfMove();
			expect((await trigger.receive(body, { mode: 'manual' })).items).not.toBeNull();
			expect((await trigger.receive(body, { mode: 'manual' })).items).not.toBeNull();
		});
	});

	describe('a Digital Pipeline hook', () => {
		beforeEach(async () => void (await trigger.hook('create')));

		const minimal = (leadId: number) =>
			[
				`leads[status][0][id]=${leadId}`,
				`leads[status][0][status_id]=${sales.invoiceSent}`,
				`leads[status][0][pipeline_id]=${sales.pipeline}`,
				`leads[status][0][old_status_id]=${sales.offerMade}`,
				`leads[status][0][old_pipeline_id]=${sales.pipeline}`,
				`account[id]=${trigger.kommo.account.id}`,
				'account[subdomain]=example',
			].join('&');

		it('is completed from the lead', async () => {
			const lead = trigger.kommo.createLead({ name: 'Order', price: 100 });
			const call = await trigger.receive(minimal(lead.id));
			const [change] = await trigger.execute(call.items);
			expect(change).toMatchObject({
				event: 'status_lead',
				leadId: lead.id,
				name: 'Order',
				price: 100,
				responsibleUserId: lead.responsible_user_id,
				oldStatusId: sales.offerMade,
				changedAt: `${new Date(lead.updated_at * 1000).toISOString().slice(0, 19)}Z`,
			});
		});

		it('is told once as long as the lead stays as it is', async () => {
			const lead = trigger.kommo.createLead();
			const first = await trigger.receive(minimal(lead.id));
			const second = await trigger.receive(minimal(lead.id));
			await expect(trigger.execute(first.items, { executionId: '1' })).resolves.toHaveLength(1);
			await expect(trigger.execute(second.items, { executionId: '2' })).resolves.toEqual([]);
		});

		it('is told again when the lead came back to the stage later', async () => {
			const lead = trigger.kommo.createLead();
			const first = await trigger.receive(minimal(lead.id));
			await trigger.execute(first.items, { executionId: '1' });
			trigger.kommo.lead(lead.id).updated_at += 60;
			const second = await trigger.receive(minimal(lead.id));
			await expect(trigger.execute(second.items, { executionId: '2' })).resolves.toHaveLength(1);
		});

		it('is not counted as seen when the lead could not be read', async () => {
			const lead = trigger.kommo.createLead();
			const call = await trigger.receive(minimal(lead.id));
			trigger.kommo.faults.add({ kind: 'answer', status: 401 });
			await expect(trigger.execute(call.items)).rejects.toThrow('does not accept the access token');
			trigger.kommo.faults.clear();
			await expect(trigger.execute(call.items, { executionId: '2' })).resolves.toHaveLength(1);
		});
	});
});
