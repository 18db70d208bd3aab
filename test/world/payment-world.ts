import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { N8nInstance } from '../n8n-host/n8n-instance';
import type { SavedCredential, SavedWorkflow, WorkflowFile } from '../n8n-host/n8n-records';
import { waitFor } from '../n8n-host/wait-for';
import { startKommo, type KommoSimulator } from '../simulators/kommo';
import type { WorldGateway } from './world-gateway';

const WORKFLOWS = path.resolve(__dirname, '../../workflows');

/**
 * Twice Kommo's own. The simulators share a process with the tests: when that is busy, requests that were sent in time are
 * seen bunched. That the budget of 7 a second is kept is proved in test/engine/Kommo/rate.test.ts.
 */
const KOMMO_RATE_LIMIT = 14;

/** For who starts the look back himself: the real clock must not do so in between, at a quarter to, say. */
export const NO_LOOK_BACK_BY_CLOCK = {
	'Every 15 Minutes': {
		parameters: {
			rule: { interval: [{ field: 'cronExpression', expression: '0 0 29 2 *' }] },
		},
	},
};

export interface WorldOptions {
	packageTarball: string;
	gateways: readonly WorldGateway[];
	/** One template for all gateways; each gateway's own when left out. */
	sharedTemplate?: string;
	/** What a person sets in the imported workflow before activating it: parameters by node name; `disabled` too. */
	edits?: Readonly<Record<string, { disabled?: boolean; parameters?: IDataObject }>>;
	kommo?: KommoSimulator;
	/** Fixed port of n8n; a free one when left out. */
	n8nPort?: number;
	/** Added to n8n's environment. */
	n8nEnv?: Record<string, string>;
	/** Added to the Kommo credential's fields. */
	kommoCredential?: Record<string, unknown>;
	/** One that runs already, instead of one of its own. */
	n8n?: N8nInstance;
	/** Progress for people. */
	log?: (line: string) => void;
}

/**
 * Everything a company has: a Kommo account, payment providers, and a real n8n in which our package is installed, the
 * fields are set up and the templates are active.
 */
export class PaymentWorld {
	private constructor(
		readonly n8n: N8nInstance,
		readonly kommo: KommoSimulator,
		readonly gateways: readonly WorldGateway[],
		readonly credentials: readonly SavedCredential[],
		/** By the id of their gateway. */
		readonly workflows: ReadonlyMap<string, SavedWorkflow>,
	) {}

	/** Takes the gateways and the Kommo account over: `stop()` closes them, and so does a start that fails. */
	static async start(options: WorldOptions): Promise<PaymentWorld> {
		const log = options.log ?? (() => {});
		const opened: Array<() => Promise<void>> = options.gateways.map((gateway) => gateway.close);
		try {
			const kommo = options.kommo ?? (await startKommo({ rateLimit: KOMMO_RATE_LIMIT }));
			opened.push(async () => await kommo.close());
			const n8n = options.n8n ?? (await startN8n(options, log));
			opened.push(async () => await n8n.stop());
			return await PaymentWorld.furnish(n8n, kommo, options, log);
		} catch (error) {
			for (const close of opened.reverse()) await close();
			throw error;
		}
	}

	private static async furnish(
		n8n: N8nInstance,
		kommo: KommoSimulator,
		{ gateways, sharedTemplate, edits, kommoCredential: more }: WorldOptions,
		log: (line: string) => void,
	): Promise<PaymentWorld> {
		log('Saving credentials');
		const kommoCredential = await n8n.createCredential({
			name: 'Kommo (simulated)',
			type: 'kommoPaymentsApi',
			data: { accountUrl: kommo.url, accessToken: kommo.token, ...more },
		});
		const credentials = [kommoCredential];
		for (const gateway of gateways) {
			credentials.push(await n8n.createCredential(gateway.credential));
		}
		log('Setting up the payment fields in Kommo');
		await runOnce(n8n, await readTemplate('set-up-kommo.json'), credentials, 'Set up now');
		const active = new Map<string, SavedWorkflow>();
		const workflows = new Map<string, SavedWorkflow>();
		for (const gateway of gateways) {
			const template = sharedTemplate ?? gateway.templateFile;
			const workflow =
				active.get(template) ?? (await activate(n8n, template, credentials, log, edits));
			active.set(template, workflow);
			await gateway.connect?.(await triggerUrl(n8n, workflow, gateway.credential.type));
			workflows.set(gateway.id, workflow);
		}
		return new PaymentWorld(n8n, kommo, gateways, credentials, workflows);
	}

