import fc from 'fast-check';
import { fromMinor } from '../../../nodes/core/money';
import { GATEWAY_IDS } from '../../../nodes/core/payment-event';
import {
	formatLedger,
	formatLedgerLine,
	LEDGER_FACTS,
	ledgerDetail,
	ledgerOf,
	ledgerTime,
	mergeEntry,
	parseLedger,
	parseLedgerLine,
	tellTheSame,
	trackOf,
	type LedgerEntry,
	type LedgerFact,
} from '../../../nodes/core/payment-ledger';
import { anyOrderOf } from './any-order';
import { ledgerEntry } from './payment-events';

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ maxLength: 400 }));
const anyEntry: fc.Arbitrary<LedgerEntry> = fc.record({
	at: fc
		.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
		.map((date) => ledgerTime(date.toISOString())),
	gateway: fc.constantFrom(...GATEWAY_IDS),
	id: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
	fact: fc.constantFrom(...LEDGER_FACTS),
	money: fc
		.tuple(fc.nat(1e12), fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'))
		.map(([minor, currency]) => fromMinor(minor, currency)),
	detail: anyText.map(ledgerDetail),
});

/** At so many seconds past ten. */
const at = (seconds: number) => `2026-11-20T10:00:${String(seconds).padStart(2, '0')}Z`;

describe('a ledger line', () => {
	it('reads like this', () => {
		const entry = ledgerEntry({
			fact: 'partly refunded',
			minor: 500,
			detail: 'damaged in transit',
		});
		expect(formatLedgerLine(entry)).toBe(
			'2026-11-20 10:00:00Z | stripe | pi_1 | partly refunded | 5.00 EUR | damaged in transit',
		);
		expect(formatLedgerLine(ledgerEntry())).toBe(
			'2026-11-20 10:00:00Z | stripe | pi_1 | paid | 100.00 EUR',
		);
	});

	it('is read back as it was written, for every entry', () => {
		fc.assert(
			fc.property(anyEntry, (entry) => {
				const line = formatLedgerLine(entry);
				expect(line).not.toMatch(/[\r\n]/);
				expect(parseLedgerLine(line)).toEqual(entry);
			}),
		);
	});

	const line = formatLedgerLine(ledgerEntry({ detail: 'INV-1' }));
	it.each([
		['of an unknown gateway', line.replace('stripe', 'acme')],
		['of an unknown fact', line.replace('paid', 'gifted')],
		['with an amount that is none', line.replace('100.00', 'much')],
		['with a comma', line.replace('100.00', '100,00')],
		['with more decimals than its currency has', line.replace('EUR', 'JPY').replace('.00', '.50')],
		['without a currency', line.replace(' EUR', '')],
		['without an id', line.replace('pi_1', '')],
		['with a time in another form', line.replace('2026-11-20', '20.11.2026')],
		['behind other words', `see ${line}`],
		['of a person', 'Called the client, pays on Friday'],
		['of a person who likes bars', 'a | b | c | d | 5 EUR'],
		['that is empty', ''],
	])('%s is not ours', (_name, foreign) => expect(parseLedgerLine(foreign)).toBeNull());
});

describe('free text in a ledger line', () => {
	it.each<[string | null, string]>([
		[null, ''],
		['', ''],
		['  two\n lines | and\ta bar ', 'two lines and a bar'],
		['|||', ''],
		['x'.repeat(120), 'x'.repeat(120)],
		['x'.repeat(121), `${'x'.repeat(119)}…`],
		[`${'x'.repeat(118)}😀😀`, `${'x'.repeat(118)}…`],
		[`${'x'.repeat(118)} yz`, `${'x'.repeat(118)}…`],
	])('%p becomes %p', (text, detail) => expect(ledgerDetail(text)).toBe(detail));

	it('is one column of one line, has no half characters, and stays as it is the second time', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const detail = ledgerDetail(text);
				expect(detail).not.toMatch(/[\r\n|\u2028\u2029]/);
				expect(detail.length).toBeLessThanOrEqual(120);
				expect(ledgerDetail(detail)).toBe(detail);
			}),
		);
	});
});

