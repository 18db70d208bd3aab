/** What stands in the note on the lead: one sentence for people, then the ledger line. */
import {
	formatLedgerLine,
	ledgerOf,
	mergeEntry,
	parseLedgerLine,
	tellTheSame,
	type LedgerEntry,
} from './payment-ledger';
import type { PaymentEvent } from './payment-event';
import { formatMoney, fromMinor } from './money';

/** The note for an applied event, or null when there is nothing worth telling. */
export function noteFor(event: PaymentEvent, entry: LedgerEntry): string | null {
	const sentence = sentenceFor(event, entry);
	return sentence === null ? null : `${sentence}\n${formatLedgerLine(entry)}`;
}

/** Whether one of the notes on a lead is the one of this entry. */
export function isNoted(noteTexts: readonly string[], entry: LedgerEntry): boolean {
	const noted = noteTexts.flatMap(entriesOfNote);
	if (!noted.some((candidate) => tellTheSame(candidate, entry))) return false;
	// A refund that failed and was made again needs a note of its own.
	return mergeEntry(ledgerOf(noted), entry).result !== 'advanced';
}

/** The ledger lines in a note; none where it is not ours. */
export function entriesOfNote(noteText: string): LedgerEntry[] {
	return noteText.split('\n').flatMap((line) => parseLedgerLine(line.trim()) ?? []);
}

function sentenceFor(event: PaymentEvent, entry: LedgerEntry): string | null {
	const amount = formatMoney(fromMinor(event.amountMinor, event.currency));
	const method = inLine(event.method).replace(/_/g, ' ');
	const by = method ? ` by ${method}` : '';
	const reason = inLine(event.reason).replace(/\.$/, '');
	const because = reason ? `: ${reason}` : '';
	const invoice = event.invoiceNumber ? ` Invoice ${inLine(event.invoiceNumber)}.` : '';
	const plan = event.planName ? ` (${inLine(event.planName)})` : '';
	switch (event.type) {
		case 'payment.succeeded':
			if (!event.subscription) return `Payment received: ${amount}${by}.${invoice}`;
			return entry.fact === 'renewed'
				? `Subscription renewed: ${amount}${by}${plan}, on ${entry.detail}.${invoice}`
				: `Subscription payment received: ${amount}${by}${plan}.${invoice}`;
		case 'payment.pending':
			return `Payment started: ${amount}${by}. The money is not here yet.`;
		case 'payment.failed':
			return `Payment failed: ${amount}${by}${because}.`;
		case 'payment.refunded':
			return refundSentence(event, amount, because);
		case 'payment.disputed':
			return `The client disputes ${amount} of the payment${because}.`;
		case 'payment.dispute_closed':
			return `The dispute over ${amount} is closed${because}.`;
		case 'subscription.activated':
			return `Subscription started${plan}.${dateSentence(' Next charge', event.subscription?.nextBillingAt)}`;
		case 'subscription.updated':
			return event.subscription?.endsAt
				? `Subscription ends${dateSentence('', event.subscription.endsAt, ' on ')}`
				: null;
		case 'subscription.past_due':
			return `Subscription payment is overdue${plan}${because}.`;
		case 'subscription.canceled':
			return `Subscription canceled${plan}${because}.`;
	}
}

/** Others wrote these texts: a line break in one could pass for a ledger line of ours. */
function inLine(text: string | null): string {
	return (text ?? '').replace(/\s+/g, ' ').trim();
}

function refundSentence(event: PaymentEvent, amount: string, because: string): string {
	if (!event.refunded) return `Refund for the payment of ${amount}${because}.`;
	const refunded = formatMoney(fromMinor(event.refunded.amountMinor, event.currency));
	if (event.refunded.amountMinor === 0)
		return `The refund of the payment of ${amount} did not go through${because}.`;
	return event.refunded.total
		? `Refunded in full: ${refunded}${because}.`
		: `Refunded in part: ${refunded} of ${amount} so far${because}.`;
}

function dateSentence(label: string, isoTime: string | null | undefined, joint = ': '): string {
	return isoTime ? `${label}${joint}${isoTime.slice(0, 10)}.` : '';
}
