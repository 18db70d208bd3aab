import { applyPaymentEvent, applyRenewal } from '../../../nodes/core/apply-payment-event';
import { ledgerOf, parseLedger } from '../../../nodes/core/payment-ledger';
import { summarize } from '../../../nodes/core/payment-status';
import { isRenewal, renewalDetail, renewalLeadOf } from '../../../nodes/core/renewal';
import { failed, ledgerEntry, paymentEvent, secondsLater, subscription } from './payment-events';

const first = ledgerEntry({ id: 'pi_1', fact: 'subscription paid' });
const second = ledgerEntry({ id: 'pi_2', fact: 'renewed', detail: renewalDetail(4711) });
const charge = paymentEvent({ paymentId: 'pi_3', subscription: subscription() });

describe('A renewal', () => {
	it('is a later payment of a subscription that was charged before', () => {
		expect(isRenewal(ledgerOf([first]), charge)).toBe(true);
		expect(isRenewal(ledgerOf([second]), charge)).toBe(true);
	});

	it.each([
		['the first charge', [], charge],
		['a subscription sold after something else was paid', [ledgerEntry()], charge],
		['a payment that is on the lead', [first], { ...charge, paymentId: 'pi_1' }],
		['a payment that has its lead', [first, second], { ...charge, paymentId: 'pi_2' }],
		['a payment without a subscription', [first], { ...charge, subscription: null }],
		['a charge without an id', [first], { ...charge, paymentId: null }],
		['a charge of nothing', [first], { ...charge, amountMinor: 0 }],
		['a failed charge', [first], failed({ ...charge, type: 'payment.failed' })],
	])('is not %s', (_, entries, event) => {
		expect(isRenewal(ledgerOf(entries), event)).toBe(false);
	});

	it('is found on the lead that its line names', () => {
		const ledger = ledgerOf([first, second]);
		expect(renewalLeadOf(ledger, { ...charge, paymentId: 'pi_2' })).toBe(4711);
		expect(renewalLeadOf(ledger, { ...charge, paymentId: 'pi_1' })).toBeNull();
		expect(renewalLeadOf(ledger, { ...charge, paymentId: 'pi_2', gateway: 'paddle' })).toBeNull();
	});

	it('is not looked for where somebody has changed its line', () => {
		const ledger = parseLedger('2026-11-20 10:00:00Z | stripe | pi_2 | renewed | 1.00 EUR | moved');
		expect(renewalLeadOf(ledger, { ...charge, paymentId: 'pi_2' })).toBeNull();
	});

	it('counts neither as paid nor as missed', () => {
		const missed = ledgerEntry({ id: 'pi_2', fact: 'failed', at: '2026-12-20T10:00:00Z' });
		const overdue = ledgerOf([first, missed]);
		expect(summarize(overdue, null).status).toBe('Overdue');
		const renewed = ledgerOf([first, { ...second, at: '2026-12-21T10:00:00Z' }]);
		expect(summarize(renewed, null)).toMatchObject({
			status: 'Paid',
			paid: { amountMinor: 10_000 },
			lastPayment: { id: 'pi_1' },
		});
	});

	it('is written once, and no event of its payment takes that back', () => {
		const state = { ledger: ledgerOf([first]), due: null, status: null, nextBilling: null };
		const event = { ...charge, occurredAt: secondsLater(60) };
		const written = applyRenewal(state, event, 4711);
		expect(written).toMatchObject({ outcome: 'applied', entry: { detail: 'lead 4711' } });
		expect(written.note).toMatch(/^Subscription renewed: 100\.00 EUR by card, on lead 4711\./);
		const after = { ...state, ledger: written.ledger };
		expect(applyRenewal(after, event, 4711)).toMatchObject({ outcome: 'duplicate', changes: {} });
		const policy = { acceptPartialPayments: false, applySimulated: false };
		expect(applyPaymentEvent(after, event, policy).outcome).toBe('stale');
		const late = failed({ ...event, type: 'payment.failed' });
		expect(applyPaymentEvent(after, late, policy).outcome).toBe('stale');
	});
});
