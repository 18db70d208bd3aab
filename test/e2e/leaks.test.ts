import { waitFor } from '../n8n-host/wait-for';
import { startStripeInWorld, type StripeInWorld } from '../world/gateways/stripe';
import { leaksOf } from '../world/leaks';
import { PaymentWorld } from '../world/payment-world';
import { createDeal } from '../world/play-deal';

const WON = 142;

describe('secrets', () => {
	let world: PaymentWorld;
	let stripe: StripeInWorld;

	beforeAll(async () => {
		stripe = await startStripeInWorld();
		const packageTarball = process.env.KP_TARBALL ?? '';
		world = await PaymentWorld.start({ packageTarball, gateways: [stripe] });
	});

	afterAll(async () => {
		await world?.stop();
	});

	afterEach(() => stripe.faults.clear());

	it.each([
		['breaks the connection', { kind: 'drop' }],
		['refuses the key', { kind: 'answer', status: 401, body: { error: { message: 'No.' } } }],
		['answers with a web page', { kind: 'answer', status: 400, body: '<html>Gateway</html>' }],
	] as const)('stay where they belong when the provider %s', async (_what, fault) => {
		stripe.faults.add({ ...fault, method: 'POST' });
		const leadId = createDeal(world.kommo);
		world.kommo.moveLead(leadId, WON);
		await waitFor('a task', () => world.kommo.tasksOf(leadId)[0]);
		expect(await leaksOf(world)).toEqual([]);
	});

	it('are found in each place where they do not belong', async () => {
		const { kommo, n8n } = world;
		const [secretKey = '', signingSecret = ''] = stripe.secrets();
		const hookKey = new URL([...kommo.store.webhooks.keys()][0] ?? '').searchParams.get('key');
		kommo.createLead({ name: `paid with ${secretKey}`, price: 1 });
		n8n.logs.push(`POST /webhook?key=${hookKey}`);
		const { id } = await n8n.importWorkflow({
			name: 'Careless',
			nodes: [
				{
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
			],
			connections: {},
			pinData: { Start: [{ json: { signedWith: signingSecret } }] },
		});
		await n8n.runManually(id, 'Start');
		const run = await n8n.waitForExecution(() => true, { workflowId: id });
		expect((await leaksOf(world)).sort()).toEqual(
			[
				"a line of n8n's log has a secret of Kommo's webhook",
				"one of Kommo's leads has a secret of Stripe",
				'the exported workflow "Careless" has a secret of Stripe',
				`execution ${run.id} has a secret of Stripe`,
			].sort(),
		);
	});
});
