import { LoadOptionsContext } from 'n8n-core';
import { NodeHelpers, type INodePropertyOptions, type INodeType } from 'n8n-workflow';
import { Kommo } from '../../../nodes/Kommo/Kommo.node';
import { KommoTrigger } from '../../../nodes/Kommo/KommoTrigger.node';
import { DEFAULTS } from '../../simulators/kommo';
import { callLoadOptions } from '../harness';
import { additionalData } from '../harness/additional-data';
import { buildWorkflow } from '../harness/test-workflow';
import { startKommoAccount, type KommoAccount } from './kommo-account';

const { sales, renewals, users } = DEFAULTS;

describe('The lists in the editor', () => {
	let account: KommoAccount;

	beforeAll(async () => (account = await startKommoAccount()));
	afterAll(async () => await account.kommo.close());

	const load = async (type: INodeType, method: string, parameters = {}, settings = {}) =>
		await callLoadOptions(
			type,
			method,
			// The editor always sends the defaults along.
			{ authentication: 'kommoPaymentsApi', ...parameters },
			{ ...account.credentials, ...settings },
		);

	const options = async (type: INodeType, method: string, parameters = {}) =>
		(await load(type, method, parameters)) as INodePropertyOptions[];

	it('offer every stage of every pipeline but the incoming ones', async () => {
		const stages = await options(new Kommo(), 'getStages');
		expect(stages.slice(0, 2).map(({ value }) => value)).toEqual(['142', '143']);
		const values = stages.map(({ value }) => value);
		expect(values).toContain(`${sales.pipeline}:${sales.invoiceSent}`);
		expect(values).toContain(`${renewals.pipeline}:143`);
		expect(values).not.toContain(`${sales.pipeline}:${sales.incoming}`);
	});

	it('name fields by their code where they have one', async () => {
		const plain = account.kommo.addField({ name: 'Plain', type: 'text' });
		account.kommo.addField({ name: 'Coded', type: 'text', code: 'KP_CODED' });
		const fields = await options(new Kommo(), 'getLeadFields');
		expect(fields).toContainEqual(expect.objectContaining({ name: 'Coded', value: 'KP_CODED' }));
		expect(fields).toContainEqual(
			expect.objectContaining({ name: 'Plain', value: String(plain.id) }),
		);
	});

	it.each([
		['getUsers', { name: 'Sales manager', value: users.salesManager }],
		['getTaskTypes', { name: 'Meeting', value: 2 }],
		['getBots', { name: 'Send payment link', value: DEFAULTS.bot }],
		['getLossReasons', { name: 'Too expensive', value: DEFAULTS.lossReasons.tooExpensive }],
		['getContactFields', expect.objectContaining({ value: 'EMAIL' })],
	])('%s', async (method, expected) => {
		await expect(options(new Kommo(), method)).resolves.toContainEqual(expected);
	});

	it('of the trigger begin with Any', async () => {
		const pipelines = await options(new KommoTrigger(), 'getPipelines');
		expect(pipelines[0]).toEqual({ name: 'Any', value: '' });
		expect(pipelines.map(({ value }) => value)).toContain(String(renewals.pipeline));
	});

	it('of the trigger show the stages of the chosen pipeline, closed ones last', async () => {
		const stages = await options(new KommoTrigger(), 'getStages', {
			pipelineId: String(renewals.pipeline),
		});
		expect(stages.map(({ value }) => value)).toEqual([
			'',
			String(renewals.incoming),
			String(renewals.upcoming),
			String(renewals.paymentDue),
			String(renewals.renewed),
			'142',
			'143',
		]);
		expect(stages.slice(-2).map(({ name }) => name)).toEqual(['Closed – won', 'Closed – lost']);
	});

	it('say in words why they can not be filled', async () => {
		account.kommo.switches.administrator = false;
		await expect(load(new Kommo(), 'getUsers')).rejects.toMatchObject({
			description: expect.stringContaining('administrator') as string,
		});
		account.kommo.switches.administrator = true;
	});

	it('search leads page by page, with the address of each card', async () => {
		account.kommo.store.leads.clear();
		Array.from({ length: 60 }, (_none, n) => account.kommo.createLead({ name: `Order ${n}` }));
		account.kommo.createLead({ name: 'Something else' });
		const first = await load(new Kommo(), 'searchLeads', {}, { filter: 'Order' });
		expect(first).toMatchObject({ paginationToken: '2' });
		const results = 'results' in first ? first.results : [];
		expect(results).toHaveLength(50);
		expect(results[0]).toMatchObject({
			name: expect.stringContaining('Order') as string,
			url: `${account.kommo.url}/leads/detail/${String(results[0]?.value)}`,
		});
		const page = { filter: 'Order', paginationToken: '2' };
		const second = await load(new Kommo(), 'searchLeads', {}, page);
		expect('results' in second ? second.results : []).toHaveLength(10);
		expect(second).not.toHaveProperty('paginationToken');
	});

	it('search open tasks by their text', async () => {
		const lead = account.kommo.createLead();
		for (const text of ['Call the client', 'Send the contract']) {
			await account.run('task:create', { text }, [{ leadId: lead.id }]);
		}
		const found = await load(new Kommo(), 'searchTasks', {}, { filter: 'CONTRACT' });
		expect('results' in found ? found.results.map(({ name }) => name) : []).toEqual([
			'Send the contract',
		]);
	});

	it('give each custom field an input of its type', async () => {
		account.kommo.addField({ name: 'Size', type: 'select', enums: [{ value: 'S' }] });
		account.kommo.addField({ name: 'Delivery', type: 'date' });
		account.kommo.addField({ name: 'Agreed', type: 'checkbox' });
		account.kommo.addField({ name: 'Weight', type: 'numeric' });
		const kommo = new Kommo();
		const workflow = buildWorkflow({
			nodes: [{ type: kommo, name: 'Node' }],
			credentialNames: ['kommoPaymentsApi'],
		});
		const context = new LoadOptionsContext(
			workflow,
			Object.values(workflow.nodes)[0]!,
			additionalData(account.credentials, {}),
			'parameters.customFields',
		);
		const { fields } = await kommo.methods.resourceMapping.mapLeadFields.call(context);
		const inputs = Object.fromEntries(fields.map(({ displayName, type }) => [displayName, type]));
		expect(inputs).toMatchObject({
			Size: 'options',
			Delivery: 'dateTime',
			Agreed: 'boolean',
			Weight: 'number',
		});
		expect(fields.find(({ displayName }) => displayName === 'Size')?.options).toEqual([
			{ name: 'S', value: 'S' },
		]);
	});
});

describe('The outputs of the Kommo node', () => {
	it.each([
		['payment', 'getRequest', 2],
		['payment', 'apply', 2],
		['payment', 'saveLink', 1],
		['lead', 'get', 1],
		['salesbot', 'run', 1],
	])('for %s: %s are %i', (resource, operation, count) => {
		const kommo = new Kommo();
		const workflow = buildWorkflow({
			nodes: [{ type: kommo, name: 'Kommo', parameters: { resource, operation } }],
			credentialNames: [],
		});
		const node = workflow.getNode('Kommo')!;
		const outputs = NodeHelpers.getNodeOutputs(workflow, node, kommo.description);
		expect(outputs).toHaveLength(count);
	});
});
