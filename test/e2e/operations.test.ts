import { readTemplate, PaymentWorld, runOnce, runToEnd } from '../world/payment-world';
import { startStripeInWorld } from '../world/gateways/stripe';
import { retryTemplateFor } from '../world/retry-crashed-runs';
import { DEFAULTS } from '../simulators/kommo';
import { createDeal, readCard, waitForStatus, winDeal } from '../world/play-deal';
import { waitFor } from '../n8n-host/wait-for';
import { itLeaksNothing } from './leaks-nothing';

const DAY_S = 86_400;

describe('the templates around the payment flow', () => {
	let world: PaymentWorld;

	beforeAll(async () => {
		const packageTarball = process.env.KP_TARBALL ?? '';
		world = await PaymentWorld.start({ packageTarball, gateways: [await startStripeInWorld()] });
	});

	afterAll(async () => {
		await world?.stop();
	});

	afterEach(() => {
		world.kommo.faults.clear();
	});

	const run = async (file: string, trigger: string) =>
		await runOnce(world.n8n, await readTemplate(file), [...world.credentials], trigger);

	it('reminds the manager of an unpaid deal once, and marks it overdue', async () => {
		const { kommo } = world;
		const forgotten = createDeal(kommo);
		const fresh = createDeal(kommo);
		await winDeal(kommo, forgotten);
		await winDeal(kommo, fresh);
		kommo.lead(forgotten).updated_at -= 5 * DAY_S;

		await run('remind-of-unpaid-deals.json', 'Every Morning');
		expect(readCard(kommo, forgotten).status).toBe('Overdue');
		expect(readCard(kommo, fresh).status).toBe('Awaiting');
		const [task, ...others] = kommo.tasksOf(forgotten);
		expect(others).toEqual([]);
		expect(task?.text).toMatch(/^Remind the client about payment/);
		expect(task?.responsible_user_id).toBe(kommo.lead(forgotten).responsible_user_id);
		expect(kommo.tasksOf(fresh)).toEqual([]);

		kommo.lead(forgotten).updated_at -= 5 * DAY_S;
		await run('remind-of-unpaid-deals.json', 'Every Morning');
		expect(kommo.tasksOf(forgotten)).toHaveLength(1);
	});

	it('closes the link of an overdue deal where the last node is switched on', async () => {
		const { kommo } = world;
		const leadId = createDeal(kommo);
		const link = await winDeal(kommo, leadId);
		kommo.lead(leadId).updated_at -= 5 * DAY_S;
		const template = await readTemplate('remind-of-unpaid-deals.json');
		const nodes = template.nodes.map((node) => ({ ...node, disabled: false }));
		await runOnce(world.n8n, { ...template, nodes }, [...world.credentials], 'Every Morning');
		expect(readCard(kommo, leadId).status).toBe('Overdue');
		await expect(world.gateways[0]?.pay(link)).rejects.toThrow();
	});

	it('still takes an overdue deal to Paid when the client pays after all', async () => {
		const { kommo, gateways } = world;
		const leadId = createDeal(kommo);
		const link = await winDeal(kommo, leadId);
		kommo.lead(leadId).updated_at -= 5 * DAY_S;
		await run('remind-of-unpaid-deals.json', 'Every Morning');
		expect(readCard(kommo, leadId).status).toBe('Overdue');
		await gateways[0]?.pay(link);
		await waitForStatus(kommo, leadId, 'Paid');
	});

	it('gives a won deal that Kommo never reported a task, once', async () => {
		const { kommo, n8n } = world;
		const agoSeconds = Math.floor(Date.now() / 1000) - 3600;
		const unreported = () => {
			const leadId = createDeal(kommo);
			Object.assign(kommo.lead(leadId), { status_id: 142, closed_at: agoSeconds });
			return leadId;
		};
		const lost = unreported();
		const inHand = unreported();
		kommo.person.addTask(inHand, 'Ask for the amount');
		const linked = createDeal(kommo);
		await winDeal(kommo, linked);
		Object.assign(kommo.lead(linked), { closed_at: agoSeconds });
		const open = createDeal(kommo);
		const justWon = unreported();
		Object.assign(kommo.lead(justWon), { closed_at: Math.floor(Date.now() / 1000) });

		const workflow = await n8n.importWorkflow(
			await readTemplate('find-won-deals-without-a-link.json'),
			[...world.credentials],
		);
		const look = async () => await runToEnd(n8n, workflow, 'Every Hour');
		await look();
		const [task, ...others] = kommo.tasksOf(lost);
		expect(others).toEqual([]);
		expect(task?.text).toMatch(/^This deal was won, but has no payment link/);
		expect(task?.responsible_user_id).toBe(kommo.lead(lost).responsible_user_id);
		expect(kommo.tasksOf(inHand)).toHaveLength(1);
		for (const leadId of [linked, open, justWon]) expect(kommo.tasksOf(leadId)).toEqual([]);

		kommo.completeTask(Number(task?.id));
		await look();
		expect(kommo.tasksOf(lost)).toHaveLength(1);

		kommo.moveLead(lost, DEFAULTS.sales.offerMade);
		await expect(winDeal(kommo, lost)).resolves.toMatch(/^http/);
	});

	it('turns a failed run into a task that says where and why', async () => {
		const { kommo, n8n } = world;
		const credentials = [...world.credentials];
		const reporter = await n8n.importWorkflow(
			await readTemplate('report-failures.json'),
			credentials,
		);
		await n8n.publish(reporter.id);
		const flow = await readTemplate('won-to-paid-with-stripe.json');
		const settings = { ...flow.settings, errorWorkflow: reporter.id };
		// The editor gives an imported workflow webhook addresses of its own; here the template is active already.
		const nodes = flow.nodes.map(({ webhookId: _inUse, ...node }) => node);
		const failing = await n8n.importWorkflow(
			{ ...flow, nodes, name: 'Failing on purpose', settings },
			credentials,
		);
		await n8n.publish(failing.id);
		kommo.faults.add({
			kind: 'answer',
			method: 'GET',
			path: /\/leads\/\d+$/,
			status: 402,
			body: { title: 'Payment Required', status: 402, detail: 'Account is not paid' },
		});
		kommo.moveLead(createDeal(kommo), 142);
		const task = await waitFor('a task', () =>
			[...kommo.store.tasks.values()].find(({ text }) => text.includes('Failing on purpose')),
		);
		kommo.faults.clear();
		expect(task.text).toContain('Get Payment Request');
		expect(task.entity_id).toBeFalsy();
		await n8n.unpublish(failing.id);
	});

	it('retries a run that kill -9 left behind, to one note', async () => {
		const { kommo, n8n, gateways } = world;
		const [gateway] = gateways;
		if (!gateway) throw new Error('There is no gateway.');
		const leadId = createDeal(kommo);
		const link = await winDeal(kommo, leadId);
		kommo.log.clear();
		kommo.faults.add({ kind: 'hang', method: 'PATCH', path: /\/leads$/ });
		await gateway.pay(link);
		await waitFor('the PATCH to be under way', () =>
			kommo.log.of('PATCH', /\/leads$/).length > 0 ? true : undefined,
		);
		await gateway.deliveries.settled();
		await n8n.kill9();
		kommo.faults.clear();
		await n8n.restart({ awaitWebhook: gateway.webhookUrl() });

		await runOnce(n8n, await retryTemplateFor(n8n), [], 'Every Hour');
		await waitForStatus(kommo, leadId, 'Paid');
		await waitFor('the note', () => readCard(kommo, leadId).notes[0]);
		expect(readCard(kommo, leadId).notes).toHaveLength(1);
	});

	itLeaksNothing(() => world);
});
