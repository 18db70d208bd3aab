import type { RegistrationRequest } from '../../../../nodes/gateways/gateway';
import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('the webhook that a trigger registers', () => {
	const workflows = () => [...at.checkout.store.workflows.values()];
	const only = () => {
		const [workflow, ...others] = workflows();
		if (!workflow || others.length > 0) throw new Error(`${workflows().length} workflows`);
		return workflow;
	};
	const check = async (changes: Partial<RegistrationRequest> = {}) =>
		await at.registrar.check(at.registration, at.registrationRequest(changes), at.context);
	const writes = () => at.checkout.log.entries.filter(({ method }) => method !== 'GET').length;

	it('is named after the workflow, and signs with a key of ours', () => {
		const { id, name, active, actions, conditions } = only();
		expect(at.registration).toEqual({
			webhookId: id,
			secret: expect.any(String) as string,
			live: false,
		});
		expect(at.registration.secret).toMatch(/^[0-9a-f]{64}$/);
		expect(name).toMatch(/^n8n workflow "Payments" \(kommo-payments [0-9a-f]{12}\)$/);
		expect(active).toBe(true);
		expect(actions).toEqual([
			expect.objectContaining({
				url: at.hook.url,
				signature: { method: 'HMACSHA256', key: at.registration.secret },
			}),
		]);
		expect(conditions).toEqual([expect.objectContaining({ type: 'event' })]);
	});

	it('listens to nothing that would tell of a payment before it is paid', () => {
		const [condition] = only().conditions;
		const { events } = condition as { events: Record<string, string[]> };
		expect(Object.keys(events)).toEqual(['gateway', 'dispute']);
		expect(events['gateway']).toContain('payment_captured');
		expect(events['gateway']).not.toContain('payment_approved');
	});

	it('tells of authorizations when asked to', async () => {
		await at.registrar.remove(at.registration, at.context);
		at.registration = await at.register({ options: { includeAuthorizations: true } });
		await at.checkout.pay((await at.createLink()).url);
		expect((await at.told()).map(({ type }) => type)).toEqual([
			'payment.pending',
			'payment.succeeded',
		]);
	});

	it('is left alone while nothing has changed', async () => {
		const before = writes();
		expect(await check()).toBe(true);
		expect(writes()).toBe(before);
	});

	it('is repaired when somebody changed or stopped it, or other events are wanted', async () => {
		const workflow = only();
		workflow.active = false;
		workflow.actions[0]!.url = 'https://elsewhere.example.com';
		workflow.actions[0]!.signature = { method: 'HMACSHA256', key: 'another' };
		expect(await check({ types: ['payment.succeeded', 'payment.disputed'] })).toBe(true);
		expect(only()).toMatchObject({
			id: at.registration.webhookId,
			active: true,
			actions: [{ url: at.hook.url, signature: { key: at.registration.secret } }],
			conditions: [
				{
					events: {
						gateway: ['payment_captured', 'payment_voided'],
						dispute: ['dispute_evidence_required', 'dispute_received'],
					},
				},
			],
		});
		const { id } = await at.checkout.pay((await at.createLink()).url);
		expect((await at.told()).map(short)).toEqual([`payment.succeeded ${id} ${LEAD} 1999.00`]);
	});

	it('keeps a filter that a person added, and follows the processing channel of the credential', async () => {
		only().conditions.push({ id: 'wfc_by_hand', type: 'entity', entities: ['ent_1'] });
		const channel = at.checkout.processingChannelId;
		const withChannel = { ...at.context, settings: { processingChannelId: channel } };
		const types = () => only().conditions.map(({ type }) => type);
		await at.registrar.check(at.registration, at.registrationRequest(), withChannel);
		expect(types().sort()).toEqual(['entity', 'event', 'processing_channel']);
		await at.registrar.check(at.registration, at.registrationRequest(), at.context);
		expect(types().sort()).toEqual(['entity', 'event']);
	});

	it('is repaired when Checkout.com hides its key', async () => {
		at.checkout.settings.showSignatureKeys = false;
		expect(await check()).toBe(true);
		expect(only().actions[0]?.signature?.key).toBe(at.registration.secret);
	});

	it('does not exist once somebody deleted it, or the trigger has another address', async () => {
		expect(await check({ url: `${at.hook.url}/moved` })).toBe(false);
		at.checkout.store.workflows.clear();
		expect(await check()).toBe(false);
	});

	it('is taken over under a new key when an earlier activation left it behind', async () => {
		const before = only();
		const twin = structuredClone(before);
		at.checkout.store.workflows.set('wf_twin', { ...twin, id: 'wf_twin' });
		const again = await at.register();
		expect(again.webhookId).toBe(before.id);
		expect(again.secret).not.toBe(at.registration.secret);
		expect(only().actions).toMatchObject([{ url: at.hook.url, signature: { key: again.secret } }]);
	});

	it("is never another trigger's or another person's", async () => {
		const other = await at.register({ url: `${at.hook.url}/other` });
		const byHand = { ...structuredClone(workflows()[0]!), id: 'wf_by_hand', name: 'My webhook' };
		at.checkout.store.workflows.set(byHand.id, byHand);
		await at.register();
		await at.registrar.remove(at.registration, at.context);
		expect(workflows().map(({ id }) => id)).toEqual([other.webhookId, 'wf_by_hand']);
	});

	it('is found again when the answer to its creation was lost', async () => {
		await at.registrar.remove(at.registration, at.context);
		at.checkout.faults.add({ kind: 'dropAfter', method: 'POST', path: /\/workflows$/, times: 1 });
		at.registration = await at.register();
		expect(only()).toMatchObject({
			id: at.registration.webhookId,
			actions: [{ signature: { key: at.registration.secret } }],
		});
	});

	it('is removed, once or twice', async () => {
		await at.registrar.remove(at.registration, at.context);
		await at.registrar.remove(at.registration, at.context);
		expect(workflows()).toEqual([]);
	});

	it('is refused in words when the key may not manage workflows', async () => {
		at.checkout.settings.keyMayUseWorkflows = false;
		await expect(at.register()).rejects.toMatchObject({
			message: 'The Checkout.com key may not do this.',
			details: { hint: expect.stringContaining('workflows') as string },
		});
	});

	it('needs an event that Checkout.com has', async () => {
		await expect(at.register({ types: ['subscription.updated'] })).rejects.toThrow(
			'Choose at least one that it has',
		);
	});
});
