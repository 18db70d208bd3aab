/** What a gateway needs to make a link, read off a lead and its main contact. */
import { assertError } from '../../core/assert-error';
import { fromMinor, MoneyError, parseMoney, partOf, type Money } from '../../core/money';
import { parseLedger } from '../../core/payment-ledger';
import type { PaymentRequest } from '../../core/payment-request';
import { emailOf, phoneOf, type Contact } from '../client/contacts';
import { CLOSED_LOST, type Lead } from '../client/leads';
import { amountKept, fieldText, isSettled } from './lead-payment-fields';
import type { PaymentFieldMap } from './payment-fields';

export interface PaymentRequestSettings {
	fields: PaymentFieldMap;
	/** Used when the lead's currency field is empty: the node's choice, else the account's currency. */
	defaultCurrency: string;
	/** Share of the amount to ask for first, in percent: 100 for all of it, 30 for a prepayment. The next link asks for the rest. */
	percentage: number;
	/** What the client reads on the payment page; {lead} and {id} are filled in. */
	description: string;
	requireEmail: boolean;
	/** When the change came about that asks for this payment, ISO 8601; null when it does not say. */
	askedAt: string | null;
}

/** @param contact the lead's main contact, null when it has none */
export function paymentRequestOf(
	lead: Lead,
	contact: Contact | null,
	settings: PaymentRequestSettings,
): PaymentRequest {
	const { fields } = settings;
	const problems: string[] = [];
	const currency = (fieldText(lead, fields, 'currency') || settings.defaultCurrency).toUpperCase();
	const money = requestedMoney(lead, currency, settings, problems);
	const email = contact ? emailOf(contact) : null;
	const status = fieldText(lead, fields, 'status');
	if (settings.requireEmail && email === null) {
		problems.push(
			contact
				? `The contact "${contact.name}" has no e-mail address. Add it to the contact.`
				: 'The deal has no contact. Add one with an e-mail address.',
		);
	}
	if (lead.status_id === CLOSED_LOST) problems.push('The deal is closed as lost.');
	if (lead.is_deleted) problems.push('The deal was deleted.');
	if (isSettled(status)) {
		problems.push(`The deal's payment status is already "${status}".`);
	}
	if (wasUsedSince(lead, settings)) {
		problems.push(
			'The client has used a payment link since the deal was moved here. Move it again to ask for another payment.',
		);
	}
	return {
		leadId: lead.id,
		leadName: lead.name,
		contactId: contact?.id ?? null,
		responsibleUserId: lead.responsible_user_id ?? null,
		amount: money?.amount ?? '',
		amountMinor: money?.amountMinor ?? 0,
		currency,
		description: describe(lead, settings.description),
		customer: {
			name: contact?.name || null,
			email,
			phone: contact ? phoneOf(contact) : null,
		},
		existingLink: fieldText(lead, fields, 'paymentLink') || null,
		existingLinkId: fieldText(lead, fields, 'paymentId') || null,
		ready: problems.length === 0,
		problems,
	};
}

/** A change that is handled late, say by a run retried after a crash, must not ask again for what came since. */
function wasUsedSince(lead: Lead, { fields, askedAt }: PaymentRequestSettings): boolean {
	if (askedAt === null) return false;
	const { entries } = parseLedger(fieldText(lead, fields, 'ledger'));
	return entries.some(({ at }) => Date.parse(at) >= Date.parse(askedAt));
}

function requestedMoney(
	lead: Lead,
	currency: string,
	{ fields, percentage }: PaymentRequestSettings,
	problems: string[],
): Money | null {
	const amount = fieldText(lead, fields, 'amountDue') || String(lead.price ?? 0);
	const isPartlyPaid = fieldText(lead, fields, 'status') === 'Partially Paid';
	try {
		const due = parseMoney(amount, currency);
		const money = isPartlyPaid
			? remainderOf(due, amountKept(lead, fields, due.currency))
			: partOf(due, percentage);
		if (money.amountMinor > 0) return money;
		problems.push('The deal has no amount. Enter its price, or the amount due.');
	} catch (error) {
		assertError(error, MoneyError);
		problems.push(error.message);
	}
	return null;
}

/** The second link asks for what the first left open. */
function remainderOf(due: Money, kept: Money): Money {
	return fromMinor(Math.max(0, due.amountMinor - kept.amountMinor), due.currency);
}

function describe(lead: Lead, template: string): string {
	const name = lead.name || `Deal ${lead.id}`;
	return template.replaceAll('{lead}', name).replaceAll('{id}', String(lead.id)).trim() || name;
}
