import path from 'node:path';
import { N8nInstance } from '../n8n-host/n8n-instance';
import type { NodeTypeEntry, SavedCredential, SavedWorkflow } from '../n8n-host/n8n-records';
import { waitFor } from '../n8n-host/wait-for';
import { startKommo, type KommoSimulator } from '../simulators/kommo';
import { isNote } from '../templates/layout-problems';
import { templateFiles, WORKFLOWS } from '../templates/template-files';
import { WORLD_GATEWAYS } from '../world/gateways';
import type { PaddleInWorld } from '../world/gateways/paddle';
import { readTemplateWithSamples } from '../world/payment-world';
import { createDeal, readCard, waitForStatus, winDeal } from '../world/play-deal';
import type { WorldGateway } from '../world/world-gateway';
import { Editor, findChromium } from './editor';

const TRIGGER = / Trigger$/;

// A browser is not part of what `npm test` may ask for; where there is one, the editor is looked at.
const describeWithBrowser = findChromium() === null ? describe.skip : describe;

describeWithBrowser('the editor', () => {
	let n8n: N8nInstance;
	let editor: Editor;
	let kommo: KommoSimulator;
	let gateways: WorldGateway[] = [];
	let types: NodeTypeEntry[];
	let credentials: SavedCredential[];
	/** Every node of the package, with credentials. */
	let gallery: SavedWorkflow;

	beforeAll(async () => {
		// More than Kommo's own: requests that were sent in time are seen bunched when this process is busy.
		kommo = await startKommo({ rateLimit: 50 });
		gateways = await Promise.all(WORLD_GATEWAYS.map(async (start) => await start()));
		n8n = await N8nInstance.start({ packageTarball: process.env.KP_TARBALL ?? '' });
		// n8n derives a tool for agents from each action node.
		types = (await n8n.nodeTypes()).filter(({ displayName }) => !displayName.endsWith(' Tool'));
		credentials = [await n8n.createCredential(kommoCredential())];
		for (const { credential } of gateways) credentials.push(await n8n.createCredential(credential));
		gallery = await n8n.importWorkflow(
			{
				name: 'Every node',
				nodes: types.map(({ name, displayName, version }, index) => ({
					name: displayName,
					type: name,
					typeVersion: Number([version].flat().at(-1)),
					position: [(index % 5) * 280, TRIGGER.test(displayName) ? 0 : 240],
					parameters: {},
				})),
				connections: {},
			},
			credentials,
		);
		editor = await Editor.start(n8n);
	});

	afterAll(async () => {
		await editor?.close();
		await n8n?.stop();
		await Promise.all(gateways.map(async (gateway) => await gateway.close()));
		await kommo?.close();
	});

	afterEach(() => {
		kommo.faults.clear();
		for (const { faults } of gateways) faults.clear();
	});

	const kommoCredential = () => ({
		name: 'Kommo (simulated)',
		type: 'kommoPaymentsApi',
		data: { accountUrl: kommo.url, accessToken: kommo.token },
	});

	const gatewayNamed = (name: string): WorldGateway => {
		const found = gateways.find((gateway) => gateway.name === name);
		if (!found) throw new Error(`There is no ${name}.`);
		return found;
	};

	const openNode = async (displayName: string) => {
		await editor.openWorkflow(gallery.id);
		await editor.enterNode(displayName);
	};

	it('opens every template with all of its nodes known, and pictures it', async () => {
		for (const file of await templateFiles()) {
			const template = await readTemplateWithSamples(file);
			const workflow = await n8n.importWorkflow(template);
			await editor.openWorkflow(workflow.id);
			for (const { name } of template.nodes.filter((node) => !isNote(node))) {
				await editor.node(name).waitFor();
			}
			await expect(editor.page.getByText('Install this node to use it').count()).resolves.toBe(0);
			await editor.page.keyboard.press('Digit1');
			await editor.screenshot(path.basename(file, '.json'));
		}
		expect(editor.blockedRequests).toEqual([]);
	});

	it('finds every node by its name and by each of its aliases', async () => {
		await editor.openWorkflow(gallery.id);
		for (const { displayName, codex } of types) {
			// The list shows a trigger and its action node as one.
			const shown = displayName.replace(TRIGGER, '');
			const aliases = codex?.alias ?? [];
			expect(aliases).not.toEqual([]);
			for (const query of [displayName.replace(TRIGGER, ''), ...aliases]) {
				const found = await editor.searchNodes(query);
				await found.getByText(shown, { exact: true }).first().waitFor();
			}
		}
		await editor.screenshot('node-search');
	});

	it.each(['light', 'dark'] as const)('shows icons of their own in the %s theme', async (theme) => {
		await editor.useTheme(theme);
		await editor.openWorkflow(gallery.id);
		await editor.page.keyboard.press('Digit1');
		const icons = new Map<string, string[]>();
		for (const { displayName } of types) {
			const image = editor.node(displayName).locator('img').first();
			const widthOf = (element: { naturalWidth: number }) => element.naturalWidth;
			await waitFor(`the icon of ${displayName}`, async () => {
				return (await image.evaluate(widthOf)) > 0 ? true : undefined;
			});
			const icon = path.basename((await image.getAttribute('src')) ?? '');
			expect(icon.endsWith('.dark.svg')).toBe(theme === 'dark');
			icons.set(icon, [...(icons.get(icon) ?? []), displayName.replace(TRIGGER, '')]);
		}
		await editor.screenshot(`every-node-${theme}`);
		await editor.useTheme('light');
		const families = [...icons.values()].map((names) => [...new Set(names)]);
		expect(families).toEqual(families.map(() => [expect.any(String)]));
		expect(families).toHaveLength(5);
	});

	it('says below each node what it does', async () => {
		await editor.openWorkflow(gallery.id);
		const subtitles = {
			Kommo: 'Create lead',
			'Kommo Trigger': 'Lead Stage Changed',
			...Object.fromEntries(
				gateways.flatMap(({ name }) => [
					[`${name} Payments`, 'Create payment link'],
					[`${name} Payments Trigger`, 'Verified payment events'],
				]),
			),
		};
		expect(Object.keys(subtitles).sort()).toEqual(types.map((type) => type.displayName).sort());
		for (const [name, subtitle] of Object.entries(subtitles)) {
			await editor.node(name).getByText(subtitle, { exact: true }).waitFor();
		}
	});

	it('tells beside each trigger how to try it and what publishing does', async () => {
		await editor.openWorkflow(gallery.id);
		for (const { displayName } of types.filter((type) => TRIGGER.test(type.displayName))) {
			await editor.enterNode(displayName);
			const service = displayName.replace(TRIGGER, '').replace(/ Payments$/, '');
			await editor.page.getByText(new RegExp(`^Wait for a .* ${service}$`)).waitFor();
			await editor.page
				.getByText(/publish/i)
				.filter({ visible: true })
				.first()
				.waitFor();
			await editor.screenshot(`panel-${displayName.replaceAll(/\W+/g, '-').toLowerCase()}`);
			await editor.leaveNode();
		}
	});

	it('shows the address to copy where the webhook is made by hand, and only there', async () => {
		const urls = editor.page.getByText('Webhook URLs', { exact: true });
		await openNode('Flutterwave Payments Trigger');
		await urls.click();
		await editor.page.getByText('Production URL', { exact: true }).click();
		const trigger = gallery.nodes.find(({ name }) => name === 'Flutterwave Payments Trigger');
		await editor.page.getByText(`/webhook/${trigger?.webhookId ?? ''}`).waitFor();
		await editor.page.getByText(/secret hash: a long random text of your own/).waitFor();
		await editor.screenshot('flutterwave-address-to-copy');

		await openNode('Stripe Payments Trigger');
		await editor.parameter('registration').waitFor();
		await expect(urls.count()).resolves.toBe(0);
		await editor.choose('registration', 'Manual');
		await urls.waitFor();
		await editor.page.getByText(/Copy the signing secret of the endpoint/).waitFor();
		await editor.screenshot('stripe-by-hand');
	});

	it('fills its dropdowns from the account', async () => {
		await openNode('Kommo Trigger');
		const { pipelines } = kommo.store;
		expect(await editor.choicesOf('pipelineId')).toEqual([
			'Any',
			...[...pipelines.values()].map(({ name }) => name),
		]);
		expect(await editor.choicesOf('statusId')).toContain('Closed – won');
		await editor.screenshot('kommo-stages');
	});

	it('finds a lead by a part of its name', async () => {
		const leadId = createDeal(kommo);
		const name = String(kommo.store.leads.get(leadId)?.name);
		await openNode('Kommo');
		await editor.choose('resource', 'Lead');
		await editor.choose('operation', 'Get');
		await editor.chooseRecord('leadId', name.slice(1, -1), name);
		await editor.screenshot('kommo-lead-from-list');
		expect(await editor.parameter('leadId').getByTestId('rlc-input').inputValue()).toBe(name);
	});

	it('offers the people of the account by name', async () => {
		await openNode('Kommo');
		await editor.choose('resource', 'Task');
		await editor.addField('Responsible User');
		expect(await editor.choicesOf('responsibleUserId')).toEqual(
			[...kommo.store.users.values()].map((user) => user.name),
		);
	});

	it('offers what the account sells by name', async () => {
		const { simulator } = gatewayNamed('Paddle') as PaddleInWorld;
		simulator.createPrice(simulator.createProduct('Gold').id, '2900', 'EUR', 'month');
		await openNode('Paddle Payments');
		await editor.addField('Catalog Price');
		expect(await editor.choicesOf('priceIds')).toEqual(['Gold, 2900 EUR: 29.00 EUR every month']);
	});

	it('hides the parameters that do not apply', async () => {
		await openNode('Kommo Trigger');
		await editor.parameter('fromStatusId').waitFor();
		await editor.choose('events', 'Lead Added');
		await editor.choose('events', 'Lead Stage Changed');
		await editor.parameter('fromStatusId').waitFor({ state: 'hidden' });

		await openNode('Stripe Payments');
		await editor.parameter('amount').waitFor();
		await editor.choose('resource', 'Payment');
		await editor.parameter('paymentId').waitFor();
		await editor.parameter('amount').waitFor({ state: 'hidden' });
	});

	describe('in a credential', () => {
		const open = async (displayName: string) => {
			await openNode(displayName);
			await editor.page.getByTestId('credential-edit-button').click();
			await editor.credential().waitFor();
		};
		const refusal = async () => {
			await editor.credential().getByText('More details').click();
			return await editor.credential().innerText();
		};

		it('says what to do about a wrong key', async () => {
			await open('Stripe Payments');
			await editor.fillCredential({ secretKey: 'sk_test_of_somebody_else' });
			expect(await refusal()).toContain('Stripe does not know this key. Copy the secret key again');
			await editor.screenshot('credential-wrong-key');
			await editor.fillCredential({
				secretKey: String(gatewayNamed('Stripe').credential.data.secretKey),
			});
			await editor.credential().getByText('Connection tested successfully').waitFor();
		});

		it('says what to do about a missing right', async () => {
			gatewayNamed('Stripe').faults.add({ kind: 'answer', status: 403, body: {} });
			await open('Stripe Payments');
			expect(await refusal()).toContain('The key works but may not read Payment Links');
		});
	});

	it('has a sentence for each key that is wrong or lacks a right', async () => {
		const accounts = [
			{ credential: kommoCredential(), faults: kommo.faults },
			...gateways.map(({ credential, faults }) => ({ credential, faults })),
		];
		for (const { credential, faults } of accounts) {
			const data: Record<string, unknown> = credential.data;
			const key = ['accessToken', 'apiKey', 'secretKey'].find((name) => name in data) ?? '';
			const wrong = { ...data, [key]: `${String(data[key]).slice(0, -4)}none` };
			expect(await n8n.testCredential({ ...credential, data: wrong })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/(Copy|Generate) .+\.$/) as string,
			});
			faults.add({ kind: 'answer', status: 403, body: {} });
			expect(await n8n.testCredential(credential)).toEqual({
				status: 'Error',
				message: expect.stringMatching(/(Check|Give|add|Copy) .+\.$/) as string,
			});
		}
	});

	it('says in the execution which service could not be reached, and what to do', async () => {
		const nowhere = 'http://127.0.0.1:9';
		const accounts = [
			{ type: 'kommo', resource: 'user', credential: kommoCredential(), address: 'accountUrl' },
			...gateways.map(({ credential }) => ({
				type: credential.type.replace(/Api$/, ''),
				resource: 'payment',
				credential,
				address: 'baseUrl',
			})),
		];
		const runs = accounts.map(async ({ type, resource, credential, address }) => {
			const saved = await n8n.createCredential({
				...credential,
				name: `${type} nowhere`,
				data: { ...credential.data, [address]: nowhere },
			});
			const start = 'n8n-nodes-base.manualTrigger';
			const parameters = { resource, operation: 'getAll', filters: { leadId: '1' } };
			const workflow = await n8n.importWorkflow(
				{
					name: `${type} nowhere`,
					nodes: [
						{ name: 'Start', type: start, typeVersion: 1, position: [0, 0], parameters: {} },
						{
							name: 'Ask',
							type: `${n8n.packageName}.${type}`,
							typeVersion: 1,
							position: [240, 0],
							parameters,
						},
					],
					connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
				},
				[saved],
			);
			await n8n.runManually(workflow.id, 'Start');
			const timeoutMs = 120_000;
			const run = await n8n.waitForExecution(() => true, { workflowId: workflow.id, timeoutMs });
			// n8n would give it to the nodes of the next workflow that is imported.
			await n8n.deleteCredential(saved);
			return run.data?.resultData.error;
		});
		for (const error of await Promise.all(runs)) {
			expect(error?.message).toMatch(/^\S+ could not be reached$/);
			expect(error?.description).toMatch(/\w{3,}.*\.$/);
		}
	});

	it('takes a newcomer from a file to a paid deal', async () => {
		await editor.importFile(path.join(WORKFLOWS, 'set-up-kommo.json'));
		await editor.enterNode('Create Payment Fields');
		await editor.createCredential({ accountUrl: kommo.url, accessToken: kommo.token });
		await editor.leaveNode();
		await editor.page.getByTestId('execute-workflow-button').click();
		await waitFor('the payment fields', () => kommo.store.fieldByCode('leads', 'KP_PAYMENTS'));
		await editor.screenshot('newcomer-1-fields');

		await editor.importFile(path.join(WORKFLOWS, 'won-to-paid-with-stripe.json'));
		await editor.enterNode('Deal Won');
		await editor.createCredential({ accountUrl: kommo.url, accessToken: kommo.token });
		await editor.screenshot('newcomer-2-kommo');
		await editor.leaveNode();
		const stripe = gatewayNamed('Stripe');
		await editor.enterNode('Payment Event');
		await editor.createCredential({
			secretKey: String(stripe.credential.data.secretKey),
			baseUrl: stripe.url,
		});
		await editor.leaveNode();
		await editor.screenshot('newcomer-3-credentials');
		await editor.page.getByTestId('workflow-open-publish-modal-button').click();
		const publish = editor.page.getByRole('dialog').getByRole('button', { name: 'Publish' });
		await publish.waitFor();
		await editor.screenshot('newcomer-4-publish');
		// Other workflows may have webhooks there, too.
		stripe.log.clear();
		kommo.log.clear();
		await publish.click();
		await waitFor('the webhook at Stripe', () => stripe.log.of('POST', /webhook_endpoints$/)[0]);
		await waitFor('the webhook at Kommo', () => kommo.log.of('POST', /\/webhooks$/)[0]);
		const leadId = createDeal(kommo);
		await stripe.pay(await winDeal(kommo, leadId));
		await waitForStatus(kommo, leadId, 'Paid');
		expect(readCard(kommo, leadId)).toMatchObject({ status: 'Paid', amountPaid: '1999.00' });
		// n8n has opened a dialog that congratulates.
		await editor.page.keyboard.press('Escape');
		await editor.page.getByTestId('radio-button-executions').click();
		await editor.page
			.getByText(/Succeeded/)
			.first()
			.waitFor();
		await editor.screenshot('newcomer-5-executions');
	});
});
