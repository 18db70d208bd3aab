import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import {
	disputeClosed,
	disputed,
	failed,
	paymentEvent,
	pending,
	refundEvent,
	subscription,
} from '../../../unit/core/payment-events';
import { startKommoAccount } from '../kommo-account';
import { minutesAgo, startPaymentAccount, type PaymentAccount } from './payment-account';

const AT = '2026-11-20T10:00:00.000Z';
const AT_SECONDS = Date.parse(AT) / 1000;

describe('Kommo: Apply Payment Event', () => {
	let account: PaymentAccount;
	let leadId: number;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		account.kommo.faults.clear();
		leadId = account.createLead();
	});

	/** A payment of 100.00 EUR, a moment ago. */
	const paid = (parts: Partial<PaymentEvent> = {}) =>
		paymentEvent({ leadId, paymentId: `pi_${leadId}`, occurredAt: minutesAgo(0), ...parts });

	describe('writes', () => {
		it('a payment to the card, with a note, and says what it did', async () => {
			const event = paid({ occurredAt: AT, invoiceNumber: 'INV-1' });
			const { done, forAPerson } = await account.apply([event]);
			expect(forAPerson).toEqual([]);
			expect(done).toEqual([
				{
					leadId,
					responsibleUserId: account.kommo.lead(leadId).responsible_user_id,
					outcome: 'applied',
					reason: 'payment.succeeded written to the lead.',
					paymentStatus: 'Paid',
					previousStatus: null,
					noteId: account.kommo.notesOf(leadId)[0]?.id,
					taskId: null,
					event,
				},
			]);
			const line = `2026-11-20 10:00:00Z | stripe | pi_${leadId} | paid | 100.00 EUR | INV-1`;
			expect(account.card(leadId)).toEqual({
				status: 'Paid',
				amountPaid: '100.00',
				currency: 'EUR',
				paidAt: AT_SECONDS,
				paymentId: `pi_${leadId}`,
				gateway: 'stripe',
				invoiceNumber: 'INV-1',
				ledger: line,
			});
			expect(account.kommo.notesOf(leadId)).toEqual([
				expect.objectContaining({
					note_type: 'service_message',
					params: {
						service: 'Stripe',
						text: `Payment received: 100.00 EUR by card. Invoice INV-1.\n${line}`,
					},
				}),
			]);
		});

		it.each<[string, () => PaymentEvent[], Partial<ReturnType<PaymentAccount['card']>>, string]>([
			['a payment under way', () => [pending()], { status: 'Awaiting' }, 'Payment started'],
			[
				'a failure',
				() => [failed({ reason: 'Your card was declined.' })],
				{ status: 'Failed' },
				'Payment failed: 100.00 EUR by card: Your card was declined.',
			],
			[
				'a refund in full',
				() => [paymentEvent(), refundEvent(10_000, true)],
				{ status: 'Refunded', refunded: '100.00', amountPaid: '100.00' },
				'Refunded in full: 100.00 EUR.',
			],
			[
				'a refund in part',
				() => [paymentEvent(), refundEvent(3_000, false)],
				{ status: 'Partially Refunded', refunded: '30.00' },
				'Refunded in part: 30.00 EUR of 100.00 EUR so far.',
			],
			[
				'a refund that failed',
				() => [
					paymentEvent(),
					refundEvent(3_000, false),
					refundEvent(0, false, { occurredAt: '2026-11-20T10:00:09Z' }),
				],
				{ status: 'Paid', refunded: '0.00' },
				'did not go through',
			],
			[
				'a dispute',
				() => [paymentEvent(), disputed()],
				{ status: 'Disputed' },
				'The client disputes 100.00 EUR of the payment',
			],
			[
				'a dispute won',
				() => [paymentEvent(), disputed(), disputeClosed('won')],
				{ status: 'Paid' },
				'The dispute over 100.00 EUR is closed: won.',
			],
			[
				'a dispute lost',
				() => [paymentEvent(), disputed(), disputeClosed('lost')],
				{ status: 'Refunded', refunded: '100.00' },
				'The dispute over 100.00 EUR is closed: lost.',
			],
			[
				'a subscription',
				() => [
					paymentEvent({
						type: 'subscription.activated',
						planName: 'Gold',
						subscription: subscription({ nextBillingAt: '2026-12-20T10:00:00Z' }),
					}),
				],
				{ subscriptionId: 'sub_1', subscriptionStatus: 'active', planName: 'Gold' },
				'Subscription started (Gold). Next charge: 2026-12-20.',
			],
			[
				'a renewal',
				() => [paymentEvent({ subscription: subscription(), planName: 'Gold' })],
				{ status: 'Paid', subscriptionId: 'sub_1', planName: 'Gold' },
				'Subscription payment received: 100.00 EUR by card (Gold).',
			],
			[
				'a renewal that failed',
				() => [
					paymentEvent({
						type: 'subscription.past_due',
						subscription: subscription({ status: 'past_due' }),
					}),
				],
				{ status: 'Overdue', subscriptionStatus: 'past_due' },
				'Subscription payment is overdue.',
			],
			[
				'the end of a subscription',
				() => [
					paymentEvent({
						type: 'subscription.canceled',
						reason: 'cancellation requested',
						subscription: subscription({ status: 'canceled' }),
					}),
				],
				{ status: 'Canceled', subscriptionStatus: 'canceled' },
				'Subscription canceled: cancellation requested.',
			],
		])('%s', async (_name, story, card, note) => {
			const events = story().map((event) => ({ ...event, leadId }));
			const { done } = await account.apply(events);
			expect(done.map(({ outcome }) => outcome)).toEqual(events.map(() => 'applied'));
			expect(done.at(-1)?.paymentStatus).toBe(account.card(leadId).status ?? null);
			expect(account.card(leadId)).toMatchObject(card);
			expect(account.notes(leadId)).toHaveLength(events.length);
			expect(account.notes(leadId).at(-1)).toContain(note);
		});

		it('the day of the next charge', async () => {
			const next = '2026-12-20T10:00:00Z';
			await account.apply([paid({ subscription: subscription({ nextBillingAt: next }) })]);
			const shown = Number(account.card(leadId).nextBilling);
			expect(Math.abs(shown - Date.parse(next) / 1000)).toBeLessThan(86_400);
		});

		it('nothing for an event in which no money moved', async () => {
			const trial = paid({ amountMinor: 0, amount: '0.00' });
			const { done } = await account.apply([trial]);
			expect(done).toEqual([expect.objectContaining({ outcome: 'ignored' })]);
			expect(account.card(leadId)).toEqual({});
			expect(account.notes(leadId)).toEqual([]);
		});

		it('nothing for a simulated event, unless the user wants that', async () => {
			const simulated = paid({ simulated: true });
			const [ignored] = (await account.apply([simulated])).done;
			expect(ignored?.outcome).toBe('ignored');
			expect(account.card(leadId)).toEqual({});
			const options = { applyOptions: { applySimulated: true } };
			const [applied] = (await account.apply([simulated], options)).done;
			expect(applied?.outcome).toBe('applied');
		});

		it('a part of what is due, where the user accepts parts', async () => {
			const options = { applyOptions: { acceptPartialPayments: true } };
			const part = (paymentId: string, amountMinor: number) => paid({ paymentId, amountMinor });
			await account.apply([part('pi_a', 3_000)], options);
			expect(account.card(leadId)).toMatchObject({ status: 'Partially Paid', amountPaid: '30.00' });
			await account.apply([part('pi_b', 7_000)], options);
			expect(account.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '100.00' });
		});

		it('what the amount-due field asks for, rather than the price', async () => {
			const dearer = account.createLead({
				price: 500,
				customFields: { KP_AMOUNT_DUE: '100', KP_CURRENCY: 'USD' },
			});
			const [result] = (await account.apply([paid({ leadId: dearer, currency: 'USD' })])).all;
			expect(result).toMatchObject({ outcome: 'applied', paymentStatus: 'Paid' });
		});

		it('any amount where the lead asks for none', async () => {
			const free = account.createLead({ price: 0 });
			const [result] = (await account.apply([paid({ leadId: free })])).all;
			expect(result).toMatchObject({ outcome: 'applied', paymentStatus: 'Paid' });
		});
	});

	describe('is not undone', () => {
		it('by a failure that is told of late', async () => {
			await account.apply([paid()]);
			const [result] = (await account.apply([paid({ type: 'payment.failed' })])).done;
			expect(result).toMatchObject({ outcome: 'stale', paymentStatus: 'Paid' });
			expect(account.card(leadId).status).toBe('Paid');
			expect(account.notes(leadId)).toHaveLength(1);
		});
	});

	describe('costs', () => {
		it('three calls for a fresh event: read, change, note', async () => {
			await account.apply([paid()]);
			account.calls();
			const other = account.createLead();
			await account.apply([paid({ leadId: other })]);
			expect(account.calls()).toEqual(['GET leads/:id', 'PATCH leads', 'POST leads/notes']);
		});

		it('one call for a duplicate', async () => {
			await account.apply([paid()]);
			account.calls();
			const { done } = await account.apply([paid({ eventId: 'evt_other' })]);
			expect(done).toEqual([
				expect.objectContaining({ outcome: 'duplicate', paymentStatus: 'Paid', noteId: null }),
			]);
			expect(account.calls()).toEqual(['GET leads/:id']);
			expect(account.notes(leadId)).toHaveLength(1);
		});

		it('one call for what Kommo has no lead for', async () => {
			await account.apply([paid({ leadId: 999 })]);
			expect(account.calls()).toEqual(['GET leads/:id']);
		});
	});

	describe('writes only what changes', () => {
		it('and leaves the rest of the lead alone', async () => {
			await account.apply([paid()]);
			const [patch] = account.kommo.log.of('PATCH', /leads$/);
			const [sent] = JSON.parse(patch?.body ?? '[]') as Array<Record<string, unknown>>;
			expect(Object.keys(sent ?? {}).sort()).toEqual(['custom_fields_values', 'id']);
		});

		it('when a second payment comes', async () => {
			const options = { applyOptions: { acceptPartialPayments: true } };
			await account.apply([paid({ paymentId: 'pi_a', amountMinor: 3_000 })], options);
			account.kommo.log.clear();
			await account.apply([paid({ paymentId: 'pi_b', amountMinor: 2_000 })], options);
			const [patch] = account.kommo.log.of('PATCH', /leads$/);
			const ids = [...(patch?.body ?? '').matchAll(/"field_id":(\d+)/g)].map(([, id]) =>
				Number(id),
			);
			const codes = ids.map((id) => account.kommo.store.customFields.leads.get(id)?.code);
			expect(codes).not.toContain('KP_CURRENCY');
			expect(codes).not.toContain('KP_PAYMENT_STATUS');
			expect(codes).toEqual(expect.arrayContaining(['KP_AMOUNT_PAID', 'KP_PAYMENTS']));
		});
	});

	it('needs the status field, and says how to get it', async () => {
		const bare = await startKommoAccount();
		const attempt = bare.run('payment:apply', {}, [{ ...paid() }]);
		await expect(attempt.finally(async () => await bare.kommo.close())).rejects.toMatchObject({
			message: 'Kommo has no "Payment status" field on leads',
			description: expect.stringContaining('Set Up Fields') as string,
		});
	});

	describe('an item that is no event', () => {
		it('stops the node and says where events come from', async () => {
			const attempt = account.run('payment:apply', {}, [{ hello: 'world' }]);
			await expect(attempt).rejects.toMatchObject({
				message: 'The incoming item is not a payment event',
				description: expect.stringContaining('payments trigger') as string,
			});
		});

		it('does not hold up the others where the node is to continue', async () => {
			const items = [{ hello: 'world' }, { ...paid() }];
			const [done = []] = await account.run('payment:apply', {}, items, {
				onError: 'continueRegularOutput',
			});
			expect(done.map(({ json, pairedItem }) => [json.error ?? json.outcome, pairedItem])).toEqual([
				['The incoming item is not a payment event', { item: 0 }],
				['applied', { item: 1 }],
			]);
		});
	});
});
