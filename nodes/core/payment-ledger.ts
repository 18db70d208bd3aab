/**
 * The ledger on the lead: one readable line per payment, refund, dispute and subscription. It is what makes applying
 * an event idempotent, and every sum is computed from it.
 *
 * A line is a point on a track (a payment's track runs pending → failed → paid). Merging keeps, for each track, the
 * furthest point, so the result does not depend on the order in which events arrive.
 */
import { assertError } from './assert-error';
import { formatMoney, MoneyError, parseMoney, type Money } from './money';
import { GATEWAY_IDS, type GatewayId } from './payment-event';

export const LEDGER_FACTS = [
	'pending',
	'failed',
	'paid',
	'subscription paid',
	/** A payment of a later period, which has a lead of its own. */
	'renewed',
	'review',
	'refunded',
	'partly refunded',
	'disputed',
	'dispute won',
	'dispute lost',
	'subscription active',
	'subscription updated',
	'subscription past due',
	'subscription canceled',
] as const;
export type LedgerFact = (typeof LEDGER_FACTS)[number];

export interface LedgerEntry {
	/** ISO 8601 UTC with seconds: '2026-11-20T10:36:05Z'. */
	at: string;
	gateway: GatewayId;
	/** Payment id, or subscription id for the subscription facts. */
	id: string;
	fact: LedgerFact;
	/** For refunds the sum refunded so far. */
	money: Money;
	/** A short reason for people, '' when there is none. */
	detail: string;
}

export interface Ledger {
	entries: LedgerEntry[];
	/** Lines that are not ours (somebody typed into the field): kept as they are. */
	foreignLines: string[];
}

export type MergeResult = 'new' | 'advanced' | 'duplicate' | 'stale';

const SEPARATOR = ' | ';
const LINE =
	/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})Z \| ([A-Za-z]+) \| (\S+) \| ([a-z ]+) \| (\S+) ([A-Z]{3})(?: \| (.*))?$/;
const MAX_DETAIL_LENGTH = 120;

/** Reads a ledger field; unreadable lines are kept as foreign. A line somebody copied does not count twice. */
export function parseLedger(text: string | null | undefined): Ledger {
	const entries: LedgerEntry[] = [];
	const foreignLines: string[] = [];
	for (const line of (text ?? '').split(/\r?\n/)) {
		if (line.trim() === '') continue;
		const entry = parseLedgerLine(line.trim());
		if (entry) entries.push(entry);
		else foreignLines.push(line);
	}
	return { ...ledgerOf(entries), foreignLines };
}

/** A ledger of entries from anywhere, for example from notes: of each track the furthest one. */
export function ledgerOf(entries: readonly LedgerEntry[]): Ledger {
	return entries.reduce<Ledger>((ledger, entry) => mergeEntry(ledger, entry).ledger, {
		entries: [],
		foreignLines: [],
	});
}

/** One entry of a line, or null when the line is not ours. */
export function parseLedgerLine(line: string): LedgerEntry | null {
	const match = LINE.exec(line);
	if (!match) return null;
	const [, date, time, gateway, id, fact, amount, currency, detail = ''] = match;
	const knownGateway = GATEWAY_IDS.find((candidate) => candidate === gateway);
	const knownFact = LEDGER_FACTS.find((candidate) => candidate === fact);
	if (!knownGateway || !knownFact || !id) return null;
	try {
		const money = parseMoney(amount, currency);
		return { at: `${date}T${time}Z`, gateway: knownGateway, id, fact: knownFact, money, detail };
	} catch (error) {
		assertError(error, MoneyError);
		return null;
	}
}

/** The line as it stands in the field and at the end of each note. */
export function formatLedgerLine(entry: LedgerEntry): string {
	const at = `${entry.at.slice(0, 10)} ${entry.at.slice(11, 19)}Z`;
	const columns = [at, entry.gateway, entry.id, entry.fact, formatMoney(entry.money)];
	if (entry.detail !== '') columns.push(entry.detail);
	return columns.join(SEPARATOR);
}

/** The whole field: foreign lines first, then ours by time. */
export function formatLedger(ledger: Ledger): string {
	const lines = ledger.entries.map(formatLedgerLine).sort();
	return [...ledger.foreignLines, ...lines].join('\n');
}

/** Makes free text fit into one column of one line. */
export function ledgerDetail(text: string | null): string {
	const oneLine = (text ?? '').replace(/[\s|]+/g, ' ').trim();
	if (oneLine.length <= MAX_DETAIL_LENGTH) return oneLine;
	// Cutting an emoji in half leaves a character that no database keeps.
	const cut = oneLine.slice(0, MAX_DETAIL_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '');
	return `${cut.trimEnd()}…`;
}

/** Seconds are enough for people, and some providers have no finer time. */
export function ledgerTime(isoTime: string): string {
	return `${new Date(isoTime).toISOString().slice(0, 19)}Z`;
}

