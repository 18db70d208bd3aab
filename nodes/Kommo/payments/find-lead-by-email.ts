/** For payments that name no lead: the lead of the client who paid, found by e-mail address. */
import { parseLedger, type LedgerEntry } from '../../core/payment-ledger';
import type { PaymentEvent } from '../../core/payment-event';
import type { KommoApi } from '../client/kommo-api';
import { findContactsByEmail } from '../client/contacts';
import { CLOSED_LOST, CLOSED_WON, getLeadsByIds, type Lead } from '../client/leads';
import { amountDue, fieldText, type DueSettings } from './lead-payment-fields';
import type { PaymentFieldMap } from './payment-fields';

/** A deal in one of these waits for money, even when it is closed as won. */
const WAITING = ['Awaiting', 'Partially Paid', 'Failed', 'Overdue'];

export interface MatchSettings extends DueSettings {
	fields: PaymentFieldMap;
}

/** All leads of the client who has this e-mail address. */
export async function leadsOfClient(api: KommoApi, email: string): Promise<Lead[]> {
	const contacts = await findContactsByEmail(api, email, { with: ['leads'] });
	const linked = contacts.flatMap(({ _embedded }) => (_embedded?.leads ?? []).map(({ id }) => id));
	if (linked.length === 0) return [];
	return [...(await getLeadsByIds(api, linked)).values()];
}

/**
 * The leads of a client that an event may be for: the one that has its payment already, else the one its subscription was
 * sold on; a payment that came in may also be for those that wait for one, or for open ones of exactly this amount. What a
 * client buys elsewhere in the account is none of the lead's business. One is an answer; several are a question for a person.
 */
export function candidatesFor(
	event: PaymentEvent,
	leads: readonly Lead[],
	settings: MatchSettings,
): number[] {
	const { fields } = settings;
	const choices = [
		leads.filter((lead) => isAbout(lead, event, event.paymentId, fields)),
		oldest(leads.filter((lead) => isAbout(lead, event, event.subscription?.id, fields))),
		...(event.type === 'payment.succeeded' ? leadsToPay(event, leads, settings) : []),
	];
	return (choices.find(({ length }) => length > 0) ?? []).map(({ id }) => id);
}

/** The amount of a subscription is not compared when it is applied, so here it must be that of the deal. */
function leadsToPay(
	event: PaymentEvent,
	leads: readonly Lead[],
	settings: MatchSettings,
): Lead[][] {
	const alive = leads.filter(isAlive);
	const fitting = alive.filter((lead) => isAmountOf(lead, event, settings));
	const waiting = (event.subscription ? fitting : alive).filter((lead) =>
		WAITING.includes(fieldText(lead, settings.fields, 'status')),
	);
	return [waiting, fitting.filter(isOpen)];
}

function isAmountOf(lead: Lead, event: PaymentEvent, settings: MatchSettings): boolean {
	const due = amountDue(lead, settings.fields, settings);
	return due?.amountMinor === event.amountMinor && due.currency === event.currency;
}

/**
 * Told of again, or refunded, a payment must not go to the next lead of the client.
 * @param id of a payment or a subscription
 */
function isAbout(
	lead: Lead,
	{ gateway }: PaymentEvent,
	id: string | null | undefined,
	fields: PaymentFieldMap,
): boolean {
	if (!id) return false;
	const isOurs = (entry: LedgerEntry) =>
		entry.gateway === gateway && entry.id === id && entry.fact !== 'renewed';
	return (
		parseLedger(fieldText(lead, fields, 'ledger')).entries.some(isOurs) ||
		fieldText(lead, fields, 'paymentId') === id ||
		fieldText(lead, fields, 'subscriptionId') === id
	);
}

/** Renewals may have leads of their own, which came later. */
function oldest(leads: readonly Lead[]): Lead[] {
	return [...leads].sort((a, b) => a.id - b.id).slice(0, 1);
}

function isAlive(lead: Lead): boolean {
	return !lead.is_deleted && lead.status_id !== CLOSED_LOST;
}

function isOpen(lead: Lead): boolean {
	return lead.status_id !== CLOSED_WON;
}
