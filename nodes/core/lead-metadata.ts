/** Whom a payment belongs to: what everything we make at a provider carries in its metadata. */
import { stringAt, valueAt } from './json';
import { leadIdOfReference, parseLeadId } from './lead-reference';
import type { PaymentEvent } from './payment-event';

export type Lead = Pick<PaymentEvent, 'leadId' | 'contactId' | 'responsibleUserId' | 'reference'>;

/** The names of the entries, all text. */
export const LEAD_KEYS = {
	leadId: 'kommo_lead_id',
	contactId: 'kommo_contact_id',
	responsibleUserId: 'kommo_responsible_user_id',
	reference: 'kommo_reference',
} as const satisfies Record<keyof Lead, string>;

/** Entries for what is known of the lead. */
export function leadMetadata(lead: Lead): Record<string, string> {
	const entries = Object.entries(LEAD_KEYS).map(([name, key]) => [key, lead[name as keyof Lead]]);
	return Object.fromEntries(
		entries.filter(([, value]) => value !== null).map(([key, value]) => [key, String(value)]),
	);
}

/**
 * The lead that metadata names, or else the reference does.
 * @param otherReference what stands outside of the metadata
 */
export function leadOf(metadata: unknown, otherReference: unknown = null): Lead {
	const reference =
		stringAt(metadata, LEAD_KEYS.reference) ??
		(typeof otherReference === 'string' && otherReference !== '' ? otherReference : null);
	return {
		leadId: parseLeadId(valueAt(metadata, LEAD_KEYS.leadId)) ?? leadIdOfReference(reference),
		contactId: parseLeadId(valueAt(metadata, LEAD_KEYS.contactId)),
		responsibleUserId: parseLeadId(valueAt(metadata, LEAD_KEYS.responsibleUserId)),
		reference,
	};
}
