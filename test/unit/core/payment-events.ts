import { fromMinor } from '../../../nodes/core/money';
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import type { LedgerEntry } from '../../../nodes/core/payment-ledger';

/** A payment of 100.00 EUR that succeeded; every part can be replaced. */
export function paymentEvent(parts: Partial<PaymentEvent> = {}): PaymentEvent {
	const { amountMinor = 10_000, currency = 'EUR' } = parts;
	return {
		gateway: 'stripe',
		type: 'payment.succeeded',
		eventId: 'evt_1',
		eventType: 'checkout.session.completed',
		paymentId: 'pi_1',
		reference: 'kommo_7_abc',
		leadId: 7,
		contactId: 8,
		responsibleUserId: 9,
		amount: fromMinor(amountMinor, currency).amount,
		amountMinor,
		currency,
		refunded: null,
		occurredAt: '2026-11-20T10:00:00.000Z',
		live: true,
		simulated: false,
		method: 'card',
		reason: null,
		customer: { name: null, email: 'client@example.com', phone: null },
		invoiceNumber: null,
		planName: null,
		subscription: null,
		raw: {},
		...parts,
	};
}

/** A refund event: `minor` is everything refunded of the payment so far. */
export function refundEvent(
	minor: number,
	total: boolean,
	parts: Partial<PaymentEvent> = {},
): PaymentEvent {
	return paymentEvent({
		type: 'payment.refunded',
		eventType: 'charge.refunded',
		refunded: {
			amount: fromMinor(minor, parts.currency ?? 'EUR').amount,
			amountMinor: minor,
			total,
		},
		...parts,
	});
}

/** The subscription part of an event. */
export function subscription(
	parts: Partial<NonNullable<PaymentEvent['subscription']>> = {},
): NonNullable<PaymentEvent['subscription']> {
	return { id: 'sub_1', status: 'active', nextBillingAt: null, endsAt: null, ...parts };
}

/** A ledger line: 100.00 EUR paid; every part can be replaced. */
export function ledgerEntry(parts: Partial<LedgerEntry> & { minor?: number } = {}): LedgerEntry {
	const { minor = 10_000, ...rest } = parts;
	return {
		at: '2026-11-20T10:00:00Z',
		gateway: 'stripe',
		id: 'pi_1',
		fact: 'paid',
		money: fromMinor(minor, 'EUR'),
		detail: '',
		...rest,
	};
}

/** The time so many seconds after the first event, as an event carries it. */
export function secondsLater(seconds: number): string {
	return new Date(Date.parse('2026-11-20T10:00:00.000Z') + seconds * 1000).toISOString();
}

export const failed = (parts: Partial<PaymentEvent> = {}) =>
	paymentEvent({ type: 'payment.failed', reason: 'insufficient funds', ...parts });
export const pending = (parts: Partial<PaymentEvent> = {}) =>
	paymentEvent({ type: 'payment.pending', ...parts });
export const disputed = (parts: Partial<PaymentEvent> = {}) =>
	paymentEvent({ type: 'payment.disputed', reason: 'fraudulent', ...parts });
export const disputeClosed = (reason: 'won' | 'lost', parts: Partial<PaymentEvent> = {}) =>
	paymentEvent({ type: 'payment.dispute_closed', reason, ...parts });