	/** Nothing is under way any more, neither deliveries nor executions. */
	async settled(): Promise<void> {
		for (const { deliveries } of this.gateways) await deliveries.settled();
		await this.kommo.settled();
		await waitFor('all executions to end', async () => {
			const executions = await this.n8n.executions();
			const open = executions.some(({ status }) => ['new', 'running'].includes(status));
			return open ? undefined : true;
		});
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		for (const gateway of this.gateways) await gateway.close();
		await this.kommo.close();
	}
}

async function startN8n(
	{ packageTarball, n8nPort: port, n8nEnv: env }: WorldOptions,
	log: (line: string) => void,
): Promise<N8nInstance> {
	log('Starting n8n with the package installed');
	// Whatever n8n can be made to tell, the search for leaked secrets looks through.
	return await N8nInstance.start({ packageTarball, port, env: { N8N_LOG_LEVEL: 'debug', ...env } });
}

async function activate(
	n8n: N8nInstance,
	template: string,
	credentials: SavedCredential[],
	log: (line: string) => void,
	edits: WorldOptions['edits'] = {},
): Promise<SavedWorkflow> {
	log(`Importing and activating "${template}"`);
	const file = await readTemplate(template);
	const workflow = await n8n.importWorkflow(edited(file, edits), credentials);
	await n8n.publish(workflow.id);
	return workflow;
}

/** @throws when there is no node of that name */
function edited(file: WorkflowFile, edits: NonNullable<WorldOptions['edits']>): WorkflowFile {
	for (const name of Object.keys(edits)) {
		if (!file.nodes.some((node) => node.name === name)) throw new Error(`No node "${name}".`);
	}
	const nodes = file.nodes.map((node) => {
		const { parameters, ...rest } = edits[node.name] ?? {};
		return { ...node, ...rest, parameters: { ...node.parameters, ...parameters } };
	});
	return { ...file, nodes };
}

/** Where the trigger that takes this credential listens, as the editor shows it. */
async function triggerUrl(
	n8n: N8nInstance,
	{ name, nodes }: SavedWorkflow,
	credentialType: string,
): Promise<string> {
	const triggers = new Map<string, string>();
	for (const { name: type, webhooks, credentials = [] } of await n8n.nodeTypes()) {
		const [webhook] = webhooks ?? [];
		const takesIt = credentials.some((credential) => credential.name === credentialType);
		if (webhook && takesIt) triggers.set(type, String(webhook.path));
	}
	const trigger = nodes.find(({ type }) => triggers.has(type));
	if (!trigger?.webhookId) throw new Error(`"${name}" has no trigger for ${credentialType}.`);
	return n8n.webhookUrl(trigger.webhookId, triggers.get(trigger.type));
}

/** A workflow file as a user imports it, with the sample data that is pinned to it. */
export async function readTemplateWithSamples(name: string): Promise<WorkflowFile> {
	return JSON.parse(await readFile(path.join(WORKFLOWS, name), 'utf8')) as WorkflowFile;
}

/** A workflow file as a company runs it: pinned data would stand in for its accounts when it is run by hand. */
export async function readTemplate(name: string): Promise<WorkflowFile> {
	return { ...(await readTemplateWithSamples(name)), pinData: {} };
}

/** Imports a workflow and presses Execute once. @throws when the execution did not succeed */
export async function runOnce(
	n8n: N8nInstance,
	file: WorkflowFile,
	credentials: SavedCredential[],
	triggerName: string,
): Promise<void> {
	await runToEnd(n8n, await n8n.importWorkflow(file, credentials), triggerName);
}

/** @throws when the run failed, with the reason */
export async function runToEnd(
	n8n: N8nInstance,
	workflow: SavedWorkflow,
	triggerName: string,
): Promise<void> {
	const run = await n8n.runManually(workflow.id, triggerName);
	if (!('executionId' in run)) throw new Error(`"${workflow.name}" waits for a webhook`);
	const execution = await n8n.waitForExecution(({ id }) => id === run.executionId);
	if (execution.status === 'success') return;
	const reason = execution.data?.resultData.error?.message ?? 'no reason given';
	throw new Error(`"${workflow.name}" ended as ${execution.status}: ${reason}`);
}
