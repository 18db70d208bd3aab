import { parse } from 'node:querystring';
import { DEFAULTS, startKommo, type KommoSimulator } from '.';
import { call } from './api-call';
import { WEBHOOK_RULES } from './event-sender';
import { fixture, shapeOf } from './fixture-files';
import { startReceiver, type WebhookReceiver } from './webhook-receiver';

const { sales, users } = DEFAULTS;

describe('Webhooks of the Kommo simulator', () => {
	let kommo: KommoSimulator;
	let receiver: WebhookReceiver;

	beforeEach(async () => {
		receiver = await startReceiver();
		kommo = await startKommo({ rateLimit: null });
		kommo.deliveries.timeScale = 1_000_000;
	});
	afterEach(async () => {
		await kommo.close();
		await receiver.close();
	});

	const subscribe = (settings: string[], destination = receiver.url) =>
		call(kommo, 'POST', '/api/v4/webhooks', { destination, settings });

	/** What arrived, as the first key of the entity block: leads[status], … */
	const events = () =>
		receiver.received.map(({ body }) => {
			const keys = Object.keys(parse(body, undefined, undefined, { maxKeys: 0 }));
			return keys.find((key) => !key.startsWith('account'))?.replace(/\[0\].*/, '');
		});

	const value = (index: number, key: string) => parse(receiver.received[index]?.body ?? '')[key];

	describe('subscriptions', () => {
		it('are answered as one bare object, listed, and replaced by a second POST', async () => {
			const created = await subscribe(['add_lead']);
			expect(created.status).toBe(200);
			expect(shapeOf(created.body)).toEqual(shapeOf(fixture('webhooks.post.200.json')));

			const replaced = await subscribe(['status_lead']);
			expect(replaced.body.id).toBe(created.body.id);
			const listed = await call(kommo, 'GET', '/api/v4/webhooks');
			expect(shapeOf(listed.body)).toEqual(shapeOf(fixture('webhooks.list.200.json')));
			expect([...kommo.store.webhooks.values()].map(({ settings }) => settings)).toEqual([
				['status_lead'],
			]);
		});

		it('are found by destination', async () => {
			await subscribe(['add_lead'], 'https://one.example.com/hook');
			await subscribe(['add_lead'], 'https://two.example.com/hook');
			const query = `filter[destination]=${encodeURIComponent('https://two.example.com/hook')}`;
			const { body } = await call(kommo, 'GET', `/api/v4/webhooks?${query}`);

			expect(body._total_items).toBe(1);
		});

		it('are deleted by a body, once', async () => {
			await subscribe(['add_lead']);
			const body = { destination: receiver.url };

			expect((await call(kommo, 'DELETE', '/api/v4/webhooks', body)).status).toBe(204);
			expect((await call(kommo, 'DELETE', '/api/v4/webhooks', body)).status).toBe(404);
			expect((await call(kommo, 'GET', '/api/v4/webhooks')).status).toBe(204);
		});

		it('accept every event code of the Kommo reference and no invented one', async () => {
			const codes = fixture('webhooks.event-codes.json') as Record<string, string[]>;

			expect((await subscribe(codes.kommo_reference ?? [])).status).toBe(200);
			expect((await subscribe(['add_lead', 'leads.status.changed'])).text).toContain(
				'"path":"settings.1"',
			);
			expect((await subscribe(codes.amocrm_only_in_docs ?? [])).status).toBe(400);
			kommo.switches.amoEvents = true;
			expect((await subscribe(codes.amocrm_only_in_docs ?? [])).status).toBe(200);
		});
	});

	it('arrive with the headers of real ones and no signature', async () => {
		await subscribe(['add_lead']);
		kommo.createLead({ name: 'Order' });
		await kommo.settled();

		expect(receiver.received[0]?.headers).toMatchObject({
			'content-type': 'application/x-www-form-urlencoded',
			'user-agent': 'amoCRM-Webhooks/3.0',
			'accept-encoding': 'gzip',
			'x-amocrm-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
		expect(Object.keys(receiver.received[0]?.headers ?? {}).join()).not.toMatch(/sign/i);
	});

	it('fire both status and update when a person moves a lead, naming the person', async () => {
		const { id } = kommo.createLead();
		await subscribe(['status_lead', 'update_lead']);
		kommo.moveLead(id, sales.invoiceSent);
		await kommo.settled();

		expect(events().sort()).toEqual(['leads[status]', 'leads[update]']);
		const index = events().indexOf('leads[status]');
		expect(value(index, 'leads[status][0][old_status_id]')).toBe(String(sales.initialContact));
		expect(value(index, 'leads[status][0][modified_user_id]')).toBe(String(users.salesManager));
	});

	it('echo an API write with modified_user_id 0', async () => {
		const { id } = kommo.createLead();
		await subscribe(['status_lead', 'update_lead']);
		await call(kommo, 'PATCH', `/api/v4/leads/${id}`, { price: 7 });
		await kommo.settled();

		expect(events()).toEqual(['leads[update]']);
		expect(value(0, 'leads[update][0][modified_user_id]')).toBe('0');
		expect(value(0, 'leads[update][0][old_status_id]')).toBeUndefined();
	});

	it('fire for notes, tasks, a new responsible user and deletion', async () => {
		const { id } = kommo.createLead();
		await subscribe(['note_lead', 'add_task', 'responsible_lead', 'delete_lead']);
		await call(kommo, 'POST', '/api/v4/leads/notes', [
			{ entity_id: id, note_type: 'common', params: { text: 'x' } },
		]);
		kommo.person.addTask(id, 'Call the client');
		kommo.updateLead(id, { responsibleUserId: users.accountManager });
		kommo.deleteLead(id);
		await kommo.settled();

		expect(events().sort()).toEqual([
			'leads[delete]',
			'leads[note]',
			'leads[responsible]',
			'task[add]',
		]);
	});

	it('send a minimal body for the stage a Digital Pipeline hook stands on', async () => {
		const { id } = kommo.createLead();
		kommo.addDigitalPipelineHook({
			url: receiver.url,
			event: 'status',
			statusId: sales.invoiceSent,
		});
		kommo.moveLead(id, sales.offerMade);
		kommo.moveLead(id, sales.invoiceSent);
		await kommo.settled();

		expect(receiver.received).toHaveLength(1);
		expect({ ...parse(receiver.received[0]?.body ?? '') }).toEqual({
			'leads[status][0][id]': String(id),
			'leads[status][0][status_id]': String(sales.invoiceSent),
			'leads[status][0][pipeline_id]': String(sales.pipeline),
			'leads[status][0][old_status_id]': String(sales.offerMade),
			'leads[status][0][old_pipeline_id]': String(sales.pipeline),
			'account[id]': String(kommo.account.id),
			'account[subdomain]': 'example',
		});
	});

	it.each([
		[200, 1],
		[299, 1],
		[302, 3],
		[404, 3],
		[499, 5],
		[503, 5],
	])('are tried as often as the table says when the answer is %i', async (status, attempts) => {
		receiver.status = status;
		await subscribe(['add_lead']);
		kommo.createLead();
		await kommo.settled();

		expect(kommo.deliveries.attempts.map(({ attempt }) => attempt)).toEqual(
			Array.from({ length: attempts }, (_, index) => index + 1),
		);
	});

	it('wait two seconds for an answer and pause 5, 15, 15 and 60 minutes', () => {
		expect(WEBHOOK_RULES.timeoutMs).toBe(2000);
		const pauses = [1, 2, 3, 4, 5].map((attempt) => WEBHOOK_RULES.retryAfterMs(attempt, 500));
		expect(pauses).toEqual([300_000, 900_000, 900_000, 3_600_000, null]);
		const afterSilence = [1, 2, 3].map((attempt) => WEBHOOK_RULES.retryAfterMs(attempt, 0));
		expect(afterSilence).toEqual([300_000, 900_000, null]);
	});

	it('are disabled after more than 100 bad answers and enabled by a second POST', async () => {
		kommo.deliveries.timeScale = 100_000;
		receiver.status = 404;
		await subscribe(['add_lead']);
		for (let index = 0; index < 34; index += 1) {
			kommo.createLead();
			await kommo.settled();
			// Two hours are 72 ms at this scale; keep the early failures inside them.
			for (const attempt of kommo.deliveries.attempts) attempt.at = Date.now();
		}
		expect(kommo.deliveries.attempts.length).toBeGreaterThan(100);
		kommo.createLead();
		const { body } = await call<{ _embedded: { webhooks: Array<{ disabled: boolean }> } }>(
			kommo,
			'GET',
			'/api/v4/webhooks',
		);
		expect(body._embedded.webhooks[0]?.disabled).toBe(true);

		expect((await subscribe(['add_lead'])).body.disabled).toBe(false);
	});

	it('are not retried once the subscription is gone', async () => {
		kommo.deliveries.timeScale = 3000;
		receiver.status = 500;
		await subscribe(['add_lead']);
		kommo.createLead();
		while (kommo.deliveries.attempts[0]?.status !== 500) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		await call(kommo, 'DELETE', '/api/v4/webhooks', { destination: receiver.url });
		await kommo.settled();

		expect(receiver.received).toHaveLength(1);
	});
});
