import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { paymentEvent, refundEvent, subscription } from '../../../unit/core/payment-events';
import { DEFAULTS } from '../../../simulators/kommo';
import { minutesAgo, startPaymentAccount, type PaymentAccount } from './payment-account';

const { pipeline, renewed } = DEFAULTS.renewals;
const RENEWALS = { applyOptions: { renewalStage: `${pipeline}:${renewed}` } };

describe('Kommo: Apply Payment Event, renewals with leads of their own', () => {
	let account: PaymentAccount;
	let leadId: number;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(async () => {
		account.kommo.faults.clear();
		leadId = account.createLead({ name: 'Care plan', contact: { name: 'Client' } });
		await account.apply([charge(1)], RENEWALS);
		account.kommo.log.clear();
	});

	/** The charge of the n-th period, 100.00 EUR. */
	const charge = (period: number, parts: Partial<PaymentEvent> = {}) =>
		paymentEvent({
			leadId,
			eventId: `evt_${leadId}_${period}`,
			paymentId: `pi_${leadId}_${period}`,
			occurredAt: minutesAgo(20 - period),
			subscription: subscription(),
			...parts,
		});
	const renewalLeads = () =>
		[...account.kommo.store.leads.values()].filter(
			({ name, id }) => id > leadId && name.startsWith('Care plan – renewal'),
		);

	it('leaves the first payment on the lead it was sold on', () => {
		expect(account.card(leadId)).toMatchObject({ status: 'Paid', amountPaid: '100.00' });
		expect(renewalLeads()).toEqual([]);
	});

	it('opens a lead for the next, with contact, user, stage, amounts and a note', async () => {
		const { done } = await account.apply([charge(2)], RENEWALS);
		const [renewal, ...others] = renewalLeads();
		expect(others).toEqual([]);
		expect(done).toMatchObject([
			{ leadId: renewal?.id, outcome: 'applied', paymentStatus: 'Paid' },
		]);
		expect(renewal).toMatchObject({
			name: `Care plan – renewal ${minutesAgo(18).slice(0, 10)}`,
			price: 100,
			pipeline_id: pipeline,
			status_id: renewed,
			contacts: account.kommo.lead(leadId).contacts,
			responsible_user_id: account.kommo.lead(leadId).responsible_user_id,
		});
		expect(account.card(renewal!.id)).toMatchObject({
			status: 'Paid',
			amountPaid: '100.00',
			currency: 'EUR',
			paymentId: `pi_${leadId}_2`,
			subscriptionId: 'sub_1',
		});
		expect(account.notes(renewal!.id)).toEqual([
			expect.stringMatching(/^Subscription payment received: 100\.00 EUR/),
		]);
	});

	it('says on the first lead where the payment went, and leaves its total alone', async () => {
		const nextBillingAt = '2027-01-20T00:00:00.000Z';
		await account.apply([charge(2, { subscription: subscription({ nextBillingAt }) })], RENEWALS);
		const [renewal] = renewalLeads();
		expect(account.card(leadId)).toMatchObject({
			status: 'Paid',
			amountPaid: '100.00',
			paymentId: `pi_${leadId}_1`,
			ledger: expect.stringMatching(
				new RegExp(`pi_${leadId}_2 \\| renewed \\| 100.00 EUR \\| lead ${renewal?.id}`),
			),
		});
		expect(account.card(leadId).nextBilling).toBeDefined();
		expect(account.notes(leadId)[1]).toMatch(`Subscription renewed: 100.00 EUR`);
		expect(account.notes(leadId)[1]).toContain(`on lead ${renewal?.id}.`);
	});

	it('opens one lead, however often the payment is told of', async () => {
		await account.apply([charge(2), charge(2)], RENEWALS);
		const { done } = await account.apply([charge(2)], RENEWALS);
		expect(done).toMatchObject([{ leadId: renewalLeads()[0]?.id, outcome: 'duplicate' }]);
		expect(renewalLeads()).toHaveLength(1);
		expect(account.notes(leadId)).toHaveLength(2);
		expect(account.notes(renewalLeads()[0]!.id)).toHaveLength(1);
	});

	it('opens one for each of several periods in one batch, the first one included', async () => {
		leadId = account.createLead({ name: 'Care plan' });
		await account.apply([charge(1), charge(2), charge(3)], RENEWALS);
		expect(renewalLeads()).toHaveLength(2);
		expect(account.card(leadId)).toMatchObject({ amountPaid: '100.00' });
	});

	it('finds the lead that a crash left behind before it was noted on the first', async () => {
		account.kommo.faults.add({ kind: 'answer', method: 'PATCH', status: 403, times: 1 });
		await expect(account.apply([charge(2)], RENEWALS)).rejects.toThrow();
		expect(renewalLeads()).toHaveLength(1);
		await account.apply([charge(2)], RENEWALS);
		expect(renewalLeads()).toHaveLength(1);
		expect(account.card(leadId).ledger).toContain(`lead ${renewalLeads()[0]?.id}`);
		expect(account.card(renewalLeads()[0]!.id)).toMatchObject({ amountPaid: '100.00' });
	});

	it.each([
		['the option is on', RENEWALS],
		['the option was taken away since', {}],
	])('takes a refund to the lead of its payment when %s', async (_, parameters) => {
		await account.apply([charge(2)], RENEWALS);
		const [renewal] = renewalLeads();
		const refund = refundEvent(10_000, true, {
			leadId,
			paymentId: `pi_${leadId}_2`,
			occurredAt: minutesAgo(1),
		});
		const { done } = await account.apply([refund], parameters);
		expect(done).toMatchObject([{ leadId: renewal?.id, paymentStatus: 'Refunded' }]);
		expect(account.card(leadId)).toMatchObject({ status: 'Paid' });
	});

	it('keeps what concerns the subscription on the first lead, which a paid period sets right again', async () => {
		await account.apply(
			[charge(2, { type: 'payment.failed', occurredAt: minutesAgo(10) })],
			RENEWALS,
		);
		expect(account.card(leadId)).toMatchObject({ status: 'Overdue' });
		await account.apply([charge(2, { occurredAt: minutesAgo(5) })], RENEWALS);
		expect(account.card(leadId)).toMatchObject({ status: 'Paid' });
		await account.apply(
			[
				paymentEvent({
					leadId,
					type: 'subscription.canceled',
					subscription: subscription({ status: 'canceled' }),
					occurredAt: minutesAgo(1),
				}),
			],
			RENEWALS,
		);
		expect(account.card(leadId).subscriptionStatus).toBe('canceled');
		expect(renewalLeads()).toHaveLength(1);
	});

	it('adds renewals to the lead without the option', async () => {
		await account.apply([charge(2)]);
		expect(account.card(leadId)).toMatchObject({ amountPaid: '200.00' });
		expect(renewalLeads()).toEqual([]);
	});
});
