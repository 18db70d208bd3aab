import { gzipSync } from 'node:zlib';
import {
	NodeApiError,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { listen, rawBodyApp, type RunningServer } from '../simulators/http/server';
import { RequestLog } from '../simulators/http/request-log';
import {
	callHook,
	callLoadOptions,
	callWebhook,
	errorOf,
	outputsOf,
	processedData,
	runNode,
	runWorkflow,
	type WebhookCall,
} from './harness';

class EchoApi implements ICredentialType {
	name = 'echoApi';
	displayName = 'Echo API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://unset' },
	];
	authenticate = async (
		credentials: IDataObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...request,
		url: `${String(credentials.baseUrl)}${request.url}`,
		headers: { ...request.headers, authorization: `Bearer ${String(credentials.key)}` },
	});
}

class GenericApi implements ICredentialType {
	name = 'genericApi';
	displayName = 'Generic API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
	];
	authenticate: ICredentialType['authenticate'] = {
		type: 'generic',
		properties: { headers: { 'x-key': '={{"k-" + $credentials.key}}' }, qs: { fixed: 'yes' } },
	};
}

const base: Omit<INodeTypeDescription, 'name' | 'displayName' | 'inputs'> = {
	group: ['transform'],
	version: 1,
	description: 'A node made for this test',
	defaults: {},
	outputs: ['main'],
	properties: [],
};

/** Asks the loopback server and sends odd items to the second output. */
class Echo implements INodeType {
	description: INodeTypeDescription = {
		...base,
		name: 'echo',
		displayName: 'Echo',
		inputs: ['main'],
		outputs: ['main', 'main'],
		credentials: [{ name: 'echoApi' }, { name: 'genericApi' }],
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '/' },
			{ displayName: 'Type', name: 'credentialType', type: 'string', default: 'echoApi' },
		],
	};

	methods = {
		loadOptions: {
			async paths(this: ILoadOptionsFunctions) {
				const { key } = await this.getCredentials<{ key: string }>('echoApi');
				return [{ name: `${String(this.getCurrentNodeParameter('path'))} of ${key}`, value: 1 }];
			},
		},
		listSearch: {
			async leads(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
				return { results: [{ name: `${filter}-${paginationToken}`, value: 1 }] };
			},
		},
	};

	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		const outputs: IDataObject[][] = [[], []];
		for (let index = 0; index < items.length; index += 1) {
			const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
				this,
				this.getNodeParameter('credentialType', index) as string,
				{ method: 'GET', url: this.getNodeParameter('path', index) as string },
			);
			outputs[index % 2]?.push({ answer: answer as IDataObject, mode: this.getMode() });
		}
		return outputs.map((list) => this.helpers.returnJsonArray(list));
	}
}

/** Behaves as its parameter `does` says. */
class BellTrigger implements INodeType {
	description: INodeTypeDescription = {
		...base,
		name: 'bellTrigger',
		displayName: 'Bell Trigger',
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 1,
		inputs: [],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [{ displayName: 'Does', name: 'does', type: 'string', default: '' }],
	};

	static closedWith: number[] = [];

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return this.getWorkflowStaticData('node').webhookId !== undefined;
			},
			async create(this: IHookFunctions) {
				const data = this.getWorkflowStaticData('node');
				data.webhookId = `for ${this.getNodeWebhookUrl('default')}`;
				data.activation = this.getActivationMode();
				return true;
			},
			async delete(this: IHookFunctions) {
				delete this.getWorkflowStaticData('node').webhookId;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		const response = this.getResponseObject();
		response.once('close', () => BellTrigger.closedWith.push(response.statusCode));
		const request = this.getRequestObject() as unknown as { rawBody?: Buffer };
		this.getWorkflowStaticData('node').seen = true;
		const items = this.helpers.returnJsonArray({
			body: this.getBodyData(),
			bytes: request.rawBody?.toString('hex') ?? null,
			query: this.getQueryData() as IDataObject,
			header: this.getHeaderData()['x-bell'] as string,
		});
		switch (this.getNodeParameter('does')) {
			case 'refuse':
				response.status(401).json({ message: 'no' });
				return { noWebhookResponse: true };
			case 'ignore':
				return { webhookResponse: 'ignored' };
			case 'hang':
				return { noWebhookResponse: true };
			case 'throw':
				throw new Error('broken bell');
			case 'answer':
				return { webhookResponse: { ok: true }, workflowData: [items] };
			default:
				return { workflowData: [items] };
		}
	}

	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		const ids = items.map((item) => String(item.json.id));
		const { new: fresh } = await this.helpers.checkProcessedAndRecord(ids, 'node', {
			mode: 'entries',
			maxEntries: 3,
		});
		return [items.filter((item) => fresh.includes(String(item.json.id)))];
	}
}

