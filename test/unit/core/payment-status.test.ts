import fc from 'fast-check';
import { fromMinor, parseMoney } from '../../../nodes/core/money';
import {
	LEDGER_FACTS,
	ledgerOf,
	type LedgerEntry,
	type LedgerFact,
} from '../../../nodes/core/payment-ledger';
import {
	PAYMENT_STATUSES,
	summarize,
	type PaymentStatus,
} from '../../../nodes/core/payment-status';
import { ledgerEntry } from './payment-events';

const DUE = parseMoney('100.00', 'EUR');

/** A ledger line in short: what, amount in cents, second, id. */
type Line = [fact: LedgerFact, minor?: number, seconds?: number, id?: string];

function entries(lines: readonly Line[]): LedgerEntry[] {
	return lines.map(([fact, minor = 10_000, seconds = 0, id = 'pi_1']) =>
		ledgerEntry({ fact, minor, id, at: `2026-11-20T10:00:${String(seconds).padStart(2, '0')}Z` }),
	);
}

const summaryOf = (lines: readonly Line[], due = DUE as typeof DUE | null) =>
	summarize(ledgerOf(entries(lines)), due);

describe('the status of a lead', () => {
	it.each<[PaymentStatus | null, string, Line[]]>([
		[null, 'with an empty ledger', []],
		[null, 'with a subscription that has cost nothing yet', [['subscription active', 0]]],
		['Awaiting', 'whose payment is on its way', [['pending']]],
		['Failed', 'whose payment failed', [['failed']]],
		[
			'Awaiting',
			'whose client tries again after a failure',
			[
				['failed', 10_000, 1, 'pi_1'],
				['pending', 10_000, 2, 'pi_2'],
			],
		],
		['Awaiting', 'whose payment a person has to look at', [['review', 9000]]],
		['Paid', 'that was paid', [['paid']]],
		['Partially Paid', 'that was paid in part', [['paid', 4000]]],
		[
			'Paid',
			'that was paid in two parts',
			[
				['paid', 4000, 1, 'pi_1'],
				['paid', 6000, 2, 'pi_2'],
			],
		],
		[
			'Paid',
			'that was paid before another payment failed',
			[
				['paid', 10_000, 1],
				['failed', 10_000, 2, 'pi_2'],
			],
		],
		[
			'Paid',
			'that was paid before another payment went to review',
			[['paid'], ['review', 10_000, 5, 'pi_2']],
		],
		['Partially Refunded', 'of which a part was refunded', [['paid'], ['partly refunded', 500]]],
		['Refunded', 'that was refunded', [['paid'], ['refunded']]],
		[
			'Refunded',
			'that was refunded step by step',
			[
				['paid', 10_000, 0],
				['partly refunded', 3000, 1],
				['partly refunded', 8000, 2],
				['refunded', 10_000, 3],
			],
		],
		[
			'Partially Refunded',
			'of which one of two payments was refunded',
			[
				['paid', 4000],
				['paid', 6000, 1, 'pi_2'],
				['refunded', 4000],
			],
		],
		[
			'Paid',
			'whose refund failed',
			[
				['paid', 10_000, 0],
				['partly refunded', 5000, 1],
				['partly refunded', 0, 2],
			],
		],
		[
			'Paid',
			'whose payment under review was refunded',
			[['paid'], ['review', 10_000, 1, 'pi_2'], ['refunded', 10_000, 2, 'pi_2']],
		],
		[
			'Paid',
			'that was refunded and paid again',
			[['paid'], ['refunded', 10_000, 1], ['paid', 10_000, 2, 'pi_2']],
		],
		[
			'Partially Refunded',
			'of which a part was refunded after it had become cheaper',
			[
				['paid', 30_000],
				['partly refunded', 20_000, 1],
			],
		],
		[
			'Partially Paid',
			'whose first part was refunded and paid again',
			[
				['paid', 3000],
				['refunded', 3000, 1],
				['paid', 3000, 2, 'pi_2'],
			],
		],
		[
			'Partially Refunded',
			'that was refunded and paid again in part',
			[['paid'], ['refunded', 10_000, 1], ['paid', 9999, 2, 'pi_2']],
		],
		[
			'Partially Refunded',
			'of whose subscription one period was refunded',
			[
				['subscription paid', 10_000, 0],
				['subscription paid', 10_000, 1, 'pi_2'],
				['refunded', 10_000, 2],
			],
		],
		['Refunded', 'of whose payment only the refund is known', [['refunded']]],
		[
			'Partially Refunded',
			'of whose payment only a part refund is known',
			[['partly refunded', 1]],
		],
		['Paid', 'of whose payment only a failed refund is known', [['partly refunded', 0]]],
		[
			'Partially Refunded',
			'of whose payment only the lost dispute of a part is known',
			[['dispute lost', 5000]],
		],
		[
			'Partially Refunded',
			'a part of whose payment was lost in a dispute',
			[['paid'], ['dispute lost', 5000, 1]],
		],
		['Disputed', 'whose payment is disputed', [['paid'], ['disputed']]],
		[
			'Disputed',
			'whose disputed payment was partly refunded',
			[['paid'], ['partly refunded', 1], ['disputed']],
		],
		['Disputed', 'of whose payment only the dispute is known', [['disputed']]],
		[
			'Disputed',
			'whose payment under review is disputed',
			[
				['review', 9000],
				['disputed', 9000],
			],
		],
		['Paid', 'that won the dispute', [['paid'], ['dispute won']]],
		['Paid', 'of whose payment only the won dispute is known', [['dispute won']]],
		['Partially Paid', 'that won a dispute over a part of it', [['dispute won', 4000]]],
		[
			'Awaiting',
			'that won a dispute over a payment under review',
			[
				['review', 9000],
				['dispute won', 9000],
			],
		],
		['Refunded', 'that lost the dispute', [['paid'], ['dispute lost']]],
		[
			'Partially Refunded',
			'that lost a dispute over one of two payments',
			[
				['paid', 4000],
				['paid', 6000, 1, 'pi_2'],
				['dispute lost', 4000],
			],
		],
		['Refunded', 'of whose payment only the lost dispute is known', [['dispute lost']]],
		[
			'Paid',
			'whose payment under review was lost in a dispute',
			[['paid'], ['review', 9000, 1, 'pi_2'], ['dispute lost', 9000, 2, 'pi_2']],
		],
		[
			'Paid',
			'with a paid subscription, whatever the deal’s amount',
			[
				['subscription paid', 900],
				['subscription active', 0, 0, 'sub_1'],
			],
		],
		[
			'Paid',
			'whose subscription was canceled after it was paid',
			[
				['subscription paid', 900],
				['subscription canceled', 0, 9, 'sub_1'],
			],
		],
		[
			'Overdue',
			'whose renewal failed',
			[
				['subscription paid', 900, 1],
				['failed', 900, 2, 'pi_2'],
			],
		],
		[
			'Paid',
			'whose first attempt failed in the second in which another was paid',
			[
				['subscription paid', 900, 1],
				['failed', 900, 1, 'pi_2'],
			],
		],
		[
			'Overdue',
			'whose subscription is past due',
			[
				['subscription paid', 900, 1],
				['subscription past due', 900, 2, 'sub_1'],
			],
		],
		[
			'Paid',
			'whose renewal was paid after a failure',
			[
				['subscription paid', 900, 1],
				['failed', 900, 2, 'pi_2'],
				['subscription paid', 900, 3, 'pi_3'],
			],
		],
		[
			'Paid',
			'whose later period was paid on a lead of its own after a failure',
			[
				['subscription paid', 900, 1],
				['failed', 900, 2, 'pi_2'],
				['renewed', 900, 3, 'pi_3'],
			],
		],
		[
			'Paid',
			'that was sold with a first payment of its own',
			[
				['paid', 100, 1],
				['subscription paid', 900, 2, 'pi_2'],
			],
		],
		[
			'Overdue',
			'whose first subscription payment is past due',
			[['subscription past due', 900, 1, 'sub_1']],
		],
		[
			'Canceled',
			'whose subscription was canceled unpaid',
			[
				['pending', 900, 1],
				['subscription canceled', 0, 2, 'sub_1'],
			],
		],
	])('is %s %s', (status, _name, lines) => {
		expect(summaryOf(lines).status).toBe(status);
		expect(summarize({ entries: entries(lines).reverse(), foreignLines: [] }, DUE).status).toBe(
			status,
		);
	});

	it('is Paid with any amount when nobody said how much is due', () => {
		expect(summaryOf([['paid', 1]], null).status).toBe('Paid');
		expect(summaryOf([['dispute won', 1]], null).status).toBe('Paid');
	});

	it('is one of those that the lead’s field offers', () => {
		const anyLine = fc.record({
			fact: fc.constantFrom(...LEDGER_FACTS),
			minor: fc.nat(20_000),
			id: fc.constantFrom('a', 'b'),
			at: fc.constantFrom('2026-11-20T10:00:00Z', '2026-11-20T10:00:01Z', '2026-11-21T10:00:00Z'),
		});
		fc.assert(
			fc.property(fc.array(anyLine), fc.constantFrom(DUE, null), (lines, due) => {
				const list = lines.map(ledgerEntry);
				const summary = summarize(ledgerOf(list), due);
				expect([...PAYMENT_STATUSES, null]).toContain(summary.status);
				const known = ledgerOf(list).entries;
				expect(summarize({ entries: [...known].reverse(), foreignLines: [] }, due)).toEqual(
					summary,
				);
			}),
		);
	});
});

