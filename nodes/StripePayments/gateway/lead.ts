/** How Stripe's objects name their lead. */
import { valueAt } from '../../core/json';
import { LEAD_KEYS, leadOf, type Lead } from '../../core/lead-metadata';

/** How a search finds a lead's objects. https://docs.stripe.com/search#metadata */
export function searchForLead(leadId: number): string {
	return `metadata['${LEAD_KEYS.leadId}']:'${leadId}'`;
}

/**
 * The payer can edit `client_reference_id` in the address bar, so metadata goes before it. A single payment is compared
 * with what the deal asks for; a subscription's is not, so that an edited address could settle any deal with it.
 */
export function leadOfSession(session: unknown): Lead {
	const metadata = valueAt(session, 'metadata');
	const isSubscription = valueAt(session, 'mode') === 'subscription';
	return isSubscription
		? leadOf(metadata)
		: leadOf(metadata, valueAt(session, 'client_reference_id'));
}