const credentialTypes = [new EchoApi(), new GenericApi()];
const bell = new BellTrigger();
let server: RunningServer;
const log = new RequestLog();

beforeAll(async () => {
	const app = rawBodyApp();
	app.use(log.middleware());
	app.use((req, res) => {
		if (req.path === '/missing') res.status(404).json({ error: { message: 'no such path' } });
		else res.json({ path: req.path });
	});
	server = await listen(app);
});
afterAll(async () => await server.close());
beforeEach(() => {
	processedData.reset();
	log.clear();
	BellTrigger.closedWith = [];
});

const echoCredentials = () => ({ echoApi: { key: 'secret', baseUrl: server.url } });

describe('runWorkflow', () => {
	it('runs a trigger and an action in the real engine, with expressions and authenticated requests', async () => {
		const run = await runWorkflow({
			nodes: [
				{ type: bell, name: 'Bell' },
				{ type: new Echo(), name: 'Echo', parameters: { path: '=/lead/{{ $json.id }}' } },
			],
			credentials: echoCredentials(),
			credentialTypes,
			input: [{ json: { id: 7 } }, { json: { id: 8 } }, { json: { id: 9 } }],
			mode: 'webhook',
		});
		expect(errorOf(run)).toBeNull();
		expect(run.status).toBe('success');
		expect(outputsOf(run, 'Echo').map((items) => items.map((item) => item.json))).toEqual([
			[
				{ answer: { path: '/lead/7' }, mode: 'webhook' },
				{ answer: { path: '/lead/9' }, mode: 'webhook' },
			],
			[{ answer: { path: '/lead/8' }, mode: 'webhook' }],
		]);
		expect(log.entries.map((entry) => entry.headers.authorization)).toEqual(
			Array(3).fill('Bearer secret'),
		);
	});

	it('reports the failing node, and lets it continue where it may', async () => {
		const nodes = [{ type: new Echo(), name: 'Echo', parameters: { path: '/missing' } }];
		const credentials = echoCredentials();
		const run = await runWorkflow({ nodes, credentials, credentialTypes });
		expect(run.status).toBe('error');
		expect(errorOf(run, 'Echo')?.message).toContain('could not be found');
		expect(errorOf(run)?.message).toBe(errorOf(run, 'Echo')?.message);
	});

	it.each(['manual', 'retry', 'trigger', 'webhook'] as const)('runs in mode %s', async (mode) => {
		const [items] = await runNode(new Echo(), {}, [{ json: {} }], {
			credentials: echoCredentials(),
			credentialTypes,
			mode,
		});
		expect(items?.[0]?.json.mode).toBe(mode);
	});
});