describe('the sums of a lead', () => {
	const sums = (lines: readonly Line[], due = DUE as typeof DUE | null) => {
		const { paid, returned, lastPayment } = summaryOf(lines, due);
		return [paid?.amount ?? null, returned?.amount ?? null, lastPayment?.id ?? null];
	};

	it.each<[string, Line[], Array<string | null>]>([
		['nothing', [['pending'], ['disputed']], [null, null, null]],
		['a payment', [['paid']], ['100.00', null, 'pi_1']],
		[
			'two payments',
			[
				['paid', 4000, 5],
				['paid', 6000, 1, 'pi_2'],
			],
			['100.00', null, 'pi_1'],
		],
		[
			'two payments in one second',
			[
				['paid', 4000],
				['paid', 6000, 0, 'pi_2'],
			],
			['100.00', null, 'pi_2'],
		],
		[
			'equal payments in one second',
			[
				['paid', 5000],
				['paid', 5000, 0, 'pi_2'],
			],
			['100.00', null, 'pi_2'],
		],
		[
			'payments under review not at all',
			[
				['review', 9000],
				['refunded', 9000],
			],
			[null, null, null],
		],
		[
			'refunds by their last sum',
			[['paid'], ['partly refunded', 3000, 1], ['partly refunded', 5000, 2]],
			['100.00', '50.00', 'pi_1'],
		],
		[
			'refunds of one second by the higher sum',
			[['paid'], ['partly refunded', 5000, 1], ['partly refunded', 3000, 1]],
			['100.00', '50.00', 'pi_1'],
		],
		[
			'refunds of two payments',
			[
				['paid', 4000],
				['paid', 6000, 1, 'pi_2'],
				['refunded', 4000],
				['partly refunded', 100, 3, 'pi_2'],
			],
			['100.00', '41.00', 'pi_2'],
		],
		[
			'a payment that was refunded and lost in a dispute once',
			[
				['paid', 4000],
				['paid', 6000, 1, 'pi_2'],
				['refunded', 4000, 2],
				['dispute lost', 4000, 3],
			],
			['100.00', '40.00', 'pi_2'],
		],
		[
			'a failed refund as nothing',
			[['paid'], ['partly refunded', 5000, 1], ['partly refunded', 0, 2]],
			['100.00', '0.00', 'pi_1'],
		],
		['a lost dispute', [['paid'], ['dispute lost']], ['100.00', '100.00', 'pi_1']],
		['a won dispute not', [['paid'], ['dispute won']], ['100.00', null, 'pi_1']],
		[
			'of a payment never more back than was paid',
			[['paid'], ['partly refunded', 4000], ['dispute lost']],
			['100.00', '100.00', 'pi_1'],
		],
		['what came back of an unknown payment', [['partly refunded', 4000]], [null, '40.00', null]],
	])('count %s', (_name, lines, expected) => expect(sums(lines)).toEqual(expected));

	it('are in the currency of the deal, or else of the first payment', () => {
		const euro = ledgerEntry({ at: '2026-11-20T10:00:01Z' });
		const yen = ledgerEntry({ id: 'pi_2', money: fromMinor(500, 'JPY') });
		const ledger = ledgerOf([euro, yen]);
		expect(summarize(ledger, DUE).paid).toEqual(fromMinor(10_000, 'EUR'));
		expect(summarize(ledger, null).paid).toEqual(fromMinor(500, 'JPY'));
	});
});
