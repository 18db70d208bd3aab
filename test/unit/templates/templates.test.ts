import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import manifest from '../../../package.json';
import type { WorkflowFile, WorkflowNode } from '../../n8n-host/n8n-records';
import { layoutProblems } from '../../templates/layout-problems';
import { ownNodeTypes } from '../../templates/own-node-types';
import { parameterProblems, typeOf } from '../../templates/parameter-problems';
import { sampleProblems } from '../../templates/sample-problems';
import { WORKFLOWS } from '../../templates/template-files';
import { readTemplateWithSamples } from '../../world/payment-world';

const FILES = readdirSync(WORKFLOWS).filter((file) => file.endsWith('.json'));

const SECRETS = /\b(sk|rk|pk|whsec|pdl|FLWSECK|eyJ)[_-][A-Za-z0-9_-]{8,}/;
const EMAILS = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;

/** What descriptions may print in bold besides names of nodes. */
const IN_THE_EDITOR = [
	'Closed – won',
	'Execute workflow',
	'Settings → Error workflow',
	'Settings → n8n API',
];

const isOurs = ({ type }: WorkflowNode) => type.startsWith(`${manifest.name}.`);

describe('the templates', () => {
	let types: INodeTypeDescription[];
	let templates: Map<string, WorkflowFile>;

	beforeAll(async () => {
		types = await ownNodeTypes();
		const read = FILES.map(async (file) => [file, await readTemplateWithSamples(file)] as const);
		templates = new Map(await Promise.all(read));
	});

	const template = (file: string): WorkflowFile => {
		const found = templates.get(file);
		if (!found) throw new Error(`There is no ${file}.`);
		return found;
	};

	describe.each(FILES)('%s', (file) => {
		it('uses nodes, versions, parameters and values that exist and are shown', () => {
			expect(parameterProblems(template(file).nodes.filter(isOurs), types)).toEqual([]);
		});

		it('is laid out to be read at a glance', () => {
			expect(layoutProblems(template(file))).toEqual([]);
		});

		it('says that community packages need a self-hosted n8n, and how to try it without accounts', () => {
			const { nodes } = template(file);
			const overview = String(nodes.find(({ name }) => name === 'Overview')?.parameters.content);
			expect(overview.includes('Self-hosted n8n only')).toBe(nodes.some(isOurs));
			expect(overview).toMatch(/\*\*Execute workflow\*\*/);
		});

		it('pins samples of the shape that its nodes emit', () => {
			expect(template(file).pinData).not.toEqual({});
			expect(sampleProblems(template(file))).toEqual([]);
		});

		it('names every node by its purpose, and keeps all choices in one place', () => {
			const { nodes } = template(file);
			const names = nodes.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
			const named = nodes.filter(isOurs).filter((node) => {
				const type = typeOf(node, types);
				const { name, parameters } = node as unknown as INode;
				return type && NodeHelpers.isDefaultNodeName(name, type, parameters);
			});
			expect(named.map(({ name }) => name)).toEqual([]);
			const references = JSON.stringify(nodes).includes("$('Config')");
			expect(names.filter((name) => /config/i.test(name))).toEqual(references ? ['Config'] : []);
		});

		it('holds no credentials, no secrets and nobody’s address', () => {
			const { nodes } = template(file);
			expect(nodes.filter(({ credentials }) => credentials)).toEqual([]);
			const text = JSON.stringify(template(file));
			expect(text).not.toMatch(SECRETS);
			const addresses = text.match(EMAILS) ?? [];
			expect(addresses.filter((address) => !address.endsWith('@example.com'))).toEqual([]);
		});

		it('comes with the description that n8n’s template gallery asks for', () => {
			const text = readFileSync(path.join(WORKFLOWS, file.replace('.json', '.md')), 'utf8');
			expect(text.split('\n')[0]).toBe(`# ${template(file).name ?? ''}`);
			expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
				"Who's it for",
				'How it works',
				'How to set up',
				'Requirements',
				'How to customize the workflow',
			]);
			expect(text.includes('Self-hosted n8n only')).toBe(template(file).nodes.some(isOurs));
			const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name);
			const known = [...template(file).nodes.map(({ name }) => name), ...IN_THE_EDITOR];
			expect(bold.filter((name = '') => !known.includes(name))).toEqual([]);
		});

		it('has an address of its own for every webhook', () => {
			const { nodes } = template(file);
			const listening = nodes.filter((node) => (typeOf(node, types)?.webhooks ?? []).length > 0);
			expect(listening.filter(({ webhookId }) => !webhookId)).toEqual([]);
		});
	});

	it('share no node ids and no webhook addresses', () => {
		const nodes = [...templates.values()].flatMap((file) => file.nodes);
		const ids = nodes.flatMap(({ id, webhookId }) => [id, webhookId].filter(Boolean));
		expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
	});
});

