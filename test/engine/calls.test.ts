/** What issuing links, applying events and reconciling cost in requests, counted where they arrive. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Kommo } from '../../nodes/Kommo/Kommo.node';
import { StripePayments } from '../../nodes/StripePayments/StripePayments.node';
import { StripePaymentsTrigger } from '../../nodes/StripePayments/StripePaymentsTrigger.node';
import { storedRegistration } from './gateway/bench';
import { callWebhook, errorOf, outputsOf, runWorkflow, type NodeSpec } from './harness';
import { startPaymentAccount, type PaymentAccount } from './Kommo/payment/payment-account';
import {
	startSimulatedStripe,
	stripeBench,
	type SimulatedStripe,
} from './StripePayments/stripe-bench';

const PAYMENTS = 1_000;
/** What the simulated clients of Stripe pay. */
const PRICE = 1999;
const SECRET = 'signing-secret-of-the-trigger';

describe('Requests', () => {
	let account: PaymentAccount;
	let stripe: SimulatedStripe;
	let executions = 0;

	async function start(): Promise<void> {
		account = await startPaymentAccount();
		stripe = await startSimulatedStripe();
	}
	async function stop(): Promise<void> {
		await stripe?.close();
		await account?.kommo.close();
	}
	beforeAll(start);
	afterAll(stop);
	beforeEach(() => forget());

	function forget(): void {
		account.kommo.log.clear();
		stripe.log.clear();
	}

	const kommo = (operation: string): NodeSpec => ({
		type: new Kommo(),
		name: operation,
		parameters: { resource: 'payment', operation },
	});

	/** Runs the nodes one behind the other, in an execution of its own. @returns what the last one emits */
	async function run(
		nodes: NodeSpec[],
		input: readonly INodeExecutionData[],
	): Promise<IDataObject[]> {
		const { credentials, credentialTypes = [] } = account.credentials;
		const done = await runWorkflow({
			nodes,
			input,
			mode: 'webhook',
			executionId: String((executions += 1)),
			credentials: {
				...credentials,
				stripePaymentsApi: stripe.credential as Record<string, string>,
			},
			credentialTypes: [...credentialTypes, stripeBench.credentialType],
		});
		const error = errorOf(done);
		if (error) throw error;
		const [items = []] = outputsOf(done, nodes.at(-1)?.name ?? '');
		return items.map(({ json }) => json);
	}

	/** What was asked of Kommo and Stripe since the last time, as 'GET leads'. */
	function calls(): { kommo: string[]; stripe: string[] } {
		const asked = ({ method, path }: { method: string; path: string }) =>
			`${method} ${path.replace(/^\/(api\/v4|v1)\//, '').replace(/\d+/, ':id')}`;
		const seen = {
			kommo: account.kommo.log.entries.map(asked),
			stripe: stripe.log.entries.map(asked),
		};
		forget();
		return seen;
	}

	const createLink: NodeSpec = {
		type: new StripePayments(),
		name: 'Create Payment Link',
		parameters: { resource: 'paymentLink', operation: 'create' },
	};
	const getPayments: NodeSpec = {
		type: new StripePayments(),
		name: 'Get Recent Payments',
		parameters: { resource: 'payment', operation: 'getAll', returnAll: true },
	};
	const trigger: NodeSpec = { type: new StripePaymentsTrigger(), name: 'Payment Event' };

	/** What webhook() hands to the execution; null when it starts none. */
	async function delivered({ body }: { body: Buffer }): Promise<INodeExecutionData | null> {
		const { items } = await callWebhook(
			new StripePaymentsTrigger(),
			{},
			{ rawBody: body, headers: stripe.sign(body, SECRET, Date.now()) },
			{
				staticData: storedRegistration(stripeBench.gateway, stripe.credential, { secret: SECRET }),
				credentials: { stripePaymentsApi: stripe.credential as Record<string, string> },
				credentialTypes: [stripeBench.credentialType],
				mode: 'webhook',
			},
		);
		return items?.[0]?.[0] ?? null;
	}

	it('a link takes four: lead, contact, link, PATCH', async () => {
		const leadId = account.createLead({ contact: { name: 'Client', email: 'a@example.com' } });
		const nodes = [kommo('getRequest'), createLink, kommo('saveLink')];
		await run(nodes, [{ json: { leadId } }]);
		expect(account.card(leadId).status).toBe('Awaiting');
		expect(calls()).toEqual({
			kommo: ['GET leads/:id', 'GET contacts/:id', 'PATCH leads'],
			stripe: ['POST payment_links'],
		});
	});

	it('an event takes three, and its duplicates take none', async () => {
		const leadId = account.createLead({ price: PRICE });
		const event = await stripe.payment(leadId);
		forget();
		const item = await delivered(event);
		await run([trigger, kommo('apply')], item ? [item] : []);
		expect(account.notes(leadId)).toHaveLength(1);
		expect(calls()).toEqual({
			kommo: ['GET leads/:id', 'PATCH leads', 'POST leads/notes'],
			stripe: [],
		});

		expect(await delivered(event)).toBeNull();
		await run([trigger, kommo('apply')], item ? [item] : []);
		expect(calls()).toEqual({ kommo: [], stripe: [] });
	});

	describe(`${PAYMENTS} reconciled payments`, () => {
		let leads: number[];

		beforeAll(async () => {
			await stop();
			await start();
			leads = Array.from({ length: PAYMENTS }, () => account.createLead({ price: PRICE }));
			for (const leadId of leads) await stripe.payment(leadId);
		});

		/** What became of the payments of these leads. */
		async function reconcile(apply = kommo('apply')): Promise<string[]> {
			const results = await run([getPayments, apply], [{ json: {} }]);
			const own = new Set<unknown>(leads);
			return results.filter(({ leadId }) => own.has(leadId)).map(({ outcome }) => String(outcome));
		}

		it('take at most 60 of Kommo when all must be applied', async () => {
			const results = await reconcile();
			expect(results).toEqual(leads.map(() => 'applied'));
			expect(leads.every((leadId) => account.notes(leadId).length === 1)).toBe(true);
			const { kommo: ofKommo, stripe: ofStripe } = calls();
			expect(count(ofKommo)).toEqual({ 'GET leads': 4, 'PATCH leads': 20, 'POST leads/notes': 20 });
			expect(count(ofStripe)).toEqual({ 'GET events': 10 });
		});

		it('take four of Kommo when nothing is to do', async () => {
			const results = await reconcile();
			expect(results).toEqual(leads.map(() => 'duplicate'));
			expect(count(calls().kommo)).toEqual({ 'GET leads': 4 });
		});

		it('take at most ten of Kommo when nothing is to do, after a restart', async () => {
			const { Kommo: Restarted } = await loadAnew();
			const results = await reconcile({ ...kommo('apply'), type: new Restarted() });
			expect(results).toEqual(leads.map(() => 'duplicate'));
			expect(count(calls().kommo)).toEqual({
				'GET account': 1,
				'GET leads/custom_fields': 1,
				'GET leads': 4,
				'GET leads/notes': 4,
			});
		});
	});
});

/** The node as a process has it that has just been started. */
async function loadAnew(): Promise<{ Kommo: typeof Kommo }> {
	let loaded: Promise<{ Kommo: typeof Kommo }> | undefined;
	await jest.isolateModulesAsync(async () => {
		loaded = import('../../nodes/Kommo/Kommo.node');
		await loaded;
	});
	if (!loaded) throw new Error('Nothing was loaded.');
	return await loaded;
}

function count(calls: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const call of calls) counts[call] = (counts[call] ?? 0) + 1;
	return counts;
}