it('times are kept in seconds of UTC', () => {
	expect(ledgerTime('2026-11-20T10:00:05.999Z')).toBe('2026-11-20T10:00:05Z');
	expect(ledgerTime('2026-11-20T13:00:05+03:00')).toBe('2026-11-20T10:00:05Z');
	expect(() => ledgerTime('yesterday')).toThrow(RangeError);
});

describe('a ledger field', () => {
	const first = ledgerEntry({ id: 'pi_1', at: at(1) });
	const second = ledgerEntry({ id: 'pi_2', at: at(2) });

	it('is sorted by time, whatever order the events came in', () => {
		const sorted = `${formatLedgerLine(first)}\n${formatLedgerLine(second)}`;
		expect(formatLedger(ledgerOf([second, first]))).toBe(sorted);
		expect(formatLedger(ledgerOf([first, second]))).toBe(sorted);
	});

	it('keeps what people typed into it, above our lines and in their order', () => {
		const text = ['zebra first', formatLedgerLine(second), '', '  an indented line'].join('\r\n');
		const ledger = parseLedger(text);
		expect(ledger.entries).toEqual([second]);
		expect(ledger.foreignLines).toEqual(['zebra first', '  an indented line']);
		const merged = mergeEntry(ledger, first).ledger;
		expect(formatLedger(merged).split('\n')).toEqual([
			'zebra first',
			'  an indented line',
			formatLedgerLine(first),
			formatLedgerLine(second),
		]);
	});

	it.each([null, undefined, '', ' \n \r\n'])('%p holds nothing', (text) => {
		expect(parseLedger(text)).toEqual({ entries: [], foreignLines: [] });
	});

	it('is read back as it was written, whatever is in it', () => {
		const foreignLine = fc.stringMatching(/^[a-z ]{0,20}[a-z]$/);
		fc.assert(
			fc.property(fc.array(anyEntry), fc.array(foreignLine), (entries, foreignLines) => {
				const ledger = { ...ledgerOf(entries), foreignLines };
				const text = formatLedger(ledger);
				expect(formatLedger(parseLedger(text))).toBe(text);
			}),
		);
	});

	it('is read although white space around its lines was lost or added', () => {
		const text = `\n  ${formatLedgerLine(first)}  \r\n\t${formatLedgerLine(second)}\n`;
		expect(parseLedger(text).entries).toEqual([first, second]);
	});

	it('does not count a line twice that somebody copied, nor an earlier state of the same payment', () => {
		const pending = ledgerEntry({ fact: 'pending', at: at(0) });
		const text = [first, first, pending, second].map(formatLedgerLine).join('\n');
		expect(parseLedger(text).entries).toEqual([first, second]);
	});
});

