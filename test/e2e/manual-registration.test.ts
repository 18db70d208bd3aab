import axios from 'axios';
import Stripe from 'stripe';
import { N8nInstance } from '../n8n-host/n8n-instance';
import { outputOf, type SavedCredential, type WorkflowFile } from '../n8n-host/n8n-records';
import fixture from '../fixtures/stripe/event.checkout.session.completed.json';

const SECRET = 'whsec_made_for_this_test';
const WEBHOOK_ID = '7d4f3c2e-0000-4000-8000-000000000001';

const workflow: WorkflowFile = {
	name: 'Stripe, registered by hand',
	nodes: [
		{
			name: 'Payment Event',
			type: 'n8n-nodes-kommo-payments.stripePaymentsTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { registration: 'manual', withoutLead: true },
			webhookId: WEBHOOK_ID,
		},
	],
	connections: {},
};

const credentialWith = (signingSecret: string, previousSigningSecret = '') => ({
	name: 'Stripe',
	type: 'stripePaymentsApi',
	data: {
		secretKey: ['sk', 'test', 'unused'].join('_'),
		baseUrl: 'http://127.0.0.1:9',
		signingSecret,
		previousSigningSecret,
	},
});

describe('a Stripe webhook that was registered by hand', () => {
	let n8n: N8nInstance;
	let credential: SavedCredential;
	let workflowId: string;
	let eventNumber = 0;

	/** @returns the status; every delivery is an event of its own */
	const deliver = async (secret: string): Promise<number> => {
		eventNumber += 1;
		const event = { ...fixture, id: `evt_${eventNumber}` };
		const paymentIntent = `pi_${eventNumber}`;
		event.data = { object: { ...fixture.data.object, payment_intent: paymentIntent } };
		const payload = JSON.stringify(event, null, 2);
		const signature = new Stripe('unused').webhooks.generateTestHeaderString({ payload, secret });
		const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
		const url = n8n.webhookUrl(WEBHOOK_ID);
		const { status } = await axios.post(url, payload, { headers, validateStatus: () => true });
		return status;
	};

	beforeAll(async () => {
		n8n = await N8nInstance.start({ packageTarball: process.env.KP_TARBALL ?? '' });
		credential = await n8n.createCredential(credentialWith(SECRET));
		workflowId = (await n8n.importWorkflow(workflow, [credential])).id;
		await n8n.publish(workflowId);
	});

	afterAll(async () => {
		await n8n?.stop();
	});

	it('accepts what the secret in the credential has signed', async () => {
		await expect(deliver(SECRET)).resolves.toBe(200);
		const execution = await n8n.waitForExecution(() => true, { workflowId });
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Payment Event')).toEqual([
			expect.objectContaining({ gateway: 'stripe', type: 'payment.succeeded', eventId: 'evt_1' }),
		]);
	});

	it('accepts the old and the new secret during a rotation, and only them', async () => {
		await n8n.updateCredential(credential, credentialWith('whsec_the_next_one', SECRET));
		await expect(deliver(SECRET)).resolves.toBe(200);
		await expect(deliver('whsec_the_next_one')).resolves.toBe(200);
		await expect(deliver('whsec_somebody_elses')).resolves.toBe(401);
	});

	it('refuses everything once the secret is gone, and stores no execution', async () => {
		await n8n.updateCredential(credential, credentialWith(''));
		const before = (await n8n.executions()).length;
		await expect(deliver(SECRET)).resolves.toBe(401);
		await expect(deliver('')).resolves.toBe(401);
		expect(await n8n.executions()).toHaveLength(before);
	});

	it('does not start at all without a secret, and says why', async () => {
		await n8n.unpublish(workflowId);
		await expect(n8n.publish(workflowId)).rejects.toThrow(/signing secret is missing/i);
	});
});
