/** Where a lead stands, derived from its ledger alone: the same entries give the same status, in whatever order they came. */
import { isLater, isPaid, isRefund, type Ledger, type LedgerEntry } from './payment-ledger';
import { fromMinor, type Money } from './money';

export const PAYMENT_STATUSES = [
	'Not Issued',
	'Awaiting',
	'Paid',
	'Partially Paid',
	'Failed',
	'Overdue',
	'Refunded',
	'Partially Refunded',
	'Disputed',
	'Canceled',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export interface PaymentSummary {
	/** null: the ledger says nothing about it, leave the lead's status alone. */
	status: PaymentStatus | null;
	/** Everything paid, refunds not deducted; null while nothing was paid. */
	paid: Money | null;
	/** Everything that went back to the client, lost disputes included; of no payment more than was paid. */
	returned: Money | null;
	lastPayment: LedgerEntry | null;
}

const paymentKey = (entry: LedgerEntry) => `${entry.gateway}/${entry.id}`;

/** @param due what was asked for; null when nobody said */
export function summarize(ledger: Ledger, due: Money | null): PaymentSummary {
	const { entries } = ledger;
	const payments = entries.filter(isPaid);
	const inReview = new Set(entries.filter(({ fact }) => fact === 'review').map(paymentKey));
	const isCounted = (entry: LedgerEntry) => !inReview.has(paymentKey(entry));
	const refunds = latestPerPayment(entries.filter(isRefund)).filter(isCounted);
	const lostDisputes = entries.filter(({ fact }) => fact === 'dispute lost').filter(isCounted);
	const wonDisputes = entries.filter(({ fact }) => fact === 'dispute won').filter(isCounted);
	const returns = [...refunds, ...lostDisputes];

	const currency = due?.currency ?? (earliest(payments) ?? earliest(returns))?.money.currency;
	const paidMinor = totalIn(currency, payments);
	const returnedMinor = returnedIn(currency, payments, returns);

	return {
		status: statusOf(),
		paid: currency !== undefined && payments.length > 0 ? fromMinor(paidMinor, currency) : null,
		returned:
			currency !== undefined && returns.length > 0 ? fromMinor(returnedMinor, currency) : null,
		lastPayment: latest(payments),
	};

	function statusOf(): PaymentStatus | null {
		if (entries.some(({ fact }) => fact === 'disputed')) return 'Disputed';
		if (returnedMinor > 0) return statusAfterReturn();
		if (payments.length === 0) {
			// Nobody told of the payment itself; what came after it shows that the money is ours.
			if (wonDisputes.length > 0) return paidStatus(totalIn(due?.currency, wonDisputes));
			return refunds.some(({ money }) => money.amountMinor === 0) ? 'Paid' : unpaidStatus(entries);
		}
		if (payments.some(({ fact }) => fact === 'subscription paid')) {
			return hasMissedPeriod(entries, payments) ? 'Overdue' : 'Paid';
		}
		return paidStatus(paidMinor);
	}

	function statusAfterReturn(): PaymentStatus {
		if (payments.length === 0) {
			const isPart = returns.some(
				({ fact, money }) =>
					fact === 'partly refunded' ||
					(fact === 'dispute lost' && due !== null && money.amountMinor < due.amountMinor),
			);
			return isPart ? 'Partially Refunded' : 'Refunded';
		}
		if (returnedMinor >= paidMinor) return 'Refunded';
		if (due === null || !wasPaidByAnother()) return 'Partially Refunded';
		if (paidMinor - returnedMinor >= due.amountMinor) return 'Paid';
		return paidMinor < due.amountMinor ? 'Partially Paid' : 'Partially Refunded';
	}

	/** Whether there is a payment of which nothing went back, so that what did may have been paid once more. */
	function wasPaidByAnother(): boolean {
		if (payments.some(({ fact }) => fact === 'subscription paid')) return false;
		const returnedKeys = new Set(returns.map(paymentKey));
		return payments.some((entry) => !returnedKeys.has(paymentKey(entry)));
	}

	function paidStatus(minor: number): PaymentStatus {
		return due === null || minor >= due.amountMinor ? 'Paid' : 'Partially Paid';
	}
}

function unpaidStatus(entries: readonly LedgerEntry[]): PaymentStatus | null {
	const last = latest(
		entries.filter(({ fact }) =>
			['pending', 'review', 'failed', 'subscription past due', 'subscription canceled'].includes(
				fact,
			),
		),
	);
	switch (last?.fact) {
		case 'pending':
		// The lead waits until a person has looked at it.
		case 'review':
			return 'Awaiting';
		case 'failed':
			return 'Failed';
		case 'subscription past due':
			return 'Overdue';
		case 'subscription canceled':
			return 'Canceled';
		default:
			return null;
	}
}

function hasMissedPeriod(
	entries: readonly LedgerEntry[],
	payments: readonly LedgerEntry[],
): boolean {
	const lastPaid = latest([...payments, ...entries.filter(({ fact }) => fact === 'renewed')]);
	const trouble = latest(
		entries.filter(({ fact }) => fact === 'failed' || fact === 'subscription past due'),
	);
	return trouble !== null && lastPaid !== null && trouble.at > lastPaid.at;
}

/** Refunds are cumulative: only the last word of each payment counts. */
function latestPerPayment(entries: readonly LedgerEntry[]): LedgerEntry[] {
	const latestOf = new Map<string, LedgerEntry>();
	for (const entry of entries) {
		const known = latestOf.get(paymentKey(entry));
		if (!known || isLater(entry, known)) latestOf.set(paymentKey(entry), entry);
	}
	return [...latestOf.values()];
}

function earliest(entries: readonly LedgerEntry[]): LedgerEntry | null {
	return entries.reduce<LedgerEntry | null>(
		(first, entry) => (first === null || isLater(first, entry) ? entry : first),
		null,
	);
}

function latest(entries: readonly LedgerEntry[]): LedgerEntry | null {
	return entries.reduce<LedgerEntry | null>(
		(last, entry) => (last === null || isLater(entry, last) ? entry : last),
		null,
	);
}

/** What was refunded may be disputed as well: no more than was paid goes back. */
function returnedIn(
	currency: string | undefined,
	payments: readonly LedgerEntry[],
	returns: readonly LedgerEntry[],
): number {
	const keys = [...new Set(returns.map(paymentKey))];
	return keys.reduce((sum, key) => {
		const isOfPayment = (entry: LedgerEntry) => paymentKey(entry) === key;
		const returned = totalIn(currency, returns.filter(isOfPayment));
		const paid = payments.filter(isOfPayment);
		return sum + (paid.length > 0 ? Math.min(returned, totalIn(currency, paid)) : returned);
	}, 0);
}

function totalIn(currency: string | undefined, entries: readonly LedgerEntry[]): number {
	return entries
		.filter(({ money }) => money.currency === currency)
		.reduce((sum, { money }) => sum + money.amountMinor, 0);
}
