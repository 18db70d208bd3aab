/** A real n8n with all flows active, beside simulated providers. */
import { closeSync, openSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8nInstance } from '../n8n-host/n8n-instance';
import type { SavedWorkflow, WorkflowFile } from '../n8n-host/n8n-records';
import { startKommo, type KommoSimulator } from '../simulators/kommo';
import { startStripe, type StripeSimulator } from '../simulators/stripe';
import { readTemplate, runOnce } from '../world/payment-world';
import { CrmWatch } from './crm-watch';
import {
	bareWebhook,
	chain,
	eventFlow,
	guardedWebhook,
	linkFlow,
	type OwnNodesSettings,
} from './own-nodes';
import { StripeEvents } from './stripe-events';

/** Settings of n8n that decide what an expression costs. */
export const ENGINES = {
	default: {},
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	legacy: { N8N_EXPRESSION_ENGINE: 'legacy' },
} as const;

export type Engine = keyof typeof ENGINES;

export interface Target {
	url: string;
	secret: string;
}

export interface Stage {
	n8n: N8nInstance;
	pid: number;
	kommo: KommoSimulator;
	stripe: StripeSimulator;
	events: StripeEvents;
	watch: CrmWatch;
	/** The template; the package's two nodes alone; its trigger alone. */
	template: Target;
	nodes: Target;
	trigger: Target;
	/** Built from n8n's own nodes. */
	ownEvents: Target;
	bare: string;
	guarded: string;
	/** Destinations of Kommo's webhooks. */
	templateLinks: string;
	ownLinks: string;
	isolates: () => number;
	stop: () => Promise<void>;
}

const TRIGGER = 'n8n-nodes-kommo-payments.stripePaymentsTrigger';
const KOMMO = 'n8n-nodes-kommo-payments.kommo';
const OWN_SECRET = 'whsec_of_the_own_nodes';

export async function startStage(
	packageTarball: string,
	engine: Engine,
	env: Record<string, string> = {},
): Promise<Stage> {
	const closers: Array<() => Promise<unknown> | void> = [];
	const stop = async () => {
		for (const close of closers.reverse()) await close();
	};
	try {
		const kommo = await startKommo({ rateLimit: null });
		closers.push(async () => await kommo.close());
		const stripe = await startStripe();
		closers.push(async () => await stripe.close());
		const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
		closers.push(async () => await rm(folder, { recursive: true, force: true }));
		const counter = path.join(folder, 'isolates');
		closeSync(openSync(counter, 'a'));
		const n8n = await N8nInstance.start({
			packageTarball,
			env: {
				...ENGINES[engine],
				NODE_FUNCTION_ALLOW_BUILTIN: 'crypto',
				NODE_OPTIONS: `--require ${path.join(__dirname, 'count-isolates.cjs')}`,
				BENCH_ISOLATES: counter,
				EXECUTIONS_DATA_PRUNE: 'false',
				...env,
			},
		});
		closers.push(async () => await n8n.stop());
		const watch = new CrmWatch(kommo);
		closers.push(() => watch.stop());
		const flows = await activateFlows(n8n, kommo, stripe);
		const events = await StripeEvents.start(stripe);
		const isolates = () => statSync(counter).size;
		return { n8n, pid: n8n.pid ?? 0, kommo, stripe, events, watch, ...flows, isolates, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

type Flows = Pick<
	Stage,
	'template' | 'nodes' | 'trigger' | 'ownEvents' | 'bare' | 'guarded' | 'templateLinks' | 'ownLinks'
>;

async function activateFlows(
	n8n: N8nInstance,
	kommo: KommoSimulator,
	stripe: StripeSimulator,
): Promise<Flows> {
	const save = async (type: string, name: string, data: Record<string, unknown>) =>
		await n8n.createCredential({ name, type, data });
	const credentials = [
		await save('kommoPaymentsApi', 'Kommo', { accountUrl: kommo.url, accessToken: kommo.token }),
		await save('stripePaymentsApi', 'Stripe', { secretKey: stripe.secretKey, baseUrl: stripe.url }),
	];
	await runOnce(n8n, await readTemplate('set-up-kommo.json'), credentials, 'Set up now');

	const activate = async (file: WorkflowFile): Promise<SavedWorkflow> => {
		const workflow = await n8n.importWorkflow(file, credentials);
		await n8n.publish(workflow.id);
		return workflow;
	};
	/** Activates a workflow whose trigger registers itself. */
	const registered = async (file: WorkflowFile): Promise<Target> => {
		const before = new Set(stripe.store.endpoints.oldestFirst().map(({ id }) => id));
		await activate(file);
		const endpoint = stripe.store.endpoints.oldestFirst().find(({ id }) => !before.has(id));
		const secret = endpoint && stripe.store.secrets.get(endpoint.id)?.current;
		if (!endpoint || !secret) throw new Error(`"${file.name}" registered no webhook.`);
		return { url: endpoint.url, secret };
	};

	const template = await registered(await readTemplate('won-to-paid-with-stripe.json'));
	const templateLinks = [...kommo.store.webhooks.values()][0]?.destination ?? '';
	const trigger = part('Payment Event', TRIGGER, {});
	const apply = part('Apply Payment Event', KOMMO, { resource: 'payment', operation: 'apply' });
	const own: OwnNodesSettings = {
		kommoUrl: kommo.url,
		stripeUrl: stripe.url,
		secret: OWN_SECRET,
		fields: Object.fromEntries(
			[...kommo.store.customFields.leads.values()].map(({ code, id }) => [code ?? '', id]),
		),
		kommoCredential: await save('httpHeaderAuth', 'Kommo token', {
			name: 'Authorization',
			value: `Bearer ${kommo.token}`,
		}),
		stripeCredential: await save('httpHeaderAuth', 'Stripe key', {
			name: 'Authorization',
			value: `Bearer ${stripe.secretKey}`,
		}),
	};
	const basic = await save('httpBasicAuth', 'Password', { user: 'stripe', password: 'right' });
	const flows: Flows = {
		template,
		templateLinks,
		nodes: await registered(chain('Trigger and Apply', [trigger, apply])),
		trigger: await registered(chain('Trigger alone', [trigger])),
		ownEvents: { url: `${n8n.url}/webhook/own-events`, secret: OWN_SECRET },
		ownLinks: `${n8n.url}/webhook/own-links`,
		bare: `${n8n.url}/webhook/bare`,
		guarded: `${n8n.url}/webhook/guarded`,
	};
	await activate(eventFlow('own-events', own));
	await activate(linkFlow('own-links', own));
	await activate(bareWebhook('bare'));
	await activate(guardedWebhook('guarded', basic));
	kommo.subscribe(flows.ownLinks, ['status_lead']);
	return flows;
}

function part(name: string, type: string, parameters: Record<string, unknown>) {
	return { name, type, typeVersion: type === TRIGGER ? 2 : 1, parameters };
}
