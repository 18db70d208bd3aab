import axios from 'axios';
import request from '../../fixtures/checkout-com/workflows.create.request.json';
import { validateCheckoutJson } from '../../specs/validate-checkout-json';
import {
	AUTHORIZATION,
	officialClient,
	refusal,
	SIGNATURE_KEY,
	startBench,
	webhookAction,
	type Bench,
} from './test-checkout-com';

interface WorkflowDetails {
	id: string;
	name: string;
	active: boolean;
	conditions: Array<{ id: string; type: string }>;
	actions: Array<{ id: string; url: string }>;
}

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const approved = { type: 'event', events: { gateway: ['payment_approved'] } };
const channel = { type: 'processing_channel', processing_channels: [`pc_${'a'.repeat(26)}`] };
const workflow = (extra: object = {}) => ({
	name: 'n8n',
	conditions: [approved],
	actions: [webhookAction('https://n8n.example.com/webhook')],
	...extra,
});
const add = async (extra: object = {}) =>
	((await bench.client.workflows.add(workflow(extra))) as { id: string }).id;
const details = async (id: string) => (await bench.client.workflows.get(id)) as WorkflowDetails;

it('the documented request makes a workflow that can be read back with its key', async () => {
	const created = await bench.client.workflows.add(request);
	expect(validateCheckoutJson('POST /workflows', 'response:201', created)).toEqual([]);
	const { id } = created as { id: string };
	const found = await bench.client.workflows.get(id);
	expect(validateCheckoutJson('GET /workflows/{id}', 'response:200', found)).toEqual([]);
	expect(found).toMatchObject({
		...request,
		conditions: [
			{ id: expect.stringMatching(/^wfc_[a-z2-7]{26}$/) },
			{ type: 'processing_channel' },
		],
		actions: [
			{
				id: expect.stringMatching(/^wfa_[a-z2-7]{26}$/),
				headers: { Authorization: AUTHORIZATION },
				signature: { method: 'HMACSHA256', key: SIGNATURE_KEY },
			},
		],
	});
});

it('the key can be hidden', async () => {
	bench.checkout.settings.showSignatureKeys = false;
	const found = JSON.stringify(await bench.client.workflows.get(await add()));
	expect(found).not.toContain(SIGNATURE_KEY);
});

it('the list tells neither URLs nor conditions', async () => {
	const id = await add();
	const list = await bench.client.workflows.getAll();
	expect(validateCheckoutJson('GET /workflows', 'response:200', list)).toEqual([]);
	expect(list).toEqual({
		data: [
			{
				id,
				name: 'n8n',
				active: true,
				_links: { self: { href: `${bench.checkout.url}/workflows/${id}` } },
			},
		],
	});
});

it('event types come by source', async () => {
	const types = await bench.client.workflows.getEventTypes();
	expect(validateCheckoutJson('GET /workflows/event-types', 'response:200', types)).toEqual([]);
	expect(types).toMatchObject([{ id: 'gateway' }, { id: 'dispute' }]);
});

it.each([
	['no conditions', { conditions: undefined }, ['conditions_required']],
	['no actions', { actions: [] }, ['actions_invalid', 'actions_required']],
	[
		'an unknown event type',
		{ conditions: [{ type: 'event', events: { gateway: ['payment_made'] } }] },
		['event_types_invalid'],
	],
	[
		'a type under another source',
		{ conditions: [{ type: 'event', events: { disputes: ['dispute_won'] } }] },
		['event_types_invalid'],
	],
	[
		'two conditions of one type',
		{ conditions: [approved, { type: 'event', events: { dispute: ['dispute_won'] } }] },
		['conditions_type_duplicated'],
	],
	[
		'the hyphen of the discriminator',
		{ conditions: [{ ...channel, type: 'processing-channel' }] },
		['conditions_invalid'],
	],
	[
		'an address without a scheme',
		{ actions: [webhookAction('n8n/hook')] },
		['actions_url_invalid'],
	],
	['an ftp address', { actions: [webhookAction('ftp://e.com')] }, ['actions_url_invalid']],
	[
		'another signature method',
		{ actions: [webhookAction('https://e.com', { signature: { method: 'SHA1', key: 'k' } })] },
		['actions_signature_method_invalid'],
	],
	[
		'a signature without a key',
		{ actions: [webhookAction('https://e.com', { signature: { method: 'HMACSHA256' } })] },
		['actions_signature_key_required'],
	],
])('a workflow with %s is 422', async (_name, extra, codes) => {
	expect(await refusal(bench.client.workflows.add(workflow(extra)))).toEqual({
		status: 422,
		codes,
	});
});

it('the 101st workflow is refused', async () => {
	for (let count = 0; count < 100; count += 1) await add();
	expect((await refusal(add())).codes).toEqual(['workflows_limit_exceeded']);
});

