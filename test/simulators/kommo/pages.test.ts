import { DEFAULTS, startKommo, type KommoSimulator } from '.';
import { call } from './api-call';

const { sales, users } = DEFAULTS;

describe('Pages of the Kommo simulator', () => {
	let kommo: KommoSimulator;

	beforeEach(async () => {
		kommo = await startKommo({ rateLimit: null });
	});
	afterEach(() => kommo.close());

	const page = async (path: string) => (await fetch(kommo.url + path)).text();
	const post = (path: string, fields: Record<string, string>) =>
		fetch(kommo.url + path, {
			method: 'POST',
			body: new URLSearchParams(fields),
			redirect: 'manual',
		});

	it('show a deal with its contact, fields, notes and tasks, escaped and with live links', async () => {
		kommo.addField({ name: 'Payment link', type: 'textarea', code: 'LINK' });
		const { id } = kommo.createLead({
			name: 'Order <1>',
			price: 1999,
			contact: { name: 'Example customer', email: 'customer@example.com' },
			customFields: { LINK: 'https://pay.example.com/a?b=1&c=2' },
		});
		await call(kommo, 'POST', '/api/v4/leads/notes', [
			{
				entity_id: id,
				note_type: 'service_message',
				params: { service: 'Stripe', text: 'Paid 1999.00 EUR' },
			},
		]);
		kommo.person.addTask(id, 'Call the client');
		const text = await page(`/leads/detail/${id}`);

		expect(text).toContain('Order &lt;1&gt;');
		expect(text).toContain('1999 EUR');
		expect(text).toContain('customer@example.com');
		expect(text).toContain('href="https://pay.example.com/a?b=1&amp;c=2"');
		expect(text).toMatch(/<b>Stripe<\/b>\s*<div class="value">Paid 1999\.00 EUR/);
		expect(text).toContain('Call the client');
		expect(await page('/')).toContain('Order &lt;1&gt;');
	});

	it('move a deal as a person and count no API request', async () => {
		const { id } = kommo.createLead();
		const stage = `${sales.pipeline}:${sales.invoiceSent}`;
		const response = await post(`/leads/detail/${id}/move`, { stage });

		expect(response.headers.get('location')).toBe(`/leads/detail/${id}`);
		expect(kommo.lead(id)).toMatchObject({
			status_id: sales.invoiceSent,
			updated_by: users.salesManager,
		});
		expect(kommo.log.entries).toEqual([]);
	});

	it('create a deal with a contact and complete a task', async () => {
		await post('/leads/new', { name: 'Order', price: '50', email: 'customer@example.com' });
		const lead = [...kommo.store.leads.values()][0];
		expect(lead).toMatchObject({ name: 'Order', price: 50, contacts: [{ is_main: true }] });

		const task = kommo.person.addTask(lead?.id ?? 0, 'Call the client');
		await post(`/tasks/${task.id}/complete`, {});
		expect(task.is_completed).toBe(true);
	});

	it('switch faults on and off', async () => {
		await post('/faults', { action: 'tooMany', times: '1' });
		expect(await page('/faults')).toContain('answer 429, 1 left');
		expect((await call(kommo, 'GET', '/api/v4/account')).status).toBe(429);
		expect((await call(kommo, 'GET', '/api/v4/account')).status).toBe(200);

		await post('/faults', { action: 'drop', times: '9' });
		await expect(call(kommo, 'GET', '/api/v4/account')).rejects.toThrow();
		await post('/faults', { action: 'clear' });
		expect((await call(kommo, 'GET', '/api/v4/account')).status).toBe(200);

		await post('/faults', { action: 'duplicate' });
		expect(kommo.deliveries.copies).toBe(2);
	});
});
