import type { IDataObject } from 'n8n-workflow';
import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { withoutPauses } from '../../harness';
import { paymentEvent } from '../../../unit/core/payment-events';
import { minutesAgo, startPaymentAccount, type PaymentAccount } from './payment-account';

describe('Kommo: Apply Payment Event, many at once', () => {
	let account: PaymentAccount;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		account.kommo.faults.clear();
	});

	const paid = (leadId: number, parts: Partial<PaymentEvent> = {}) =>
		paymentEvent({ leadId, paymentId: `pi_${leadId}`, occurredAt: minutesAgo(0), ...parts });

	const createLeads = (count: number) => Array.from({ length: count }, () => account.createLead());

	it('60 late events look for notes that may be there with one call', async () => {
		const leads = createLeads(60);
		const events = leads.map((leadId) => paid(leadId, { occurredAt: minutesAgo(60) }));
		await account.apply(events);
		const queries = account.kommo.log.of('GET', /leads\/notes$/).map(({ query }) => query);
		expect(queries).toHaveLength(1);
		// So many ids would not fit into an address.
		expect(queries[0]).not.toContain('entity_id');
		expect(new URLSearchParams(queries[0]).get('filter[updated_at][from]')).not.toBeNull();
		expect(leads.every((leadId) => account.notes(leadId).length === 1)).toBe(true);
	});

	it('300 events of 300 leads take 14 calls, and each result stays with its item', async () => {
		const leads = createLeads(300);
		const { done } = await account.apply(leads.map((leadId) => paid(leadId)));
		expect(done.map(({ leadId, outcome }) => [leadId, outcome])).toEqual(
			leads.map((leadId) => [leadId, 'applied']),
		);
		const { log } = account.kommo;
		expect(log.of('GET', /leads$/)).toHaveLength(2);
		expect(log.of('PATCH', /leads$/)).toHaveLength(6);
		expect(log.of('POST', /notes$/)).toHaveLength(6);
		expect(log.entries).toHaveLength(14);
		expect(leads.every((leadId) => account.card(leadId).status === 'Paid')).toBe(true);
		expect(leads.every((leadId) => account.notes(leadId).length === 1)).toBe(true);
	});

	it('many payments of one lead make one change and one call for the notes', async () => {
		const leadId = account.createLead();
		const events = Array.from({ length: 20 }, (_none, n) =>
			paid(leadId, { paymentId: `pi_${leadId}_${n}`, amountMinor: 500 }),
		);
		const options = { applyOptions: { acceptPartialPayments: true } };
		await account.apply(events, options);
		expect(account.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '100.00' });
		expect(account.calls()).toEqual(['GET leads/:id', 'PATCH leads', 'POST leads/notes']);
		expect(account.notes(leadId)).toHaveLength(20);
	});

	describe('when Kommo refuses one lead of them', () => {
		async function withRefusedLead(
			position: number,
			onError?: 'continueRegularOutput' | 'continueErrorOutput',
		) {
			const leads = createLeads(9);
			const refused = leads[position] ?? 0;
			account.kommo.log.clear();
			const events = leads.map((leadId) => paid(leadId));
			// Its pipeline was deleted a moment ago, so that it can't be moved there.
			account.kommo.lead(refused).pipeline_id = 404;
			const outputs = await account.run(
				'payment:apply',
				{ moves: { move: [{ status: 'Paid', stage: '142' }] } },
				events as unknown as IDataObject[],
				onError ? { onError } : {},
			);
			return { leads, refused, outputs };
		}

		it('the node stops', async () => {
			await expect(withRefusedLead(4)).rejects.toThrow();
		});

		it.each([0, 4, 8])('(number %i) the others are applied', async (position) => {
			const { leads, refused, outputs } = await withRefusedLead(position, 'continueErrorOutput');
			const [done = [], forAPerson = [], failed = []] = outputs;
			const others = leads.filter((leadId) => leadId !== refused);
			expect(done.map(({ json }) => json.leadId)).toEqual(others);
			expect(forAPerson).toEqual([]);
			expect(failed).toEqual([
				expect.objectContaining({
					json: expect.objectContaining({
						leadId: refused,
						paymentId: `pi_${refused}`,
						error: expect.any(String) as string,
						details: expect.any(String) as string,
					}) as unknown,
					pairedItem: { item: position },
				}),
			]);
			for (const leadId of others) {
				expect(account.card(leadId).status).toBe('Paid');
				expect(account.notes(leadId)).toHaveLength(1);
			}
		});
	});

	it('when Kommo is down all fail, without a try for each', async () => {
		const leads = createLeads(9);
		account.kommo.faults.add({ kind: 'answer', status: 500, body: {}, path: /leads$/ });
		account.kommo.log.clear();
		const [output = []] = await withoutPauses(
			async () =>
				await account.run(
					'payment:apply',
					{},
					leads.map((leadId) => paid(leadId)) as unknown as IDataObject[],
					{ onError: 'continueRegularOutput' },
				),
		);
		expect(output).toHaveLength(9);
		expect(output.every(({ json }) => typeof json.error === 'string')).toBe(true);
		// One list of leads, tried five times.
		expect(account.kommo.log.of('GET', /leads$/)).toHaveLength(5);
		expect(account.kommo.log.of('PATCH', /./)).toEqual([]);
	});

	it('items that are no events keep their places among the others', async () => {
		const [first = 0, second = 0] = createLeads(2);
		const items = [paid(first), { hello: 'world' }, paid(second)] as unknown as IDataObject[];
		const [done = []] = await account.run('payment:apply', {}, items, {
			onError: 'continueRegularOutput',
		});
		expect(done.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});
});
