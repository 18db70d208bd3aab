import type { IDataObject } from 'n8n-workflow';
import { seal, unseal } from '../../../nodes/core/sealed-secret';
import { callHook, withoutPauses, type HookMethod, type HookSettings } from '../harness';
import type { GatewayBench, SimulatedProvider } from './bench';

/** What activating and deactivating a trigger does at the provider. */
export function describeTriggerRegistration(bench: GatewayBench): void {
	const { gateway } = bench;

	describe('webhookMethods', () => {
		let provider: SimulatedProvider;
		let staticData: IDataObject;

		beforeEach(async () => {
			provider = await bench.start();
			staticData = {};
		});
		afterEach(async () => await provider.close());

		interface Call extends HookSettings {
			parameters?: IDataObject;
			/** Fields of the credential that differ. */
			fields?: IDataObject;
		}

		async function call(
			method: HookMethod,
			{ parameters = {}, fields = {}, ...settings }: Call = {},
		): Promise<boolean> {
			const credential = { ...provider.credential, ...fields } as Record<string, string>;
			const { result } = await callHook(bench.trigger, method, parameters, {
				staticData,
				credentials: { [gateway.credentialType]: credential },
				credentialTypes: [bench.credentialType],
				...settings,
			});
			return result;
		}

		/** The signing secret that the trigger has kept. */
		const keptSecret = () =>
			unseal(String(staticData.sealedSecret), String(provider.credential[gateway.apiKeyField]));

		/** The requests that changed something. */
		const writes = () => provider.log.entries.filter(({ method }) => method !== 'GET');

		if (gateway.registration !== null) {
			const testUrl = 'https://n8n.example.com/webhook-test/1/webhook';
			const url = 'https://n8n.example.com/webhook/1/webhook';

			describe('with automatic registration', () => {
				it('find nothing, register, find it again, and remove it', async () => {
					expect(await call('checkExists', { webhookUrl: url })).toBe(false);
					expect(provider.log.entries).toEqual([]);

					expect(await call('create', { webhookUrl: url })).toBe(true);
					const [webhook, ...others] = provider.webhooks();
					expect(others).toEqual([]);
					expect(webhook?.url).toBe(url);
					expect(staticData).toEqual({
						webhookId: webhook?.id,
						sealedSecret: expect.any(String) as string,
						live: false,
					});
					expect(keptSecret()).toBe(webhook?.secret);

					provider.log.clear();
					expect(await call('checkExists', { webhookUrl: url })).toBe(true);
					expect(writes()).toEqual([]);

					expect(await call('delete', { webhookUrl: url })).toBe(true);
					expect(provider.webhooks()).toEqual([]);
					expect(staticData).toEqual({});
				});

				it('register anew what was deleted in the dashboard', async () => {
					await call('create', { webhookUrl: url });
					provider.removeWebhook(String(staticData.webhookId));
					expect(await call('checkExists', { webhookUrl: url })).toBe(false);
					await call('create', { webhookUrl: url });
					expect(await call('checkExists', { webhookUrl: url })).toBe(true);
					expect(provider.webhooks().map(({ secret }) => secret)).toEqual([keptSecret()]);
				});

				it('leave one registration where n8n has lost what it knew', async () => {
					await call('create', { webhookUrl: url });
					staticData = {};
					await call('create', { webhookUrl: url });
					const [webhook, ...others] = provider.webhooks();
					expect(others).toEqual([]);
					expect(webhook?.secret).toBe(keptSecret());
				});

				it('keep nothing in the clear that signs a delivery', async () => {
					await call('create', { webhookUrl: url });
					const secret = provider.webhooks()[0]?.secret ?? '';
					expect(secret).not.toBe('');
					expect(JSON.stringify(staticData)).not.toContain(secret);
				});

				it('take the registration over when the API key was replaced', async () => {
					await call('create', { webhookUrl: url });
					staticData.sealedSecret = seal(String(keptSecret()), 'the former API key');
					expect(await call('checkExists', { webhookUrl: url })).toBe(false);
					await call('create', { webhookUrl: url });
					expect(provider.webhooks().map(({ secret }) => secret)).toEqual([keptSecret()]);
				});

				it('do not disturb the live trigger while a person listens for a test event', async () => {
					await call('create', { webhookUrl: url });
					const live = staticData;
					const before = provider.webhooks();
					staticData = {};
					await call('create', { webhookUrl: testUrl, mode: 'manual' });
					expect(provider.webhooks()).toHaveLength(2);
					await call('delete', { webhookUrl: testUrl, mode: 'manual' });
					expect(provider.webhooks()).toEqual(before);
					staticData = live;
					expect(await call('checkExists', { webhookUrl: url })).toBe(true);
				});

				it('have nothing to remove where nothing was registered', async () => {
					expect(await call('delete')).toBe(true);
					expect(provider.log.entries).toEqual([]);
				});

				it('count a registration that is gone already as removed', async () => {
					await call('create', { webhookUrl: url });
					provider.removeWebhook(String(staticData.webhookId));
					expect(await call('delete', { webhookUrl: url })).toBe(true);
					expect(staticData).toEqual({});
				});

				it.each(['checkExists', 'create', 'delete'] as const)(
					'%s says so when the provider has a failure, and keeps what it knew',
					async (method) => {
						if (method !== 'create') await call('create', { webhookUrl: url });
						const known = { ...staticData };
						provider.faults.add({ kind: 'answer', status: 503, body: {} });
						await expect(
							withoutPauses(async () => await call(method, { webhookUrl: url })),
						).rejects.toThrow(gateway.displayName);
						expect(staticData).toEqual(known);
					},
				);

				it('say so when the provider can not be reached', async () => {
					provider.faults.add({ kind: 'drop' });
					await expect(
						withoutPauses(async () => await call('create', { webhookUrl: url })),
					).rejects.toMatchObject({
						message: `${gateway.displayName} could not be reached`,
						description: expect.stringContaining('run this again') as string,
					});
				});

				it('refuse an address that the provider can not call, before asking it', async () => {
					const refused = call('create', {
						webhookUrl: 'http://localhost:5678/webhook/1/webhook',
						fields: { baseUrl: '' },
					});
					await expect(refused).rejects.toMatchObject({
						message: `${gateway.displayName} can't reach http://localhost:5678/webhook/1/webhook`,
						description: expect.stringContaining('N8N_WEBHOOK_URL') as string,
					});
					expect(staticData).toEqual({});
				});

				it('take such an address where the provider runs on this machine too', async () => {
					const local = 'http://127.0.0.1:5678/webhook/1/webhook';
					expect(await call('create', { webhookUrl: local })).toBe(true);
					expect(provider.webhooks().map((webhook) => webhook.url)).toEqual([local]);
				});

				it('send no key to a host that is not the provider’s', async () => {
					const elsewhere = { baseUrl: 'https://api.example.com' };
					await expect(call('create', { webhookUrl: url, fields: elsewhere })).rejects.toThrow(
						'api.example.com is not a host of',
					);
				});
			});
		}

		describe('with registration by hand', () => {
			const byHand = { parameters: { registration: 'manual' } };

			it.each(['checkExists', 'create'] as const)('%s needs a signing secret', async (method) => {
				for (const signingSecret of ['', '  ']) {
					await expect(
						call(method, { ...byHand, fields: { signingSecret } }),
					).rejects.toMatchObject({
						message: 'The signing secret is missing',
						description: expect.stringContaining(gateway.displayName) as string,
					});
				}
			});

			it('do nothing at the provider', async () => {
				const fields = { signingSecret: 'signing-secret' };
				expect(await call('checkExists', { ...byHand, fields })).toBe(true);
				expect(await call('create', { ...byHand, fields })).toBe(true);
				expect(await call('delete', { ...byHand, fields })).toBe(true);
				expect(provider.log.entries).toEqual([]);
				expect(staticData).toEqual({});
			});
		});
	});
}
