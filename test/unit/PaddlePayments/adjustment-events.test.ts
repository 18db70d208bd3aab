import { customer, itTells, lead, ours, type EventCase } from './event-case';
import { entity } from './paddle-double';
import { LEAD, paddleEvent } from './paddle-fixture';

const ADJUSTED = 'txn_01hvcc93znj3mpqt1tenkjb04y';
const GET_ADJUSTED = `GET /transactions/${ADJUSTED}?include=customer,adjustments,adjustments_totals`;
/** A refund of 1.00 and what it is of. */
const refund = paddleEvent('derived.adjustment.updated.refund.approved');
const adjusted = (changes: object = {}) =>
	entity({
		...paddleEvent('transaction.completed').data,
		...ours,
		id: ADJUSTED,
		adjustments: [refund.data],
		...changes,
	});
const chargeback = (changes: object = {}) =>
	paddleEvent('adjustment.created', { action: 'chargeback', status: 'approved', ...changes });

const cases: EventCase[] = [
	{
		name: 'a refund that waits for approval',
		event: paddleEvent('adjustment.created'),
		expected: null,
	},
	{ name: 'a refund that still waits', event: paddleEvent('adjustment.updated'), expected: null },
	{
		name: 'a refund that was rejected',
		event: paddleEvent('adjustment.updated', { status: 'rejected' }),
		expected: null,
	},
	{
		name: 'an approved refund',
		event: refund,
		asks: { [GET_ADJUSTED]: adjusted() },
		expected: {
			...lead,
			type: 'payment.refunded',
			eventType: 'adjustment.updated',
			paymentId: ADJUSTED,
			amount: '652.15',
			refunded: { amount: '1.00', amountMinor: 100, total: false },
			occurredAt: '2024-04-15T08:54:10.646Z',
			reason: 'error',
			subscription: null,
			raw: refund,
		},
	},
	{
		name: 'the second of two refunds, with the sum of both and without what was not approved',
		event: refund,
		asks: {
			[GET_ADJUSTED]: adjusted({
				adjustments: [
					refund.data,
					{ ...refund.data, totals: { total: '65115' } },
					{ ...refund.data, status: 'pending_approval' },
					chargeback().data,
				],
			}),
		},
		expected: { refunded: { amount: '652.15', amountMinor: 65215, total: true } },
	},
	{
		name: 'a refund of which only the totals are shown',
		event: refund,
		asks: {
			[GET_ADJUSTED]: adjusted({
				adjustments: undefined,
				adjustments_totals: { breakdown: { refund: '65215' } },
			}),
		},
		expected: { refunded: { amount: '652.15', amountMinor: 65215, total: true } },
	},
	{
		name: 'a refund of a payment by nobody we know',
		event: refund,
		asks: { [GET_ADJUSTED]: adjusted({ custom_data: null, customer }) },
		expected: {
			leadId: null,
			customer: { name: 'Purchasing department', email: 'purchasing@example.com', phone: null },
		},
	},
	{
		name: 'a refund of the simulator',
		event: { ...refund, event_id: 'ntfsimevt_01hv8x2axb' },
		expected: {
			type: 'payment.refunded',
			simulated: true,
			paymentId: ADJUSTED,
			refunded: { amount: '1.00', amountMinor: 100, total: false },
		},
	},
	{
		name: 'a chargeback',
		event: chargeback({ reason: 'fraud' }),
		asks: { [GET_ADJUSTED]: adjusted() },
		expected: {
			...lead,
			type: 'payment.disputed',
			paymentId: ADJUSTED,
			amount: '1.00',
			amountMinor: 100,
			currency: 'USD',
			refunded: null,
			reason: 'fraud',
		},
	},
	{
		name: 'a chargeback that does not say of how much',
		event: chargeback({ totals: undefined }),
		asks: { [GET_ADJUSTED]: adjusted() },
		expected: { type: 'payment.disputed', amount: '652.15' },
	},
	{
		name: 'a chargeback that was reversed',
		event: chargeback({ action: 'chargeback_reverse' }),
		asks: { [GET_ADJUSTED]: adjusted() },
		expected: { type: 'payment.dispute_closed', reason: 'won', leadId: LEAD, amount: '1.00' },
	},
	...['chargeback_warning', 'chargeback_warning_reverse', 'credit', 'credit_reverse'].map(
		(action) => ({ name: `a ${action}`, event: chargeback({ action }), expected: null }),
	),
	{
		name: 'a chargeback that is no more',
		event: chargeback({ status: 'reversed' }),
		expected: null,
	},
];

describe('adjustments of Paddle', () => {
	itTells(cases);
});
