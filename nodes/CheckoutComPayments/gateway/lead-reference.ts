import { leadReference } from '../../core/lead-reference';

/**
 * One reference for all payments of a lead: it is the only thing that payments can be searched by, and only exactly.
 * Short, because American Express takes 30 characters of the 50.
 */
export function referenceOfLead(leadId: number): string {
	return leadReference(leadId, 'link');
}
