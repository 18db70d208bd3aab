import { createHash } from 'node:crypto';
import { seal } from '../../../nodes/core/sealed-secret';
import { TriggerUnderTest } from './trigger-under-test';

describe('Kommo Trigger', () => {
	let trigger: TriggerUnderTest;

	beforeAll(async () => (trigger = await TriggerUnderTest.start()));
	afterAll(async () => await trigger.close());
	beforeEach(async () => await trigger.reset());

	describe('when the workflow is published', () => {
		it('subscribes an address with a secret of its own', async () => {
			await expect(trigger.hook('checkExists')).resolves.toBe(false);
			await expect(trigger.hook('create')).resolves.toBe(true);
			expect(trigger.key).toMatch(/^[0-9a-f]{64}$/);
			expect([...trigger.kommo.store.webhooks.values()]).toEqual([
				expect.objectContaining({
					destination: `${trigger.receiver.url}?key=${trigger.key}`,
					settings: ['status_lead'],
				}),
			]);
			await expect(trigger.hook('checkExists')).resolves.toBe(true);
		});

		it('keeps nothing by which somebody could write to the address', async () => {
			await trigger.hook('create');
			expect(trigger.staticData).toEqual({
				sealedSecret: expect.any(String) as string,
				secretDigest: createHash('sha256').update(trigger.key).digest('hex'),
				accountId: String(trigger.kommo.account.id),
				address: trigger.receiver.url,
			});
			expect(JSON.stringify(trigger.staticData)).not.toContain(trigger.key);
		});

		it('makes a new secret, and takes the old address back, when the token was replaced', async () => {
			await trigger.hook('create');
			const { key } = trigger;
			trigger.staticData.sealedSecret = seal(key, 'the former token');
			await expect(trigger.hook('checkExists')).resolves.toBe(false);
			await trigger.hook('create');
			expect(trigger.kommo.store.webhooks.size).toBe(1);
			expect(trigger.key).not.toBe(key);
			await expect(trigger.hook('checkExists')).resolves.toBe(true);
		});

		it('leaves a subscription alone that is as it should be', async () => {
			await trigger.hook('create');
			trigger.kommo.log.clear();
			await trigger.hook('checkExists');
			expect(trigger.kommo.log.entries.map(({ method }) => method)).toEqual(['GET']);
		});

		it('repairs changed events', async () => {
			await trigger.hook('create');
			trigger.parameters.events = ['status_lead', 'add_lead'];
			await expect(trigger.hook('checkExists')).resolves.toBe(true);
			const [webhook] = trigger.kommo.store.webhooks.values();
			expect([...(webhook?.settings ?? [])].sort()).toEqual(['add_lead', 'status_lead']);
		});

		it.each([true, false])(
			'switches a disabled webhook on again (repeating it is enough: %s)',
			async (repostEnables) => {
				trigger.kommo.switches.repostEnables = repostEnables;
				await trigger.hook('create');
				const [webhook] = trigger.kommo.store.webhooks.values();
				if (webhook) webhook.disabled = true;
				await expect(trigger.hook('checkExists')).resolves.toBe(true);
				const after = [...trigger.kommo.store.webhooks.values()];
				expect(after.map(({ disabled }) => disabled)).toEqual([false]);
				trigger.kommo.switches.repostEnables = true;
			},
		);

		it('makes it again when somebody has deleted it in Kommo', async () => {
			await trigger.hook('create');
			const { key } = trigger;
			trigger.kommo.store.webhooks.clear();
			await expect(trigger.hook('checkExists')).resolves.toBe(false);
			await trigger.hook('create');
			expect([...trigger.kommo.store.webhooks.keys()]).toEqual([
				`${trigger.receiver.url}?key=${key}`,
			]);
		});

		it('moves the subscription when the address of n8n has changed', async () => {
			await trigger.hook('create');
			const { key } = trigger;
			const moved = { webhookUrl: `${trigger.receiver.url}/moved` };
			await expect(trigger.hook('checkExists', moved)).resolves.toBe(false);
			await trigger.hook('create', moved);
			const destinations = [...trigger.kommo.store.webhooks.values()].map(
				({ destination }) => destination,
			);
			expect(destinations).toEqual([`${trigger.receiver.url}/moved?key=${key}`]);
		});

		it('says why when the token is not an administrator’s', async () => {
			trigger.kommo.switches.administrator = false;
			await expect(trigger.hook('create')).rejects.toMatchObject({
				description: expect.stringContaining('administrator') as string,
			});
			trigger.kommo.switches.administrator = true;
			expect(trigger.staticData).toEqual({});
		});
	});

	describe('when the workflow is taken down', () => {
		it('removes exactly its own address, and keeps the secret for addresses pasted elsewhere', async () => {
			await trigger.hook('create');
			const { key } = trigger;
			trigger.kommo.subscribe('https://example.com/other', ['add_lead']);
			await expect(trigger.hook('delete')).resolves.toBe(true);
			expect([...trigger.kommo.store.webhooks.values()]).toEqual([
				expect.objectContaining({ destination: 'https://example.com/other' }),
			]);
			expect(Object.keys(trigger.staticData)).toEqual(['sealedSecret', 'secretDigest']);
			await trigger.hook('create');
			expect(trigger.key).toBe(key);
		});

		it('is content when the webhook is gone already', async () => {
			await trigger.hook('create');
			trigger.kommo.store.webhooks.clear();
			await expect(trigger.hook('delete')).resolves.toBe(true);
		});

		it('asks nobody when there was no subscription', async () => {
			await expect(trigger.hook('delete')).resolves.toBe(true);
			expect(trigger.kommo.log.entries).toEqual([]);
		});

		it('reports that the webhook could not be removed, and remembers it', async () => {
			await trigger.hook('create');
			trigger.kommo.faults.add({ kind: 'answer', status: 402, method: 'DELETE' });
			await expect(trigger.hook('delete')).rejects.toThrow('not paid for');
			expect(trigger.staticData).toHaveProperty('address');
		});
	});
});
