import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { DEFAULTS, type NewLead } from '../../../simulators/kommo';
import { paymentEvent } from '../../../unit/core/payment-events';
import { minutesAgo, startPaymentAccount, type PaymentAccount } from './payment-account';

describe('Kommo: Apply Payment Event, what needs a person', () => {
	let account: PaymentAccount;
	let leadId: number;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		account.kommo.faults.clear();
		leadId = account.createLead({ responsibleUserId: DEFAULTS.users.accountManager });
	});

	const paid = (parts: Partial<PaymentEvent> = {}) =>
		paymentEvent({ leadId, paymentId: `pi_${leadId}`, occurredAt: minutesAgo(0), ...parts });

	describe('a payment that is not what was asked for', () => {
		it.each<[string, Partial<PaymentEvent>, string]>([
			['too little', { amountMinor: 9_000 }, 'Only 90.00 EUR of 100.00 EUR was paid.'],
			['too much', { amountMinor: 11_000 }, '110.00 EUR was paid, but only 100.00 EUR'],
			['another currency', { currency: 'USD' }, '100.00 USD was paid, but the deal is in EUR.'],
		])('(%s) leaves through the second output, with one task', async (_name, parts, reason) => {
			const { done, forAPerson } = await account.apply([paid(parts)]);
			expect(done).toEqual([]);
			const [task, ...others] = account.kommo.tasksOf(leadId);
			expect(others).toEqual([]);
			expect(forAPerson).toEqual([
				expect.objectContaining({
					leadId,
					outcome: 'review',
					reason: expect.stringContaining(reason) as string,
					paymentStatus: 'Awaiting',
					taskId: task?.id,
					responsibleUserId: DEFAULTS.users.accountManager,
				}),
			]);
			expect(task?.text).toContain(reason);
			expect(task?.text).toContain(`pi_${leadId}`);
			expect(task?.responsible_user_id).toBe(DEFAULTS.users.accountManager);
			const hours = ((task?.complete_till ?? 0) - Date.now() / 1000) / 3600;
			expect(Math.round(hours)).toBe(24);
			expect(account.card(leadId)).toMatchObject({ status: 'Awaiting' });
			expect(account.card(leadId).amountPaid).toBeUndefined();
			expect(account.notes(leadId)).toEqual([]);
		});

		it('on top of one that was enough is too much', async () => {
			await account.apply([paid()]);
			const { forAPerson } = await account.apply([paid({ paymentId: 'pi_second' })]);
			expect(forAPerson[0]?.reason).toContain('100.00 EUR was paid on top of 100.00 EUR');
			expect(account.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '100.00' });
			expect(account.kommo.tasksOf(leadId)).toHaveLength(1);
		});

		it('does not move the lead', async () => {
			const before = account.kommo.lead(leadId).status_id;
			const moves = { move: [{ status: 'Awaiting', stage: '142' }] };
			await account.apply([paid({ amountMinor: 1 })], { moves });
			expect(account.kommo.lead(leadId).status_id).toBe(before);
		});

		it('makes no second task when it is told of again', async () => {
			await account.apply([paid({ amountMinor: 9_000 })]);
			account.calls();
			const again = await account.apply([paid({ amountMinor: 9_000, eventId: 'evt_2' })]);
			expect(again.done).toEqual([expect.objectContaining({ outcome: 'duplicate', taskId: null })]);
			expect(account.calls()).toEqual(['GET leads/:id']);
			expect(account.kommo.tasksOf(leadId)).toHaveLength(1);
		});

		it('makes no second task when two events of one batch tell of it', async () => {
			const { forAPerson } = await account.apply([
				paid({ amountMinor: 9_000 }),
				paid({ amountMinor: 9_000, eventId: 'evt_2' }),
			]);
			const taskIds = account.kommo.tasksOf(leadId).map(({ id }) => id);
			expect(taskIds).toHaveLength(1);
			expect(forAPerson.map(({ taskId }) => taskId)).toEqual(taskIds);
		});

		it('gets its task with the next delivery when Kommo was down', async () => {
			account.kommo.faults.add({ kind: 'answer', status: 500, method: 'POST', path: /tasks$/ });
			await expect(account.apply([paid({ amountMinor: 9_000 })])).rejects.toThrow('Kommo');
			account.kommo.faults.clear();
			const { done } = await account.apply([paid({ amountMinor: 9_000 })]);
			expect(done[0]?.taskId).toBe(account.kommo.tasksOf(leadId)[0]?.id);
			await account.apply([paid({ amountMinor: 9_000 })]);
			expect(account.kommo.tasksOf(leadId)).toHaveLength(1);
		});

		it('makes no second task when the first was written without an answer', async () => {
			account.kommo.faults.add({ kind: 'dropAfter', method: 'POST', path: /tasks$/ });
			await expect(account.apply([paid({ amountMinor: 9_000 })])).rejects.toThrow('Kommo');
			account.kommo.faults.clear();
			await account.apply([paid({ amountMinor: 9_000 })]);
			expect(account.kommo.tasksOf(leadId)).toHaveLength(1);
		});

		it('becomes Paid when the amount due is put right and the event comes again', async () => {
			await account.apply([paid({ amountMinor: 9_000 })]);
			account.kommo.updateLead(leadId, { price: 90 });
			const { done } = await account.apply([paid({ amountMinor: 9_000 })]);
			expect(done[0]).toMatchObject({ outcome: 'applied', paymentStatus: 'Paid' });
			expect(account.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '90.00' });
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it.each([
			[0, null],
			[2, 2],
		])('with %i hours for the task: due in %p', async (reviewTaskHours, hours) => {
			await account.apply([paid({ amountMinor: 1 })], { applyOptions: { reviewTaskHours } });
			const due = account.kommo
				.tasksOf(leadId)
				.map(({ complete_till }) => Math.round((complete_till - Date.now() / 1000) / 3600));
			expect(due).toEqual(hours === null ? [] : [hours]);
		});

		it('makes one task for each of many leads, in one call', async () => {
			const leads = Array.from({ length: 20 }, () => account.createLead());
			const events = leads.map((id) => paid({ leadId: id, paymentId: `pi_${id}`, amountMinor: 1 }));
			const { forAPerson } = await account.apply(events);
			expect(account.kommo.log.of('POST', /tasks$/)).toHaveLength(1);
			for (const [n, id] of leads.entries()) {
				expect(account.kommo.tasksOf(id).map((task) => task.id)).toEqual([forAPerson[n]?.taskId]);
			}
		});
	});

	describe('a payment for nobody', () => {
		it.each<[string, () => Partial<PaymentEvent>, string]>([
			['without a lead', () => ({ leadId: null }), 'The payment names no lead.'],
			['for a lead that never was', () => ({ leadId: 999 }), 'Lead 999 does not exist'],
			[
				'for a lead that was deleted',
				() => {
					account.kommo.deleteLead(leadId);
					return {};
				},
				'or was deleted',
			],
		])('(%s) leaves through the second output', async (_name, parts, reason) => {
			const event = paid({ ...parts() });
			const { done, forAPerson } = await account.apply([event]);
			expect(done).toEqual([]);
			expect(forAPerson).toEqual([
				{
					leadId: event.leadId,
					responsibleUserId: null,
					outcome: 'unmatched',
					reason: expect.stringContaining(reason) as string,
					paymentStatus: null,
					previousStatus: null,
					noteId: null,
					taskId: null,
					event,
				},
			]);
			expect(account.kommo.log.of('PATCH', /./)).toEqual([]);
		});

		it('does not hold up the others', async () => {
			const { done, forAPerson } = await account.apply([
				paid({ leadId: 999 }),
				paid(),
				paid({ leadId: null, customer: { name: null, email: null, phone: null } }),
			]);
			expect(done.map((result) => result.leadId)).toEqual([leadId]);
			expect(forAPerson.map((result) => result.leadId)).toEqual([999, null]);
		});
	});

	describe('a payment that names no lead, by a client we know', () => {
		let email: string;
		let clients = 0;
		beforeEach(() => {
			clients += 1;
			email = `client${clients}@example.com`;
		});

		const customer = () => ({ name: null, email, phone: null });
		const unnamed = (parts: Partial<PaymentEvent> = {}) =>
			paid({ leadId: null, paymentId: `pi_of_${email}`, customer: customer(), ...parts });

		/** Leads of one client. */
		function leadsOfClient(...inputs: NewLead[]): number[] {
			const contact = account.kommo.createContact({ name: 'Client', email });
			return inputs.map((input) => {
				const id = account.createLead(input);
				account.kommo.lead(id).contacts.push({ id: contact.id, is_main: true });
				return id;
			});
		}
		const waiting = { customFields: { KP_PAYMENT_STATUS: 'Awaiting' } };

		it('goes to the only open lead of the client', async () => {
			const [open, lost] = leadsOfClient({}, { statusId: 143 });
			const { done } = await account.apply([unnamed()]);
			expect(done[0]).toMatchObject({ leadId: open, outcome: 'applied' });
			expect(account.card(lost ?? 0)).toEqual({});
		});

		it('goes to the lead that waits for a payment, even when it is won', async () => {
			const [won] = leadsOfClient({ statusId: 142, ...waiting }, {});
			expect((await account.apply([unnamed()])).done[0]?.leadId).toBe(won);
		});

		it.each<[string, Partial<PaymentEvent>]>([
			['of another amount', { amount: '9.00', amountMinor: 900 }],
			['that failed', { type: 'payment.failed' }],
			['that is on its way', { type: 'payment.pending' }],
			[
				'that was refunded',
				{ type: 'payment.refunded', refunded: { amount: '9.00', amountMinor: 900, total: true } },
			],
			['that is disputed', { type: 'payment.disputed' }],
		])('leaves an open lead alone when it is one %s, bought elsewhere', async (_name, changes) => {
			const [open] = leadsOfClient({});
			const { forAPerson } = await account.apply([unnamed(changes)]);
			expect(forAPerson).toMatchObject([{ leadId: null, outcome: 'unmatched' }]);
			expect(account.card(open ?? 0)).toEqual({});
		});

		it('leaves a lead that waits alone when it is for a subscription of another price', async () => {
			const [won] = leadsOfClient({ statusId: 142, ...waiting });
			const subscription = { id: 'sub_9', status: 'active', nextBillingAt: null, endsAt: null };
			const cheap = { amount: '5.00', amountMinor: 500, subscription };
			const { forAPerson } = await account.apply([unnamed(cheap)]);
			expect(forAPerson[0]).toMatchObject({ leadId: null, outcome: 'unmatched' });
			const { done } = await account.apply([unnamed({ paymentId: 'pi_dear', subscription })]);
			expect(done[0]).toMatchObject({ leadId: won, outcome: 'applied' });
		});

		it('needs a person where several leads may be meant', async () => {
			const [first, second] = leadsOfClient({}, {});
			const { forAPerson } = await account.apply([unnamed()]);
			expect(forAPerson).toEqual([
				expect.objectContaining({
					outcome: 'review',
					leadId: null,
					reason: `The payment names no lead, and ${email} has several: ${first}, ${second}.`,
				}),
			]);
		});

		it('needs a person where nobody has that address, or the user does not want this', async () => {
			const [unknown] = (await account.apply([unnamed()])).forAPerson;
			expect(unknown?.outcome).toBe('unmatched');
			leadsOfClient({});
			const options = { applyOptions: { findByEmail: false } };
			const [unwanted] = (await account.apply([unnamed()], options)).forAPerson;
			expect(unwanted?.outcome).toBe('unmatched');
		});

		it('stays with its lead when it is told of again, and does not go to the next one', async () => {
			const [first, second] = leadsOfClient(waiting, {});
			await account.apply([unnamed()]);
			expect(account.card(first ?? 0).status).toBe('Paid');
			const { done } = await account.apply([unnamed({ eventId: 'evt_polled' })]);
			expect(done[0]).toMatchObject({ leadId: first, outcome: 'duplicate' });
			expect(account.card(second ?? 0)).toEqual({});
		});

		it('takes its refund to the same lead, even when that is closed', async () => {
			const [first, second] = leadsOfClient(waiting, waiting);
			account.kommo.updateLead(second ?? 0, { customFields: { KP_PAYMENT_STATUS: null } });
			await account.apply([unnamed()]);
			account.kommo.moveLead(first ?? 0, 142);
			const refunded = { amount: '100.00', amountMinor: 10_000, total: true };
			await account.apply([unnamed({ type: 'payment.refunded', refunded })]);
			expect(account.card(first ?? 0).status).toBe('Refunded');
			expect(account.card(second ?? 0)).toEqual({});
		});

		it('asks Kommo once for all payments of one client', async () => {
			leadsOfClient({});
			const events = [1, 2, 3].map((n) => unnamed({ paymentId: `pi_${n}_${email}` }));
			await account.apply(events, { applyOptions: { acceptPartialPayments: true } });
			expect(account.kommo.log.of('GET', /contacts/)).toHaveLength(1);
		});
	});

	describe('fields of their own', () => {
		it('take the place of ours', async () => {
			const own = {
				status: account.kommo.addField({
					name: 'Zahlstatus',
					type: 'select',
					enums: ['Awaiting', 'Paid'].map((value) => ({ value })),
				}),
				amountPaid: account.kommo.addField({ name: 'Bezahlt', type: 'numeric' }),
			};
			const fieldMapping = { status: String(own.status.id), amountPaid: 'Bezahlt' };
			await account.apply([paid()], { fieldMapping });
			expect(account.kommo.fieldValue(leadId, own.status.id)).toBe('Paid');
			expect(account.kommo.fieldValue(leadId, own.amountPaid.id)).toBe('100.00');
			const card = account.card(leadId);
			expect([card.status, card.amountPaid]).toEqual([undefined, undefined]);
			expect(card.paymentId).toBe(`pi_${leadId}`);
		});

		it('that are gone are named', async () => {
			const attempt = account.apply([paid()], { fieldMapping: { status: '123' } });
			await expect(attempt).rejects.toThrow('has no custom field "123"');
		});
	});
});