describe('merging', () => {
	const onto = (known: LedgerEntry[], entry: LedgerEntry) => mergeEntry(ledgerOf(known), entry);

	it('adds what is new and leaves the ledger it was given alone', () => {
		const before = ledgerOf([]);
		const merged = mergeEntry(before, ledgerEntry());
		expect(merged).toMatchObject({ result: 'new', entry: ledgerEntry() });
		expect(merged.ledger.entries).toEqual([ledgerEntry()]);
		expect(before.entries).toEqual([]);
	});

	type Case = [LedgerFact, number, LedgerFact, number, 'advanced' | 'duplicate' | 'stale'];
	it.each<Case>([
		// A payment runs pending → failed → paid; paid is the end.
		['pending', 1, 'failed', 2, 'advanced'],
		['failed', 1, 'pending', 2, 'advanced'],
		['failed', 2, 'pending', 1, 'stale'],
		['pending', 1, 'pending', 1, 'duplicate'],
		['failed', 1, 'failed', 1, 'duplicate'],
		['failed', 1, 'failed', 2, 'advanced'],
		['failed', 2, 'failed', 1, 'stale'],
		['pending', 1, 'failed', 1, 'advanced'],
		['failed', 1, 'pending', 1, 'stale'],
		['pending', 2, 'paid', 1, 'advanced'],
		['failed', 9, 'paid', 1, 'advanced'],
		['paid', 1, 'failed', 9, 'stale'],
		['paid', 1, 'pending', 9, 'stale'],
		['paid', 1, 'paid', 1, 'duplicate'],
		['paid', 1, 'paid', 9, 'duplicate'],
		['paid', 9, 'paid', 1, 'duplicate'],
		['paid', 1, 'subscription paid', 2, 'duplicate'],
		['subscription paid', 1, 'subscription paid', 2, 'duplicate'],
		// A payment under review is only moved by its own acceptance.
		['pending', 1, 'review', 2, 'advanced'],
		['review', 1, 'failed', 9, 'stale'],
		['review', 1, 'review', 9, 'duplicate'],
		['review', 2, 'paid', 2, 'advanced'],
		['paid', 1, 'review', 9, 'stale'],
		// A dispute is open, then over.
		['disputed', 1, 'disputed', 9, 'duplicate'],
		['disputed', 9, 'dispute won', 1, 'advanced'],
		['disputed', 1, 'dispute lost', 2, 'advanced'],
		['dispute won', 1, 'disputed', 9, 'stale'],
		['dispute won', 1, 'dispute won', 9, 'duplicate'],
		['dispute won', 1, 'dispute lost', 2, 'advanced'],
		['dispute lost', 2, 'dispute won', 1, 'stale'],
		['dispute won', 1, 'dispute lost', 1, 'advanced'],
		['dispute lost', 1, 'dispute won', 1, 'stale'],
		// A subscription changes until it is canceled.
		['subscription active', 1, 'subscription updated', 2, 'advanced'],
		['subscription updated', 2, 'subscription active', 1, 'stale'],
		['subscription updated', 1, 'subscription updated', 1, 'duplicate'],
		['subscription updated', 1, 'subscription updated', 2, 'advanced'],
		['subscription past due', 1, 'subscription updated', 2, 'advanced'],
		['subscription active', 1, 'subscription past due', 1, 'advanced'],
		['subscription updated', 9, 'subscription canceled', 1, 'advanced'],
		['subscription canceled', 1, 'subscription updated', 9, 'stale'],
		['subscription canceled', 1, 'subscription canceled', 9, 'duplicate'],
	])('%s at %i, then %s at %i: %5$s', (known, knownAt, fact, factAt, result) => {
		const before = ledgerEntry({ fact: known, at: at(knownAt) });
		const entry = ledgerEntry({ fact, at: at(factAt) });
		const merged = onto([before], entry);
		expect(merged.result).toBe(result);
		expect(merged.entry).toEqual(result === 'advanced' ? entry : before);
		expect(merged.ledger.entries).toEqual([merged.entry]);
	});

	it('keeps refunds apart by the sum refunded so far', () => {
		const refund = (minor: number, seconds: number) =>
			ledgerEntry({ fact: 'partly refunded', minor, at: at(seconds) });
		expect(onto([refund(300, 1)], refund(500, 2)).ledger.entries).toHaveLength(2);
		expect(onto([refund(300, 1)], refund(300, 9)).result).toBe('duplicate');
		expect(onto([refund(300, 1)], ledgerEntry({ fact: 'refunded', minor: 300 })).result).toBe(
			'duplicate',
		);
	});

	describe('takes sums refunded as readings of one meter', () => {
		const refund = (minor: number, seconds: number) =>
			ledgerEntry({ fact: 'partly refunded', minor, at: at(seconds) });

		it.each<[string, LedgerEntry[], LedgerEntry, 'advanced' | 'duplicate']>([
			['made again after it failed', [refund(500, 1), refund(0, 2)], refund(500, 3), 'advanced'],
			['gone back to by a failure', [refund(300, 1), refund(500, 2)], refund(300, 9), 'advanced'],
			['told by another event', [refund(500, 1)], refund(500, 3), 'duplicate'],
			['failed before it was reached', [refund(500, 2), refund(0, 1)], refund(500, 9), 'duplicate'],
			['failed after the later event', [refund(500, 1), refund(0, 9)], refund(500, 3), 'duplicate'],
			[
				'with a failure of another payment in between',
				[refund(500, 1), { ...refund(0, 2), id: 'pi_2' }],
				refund(500, 3),
				'duplicate',
			],
			[
				'with a failure at another gateway in between',
				[refund(500, 1), { ...refund(0, 2), gateway: 'paddle' }],
				refund(500, 3),
				'duplicate',
			],
		])('a sum %s: %4$s', (_name, known, entry, result) => {
			const merged = onto(known, entry);
			expect(merged.result).toBe(result);
			expect(merged.entry).toEqual(entry);
			expect(merged.ledger.entries).toHaveLength(known.length);
			// The latest time is kept, so that it does not matter when the failure in between is told of.
			expect(merged.ledger.entries).toContainEqual(entry);
		});

		it('the same reading twice, or an older one, changes nothing', () => {
			const ledger = ledgerOf([refund(500, 1), refund(0, 2), refund(500, 3)]);
			for (const entry of [refund(500, 3), refund(500, 1), refund(0, 2)]) {
				expect(mergeEntry(ledger, entry)).toMatchObject({ result: 'duplicate', ledger });
			}
		});

		it('whatever the order in which they are read', () => {
			const readings = fc
				.uniqueArray(fc.record({ minor: fc.constantFrom(0, 300, 500), seconds: fc.nat(20) }), {
					selector: ({ minor, seconds }) => `${minor}@${seconds}`,
				})
				.map((list) => list.map(({ minor, seconds }) => refund(minor, seconds)));
			const shuffled = readings.chain((list) => fc.tuple(fc.constant(list), anyOrderOf(list)));
			fc.assert(
				fc.property(shuffled, ([inOrder, inAnotherOrder]) => {
					expect(formatLedger(ledgerOf(inAnotherOrder))).toBe(formatLedger(ledgerOf(inOrder)));
				}),
			);
		});
	});

	it('keeps payments, gateways, refunds, disputes and subscriptions apart', () => {
		const entries = [
			ledgerEntry(),
			ledgerEntry({ id: 'pi_2' }),
			ledgerEntry({ gateway: 'paddle' }),
			ledgerEntry({ fact: 'refunded' }),
			ledgerEntry({ fact: 'disputed' }),
			ledgerEntry({ fact: 'subscription active' }),
		];
		expect(ledgerOf(entries).entries).toHaveLength(entries.length);
		expect(new Set(entries.map(trackOf)).size).toBe(entries.length);
	});

	it('ends in the same ledger whatever the order, where each thing is told once', () => {
		const onePayment = fc.uniqueArray(
			fc.record({ fact: fc.constantFrom(...LEDGER_FACTS), seconds: fc.nat(59) }),
			// Two endings of one payment can't both be: whichever is told first stands.
			{ selector: ({ fact }) => (fact === 'subscription paid' ? 'paid' : fact) },
		);
		const shuffled = onePayment.chain((events) =>
			fc.tuple(fc.constant(events), anyOrderOf(events)),
		);
		const ledgerText = (events: Array<{ fact: LedgerFact; seconds: number }>) =>
			formatLedger(
				ledgerOf(
					events.map(({ fact, seconds }) =>
						ledgerEntry({ fact, at: at(seconds), minor: fact === 'refunded' ? 900 : 500 }),
					),
				),
			);
		fc.assert(
			fc.property(shuffled, ([events, inAnotherOrder]) => {
				expect(ledgerText(inAnotherOrder)).toBe(ledgerText(events));
			}),
		);
	});
});

