import type { IDataObject } from 'n8n-workflow';
import { unseal } from '../../../nodes/core/sealed-secret';
import { callHook, type HookMethod } from '../harness';
import { describeTriggerRegistration } from '../gateway/trigger-registration';
import { paddleBench, startSimulatedPaddle, type SimulatedPaddle } from './paddle-bench';

describe('Paddle Payments Trigger', () => {
	describeTriggerRegistration(paddleBench);

	describe('a notification destination at Paddle', () => {
		const url = 'https://n8n.example.com/webhook/1/webhook';
		let provider: SimulatedPaddle;
		let staticData: IDataObject;

		beforeEach(async () => {
			provider = await startSimulatedPaddle();
			staticData = {};
		});
		afterEach(async () => await provider.close());

		async function call(method: HookMethod, parameters: IDataObject = {}): Promise<boolean> {
			const { result } = await callHook(paddleBench.trigger, method, parameters, {
				staticData,
				webhookUrl: url,
				credentials: { paddlePaymentsApi: provider.credential as Record<string, string> },
				credentialTypes: [paddleBench.credentialType],
			});
			return result;
		}

		const destination = () => {
			const [first] = provider.simulator.store.settings.oldestFirst();
			if (!first) throw new Error('There is no destination.');
			return first;
		};
		const subscribed = () => destination().subscribed_events.map(({ name }) => name);

		it('names the workflow, so that people recognise it in the dashboard', async () => {
			await call('create');
			expect(destination().description).toBe('Kommo payments: n8n workflow "Test workflow"');
		});

		it('listens to what was chosen, and to something else when that changes', async () => {
			await call('create', { events: ['payment.disputed'] });
			expect(subscribed()).toEqual(['adjustment.created']);
			expect(await call('checkExists', { events: ['payment.succeeded'] })).toBe(true);
			expect(subscribed()).toEqual(['transaction.completed']);
		});

		it('takes simulated events only where the user wants them', async () => {
			await call('create');
			expect(destination().traffic_source).toBe('platform');
			await call('checkExists', { options: { includeSimulated: true } });
			expect(destination().traffic_source).toBe('all');
		});

		it('whose secret was rotated is taken over with the new one', async () => {
			await call('create');
			const secret = provider.simulator.rotateSecret(destination().id);
			expect(await call('checkExists')).toBe(false);
			await call('create');
			expect(staticData.webhookId).toBe(destination().id);
			const { apiKey } = provider.credential;
			expect(unseal(String(staticData.sealedSecret), String(apiKey))).toBe(secret);
			expect(provider.webhooks()).toHaveLength(1);
		});

		it('can not be made with a key of the other environment, which goes nowhere', async () => {
			provider.credential.apiKey = 'pdl_live_apikey_of_nobody';
			const attempt = call('create');
			await expect(attempt).rejects.toThrow('belongs to a live Paddle account');
			expect(provider.log.entries).toEqual([]);
		});

		it('can not be made with a key that Paddle does not know', async () => {
			provider.credential.apiKey = 'pdl_sdbx_apikey_of_nobody';
			const attempt = call('create');
			await expect(attempt).rejects.toMatchObject({
				message: 'Paddle does not accept the API key.',
				httpCode: '403',
			});
			await attempt.catch((error: Error) => expect(JSON.stringify(error)).not.toContain('nobody'));
		});

		it('can not be made with a key that lacks the permission', async () => {
			provider.simulator.settings.permissions = new Set(['transaction.read']);
			await expect(call('create')).rejects.toMatchObject({
				message: expect.stringContaining('The Paddle API key may not do this') as string,
				description: expect.stringContaining('Edit the key') as string,
			});
			expect(staticData).toEqual({});
		});

		it('must listen to something that Paddle has', async () => {
			await expect(call('create', { events: ['payment.pending'] })).rejects.toThrow(
				'Paddle has none of the chosen events.',
			);
		});
	});
});
