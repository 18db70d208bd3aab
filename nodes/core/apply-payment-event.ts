/**
 * What a payment event does to a lead. Pure: reads the lead's payment state and the event, decides, writes nothing.
 * Applying the same event again, or events in another order, ends in the same state.
 */
import { formatMoney, fromMinor, type Money } from './money';
import type { PaymentEvent } from './payment-event';
import {
	formatLedger,
	isPaid,
	ledgerDetail,
	ledgerTime,
	mergeEntry,
	type Ledger,
	type LedgerEntry,
	type LedgerFact,
} from './payment-ledger';
import { noteFor } from './payment-note';
import { renewalDetail } from './renewal';
import { summarize, type PaymentStatus, type PaymentSummary } from './payment-status';

/** Statuses of a lead that is not paid yet. */
const UNPAID: ReadonlyArray<PaymentStatus | null> = ['Not Issued', 'Awaiting', 'Failed', 'Overdue'];

export type ApplyOutcome = 'applied' | 'duplicate' | 'stale' | 'ignored' | 'review' | 'unmatched';

export interface LeadPaymentState {
	ledger: Ledger;
	/** What was asked for; null when nobody said, then any amount is as good as another. */
	due: Money | null;
	status: PaymentStatus | null;
	/** Unix seconds. */
	nextBilling: number | null;
}

export interface ApplyPolicy {
	/** Count less than the amount due as part of it; otherwise it goes to review. */
	acceptPartialPayments: boolean;
	/** Let test and simulated events touch the lead. */
	applySimulated: boolean;
}

/** Payment fields of the lead that change; a field left out stays as it is. */
export interface LeadPaymentChanges {
	ledger?: string;
	status?: PaymentStatus;
	currency?: string;
	/** Decimals in major units. */
	amountPaid?: string;
	refunded?: string;
	/** Unix seconds. */
	paidAt?: number;
	paymentId?: string;
	gateway?: string;
	invoiceNumber?: string;
	planName?: string;
	subscriptionId?: string;
	subscriptionStatus?: string;
	/** Unix seconds; null clears it. */
	nextBilling?: number | null;
}

export interface ApplyDecision {
	outcome: Exclude<ApplyOutcome, 'unmatched'>;
	/** A sentence for people: what was decided and why. */
	reason: string;
	/** The ledger line of this event; null when it has none. */
	entry: LedgerEntry | null;
	ledger: Ledger;
	changes: LeadPaymentChanges;
	note: string | null;
	/** The lead's status once the changes are written. */
	status: PaymentStatus | null;
}

/** Decides what the event does to a lead in this state. */
export function applyPaymentEvent(
	state: LeadPaymentState,
	event: PaymentEvent,
	policy: ApplyPolicy,
): ApplyDecision {
	if (event.simulated && !policy.applySimulated) {
		return untouched(state, 'ignored', 'A simulated event: nothing was written.');
	}
	const fact = factOf(event);
	if (fact === null) return untouched(state, 'ignored', 'No money moved.');
	const id = event.type.startsWith('subscription.') ? event.subscription?.id : event.paymentId;
	if (!id) {
		return untouched(state, 'ignored', `The ${event.eventType} event names no payment.`);
	}

	const entry = entryOf(event, fact, id);
	const merged = mergeEntry(state.ledger, entry);
	const known = alreadyKnown(state, event, merged);
	if (known !== null) return known;
	const doubt = doubtAbout(entry, state, policy);
	if (doubt !== null) return underReview(state, entry, doubt);
	return applied(state, event, entry, merged.ledger);
}

/**
 * What a subscription's payment does to the lead on which it was sold, when the payment itself goes to a lead of its own.
 * @param renewalLeadId that lead
 */
export function applyRenewal(
	state: LeadPaymentState,
	event: PaymentEvent,
	renewalLeadId: number,
): ApplyDecision {
	const entry = {
		...entryOf(event, 'renewed', event.paymentId ?? ''),
		detail: renewalDetail(renewalLeadId),
	};
	const merged = mergeEntry(state.ledger, entry);
	return alreadyKnown(state, event, merged) ?? applied(state, event, entry, merged.ledger);
}

