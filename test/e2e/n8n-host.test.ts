import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { packPackage } from '../n8n-host/community-package';
import { N8nInstance } from '../n8n-host/n8n-instance';
import { errorOf, outputOf, type WorkflowFile } from '../n8n-host/n8n-records';
import { Editor, findChromium } from './editor';
import { writeToyPackage } from './toy-package';

const toyWorkflow = (webhookId: string, refuse = ''): WorkflowFile => ({
	name: `Toy ${webhookId}`,
	nodes: [
		{
			id: randomUUID(),
			name: 'Trigger',
			type: 'n8n-nodes-toy.toyTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { refuse },
			webhookId,
		},
		{
			id: randomUUID(),
			name: 'Toy',
			type: 'n8n-nodes-toy.toy',
			typeVersion: 1,
			position: [220, 0],
			parameters: {},
		},
	],
	connections: { Trigger: { main: [[{ node: 'Toy', type: 'main', index: 0 }]] } },
});

const post = async (url: string, body: unknown) =>
	await axios.post(url, body, { proxy: false, validateStatus: () => true });

describe('a real n8n with a packed community package in it', () => {
	let folder: string;
	let n8n: N8nInstance;
	/** Begun early, because n8n tries for 15 s. */
	let refusal: Promise<unknown>;

	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'toy-'));
		await writeToyPackage(path.join(folder, 'package'));
		const packageTarball = await packPackage(path.join(folder, 'package'), folder);
		// The default expression engine costs 50 ms of CPU per execution.
		const env = { N8N_EXPRESSION_ENGINE: 'legacy' };
		n8n = await N8nInstance.start({ packageTarball, env });
		const { id } = await n8n.importWorkflow(toyWorkflow(randomUUID(), 'No toys today'));
		refusal = n8n.publish(id).catch((error: unknown) => error);
	});

	afterAll(async () => {
		await n8n?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	it('knows the node types of the package', async () => {
		const names = (await n8n.nodeTypes()).map(({ name }) => name).sort();
		expect(names).toEqual(['n8n-nodes-toy.toy', 'n8n-nodes-toy.toyTrigger']);
	});

	it('tests a credential with the request that the package describes', async () => {
		const credential = { name: 'Toy', type: 'toyApi', data: { baseUrl: n8n.url } };
		expect(await n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const wrong = { ...credential, data: { baseUrl: 'http://127.0.0.1:1' } };
		expect(await n8n.testCredential(wrong)).toMatchObject({ status: 'Error' });
	});

	it('gives the saved credential to the imported nodes that take one', async () => {
		const data = { baseUrl: n8n.url };
		const credential = await n8n.createCredential({ name: 'Toy', type: 'toyApi', data });
		const { nodes } = await n8n.importWorkflow(toyWorkflow(randomUUID()), [credential]);
		expect(nodes.map((node) => node.credentials?.toyApi?.id)).toEqual([undefined, credential.id]);
	});

	it('answers the webhook of a published workflow and keeps the execution', async () => {
		const webhookId = randomUUID();
		const { id } = await n8n.importWorkflow(toyWorkflow(webhookId));
		await n8n.publish(id);

		const { status, data } = await post(n8n.webhookUrl(webhookId), { ball: 1 });

		expect({ status, data }).toEqual({ status: 200, data: { taken: true } });
		const execution = await n8n.waitForExecution(undefined, { workflowId: id });
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		expect(outputOf(execution, 'Toy')).toEqual([{ ball: 1, played: true }]);
		await n8n.unpublish(id);
		expect((await post(n8n.webhookUrl(webhookId), {})).status).toBe(404);
	});

	it('publishes a workflow that only other workflows start', async () => {
		const trigger = {
			name: 'On error',
			type: 'n8n-nodes-base.errorTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const { id } = await n8n.importWorkflow({ nodes: [trigger], connections: {} });
		await expect(n8n.publish(id)).resolves.toBeUndefined();
	});

	it('waits for one test event when a webhook trigger is run by hand', async () => {
		const webhookId = randomUUID();
		const { id } = await n8n.importWorkflow(toyWorkflow(webhookId));
		expect(await n8n.runManually(id, 'Trigger')).toEqual({ waitingForWebhook: true });
		expect((await post(n8n.testWebhookUrl(webhookId), { ball: 2 })).status).toBe(200);
		const execution = await n8n.waitForExecution(undefined, { workflowId: id });
		expect(execution).toMatchObject({ status: 'success', mode: 'manual' });
	});

	it('runs a failed execution again with its own data', async () => {
		const webhookId = randomUUID();
		const { id } = await n8n.importWorkflow(toyWorkflow(webhookId));
		await n8n.publish(id);
		await post(n8n.webhookUrl(webhookId), { fail: true });
		const failed = await n8n.waitForExecution(undefined, { workflowId: id });
		expect(errorOf(failed)).toBe('The toy broke');

		const retried = await n8n.retryExecution(failed.id);

		expect(retried).toMatchObject({ status: 'success', mode: 'retry', retryOf: failed.id });
		expect(outputOf(retried, 'Toy')).toEqual([{ fail: true, played: true }]);
	});

	it('lists more executions than fit on one page of the API', async () => {
		const webhookId = randomUUID();
		const { id } = await n8n.importWorkflow(toyWorkflow(webhookId));
		await n8n.publish(id);
		for (let count = 0; count < 101; count += 1) await post(n8n.webhookUrl(webhookId), { count });
		const ids = (await n8n.executions(id)).map((execution) => execution.id);
		expect(new Set(ids).size).toBe(101);
	});

	it('gives a key that the public API accepts', async () => {
		const headers = { 'x-n8n-api-key': await n8n.apiKey() };
		const { data } = await axios.get(`${n8n.url}/api/v1/workflows`, { headers, proxy: false });
		expect(data.data.length).toBeGreaterThan(0);
	});

	(findChromium() === null ? it.skip : it)('shows the workflow in its editor', async () => {
		const { id } = await n8n.importWorkflow(toyWorkflow(randomUUID()));
		const editor = await Editor.start(n8n);
		try {
			await editor.openWorkflow(id);
			expect(await editor.page.getByTestId('canvas-node').count()).toBe(2);
			expect(existsSync(await editor.screenshot('toy-workflow'))).toBe(true);
			expect(editor.blockedRequests).toEqual([]);
		} finally {
			await editor.close();
		}
	});

	it('tells why a workflow could not be published', async () => {
		expect(await refusal).toEqual(new Error('Publishing ended as failed. Trigger: No toys today'));
	});

	it('answers the same webhook after a kill -9 and a restart', async () => {
		const webhookId = randomUUID();
		const { id } = await n8n.importWorkflow(toyWorkflow(webhookId));
		await n8n.publish(id);
		const url = n8n.url;
		await n8n.kill9();
		expect(n8n.pid).toBeUndefined();
		await expect(axios.get(url, { proxy: false })).rejects.toThrow('ECONNREFUSED');

		await n8n.restart({ awaitWebhook: n8n.webhookUrl(webhookId) });

		expect(n8n.url).toBe(url);
		expect((await post(n8n.webhookUrl(webhookId), { ball: 3 })).status).toBe(200);
		const execution = await n8n.waitForExecution(undefined, { workflowId: id });
		expect(outputOf(execution, 'Toy')).toEqual([{ ball: 3, played: true }]);
	});
});
