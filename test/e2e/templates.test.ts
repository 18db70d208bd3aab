import { N8nInstance } from '../n8n-host/n8n-instance';
import { errorOf } from '../n8n-host/n8n-records';
import { connectionProblems } from '../templates/connection-problems';
import { isNote } from '../templates/layout-problems';
import { parameterProblems } from '../templates/parameter-problems';
import { templateFiles } from '../templates/template-files';
import { readTemplateWithSamples } from '../world/payment-world';

/** Run by hand for real, so nothing is pinned behind this start. */
const NEEDS_ACCOUNT = ['Set up now'];

describe('the templates as a newcomer imports them', () => {
	let n8n: N8nInstance;

	beforeAll(async () => {
		n8n = await N8nInstance.start({ packageTarball: process.env.KP_TARBALL ?? '' });
	}, 300_000);

	afterAll(async () => {
		await n8n?.stop();
	});

	it('fit the nodes of the packed package and of n8n itself', async () => {
		const types = await n8n.allNodeTypes();
		for (const file of await templateFiles()) {
			const template = await readTemplateWithSamples(file);
			const problems = [
				...parameterProblems(template.nodes, types),
				...connectionProblems(template, types),
			];
			expect({ file, problems }).toEqual({ file, problems: [] });
		}
	});

	it('are told from broken ones', async () => {
		const types = await n8n.allNodeTypes();
		const template = await readTemplateWithSamples('won-to-paid-with-stripe.json');
		const to = (node: string) => [{ node, type: 'main', index: 0 }];
		const connections = {
			...template.connections,
			'Deal Won': { main: [to('Nobody')] },
			'Get Payment Request': { main: [[], [], to('Create Payment Link')] },
			'Save Payment Link': { main: [to('Payment Event')] },
		};
		expect(connectionProblems({ ...template, connections }, types)).toEqual([
			'Deal Won → Nobody: one of them does not exist',
			'Get Payment Request → Create Payment Link: Get Payment Request has no output 2',
			'Save Payment Link → Payment Event: Payment Event has no input',
			'Task: Deal Incomplete: not reached',
			'Send by Salesbot: not reached',
			'Send by Email: not reached',
			'Send by WhatsApp: not reached',
			'Task: Deal Incomplete: "Config" does not run before it',
			'Send by Email: "Get Payment Request" does not run before it',
			'Send by WhatsApp: "Get Payment Request" does not run before it',
		]);
	});

	it('run from each of their starts on their samples, without any account', async () => {
		const ended: string[] = [];
		const expected: string[] = [];
		for (const file of await templateFiles()) {
			const template = await readTemplateWithSamples(file);
			const workflow = await n8n.importWorkflow(template);
			const led = new Set(
				Object.values(template.connections as Record<string, { main: Array<{ node: string }[]> }>)
					.flatMap(({ main }) => main.flat())
					.map(({ node }) => node),
			);
			const starts = template.nodes.filter((node) => !isNote(node) && !led.has(node.name));
			for (const { name } of starts.filter((start) => !NEEDS_ACCOUNT.includes(start.name))) {
				expected.push(`${file}, ${name}: success, no error`);
				const run = await n8n.runManually(workflow.id, name);
				if (!('executionId' in run)) throw new Error(`${file}, ${name}: waits for a webhook`);
				const execution = await n8n.waitForExecution(({ id }) => id === run.executionId);
				const error = errorOf(execution) ?? 'no error';
				ended.push(`${file}, ${name}: ${execution.status}, ${error}`);
			}
		}
		expect(ended).toEqual(expected);
	}, 120_000);
});