function applied(
	state: LeadPaymentState,
	event: PaymentEvent,
	entry: LedgerEntry,
	ledger: Ledger,
): ApplyDecision {
	const summary = summarize(ledger, state.due);
	const status = summary.status ?? state.status;
	const changes: LeadPaymentChanges = { ledger: formatLedger(ledger) };
	if (summary.status) changes.status = summary.status;
	if (summary.paid) {
		changes.amountPaid = summary.paid.amount;
		changes.currency = summary.paid.currency;
	}
	if (summary.returned) changes.refunded = summary.returned.amount;
	if (summary.lastPayment) {
		changes.gateway = summary.lastPayment.gateway;
		changes.paymentId = summary.lastPayment.id;
		changes.paidAt = unixSeconds(summary.lastPayment.at);
	} else {
		changes.gateway = event.gateway;
		if (event.paymentId) changes.paymentId = event.paymentId;
	}
	if (!isOfOlderPayment(event, entry, summary.lastPayment)) {
		if (event.invoiceNumber) changes.invoiceNumber = event.invoiceNumber;
		if (event.planName) changes.planName = event.planName;
	}
	Object.assign(changes, subscriptionChanges(state, event, ledger));
	return {
		outcome: 'applied',
		reason: `${event.type} written to the lead.`,
		entry,
		ledger,
		changes,
		note: noteFor(event, entry),
		status,
	};
}

/** An invoice that is told of late, or refunded, must not hide the one of a later payment. */
function isOfOlderPayment(
	event: PaymentEvent,
	entry: LedgerEntry,
	lastPayment: LedgerEntry | null,
): boolean {
	if (lastPayment === null || lastPayment.id === event.paymentId) return false;
	if (event.type.startsWith('subscription.')) return false;
	const isAttempt = event.type === 'payment.failed' || event.type === 'payment.pending';
	return !(isAttempt && entry.at > lastPayment.at);
}

function underReview(state: LeadPaymentState, paid: LedgerEntry, doubt: string): ApplyDecision {
	const entry: LedgerEntry = { ...paid, fact: 'review', detail: ledgerDetail(doubt) };
	const merged = mergeEntry(state.ledger, entry);
	// A payment under review has a task, no note.
	if (merged.result === 'duplicate') return alreadyThere(state, merged, null);
	const { ledger } = merged;
	const { status } = summarize(ledger, state.due);
	return {
		outcome: 'review',
		reason: doubt,
		entry,
		ledger,
		changes: { ledger: formatLedger(ledger), ...(status ? { status } : {}) },
		note: null,
		status: status ?? state.status,
	};
}

function alreadyThere(
	state: LeadPaymentState,
	{ entry, ledger }: { entry: LedgerEntry; ledger: Ledger },
	note: string | null,
): ApplyDecision {
	const status = overwrittenStatus(state, entry, ledger);
	const changes: LeadPaymentChanges = {
		...(ledger === state.ledger ? {} : { ledger: formatLedger(ledger) }),
		...(status ? { status } : {}),
	};
	return {
		...untouched(state, 'duplicate', 'Already on the lead.'),
		entry,
		ledger,
		changes,
		note,
		status: status ?? state.status,
	};
}

/** Somebody who had read the lead before it was paid may have written "Awaiting" or "Overdue" after it. */
function overwrittenStatus(
	state: LeadPaymentState,
	entry: LedgerEntry,
	ledger: Ledger,
): PaymentStatus | null {
	if (!isPaid(entry) || !UNPAID.includes(state.status)) return null;
	return summarize(ledger, state.due).status === 'Paid' ? 'Paid' : null;
}

function alreadyKnown(
	state: LeadPaymentState,
	event: PaymentEvent,
	merged: ReturnType<typeof mergeEntry>,
): ApplyDecision | null {
	switch (merged.result) {
		case 'duplicate':
			return alreadyThere(state, merged, noteFor(event, merged.entry));
		case 'stale':
			return untouched(state, 'stale', 'The lead already shows something newer of this payment.');
		default:
			return null;
	}
}

function untouched(
	state: LeadPaymentState,
	outcome: 'duplicate' | 'stale' | 'ignored',
	reason: string,
): ApplyDecision {
	const { ledger, status } = state;
	return { outcome, reason, entry: null, ledger, changes: {}, note: null, status };
}

