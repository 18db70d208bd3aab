/** The link that a lead carries, found by what is saved on its card. */
import { stringAt, type JsonObject } from '../../core/json';
import { leadIdOfReference } from '../../core/lead-reference';
import { pathTo, type StripeApi } from './api';
import { pageOfPayment } from './checkout-page';

/** Amounts stand on the line items, which are left out unless asked for. */
export const LINK_DETAILS = { expand: ['line_items'] };

/** The parameter of a link's address that holds our reference. */
export const REFERENCE_PARAMETER = 'client_reference_id';

interface SavedLink {
	/** Of the link; once somebody has tried to pay, of the payment. */
	id: string | null;
	/** Stays the link's, with the query that we gave it. */
	url: string | null;
}

/**
 * @returns the link with its line items; null when it is another provider's, or unknown here
 */
export async function findSavedLink(
	{ id, url }: SavedLink,
	api: StripeApi,
): Promise<JsonObject | null> {
	if (isLinkId(id)) return await findLink(id, api);
	const page = id === null ? null : await pageOfPayment(id, api);
	const paid = await findLink(stringAt(page, 'payment_link'), api);
	if (url === null || (paid !== null && isAt(paid, url))) return paid;
	// The payment may be one of an earlier link's, on a page that was still open.
	return (await findOpenLink(url, api)) ?? paid;
}

export function isLinkId(id: string | null): id is string {
	return id !== null && /^plink_\w+$/.test(id);
}

async function findLink(id: string | null, api: StripeApi): Promise<JsonObject | null> {
	return isLinkId(id) ? await api.find(pathTo('payment_links', id), LINK_DETAILS) : null;
}

/** Stripe can't look up an address, so all that is open is gone through; only for an address that we made. */
async function findOpenLink(url: string, api: StripeApi): Promise<JsonObject | null> {
	if (!isOurs(url)) return null;
	for await (const link of api.list('/v1/payment_links', { active: true })) {
		if (isAt(link, url)) return await findLink(stringAt(link, 'id'), api);
	}
	return null;
}

function isOurs(url: string): boolean {
	const reference = URL.canParse(url) ? new URL(url).searchParams.get(REFERENCE_PARAMETER) : null;
	return leadIdOfReference(reference) !== null;
}

function isAt(link: JsonObject, url: string): boolean {
	return stringAt(link, 'url') === url.replace(/[?#].*$/s, '');
}
