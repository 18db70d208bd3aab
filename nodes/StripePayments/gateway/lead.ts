/** How Stripe's objects name their lead. */
import { valueAt } from '../../core/json';
import { LEAD_KEYS, leadOf, type Lead } from '../../core/lead-metadata';

/** How a search finds a lead's objects. https://docs.stripe.com/search#metadata */
export function searchForLead(leadId: number): string {
	return `metadata['${LEAD_KEYS.leadId}']:'${leadId}'`;
}

/** The payer can edit `client_reference_id` in the address bar, so metadata goes before it. */
export function leadOfSession(session: unknown): Lead {
	return leadOf(valueAt(session, 'metadata'), valueAt(session, 'client_reference_id'));
}