describe('a patch', () => {
	it('changes the name, the condition of a type, and an action by its id', async () => {
		const id = await add();
		const [action] = (await details(id)).actions;
		const client = officialClient(bench.checkout, 'axios');
		const patched = await client.workflows.patch(id, {
			name: 'renamed',
			active: false,
			conditions: [{ type: 'event', events: { dispute: ['dispute_won'] } }, channel],
			actions: [
				{ workflow_action_id: action?.id, type: 'webhook', url: 'https://moved.example.com' },
				webhookAction('https://second.example.com'),
			],
		});
		expect(validateCheckoutJson('PATCH /workflows/{id}', 'response:200', patched)).toEqual([]);
		expect(await details(id)).toMatchObject({
			name: 'renamed',
			active: false,
			conditions: [{ events: { dispute: ['dispute_won'] } }, { type: 'processing_channel' }],
			actions: [
				{
					id: action?.id,
					url: 'https://moved.example.com',
					signature: { key: SIGNATURE_KEY },
				},
				{ url: 'https://second.example.com' },
			],
		});
	});

	it('with an action of another workflow changes nothing and is 404', async () => {
		const id = await add();
		const patch = officialClient(bench.checkout, 'axios').workflows.patch(id, {
			name: 'renamed',
			actions: [{ workflow_action_id: 'wfa_x', type: 'webhook', url: 'https://e.com' }],
		});
		expect((await refusal(patch)).status).toBe(404);
		expect(await details(id)).toMatchObject({ name: 'n8n' });
	});

	it('in lower case, as the official client sends it by fetch, is not understood', async () => {
		const id = await add();
		await expect(bench.client.workflows.patch(id, { active: false })).rejects.toBeDefined();
		expect(await details(id)).toMatchObject({ active: true });
	});
});

describe('single parts', () => {
	it('actions are added, replaced and removed, but never the last', async () => {
		const id = await add();
		const { workflows } = bench.client;
		// The official client takes a body's own `headers` for those of the request (5.2.1).
		const bare = (url: string) => webhookAction(url, { headers: undefined });
		const added = await workflows.addAction(id, bare('https://second.example.com'));
		const { id: actionId } = added as { id: string };
		await workflows.updateAction(id, actionId, bare('https://third.example.com'));
		const [first, second] = (await details(id)).actions;
		expect(second).toMatchObject({ id: actionId, url: 'https://third.example.com' });
		await workflows.removeAction(id, first?.id ?? '');
		expect(await refusal(workflows.removeAction(id, actionId))).toEqual({
			status: 422,
			codes: ['actions_required'],
		});
	});

	it('conditions are added, replaced and removed, one of each type', async () => {
		const id = await add();
		const { workflows } = bench.client;
		expect((await refusal(workflows.addCondition(id, approved))).codes).toEqual([
			'conditions_type_duplicated',
		]);
		const added = await workflows.addCondition(id, channel);
		const { id: conditionId } = added as { id: string };
		expect((await refusal(workflows.updateCondition(id, conditionId, approved))).codes).toEqual([
			'conditions_type_duplicated',
		]);
		await workflows.removeCondition(id, conditionId);
		expect((await details(id)).conditions).toHaveLength(1);
	});
});

it('a deleted workflow is gone, and deleting it again is 404', async () => {
	const id = await add();
	await bench.client.workflows.remove(id);
	expect((await refusal(bench.client.workflows.get(id))).status).toBe(404);
	expect((await refusal(bench.client.workflows.remove(id))).status).toBe(404);
});

it('a key without permission gets 403 from workflows only', async () => {
	bench.checkout.settings.keyMayUseWorkflows = false;
	expect((await refusal(bench.client.workflows.getAll())).status).toBe(403);
	await bench.createLink();
});

describe('the test call', () => {
	const test = (id: string) =>
		axios.post(
			`${bench.checkout.url}/workflows/${id}/test`,
			{ event_types: ['payment_approved'] },
			{
				headers: { Authorization: `Bearer ${bench.checkout.secretKey}` },
				validateStatus: () => true,
			},
		);

	it('does not take a secret key', async () => {
		expect((await test(await bench.register(approved.events))).status).toBe(401);
		expect(bench.checkout.deliveries.attempts).toEqual([]);
	});

	it('sends a sample to this workflow only, where it takes the key', async () => {
		bench.checkout.settings.workflowTestTakesKey = true;
		const id = await bench.register(approved.events);
		await bench.register(approved.events);
		expect((await test(id)).status).toBe(204);
		await bench.checkout.deliveries.settled();
		expect(bench.types()).toEqual(['payment_approved']);
	});
});