/** What lines of one track have in common; two refunds are two tracks, told apart by the sum refunded so far. */
export function trackOf(entry: LedgerEntry): string {
	const base = `${entry.gateway}/${entry.id}`;
	switch (entry.fact) {
		case 'pending':
		case 'failed':
		case 'paid':
		case 'subscription paid':
		case 'renewed':
		case 'review':
			return `${base}/payment`;
		case 'refunded':
		case 'partly refunded':
			return `${base}/refund/${entry.money.amountMinor}`;
		case 'disputed':
		case 'dispute won':
		case 'dispute lost':
			return `${base}/dispute`;
		case 'subscription active':
		case 'subscription updated':
		case 'subscription past due':
		case 'subscription canceled':
			return `${base}/subscription`;
	}
}

/** How final a fact is on its track: a higher finality wins whatever the time. */
function finalityOf(fact: LedgerFact): number {
	switch (fact) {
		case 'renewed':
			return 3;
		case 'paid':
		case 'subscription paid':
			return 2;
		// Can still become paid, once the amount due is put right.
		case 'review':
		case 'dispute won':
		case 'dispute lost':
		case 'subscription canceled':
			return 1;
		default:
			return 0;
	}
}

/**
 * Adds an entry where it goes further than what its track already shows.
 * @returns the entry that now stands on the track: the given one, or the one that was there. The ledger may change for a
 * duplicate too: of a sum refunded the latest time is kept.
 */
export function mergeEntry(
	ledger: Ledger,
	entry: LedgerEntry,
): { result: MergeResult; entry: LedgerEntry; ledger: Ledger } {
	const track = trackOf(entry);
	const known = ledger.entries.find((candidate) => trackOf(candidate) === track);
	if (!known) {
		return { result: 'new', entry, ledger: { ...ledger, entries: [...ledger.entries, entry] } };
	}
	if (isRefund(entry) && isLater(entry, known)) {
		const result = wasAnotherSumBetween(ledger, known, entry) ? 'advanced' : 'duplicate';
		return { result, entry, ledger: withReplaced(ledger, known, entry) };
	}
	const result = compareOnTrack(known, entry);
	if (result !== 'advanced') return { result, entry: known, ledger };
	return { result, entry, ledger: withReplaced(ledger, known, entry) };
}

function withReplaced(ledger: Ledger, known: LedgerEntry, entry: LedgerEntry): Ledger {
	const entries = ledger.entries.map((candidate) => (candidate === known ? entry : candidate));
	return { ...ledger, entries };
}

/** Whether two entries tell of the same thing, although two different events may have told it. */
export function tellTheSame(a: LedgerEntry, b: LedgerEntry): boolean {
	if (trackOf(a) !== trackOf(b) || a.fact !== b.fact) return false;
	return !canHappenAgain(a.fact) || a.at === b.at;
}

function compareOnTrack(
	known: LedgerEntry,
	entry: LedgerEntry,
): 'advanced' | 'duplicate' | 'stale' {
	const finality = finalityOf(entry.fact) - finalityOf(known.fact);
	if (finality !== 0) return finality > 0 ? 'advanced' : 'stale';
	const isSameFact = entry.fact === known.fact || isPaid(entry) || isRefund(entry);
	if (isSameFact && (entry.at === known.at || !canHappenAgain(entry.fact))) return 'duplicate';
	if (entry.at !== known.at) return entry.at > known.at ? 'advanced' : 'stale';
	return LEDGER_FACTS.indexOf(entry.fact) > LEDGER_FACTS.indexOf(known.fact) ? 'advanced' : 'stale';
}

/** Whether two different times mean that it happened twice, and not that two events told of it. */
function canHappenAgain(fact: LedgerFact): boolean {
	switch (fact) {
		case 'pending':
		case 'failed':
		case 'subscription active':
		case 'subscription updated':
		case 'subscription past due':
			return true;
		default:
			return false;
	}
}

export function isPaid({ fact }: LedgerEntry): boolean {
	return fact === 'paid' || fact === 'subscription paid';
}

export function isRefund({ fact }: LedgerEntry): boolean {
	return fact === 'refunded' || fact === 'partly refunded';
}

/**
 * Sums refunded are readings of one meter, which runs back when a refund fails. The same sum read later is another
 * refund only if the meter stood elsewhere in between; otherwise two events told of one.
 */
function wasAnotherSumBetween(ledger: Ledger, known: LedgerEntry, entry: LedgerEntry): boolean {
	return ledger.entries.some(
		(other) =>
			isRefund(other) &&
			other.gateway === entry.gateway &&
			other.id === entry.id &&
			isLater(other, known) &&
			isLater(entry, other),
	);
}

/** By time; within one second by amount and id, so that the answer does not depend on the order of lines. */
export function isLater(a: LedgerEntry, b: LedgerEntry): boolean {
	if (a.at !== b.at) return a.at > b.at;
	if (a.money.amountMinor !== b.money.amountMinor) return a.money.amountMinor > b.money.amountMinor;
	return a.id > b.id;
}
