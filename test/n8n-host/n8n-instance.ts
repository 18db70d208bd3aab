import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { parse as parseFlatted } from 'flatted';
import type { ExecutionStatus, IRunExecutionData } from 'n8n-workflow';
import { installCommunityPackage } from './community-package';
import { ensureN8nInstalled, type InstalledN8n, type Log } from './install';
import { freePorts, N8nProcess } from './n8n-process';
import type {
	CredentialData,
	CredentialTest,
	Execution,
	ExecutionSummary,
	ManualRun,
	NodeTypeEntry,
	Owner,
	PublicationStatus,
	SavedCredential,
	SavedWorkflow,
	WorkflowFile,
} from './n8n-records';
import { N8nRest } from './n8n-rest';
import { waitFor } from './wait-for';

export interface N8nInstanceOptions {
	/** Where n8n keeps its data. Without it a temporary folder, which `stop()` removes. */
	userFolder?: string;
	/** Without it a free one. */
	port?: number;
	/** Our package as `npm pack` makes it. */
	packageTarball: string;
	/** Added to n8n's environment; nothing of our own environment reaches it but PATH and the like. */
	env?: Record<string, string>;
	/** Gets n8n's log lines and the installation's progress. */
	log?: Log;
}

export interface WaitForExecutionOptions {
	workflowId?: string;
	/** Milliseconds; 90 s by default. */
	timeoutMs?: number;
}

const OWNER: Owner = { email: 'owner@example.com', password: 'Owner-of-this-n8n-1' };

const isOver = ({ status }: ExecutionSummary): boolean =>
	status !== 'new' && status !== 'running' && status !== 'waiting';

