import type { IDataObject } from 'n8n-workflow';
import { callHook, type HookMethod } from '../harness';
import { describeTriggerRegistration } from '../gateway/trigger-registration';
import { startSimulatedStripe, stripeBench, type SimulatedStripe } from './stripe-bench';

describe('Stripe Payments Trigger', () => {
	describeTriggerRegistration(stripeBench);

	describe('an endpoint at Stripe', () => {
		const url = 'https://n8n.example.com/webhook/1/webhook';
		let provider: SimulatedStripe;
		let staticData: IDataObject;

		beforeEach(async () => {
			provider = await startSimulatedStripe();
			staticData = {};
		});
		afterEach(async () => await provider.close());

		async function call(method: HookMethod, parameters: IDataObject = {}): Promise<boolean> {
			const { result } = await callHook(stripeBench.trigger, method, parameters, {
				staticData,
				webhookUrl: url,
				credentials: { stripePaymentsApi: provider.credential as Record<string, string> },
				credentialTypes: [stripeBench.credentialType],
			});
			return result;
		}

		const endpoints = () => provider.simulator.store.endpoints.oldestFirst();
		const endpoint = () => {
			const [first] = endpoints();
			if (!first) throw new Error('There is no endpoint.');
			return first;
		};

		it('names the workflow, so that people recognise it in the dashboard', async () => {
			await call('create');
			expect(endpoint().description).toContain('"Test workflow"');
		});

		it('listens to what was chosen, and to something else when that changes', async () => {
			await call('create', { events: ['payment.disputed'] });
			expect(endpoint().enabled_events).toEqual(['charge.dispute.created']);
			expect(await call('checkExists', { events: ['payment.dispute_closed'] })).toBe(true);
			expect(endpoint().enabled_events).toEqual(['charge.dispute.closed']);
			expect(endpoints()).toHaveLength(1);
		});

		it('listens to payments without a page only where the user wants them', async () => {
			await call('create');
			expect(endpoint().enabled_events).not.toContain('payment_intent.succeeded');
			await call('checkExists', { options: { includePaymentIntents: true } });
			expect(endpoint().enabled_events).toContain('payment_intent.succeeded');
		});

		it('is switched on again when Stripe has switched it off', async () => {
			await call('create');
			endpoint().status = 'disabled';
			expect(await call('checkExists')).toBe(true);
			expect(endpoint().status).toBe('enabled');
		});

		it('of somebody else at the same address is left alone', async () => {
			await provider.simulator.store.endpoints.add({
				...(await foreignEndpoint()),
			});
			await call('create');
			await call('delete');
			expect(endpoints().map(({ description }) => description)).toEqual(['made by hand']);
		});

		it('does not fit when there are sixteen already, and the message says what to do', async () => {
			const foreign = await foreignEndpoint();
			for (let n = 0; n < 16; n += 1) {
				provider.simulator.store.endpoints.add({ ...foreign, id: `we_${n}`, url: `${url}/${n}` });
			}
			await expect(call('create')).rejects.toMatchObject({
				message: 'Stripe allows 16 webhooks per account, and there are 16 already.',
				description: expect.stringContaining('Delete one that is no longer needed') as string,
			});
			expect(staticData).toEqual({});
		});

		it('can not be made with a key that Stripe does not know', async () => {
			provider.credential.secretKey = 'sk_test_of_nobody';
			const attempt = call('create');
			await expect(attempt).rejects.toMatchObject({
				message: 'Stripe does not accept the secret key.',
				httpCode: '401',
			});
			await attempt.catch((error: Error) => expect(JSON.stringify(error)).not.toContain('nobody'));
		});

		it('can not be made with a key that lacks the permission', async () => {
			const error = { type: 'invalid_request_error', message: 'Not permitted.' };
			provider.faults.add({ kind: 'answer', status: 403, body: { error } });
			await expect(call('create')).rejects.toMatchObject({
				message: expect.stringContaining('The Stripe key may not do this') as string,
				description: expect.stringContaining('Restricted keys') as string,
			});
			expect(staticData).toEqual({});
		});

		it('must listen to something', async () => {
			await expect(call('create', { events: [] })).rejects.toThrow('Choose at least one event');
		});

		/** What a person makes in the dashboard. */
		async function foreignEndpoint() {
			await call('create');
			const { id, ...rest } = structuredClone(endpoint());
			await call('delete');
			return { ...rest, id: `${id}x`, description: 'made by hand', metadata: {} };
		}
	});
});
