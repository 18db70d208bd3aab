import type { Lead } from './lead-metadata';
import type { Money } from './money';
import type { PaymentEvent } from './payment-event';

/** What an event may leave unsaid, and what that means. */
const UNSAID = {
	simulated: false,
	refunded: null,
	method: null,
	reason: null,
	customer: { name: null, email: null, phone: null },
	invoiceNumber: null,
	planName: null,
	subscription: null,
} satisfies Partial<PaymentEvent>;

/** What an event told, besides what it is. */
export type PaymentFacts = Pick<PaymentEvent, 'type' | 'paymentId'> & {
	money: Money;
	lead: Lead;
} & Partial<Pick<PaymentEvent, keyof typeof UNSAID>>;

type Identity = Pick<
	PaymentEvent,
	'gateway' | 'eventId' | 'eventType' | 'occurredAt' | 'live' | 'raw'
>;

/** A PaymentEvent of what is known; the rest is null. */
export function newPaymentEvent(
	identity: Identity,
	{ money, lead, ...facts }: PaymentFacts,
): PaymentEvent {
	const { amount, amountMinor, currency } = money;
	const { leadId, contactId, responsibleUserId, reference } = lead;
	return {
		...identity,
		...UNSAID,
		...facts,
		reference,
		leadId,
		contactId,
		responsibleUserId,
		amount,
		amountMinor,
		currency,
	};
}