/**
 * Why a payment must be looked at by a person before the lead counts as paid; null when it is as asked for. Of a
 * subscription only the currency is compared: trials, changes of plan and renewals are not what the deal says.
 */
function doubtAbout(
	entry: LedgerEntry,
	state: LeadPaymentState,
	policy: ApplyPolicy,
): string | null {
	if (!isPaid(entry)) return null;
	const { fact, money } = entry;
	const before = summarize(state.ledger, state.due);
	const currency = state.due?.currency ?? before.paid?.currency;
	if (currency !== undefined && money.currency !== currency) {
		return `${formatMoney(money)} was paid, but the deal is in ${currency}.`;
	}
	if (state.due === null || fact === 'subscription paid') return null;
	const paidBefore = keptOf(before);
	const total = paidBefore + money.amountMinor;
	if (total === state.due.amountMinor) return null;
	const asked = formatMoney(state.due);
	if (total > state.due.amountMinor) {
		return paidBefore === 0
			? `${formatMoney(money)} was paid, but only ${asked} was asked for.`
			: `${formatMoney(money)} was paid on top of ${formatMoney(fromMinor(paidBefore, money.currency))}; only ${asked} was asked for.`;
	}
	return policy.acceptPartialPayments ? null : `Only ${formatMoney(money)} of ${asked} was paid.`;
}

/** What is left of all payments; what went back can be asked for again. */
function keptOf({ paid, returned }: PaymentSummary): number {
	return Math.max(0, (paid?.amountMinor ?? 0) - (returned?.amountMinor ?? 0));
}

/** The next charge as the newest event about it says, whether that is one of the subscription or of a payment. */
function subscriptionChanges(
	state: LeadPaymentState,
	event: PaymentEvent,
	ledger: Ledger,
): LeadPaymentChanges {
	const { subscription } = event;
	if (!subscription) return {};
	const subscriptionId = subscription.id;
	const time = ledgerTime(event.occurredAt);
	const nextBilling = subscription.nextBillingAt ? unixSeconds(subscription.nextBillingAt) : null;
	const isLater = nextBilling !== null && nextBilling > (state.nextBilling ?? 0);
	if (event.type.startsWith('subscription.')) {
		const isNewest = !ledger.entries.some(
			({ fact, at }) => (fact === 'subscription paid' || fact === 'renewed') && at > time,
		);
		const isOver = event.type === 'subscription.canceled';
		return {
			subscriptionId,
			subscriptionStatus: subscription.status,
			...(isNewest || isOver || isLater ? { nextBilling } : {}),
		};
	}
	const isOverruled = ledger.entries.some(
		({ id, fact, at }) => id === subscriptionId && (fact === 'subscription canceled' || at > time),
	);
	return { subscriptionId, ...(isLater && !isOverruled ? { nextBilling } : {}) };
}

function entryOf(event: PaymentEvent, fact: LedgerFact, id: string): LedgerEntry {
	const minor = event.type === 'payment.refunded' ? event.refunded?.amountMinor : event.amountMinor;
	return {
		at: ledgerTime(event.occurredAt),
		gateway: event.gateway,
		id,
		fact,
		money: fromMinor(minor ?? event.amountMinor, event.currency),
		detail: ledgerDetail(event.type === 'payment.succeeded' ? event.invoiceNumber : event.reason),
	};
}

function factOf(event: PaymentEvent): LedgerFact | null {
	switch (event.type) {
		case 'payment.succeeded':
			// Trials and fully discounted invoices are "paid" with nothing.
			if (event.amountMinor <= 0) return null;
			return event.subscription ? 'subscription paid' : 'paid';
		case 'payment.pending':
			return 'pending';
		case 'payment.failed':
			return 'failed';
		case 'payment.refunded':
			return event.refunded?.total ? 'refunded' : 'partly refunded';
		case 'payment.disputed':
			return 'disputed';
		case 'payment.dispute_closed':
			return event.reason === 'won' ? 'dispute won' : 'dispute lost';
		case 'subscription.activated':
			return 'subscription active';
		case 'subscription.updated':
			return 'subscription updated';
		case 'subscription.past_due':
			return 'subscription past due';
		case 'subscription.canceled':
			return 'subscription canceled';
	}
}

function unixSeconds(isoTime: string): number {
	return Math.floor(Date.parse(isoTime) / 1000);
}