describe('runNode', () => {
	it('throws the node error, and returns the items when the node continues', async () => {
		const settings = { credentials: echoCredentials(), credentialTypes };
		const items = [{ json: { id: 1 } }];
		await expect(runNode(new Echo(), { path: '/missing' }, items, settings)).rejects.toBeInstanceOf(
			NodeApiError,
		);
		await expect(runNode(new Echo(), { path: '/missing' }, items, settings)).rejects.toThrow(
			'could not be found',
		);
		const outputs = await runNode(new Echo(), { path: '/missing' }, items, {
			...settings,
			onError: 'continueRegularOutput',
		});
		// The engine hands the input on when a node throws without looking after its items itself.
		expect(outputs[0]?.[0]?.json).toEqual({ id: 1 });
	});

	it('resolves the expressions of generic authentication', async () => {
		await runNode(
			new Echo(),
			{ path: `${server.url}/x`, credentialType: 'genericApi' },
			[{ json: {} }],
			{
				credentials: { genericApi: { key: 'abc' } },
				credentialTypes,
			},
		);
		expect(log.entries[0]).toMatchObject({ query: 'fixed=yes', headers: { 'x-key': 'k-abc' } });
	});

	it('says that a credential is missing', async () => {
		await expect(runNode(new Echo(), {}, [{ json: {} }], { credentialTypes })).rejects.toThrow(
			'credentials',
		);
	});
});

describe('callWebhook', () => {
	const ring = async (
		does: string,
		settings: Parameters<typeof callWebhook>[3] = {},
		request: Partial<Parameters<typeof callWebhook>[2]> = {},
	): Promise<WebhookCall> =>
		await callWebhook(bell, { does }, { rawBody: Buffer.from('{"a":"é"}'), ...request }, settings);

	it('gives the node the exact bytes and the parsed body, and answers 200', async () => {
		const call = await ring('', {}, { headers: { 'X-Bell': 'ding' }, query: { s: '1' } });
		expect(call.status).toBe(200);
		expect(call.body).toEqual({ message: 'Workflow was started' });
		expect(call.items?.[0]?.[0]?.json).toEqual({
			body: { a: 'é' },
			bytes: Buffer.from('{"a":"é"}').toString('hex'),
			query: { s: '1' },
			header: 'ding',
		});
		expect(BellTrigger.closedWith).toEqual([200]);
	});

	it.each<[string, number | null, unknown, boolean]>([
		['answer', 200, { ok: true }, true],
		['ignore', 200, 'ignored', false],
		['refuse', 401, { message: 'no' }, false],
	])('answers a node that does "%s" with %s', async (does, status, body, started) => {
		const call = await ring(does);
		expect([call.status, call.body, call.items !== null]).toEqual([status, body, started]);
		expect(BellTrigger.closedWith).toEqual([status]);
	});

	it('answers 500 and keeps the error when the node throws', async () => {
		const call = await ring('throw');
		expect(call.status).toBe(500);
		expect(call.error?.message).toBe('broken bell');
		expect(call.result).toBeUndefined();
	});

	it('shows a node that never answers', async () => {
		const call = await ring('hang');
		expect(call.status).toBeNull();
		await call.closed('hang up');
		expect(call.status).toBeNull();
	});

	it.each([
		['application/json', '{broken', 422],
		['application/json; charset=utf-8', '{"a":1}', 200],
		['application/x-www-form-urlencoded', 'a%5Bb%5D=1&c=2', 200],
	])('parses %s with %s as n8n does', async (type, rawBody, status) => {
		const call = await ring('', {}, { rawBody, headers: { 'Content-Type': type } });
		expect(call.status).toBe(status);
		if (type.includes('form')) {
			expect(call.items?.[0]?.[0]?.json.body).toEqual({ 'a[b]': '1', c: '2' });
		}
		expect(call.items === null).toBe(status === 422);
	});

	it('hands over the decompressed body of a gzip request', async () => {
		const call = await ring(
			'',
			{},
			{ rawBody: gzipSync('{"a":1}'), headers: { 'content-encoding': 'gzip' } },
		);
		expect(call.items?.[0]?.[0]?.json.body).toEqual({ a: 1 });
	});

	it('reads nothing of unknown content types from version 2 on', async () => {
		const call = await ring('', { typeVersion: 2 }, { headers: { 'content-type': 'foo/bar' } });
		expect(call.items?.[0]?.[0]?.json.bytes).toBeNull();
	});

	it('knows no other method', async () => {
		expect((await ring('', {}, { method: 'PUT' })).status).toBe(404);
	});

	it.each([500, 503, 200] as const)(
		'closes a held response with %s when told so',
		async (status) => {
			const call = await ring('', { response: 'hold' });
			expect(call.status).toBeNull();
			expect(call.items).toHaveLength(1);
			expect(BellTrigger.closedWith).toEqual([]);
			await call.closed(status);
			expect(BellTrigger.closedWith).toEqual([status]);
			expect(call.status).toBe(status);
		},
	);

	it('closes a held response as n8n would, or because the client went away', async () => {
		const answered = await ring('answer', { response: 'hold' });
		await answered.closed();
		expect(answered.body).toEqual({ ok: true });
		const gone = await ring('answer', { response: 'hold' });
		await gone.closed('hang up');
		expect(gone.status).toBeNull();
		expect(BellTrigger.closedWith).toHaveLength(2);
	});

	it('loses what webhook() writes to static data once there is some, as n8n does since 2.36', async () => {
		const empty: IDataObject = {};
		await ring('', { staticData: empty });
		expect(empty).toEqual({ seen: true });
		const filled: IDataObject = { webhookId: 'we_1' };
		const call = await ring('', { staticData: filled });
		expect(filled).toEqual({ webhookId: 'we_1' });
		expect(call.staticData).toBe(filled);
		await ring('ignore', { staticData: filled });
		expect(filled).toEqual({ webhookId: 'we_1', seen: true });
	});
});

