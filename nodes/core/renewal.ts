/** Subscriptions whose later payments each get a lead of their own. The lead they were sold on remembers which. */
import type { PaymentEvent } from './payment-event';
import type { Ledger } from './payment-ledger';

const DETAIL = /^lead (\d+)$/;

/** What the ledger line of a payment that has its own lead says. */
export function renewalDetail(leadId: number): string {
	return `lead ${leadId}`;
}

/** The lead that the event's payment was put on; null when it has none of its own. */
export function renewalLeadOf(ledger: Ledger, event: PaymentEvent): number | null {
	const renewal = ledger.entries.find(
		({ fact, gateway, id }) =>
			fact === 'renewed' && gateway === event.gateway && id === event.paymentId,
	);
	const leadId = DETAIL.exec(renewal?.detail ?? '')?.[1];
	return leadId === undefined ? null : Number(leadId);
}

/** Whether the event is a payment for a later period, which the ledger does not know yet. */
export function isRenewal(ledger: Ledger, event: PaymentEvent): boolean {
	if (event.type !== 'payment.succeeded' || event.amountMinor <= 0) return false;
	if (event.subscription === null || event.paymentId === null) return false;
	const charged = ledger.entries.filter(
		({ fact }) => fact === 'subscription paid' || fact === 'renewed',
	);
	return charged.length > 0 && charged.every(({ id }) => id !== event.paymentId);
}