/** A real n8n with our package in it, driven over the REST API its own editor uses. */
export class N8nInstance {
	readonly owner = OWNER;
	/** Every line n8n has written so far, over all restarts. */
	readonly logs: string[] = [];
	private readonly rest: N8nRest;
	private process: N8nProcess | null = null;
	private exportKey: string | null = null;

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly userFolder: string,
		private readonly port: number,
		/** The name of the package under test, the prefix of its node types. */
		readonly packageName: string,
		private readonly options: N8nInstanceOptions,
	) {
		this.rest = new N8nRest(`http://127.0.0.1:${port}`);
	}

	/** Installs n8n if need be, starts it with the package and logs in: 5 to 8 s once installed. */
	static async start(options: N8nInstanceOptions): Promise<N8nInstance> {
		const installed = await ensureN8nInstalled({ log: options.log ?? (() => {}) });
		const userFolder = options.userFolder ?? (await mkdtemp(path.join(tmpdir(), 'n8n-')));
		const packageName = await installCommunityPackage(options.packageTarball, userFolder);
		const [freePort = 0] = await freePorts(1);
		const port = options.port ?? freePort;
		const n8n = new N8nInstance(installed, userFolder, port, packageName, options);
		try {
			await n8n.boot();
		} catch (error) {
			await n8n.stop();
			throw error;
		}
		return n8n;
	}

	get url(): string {
		return this.rest.url;
	}

	/** The owner's session, for a browser. */
	get cookie(): { name: string; value: string; url: string } {
		return this.rest.cookie;
	}

	/** n8n's process id while it runs. */
	get pid(): number | undefined {
		return this.process?.running ? this.process.pid : undefined;
	}

	async createCredential(credential: CredentialData): Promise<SavedCredential> {
		return await this.rest.post('/rest/credentials', credential);
	}

	/** Saves other data in a credential, as a user does who edits it. */
	async updateCredential({ id }: SavedCredential, credential: CredentialData): Promise<void> {
		await this.rest.patch(`/rest/credentials/${id}`, credential);
	}

	async deleteCredential({ id }: SavedCredential): Promise<void> {
		await this.rest.delete(`/rest/credentials/${id}`);
	}

	/** What the credential's Test button does; nothing need be saved before. */
	async testCredential(credential: CredentialData & { id?: string }): Promise<CredentialTest> {
		const credentials = { id: credential.id ?? '', ...credential };
		return await this.rest.post('/rest/credentials/test', { credentials });
	}

	/**
	 * What the editor's Import from File and Save do. n8n gives webhook nodes without a webhookId one.
	 * @param credentials stand in for the ones the user would choose in each node that takes their type.
	 */
	async importWorkflow(
		file: WorkflowFile,
		credentials: SavedCredential[] = [],
	): Promise<SavedWorkflow> {
		const nodes =
			credentials.length === 0 ? file.nodes : await this.withCredentials(file, credentials);
		return await this.rest.post('/rest/workflows', {
			name: file.name ?? 'Imported workflow',
			nodes,
			connections: file.connections,
			settings: file.settings ?? { executionOrder: 'v1' },
			pinData: file.pinData ?? {},
			active: false,
		});
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.rest.get(`/rest/workflows/${id}`);
	}

	/**
	 * Publishes the current draft and waits until its triggers are registered. n8n calls a trigger's
	 * create() up to five times, 1, 2, 4 and 8 s apart, so a refusal takes at least 15 s.
	 * @throws with the triggers' own messages when one of them could not be.
	 */
	async publish(id: string): Promise<void> {
		const { versionId, nodes } = await this.workflow(id);
		await this.rest.post(`/rest/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await this.settledPublication(id);
		if (status === 'published' || status === 'not_published') return;
		const reasons = triggers
			.filter((trigger) => trigger.status === 'failed')
			.map(({ nodeId, errorMessage }) => {
				const name = nodes.find((node) => node.id === nodeId)?.name ?? nodeId;
				return `${name}: ${errorMessage ?? 'no reason given'}`;
			});
		throw new Error(`Publishing ended as ${status}. ${reasons.join('; ')}`);
	}

	/** Resolves when the triggers are no longer registered. */
	async unpublish(id: string): Promise<void> {
		await this.rest.post(`/rest/workflows/${id}/deactivate`);
		await this.settledPublication(id);
	}

	/** The editor's Execute Workflow. A webhook trigger then waits for one call of its test URL. */
	async runManually(id: string, triggerNodeName: string): Promise<ManualRun> {
		const workflowData = await this.workflow(id);
		const run = { workflowData, triggerToStartFrom: { name: triggerNodeName } };
		return await this.rest.post(`/rest/workflows/${id}/run`, run, { 'push-ref': 'driver' });
	}

	/**
	 * All executions, of one workflow or of all, newest first.
	 * @param status only those that stand so
	 */
	async executions(
		workflowId?: string,
		status?: readonly ExecutionStatus[],
	): Promise<ExecutionSummary[]> {
		const filter = JSON.stringify({ workflowId, status });
		// One that ends between two pages would be on both.
		const found = new Map<string, ExecutionSummary>();
		let cursor: string | null | undefined;
		do {
			const page = await this.rest.get<{
				results: ExecutionSummary[];
				nextCursor?: string | null;
			}>('/rest/executions', { filter, limit: 100, ...(cursor && { cursor }) });
			for (const execution of page.results) found.set(execution.id, execution);
			cursor = page.nextCursor;
		} while (cursor);
		return [...found.values()];
	}

	async execution(id: string): Promise<Execution> {
		const stored = await this.rest.get<ExecutionSummary & { data?: string }>(
			`/rest/executions/${id}`,
		);
		const data = stored.data ? (parseFlatted(stored.data) as IRunExecutionData) : null;
		return { ...stored, data };
	}

	/** All that n8n stores of an execution and shows to whoever may open it, as text. */
	async executionRecord(id: string): Promise<string> {
		const { data = '', ...rest } = await this.rest.get<{ data?: string }>(`/rest/executions/${id}`);
		return `${JSON.stringify(rest)}\n${data}`;
	}

	/** Every workflow as the public API gives it, static data and all: more than the editor's Download does. */
	async exportedWorkflows(): Promise<Array<{ name: string }>> {
		const key = (this.exportKey ??= await this.apiKey('export'));
		const { data } = await axios.get<{ data: Array<{ name: string }> }>(
			`${this.url}/api/v1/workflows`,
			{ params: { limit: 250 }, headers: { 'X-N8N-API-KEY': key }, proxy: false },
		);
		return data.data;
	}

	/** The first execution that is over and fits. */
	async waitForExecution(
		predicate: (execution: ExecutionSummary) => boolean = () => true,
		{ workflowId, timeoutMs }: WaitForExecutionOptions = {},
	): Promise<Execution> {
		let seen: ExecutionSummary[] = [];
		const { id } = await waitFor(
			'an execution that is over and fits',
			async () => {
				seen = await this.executions(workflowId);
				return seen.find((execution) => isOver(execution) && predicate(execution));
			},
			{ timeoutMs, describe: () => `There are ${JSON.stringify(seen)}` },
		);
		return await this.execution(id);
	}

	/** The Retry button: runs a failed or crashed execution again with its original data, to its end. */
	async retryExecution(id: string): Promise<Execution> {
		const body = { loadWorkflow: false };
		const retried = await this.rest.post<{ id: string }>(`/rest/executions/${id}/retry`, body);
		return await this.execution(retried.id);
	}

	/** @param path the `path` of the node's webhook description */
	webhookUrl(webhookId: string, path = 'webhook'): string {
		return `${this.url}/webhook/${webhookId}/${path}`;
	}

	testWebhookUrl(webhookId: string, path = 'webhook'): string {
		return `${this.url}/webhook-test/${webhookId}/${path}`;
	}

	/** Descriptions of our package's node types, as the editor gets them. */
	async nodeTypes(): Promise<NodeTypeEntry[]> {
		const all = await this.allNodeTypes();
		return all.filter(({ name }) => name.startsWith(`${this.packageName}.`));
	}

	/** The same of n8n's own nodes, too. */
	async allNodeTypes(): Promise<NodeTypeEntry[]> {
		// n8n writes the file anew at its start and may serve it half written: cut off, or no JSON.
		let refusal = 'It was no JSON';
		const look = async () => {
			const list = await this.rest
				.get<unknown>('/types/nodes.json')
				.catch((error: unknown) => void (refusal = String(error)));
			return Array.isArray(list) ? (list as NodeTypeEntry[]) : undefined;
		};
		return await waitFor("n8n's list of node types", look, {
			describe: () => `${refusal}\n${this.logs.slice(-20).join('\n')}`,
		});
	}

	/** A new key for the public API (header X-N8N-API-KEY) with every scope the owner has. */
	async apiKey(label = 'driver'): Promise<string> {
		const scopes = await this.rest.get<string[]>('/rest/api-keys/scopes');
		const key = { label, scopes, expiresAt: null };
		return (await this.rest.post<{ rawApiKey: string }>('/rest/api-keys', key)).rawApiKey;
	}

	/** SIGKILL, as a power cut would. */
	async kill9(): Promise<void> {
		await this.process?.kill9();
	}

	/**
	 * Starts n8n again on the same data and port, after stopping it if it still runs.
	 * @param awaitWebhook resolve only when this production webhook is registered again: n8n does
	 *   that some time after it is ready, and answers 404 until then
	 */
	async restart({ awaitWebhook }: { awaitWebhook?: string } = {}): Promise<void> {
		await this.process?.stop();
		await this.boot();
		if (awaitWebhook === undefined) return;
		await waitFor(`webhook ${awaitWebhook}`, async () =>
			(await this.registeredMethods(awaitWebhook)).length > 0 ? true : undefined,
		);
	}

	/** SIGTERM, waits for the end, and removes the data unless `userFolder` was given. */
	async stop(): Promise<void> {
		await this.process?.stop();
		if (this.options.userFolder === undefined) {
			await rm(this.userFolder, { recursive: true, force: true, maxRetries: 3 });
		}
	}

	private async boot(): Promise<void> {
		this.process = await N8nProcess.start({
			installed: this.installed,
			userFolder: this.userFolder,
			port: this.port,
			env: this.options.env ?? {},
			onLine: (line) => {
				this.logs.push(line);
				this.options.log?.(line);
			},
		});
		await this.rest.signIn(this.owner);
	}

	/** Asks the way a browser's preflight does, which starts no execution. */
	private async registeredMethods(webhookUrl: string): Promise<string[]> {
		const { headers } = await axios.options(webhookUrl, {
			headers: { origin: this.url },
			proxy: false,
			validateStatus: () => true,
		});
		const allowed = String(headers['access-control-allow-methods'] ?? '').split(', ');
		return allowed.filter((method) => method !== '' && method !== 'OPTIONS');
	}

	/** A workflow without triggers of its own (a sub-workflow) settles as 'not_published'. */
	private async settledPublication(id: string): Promise<PublicationStatus> {
		const route = `/rest/workflows/${id}/publication-status`;
		const look = async () => {
			const now = await this.rest.get<PublicationStatus>(route);
			return now.status === 'in_progress' ? undefined : now;
		};
		return await waitFor(`the publication of workflow ${id}`, look, { timeoutMs: 120_000 });
	}

	private async withCredentials(
		{ nodes }: WorkflowFile,
		credentials: SavedCredential[],
	): Promise<WorkflowFile['nodes']> {
		const types = new Map((await this.nodeTypes()).map((type) => [type.name, type]));
		return nodes.map((node) => {
			const taken = types.get(node.type)?.credentials?.map(({ name }) => name) ?? [];
			const chosen = credentials.filter(({ type }) => taken.includes(type));
			const added = chosen.map(({ id, name, type }) => [type, { id, name }]);
			return { ...node, credentials: { ...node.credentials, ...Object.fromEntries(added) } };
		});
	}
}