describe('callHook', () => {
	it('registers and unregisters with static data that lasts', async () => {
		const staticData: IDataObject = {};
		const settings = { staticData, webhookUrl: 'https://n8n.example.com/webhook/x/webhook' };
		expect((await callHook(bell, 'checkExists', {}, settings)).result).toBe(false);
		await callHook(bell, 'create', {}, settings);
		expect(staticData).toEqual({ webhookId: `for ${settings.webhookUrl}`, activation: 'activate' });
		expect((await callHook(bell, 'checkExists', {}, settings)).result).toBe(true);
		await callHook(bell, 'delete', {}, settings);
		expect(staticData).toEqual({ activation: 'activate' });
	});

	it('gives n8n addresses of its own for production and for test listening', async () => {
		const urlIn = async (mode: 'trigger' | 'manual') =>
			(await callHook(bell, 'create', {}, { mode, webhookId: 'w1' })).staticData;
		expect(await urlIn('trigger')).toEqual({
			webhookId: 'for https://n8n.example.com/webhook/w1/webhook',
			activation: 'activate',
		});
		expect(await urlIn('manual')).toEqual({
			webhookId: 'for https://n8n.example.com/webhook-test/w1/webhook',
			activation: 'manual',
		});
	});
});

describe('callLoadOptions', () => {
	it('loads options and searches lists', async () => {
		const settings = { credentials: echoCredentials(), credentialTypes };
		expect(await callLoadOptions(new Echo(), 'paths', { path: '/a' }, settings)).toEqual([
			{ name: '/a of secret', value: 1 },
		]);
		expect(
			await callLoadOptions(new Echo(), 'leads', {}, { filter: 'acme', paginationToken: '2' }),
		).toEqual({ results: [{ name: 'acme-2', value: 1 }] });
	});
});

describe('processedData', () => {
	const idsAfter = async (...ids: string[]) => {
		const [items] = await runNode(
			bell,
			{},
			ids.map((id) => ({ json: { id } })),
		);
		return items?.map((item) => item.json.id);
	};

	it('calls an item new once, and forgets the oldest beyond maxEntries', async () => {
		expect(await idsAfter('a', 'b')).toEqual(['a', 'b']);
		expect(await idsAfter('b', 'c', 'd')).toEqual(['c', 'd']);
		expect(processedData.size).toBe(3);
		expect(processedData.has('a')).toBe(false);
		expect(await idsAfter('a')).toEqual(['a']);
	});

	it('is not atomic, like the table of n8n', async () => {
		await idsAfter('first');
		const both = await Promise.all([idsAfter('x'), idsAfter('x')]);
		expect(both).toEqual([['x'], ['x']]);
	});
});