describe('the checks of templates', () => {
	const broken = async (change: (template: WorkflowFile) => void) => {
		const template = await readTemplateWithSamples('won-to-paid-with-stripe.json');
		change(template);
		return template;
	};
	const nodeOf = ({ nodes }: WorkflowFile, name: string): WorkflowNode => {
		const node = nodes.find((candidate) => candidate.name === name);
		if (!node) throw new Error(`There is no ${name}.`);
		return node;
	};
	const problems = async (change: (template: WorkflowFile) => void) => {
		const template = await broken(change);
		const ours = template.nodes.filter(isOurs);
		return [
			...parameterProblems(ours, await ownNodeTypes()),
			...layoutProblems(template),
			...sampleProblems(template),
		];
	};

	it.each<[string, (template: WorkflowFile) => void, string]>([
		[
			'a node that does not exist',
			(file) => (nodeOf(file, 'Deal Won').type += 'X'),
			'Deal Won: there is no',
		],
		[
			'a version that does not exist',
			(file) => (nodeOf(file, 'Deal Won').typeVersion = 9),
			'Deal Won: there is no',
		],
		[
			'a parameter that does not exist',
			(file) => (nodeOf(file, 'Deal Won').parameters.stage = '142'),
			'Deal Won: "stage" is no parameter',
		],
		[
			'a parameter of another operation',
			(file) => (nodeOf(file, 'Save Payment Link').parameters.text = 'Hello'),
			'Save Payment Link: "text" is no parameter',
		],
		[
			'an option that does not exist',
			(file) => (nodeOf(file, 'Create Payment Link').parameters.options = { returnTo: '' }),
			'Create Payment Link: options: "returnTo"',
		],
		[
			'an operation that does not exist',
			(file) => (nodeOf(file, 'Save Payment Link').parameters.operation = 'keepLink'),
			'Save Payment Link: operation: "keepLink" is not offered',
		],
		[
			'an event that does not exist',
			(file) => (nodeOf(file, 'Deal Won').parameters.events = ['won_lead']),
			'Deal Won: events: "won_lead" is not offered',
		],
		[
			'a node on top of another',
			(file) => (nodeOf(file, 'Deal Won').position = [...nodeOf(file, 'Config').position]),
			'Deal Won lies over Config',
		],
		[
			'a node on the edge of a note',
			(file) => (nodeOf(file, 'Deal Won').position = [-120, -200]),
			'Deal Won sticks out of Section: starts',
		],
		[
			'a second yellow note',
			(file) => delete nodeOf(file, 'Section: link').parameters.color,
			'2 yellow notes',
		],
		[
			'a connection that leads back',
			(file) => (nodeOf(file, 'Config').position = [-340, 560]),
			'Deal Won → Config does not lead to the right',
		],
		[
			'a sample of a node that is gone',
			(file) => (file.nodes = file.nodes.filter(({ name }) => name !== 'Deal Won')),
			'Deal Won: there is no such node',
		],
		[
			'a sample without a field',
			(file) => (file.pinData = { 'Deal Won': [{ json: { leadId: 1 } }] }),
			'Deal Won: lacks event',
		],
	])('notice %s', async (_name, change, expected) => {
		const found = await problems(change);
		expect(found.filter((problem) => problem.startsWith(expected))).not.toEqual([]);
	});
});
