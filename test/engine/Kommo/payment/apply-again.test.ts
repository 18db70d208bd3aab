import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { waitFor } from '../../../n8n-host/wait-for';
import { paymentEvent } from '../../../unit/core/payment-events';
import { minutesAgo, startPaymentAccount, type PaymentAccount } from './payment-account';

describe('Kommo: Apply Payment Event, once more', () => {
	let account: PaymentAccount;
	let leadId: number;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		account.kommo.faults.clear();
		leadId = account.createLead();
	});

	const paid = (parts: Partial<PaymentEvent> = {}) =>
		paymentEvent({ leadId, paymentId: `pi_${leadId}`, occurredAt: minutesAgo(0), ...parts });

	describe('after a crash between change and note', () => {
		it.each([
			['Kommo refused the note', { kind: 'answer', status: 500 }],
			['the connection broke before the note', { kind: 'drop' }],
		] as const)('(%s) the next delivery writes one note', async (_name, fault) => {
			account.kommo.faults.add({ ...fault, method: 'POST', path: /notes$/ });
			await expect(account.apply([paid()])).rejects.toThrow('Kommo');
			expect(account.card(leadId).status).toBe('Paid');
			expect(account.notes(leadId)).toEqual([]);

			account.kommo.faults.clear();
			const [repaired] = (await account.apply([paid()])).done;
			expect(repaired).toMatchObject({
				outcome: 'duplicate',
				noteId: expect.any(Number) as number,
			});
			expect(account.notes(leadId)).toHaveLength(1);

			account.calls();
			await account.apply([paid()]);
			expect(account.calls()).toEqual(['GET leads/:id']);
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('a note that was written, although no answer came, is not written twice', async () => {
			account.kommo.faults.add({ kind: 'dropAfter', method: 'POST', path: /notes$/ });
			await expect(account.apply([paid()])).rejects.toThrow('could not be reached');
			account.kommo.faults.clear();
			await account.apply([paid()]);
			await account.apply([paid()]);
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('a change that was refused is made by the next delivery', async () => {
			account.kommo.faults.add({ kind: 'answer', status: 403, body: {}, method: 'PATCH' });
			await expect(account.apply([paid()])).rejects.toThrow('not allowed');
			expect(account.notes(leadId)).toEqual([]);
			account.kommo.faults.clear();
			expect((await account.apply([paid()])).done[0]?.outcome).toBe('applied');
			expect(account.notes(leadId)).toHaveLength(1);
		});
	});

	describe('after another process has overwritten the ledger', () => {
		const forget = () => {
			const codes = ['KP_PAYMENTS', 'KP_PAYMENT_STATUS', 'KP_AMOUNT_PAID'];
			account.kommo.updateLead(leadId, {
				customFields: Object.fromEntries(codes.map((code) => [code, null])),
			});
		};

		it('reconciliation brings the payment back, without a second note', async () => {
			const event = paid({ occurredAt: minutesAgo(20) });
			await account.apply([event]);
			const before = account.card(leadId);
			forget();
			expect((await account.apply([event])).done[0]).toMatchObject({
				outcome: 'applied',
				noteId: null,
			});
			expect(account.card(leadId)).toEqual(before);
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('so does another event that tells of the same payment', async () => {
			await account.apply([paid({ occurredAt: minutesAgo(20) })]);
			forget();
			await account.apply([paid({ occurredAt: minutesAgo(15), eventId: 'evt_other' })]);
			expect(account.card(leadId).status).toBe('Paid');
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('an old event that was never told of gets its note', async () => {
			await account.apply([paid({ occurredAt: minutesAgo(60 * 24) })]);
			expect(account.notes(leadId)).toHaveLength(1);
		});
	});

	describe('at one moment', () => {
		it('two payments of one lead both count', async () => {
			const options = { applyOptions: { acceptPartialPayments: true } };
			const part = (paymentId: string) => paid({ paymentId, amountMinor: 5_000 });
			await Promise.all(
				['pi_a', 'pi_b'].map(async (id) => await account.apply([part(id)], options)),
			);
			expect(account.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '100.00' });
			expect(String(account.card(leadId).ledger).split('\n')).toHaveLength(2);
			expect(account.notes(leadId)).toHaveLength(2);
		});

		it('one payment told of five times is applied once', async () => {
			const outcomes = await Promise.all(
				Array.from({ length: 5 }, async () => (await account.apply([paid()])).done[0]?.outcome),
			);
			expect(outcomes.sort()).toEqual(['applied', ...Array<string>(4).fill('duplicate')]);
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('two payments of two leads do not wait for one another', async () => {
			const other = account.createLead();
			// Longer than the pauses that keep to Kommo's rate.
			account.kommo.faults.add({ kind: 'delay', ms: 5_000, path: new RegExp(`leads/${leadId}$`) });
			const finished: number[] = [];
			await Promise.all(
				[leadId, other].map(async (id) => {
					await account.apply([paid({ leadId: id })]);
					finished.push(id);
				}),
			);
			expect(finished).toEqual([other, leadId]);
		});
	});

	describe('with several workers', () => {
		const options = { applyOptions: { acceptPartialPayments: true, severalWorkers: true } };
		const part = () => paid({ paymentId: 'pi_ours', amountMinor: 4_000 });
		const theirs = {
			KP_PAYMENTS: '2026-11-20 10:00:00Z | stripe | pi_theirs | paid | 60.00 EUR',
			KP_PAYMENT_STATUS: 'Partially Paid',
			KP_AMOUNT_PAID: 60,
		};

		it('writes again what another one has written over', async () => {
			const applying = account.apply([part()], options);
			await waitFor('the lead to be written', () => account.kommo.log.of('PATCH', /leads$/)[0]);
			account.kommo.updateLead(leadId, { customFields: theirs });
			const { done } = await applying;
			expect(done).toMatchObject([{ outcome: 'applied', paymentStatus: 'Paid' }]);
			expect(account.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '100.00' });
			const ids = String(account.card(leadId).ledger).match(/pi_\w+/g);
			expect(ids).toEqual(['pi_theirs', 'pi_ours']);
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('looks once more, and writes nothing, where everything still stands', async () => {
			await account.apply([part()], options);
			expect(account.calls()).toEqual([
				'GET leads/:id',
				'PATCH leads',
				'GET leads/:id',
				'POST leads/notes',
			]);
		});
	});

	describe('in one batch', () => {
		it('a payment and its refund are both written, with one change and one call for the notes', async () => {
			const events = [paid(), paid({ type: 'payment.refunded', refunded: total(10_000) })];
			await account.apply(events);
			expect(account.card(leadId)).toMatchObject({ status: 'Refunded', refunded: '100.00' });
			expect(account.notes(leadId)).toHaveLength(2);
			expect(account.kommo.log.of('PATCH', /leads$/)).toHaveLength(1);
			expect(account.kommo.log.of('POST', /notes$/)).toHaveLength(1);
		});

		it('two events that tell of one payment make one note', async () => {
			const { done } = await account.apply([paid(), paid({ eventId: 'evt_2' })]);
			expect(done.map(({ outcome }) => outcome)).toEqual(['applied', 'duplicate']);
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('two events that tell of one refund at two times make one note', async () => {
			const refund = (minutes: number) =>
				paid({
					type: 'payment.refunded',
					refunded: total(10_000),
					occurredAt: minutesAgo(minutes),
				});
			const { done } = await account.apply([refund(2), refund(1)]);
			expect(done.map(({ outcome }) => outcome)).toEqual(['applied', 'duplicate']);
			expect(account.notes(leadId)).toHaveLength(1);
		});
	});

	it('a refund that failed and is made again gets a second note', async () => {
		const refund = (minor: number, minutes: number) =>
			paid({
				type: 'payment.refunded',
				refunded: { ...total(minor), total: minor === 10_000 },
				occurredAt: minutesAgo(minutes),
			});
		await account.apply([paid({ occurredAt: minutesAgo(60) })]);
		for (const [minor, minutes] of [
			[10_000, 50],
			[0, 40],
			[10_000, 30],
		] as const) {
			const [result] = (await account.apply([refund(minor, minutes)])).done;
			expect(result?.outcome).toBe('applied');
		}
		expect(account.card(leadId)).toMatchObject({ status: 'Refunded', refunded: '100.00' });
		expect(account.notes(leadId)).toHaveLength(4);
	});

	describe('without a ledger field the notes serve', () => {
		let bare: PaymentAccount;

		beforeAll(async () => (bare = await startPaymentAccount({ without: ['KP_PAYMENTS'] })));
		afterAll(async () => await bare.kommo.close());
		beforeEach(() => (leadId = bare.createLead()));

		it('to know a payment again', async () => {
			expect((await bare.apply([paid()])).done[0]?.outcome).toBe('applied');
			expect(bare.card(leadId)).toMatchObject({ status: 'Paid', paymentId: `pi_${leadId}` });
			expect((await bare.apply([paid()])).done[0]?.outcome).toBe('duplicate');
			expect((await bare.apply([paid({ type: 'payment.failed' })])).done[0]?.outcome).toBe('stale');
			expect(bare.notes(leadId)).toHaveLength(1);
		});

		it('a second payment goes to review with several workers, too', async () => {
			const options = { applyOptions: { severalWorkers: true } };
			await bare.apply([paid()], options);
			const { forAPerson } = await bare.apply([paid({ paymentId: 'pi_second' })], options);
			expect(forAPerson).toMatchObject([{ outcome: 'review' }]);
			expect(bare.notes(leadId)).toHaveLength(1);
		});

		it('to add up payments and refunds', async () => {
			const options = { applyOptions: { acceptPartialPayments: true } };
			const part = (paymentId: string, amountMinor: number) => paid({ paymentId, amountMinor });
			await bare.apply([part('pi_a', 3_000)], options);
			await bare.apply([part('pi_b', 7_000)], options);
			expect(bare.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '100.00' });
			const refund = { ...part('pi_a', 3_000), type: 'payment.refunded' as const };
			await bare.apply([{ ...refund, refunded: total(3_000) }], options);
			expect(bare.card(leadId)).toMatchObject({ status: 'Partially Refunded', refunded: '30.00' });
		});
	});

	function total(minor: number): NonNullable<PaymentEvent['refunded']> {
		return { amount: (minor / 100).toFixed(2), amountMinor: minor, total: true };
	}
});