describe('two entries tell the same thing', () => {
	it.each<[Partial<LedgerEntry>, Partial<LedgerEntry>, boolean]>([
		[{ fact: 'paid', at: at(1) }, { fact: 'paid', at: at(9) }, true],
		[{ fact: 'paid' }, { fact: 'paid', id: 'pi_2' }, false],
		[{ fact: 'paid' }, { fact: 'failed' }, false],
		[{ fact: 'failed', at: at(1) }, { fact: 'failed', at: at(1) }, true],
		[{ fact: 'failed', at: at(1) }, { fact: 'failed', at: at(2) }, false],
		[{ fact: 'refunded', at: at(1) }, { fact: 'refunded', at: at(2) }, true],
		[{ fact: 'dispute won', at: at(1) }, { fact: 'dispute won', at: at(2) }, true],
		[{ fact: 'disputed', at: at(1) }, { fact: 'disputed', at: at(2) }, true],
	])('%p and %p: %p', (a, b, same) => {
		expect(tellTheSame(ledgerEntry(a), ledgerEntry(b))).toBe(same);
		expect(tellTheSame(ledgerEntry(b), ledgerEntry(a))).toBe(same);
	});

	it('but not two refunds of different sums', () => {
		const refund = (minor: number) => ledgerEntry({ fact: 'partly refunded', minor });
		expect(tellTheSame(refund(300), refund(500))).toBe(false);
	});
});
