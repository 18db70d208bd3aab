import type { IDataObject } from 'n8n-workflow';
import { DEFAULTS } from '../../simulators/kommo';
import { fixtureText } from '../../simulators/kommo/fixture-files';
import { TriggerUnderTest } from './trigger-under-test';

const { sales } = DEFAULTS;

describe('Kommo Trigger', () => {
	let trigger: TriggerUnderTest;

	beforeAll(async () => (trigger = await TriggerUnderTest.start()));
	afterAll(async () => await trigger.close());
	beforeEach(async () => await trigger.reset());

	describe('a delivery', () => {
		beforeEach(async () => void (await trigger.hook('create')));

		it('of a stage change starts an execution with what changed', async () => {
			const call = await trigger.receive(await trigger.bodyOfMove());
			expect(call).toMatchObject({ status: 200, body: '', error: null });
			const [change] = await trigger.execute(call.items);
			expect(change).toMatchObject({
				event: 'status_lead',
				name: 'Order',
				price: 100,
				pipelineId: sales.pipeline,
				statusId: sales.invoiceSent,
				changedByUserId: DEFAULTS.users.salesManager,
				accountId: String(trigger.kommo.account.id),
			});
		});

		it('asks Kommo for nothing before it is answered', async () => {
			const body = await trigger.bodyOfMove();
			trigger.kommo.log.clear();
			await trigger.receive(body);
			expect(trigger.kommo.log.entries).toEqual([]);
		});

		it.each([
			['without a key', { key: null }],
			['with a wrong key', { key: 'f'.repeat(64) }],
			['with an empty key', { key: '' }],
		])('%s is refused', async (_name, settings) => {
			const call = await trigger.receive(await trigger.bodyOfMove(), settings);
			expect(call).toMatchObject({ status: 401, items: null, error: null });
		});

		it('is refused as long as no secret is stored', async () => {
			const call = await trigger.receive(await trigger.bodyOfMove(), { key: '', staticData: {} });
			expect(call).toMatchObject({ status: 401, items: null, error: null });
		});

		it('from another account is refused although the key is right', async () => {
			const call = await trigger.receive(fixtureText('webhook.lead.status.txt'));
			expect(call).toMatchObject({ status: 401, items: null });
		});

		it.each([
			['that reaches for the prototype', 'leads[__proto__][x]=1', 400],
			['that tells of nothing', 'a=1', 200],
			['that is empty', '', 200],
		])('%s starts nothing', async (_name, body, status) => {
			expect(await trigger.receive(body)).toMatchObject({ status, items: null, error: null });
		});

		it.each<[string, IDataObject]>([
			['of another pipeline', { pipelineId: '1' }],
			['of another stage', { statusId: '142' }],
			['from another stage', { fromStatusId: String(sales.offerMade) }],
			['of another event', { events: ['add_task'] }],
		])('%s is answered without an execution', async (_name, filter) => {
			const body = await trigger.bodyOfMove();
			Object.assign(trigger.parameters, filter);
			expect(await trigger.receive(body)).toMatchObject({ status: 200, items: null });
		});

		it('that fits pipeline, stage and origin starts one', async () => {
			Object.assign(trigger.parameters, {
				pipelineId: String(sales.pipeline),
				statusId: String(sales.invoiceSent),
				fromStatusId: String(sales.initialContact),
			});
			expect((await trigger.receive(await trigger.bodyOfMove())).items).not.toBeNull();
		});

		it('of our own change can be left out', async () => {
			const lead = trigger.kommo.createLead();
			await trigger.kommo.settled();
			trigger.receiver.received.length = 0;
			await trigger.account.run('lead:update', { updateFields: { stage: '142' } }, [
				{ leadId: lead.id },
			]);
			await trigger.kommo.settled();
			const body = trigger.receiver.received[0]?.body ?? '';
			expect((await trigger.receive(body)).items).not.toBeNull();
			trigger.parameters.options = { onlyByPeople: true };
			expect(await trigger.receive(body)).toMatchObject({ status: 200, items: null });
		});

		it('with thousands of keys is read in full', async () => {
			const fields = Array.from(
				{ length: 1500 },
				(_none, n) =>
					`leads[status][0][custom_fields][${n}][id]=${n}&leads[status][0][custom_fields][${n}][name]=F${n}&leads[status][0][custom_fields][${n}][values][0][value]=${n}`,
			);
			const call = await trigger.receive(`${await trigger.bodyOfMove()}&${fields.join('&')}`);
			const customFields = call.items?.[0]?.[0]?.json.customFields as IDataObject;
			expect(customFields.F1499).toBe('1499');
		});
	});

	it('adds the lead as it is now when it is to be loaded', async () => {
		await trigger.hook('create');
		trigger.parameters.options = { loadLead: true };
		const call = await trigger.receive(await trigger.bodyOfMove());
		const leadId = Number(call.items?.[0]?.[0]?.json.leadId);
		trigger.kommo.updateLead(leadId, { price: 250 });
		const [change] = await trigger.execute(call.items);
		expect(change).toMatchObject({ price: 100, lead: { leadId, price: 250 } });
	});

	it('has no expression in its webhook description', () => {
		expect(JSON.stringify(trigger.type.description.webhooks)).not.toContain('=');
	});
});
