import {
	isJsonObject,
	listAt,
	numberAt,
	stringAt,
	valueAt,
	type JsonObject,
} from '../../core/json';
import { fromProviderAmount } from '../../core/money';
import type { PaymentLink } from '../../core/payment-link';
import type { LinkRequest, PaymentLinks } from '../../gateways/gateway';
import type { ApiError } from '../../http/http';
import { pathTo, StripeApi } from './api';
import { STRIPE_CURRENCIES } from './currencies';
import { leadOf } from '../../core/lead-metadata';
import { readLinkOptions } from './link-options';
import { linkParams, linkReference } from './link-params';
import { refuseWhilePending } from './pending-payment';
import { findSavedLink, isLinkId, LINK_DETAILS, REFERENCE_PARAMETER } from './saved-link';

/** Links for the very same request within the 24 hours that Stripe remembers keys. */
const MOST_ATTEMPTS = 20;

/** https://docs.stripe.com/api/payment-link. Each link can be paid once and never expires by itself. */
export const stripePaymentLinks: PaymentLinks = {
	async create(request, context) {
		const api = new StripeApi(context.send);
		// Before anything is deactivated: a request that cannot work must not cost the lead its link.
		linkParams(request, '');
		const existing = await existingLink(request, api);
		if (existing !== null && isPayable(existing) && fits(existing, request)) {
			return toPaymentLink(existing, { reused: true, email: request.customer.email });
		}
		if (existing !== null && isUsedUp(existing)) await refuseWhilePending(existing, api);
		if (existing !== null && valueAt(existing, 'active') === true) {
			await api.update(pathOf(stringAt(existing, 'id')), { active: false });
		}
		return await createLink(request, api);
	},

	/** @param linkId of the link, or of a payment that was tried by it */
	async get(linkId, context, url) {
		const api = new StripeApi(context.send);
		return toPaymentLink(await api.get(await pathOfSaved(linkId, url, api), LINK_DETAILS));
	},

	/** @param linkId of the link, or of a payment that was tried by it */
	async deactivate(linkId, context, url) {
		const api = new StripeApi(context.send);
		const path = await pathOfSaved(linkId, url, api);
		return toPaymentLink(await api.update(path, { active: false, ...LINK_DETAILS }));
	},
};

/**
 * The idempotency key follows from the request, so that a request sent twice makes one link. A key whose link is gone
 * (paid, deactivated) or whose request failed is used up; the next one is the attempt number further.
 */
async function createLink(request: LinkRequest, api: StripeApi): Promise<PaymentLink> {
	const { email } = request.customer;
	let repeatedError: ApiError | null = null;
	for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
		const reference = linkReference(request, attempt);
		const params = { ...linkParams(request, reference), ...LINK_DETAILS };
		const created = await api.create('/v1/payment_links', params, `payment-link-${reference}`);
		if (!created.replayed) {
			if (created.error !== null) throw created.error;
			return toPaymentLink(created.object, { email });
		}
		repeatedError = created.error;
		if (created.error !== null) continue;
		// A replay shows the link as it was when it was made.
		const link = await api.get(pathOf(stringAt(created.object, 'id')), LINK_DETAILS);
		if (isPayable(link)) return toPaymentLink(link, { reused: true, email });
		if (isUsedUp(link)) await refuseWhilePending(link, api);
	}
	if (repeatedError !== null) throw repeatedError;
	throw new Error(
		`${MOST_ATTEMPTS} links for the same payment were made and used up within a day. Check why this workflow runs so often for lead ${request.leadId}.`,
	);
}

/** The lead's present link, unless it is another provider's, another lead's (a copied card) or not ours. */
async function existingLink(
	{ existingLink: known, leadId }: LinkRequest,
	api: StripeApi,
): Promise<JsonObject | null> {
	const link = known && (await findSavedLink(known, api));
	return link !== null && leadOf(valueAt(link, 'metadata')).leadId === leadId ? link : null;
}

function fits(link: JsonObject, { money, options }: LinkRequest): boolean {
	const present = toPaymentLink(link);
	return (
		present.amountMinor === money.amountMinor &&
		present.currency === money.currency &&
		stringAt(link, 'line_items', 'data', 0, 'price', 'recurring', 'interval') ===
			readLinkOptions(options).interval
	);
}

function isPayable(link: JsonObject): boolean {
	return statusOf(link) === 'active';
}

/** Paid, or about to be. */
function isUsedUp(link: JsonObject): boolean {
	return statusOf(link) === 'paid';
}

function toPaymentLink(
	link: JsonObject,
	{ reused = false, email = null }: { reused?: boolean; email?: string | null } = {},
): PaymentLink {
	const { leadId, reference } = leadOf(valueAt(link, 'metadata'));
	const items = listAt(link, 'line_items', 'data').filter(isJsonObject);
	const total = items.reduce((sum, item) => sum + (numberAt(item, 'amount_total') ?? 0), 0);
	const money = fromProviderAmount(total, valueAt(link, 'currency'), STRIPE_CURRENCIES);
	return {
		gateway: 'stripe',
		leadId,
		linkId: stringAt(link, 'id') ?? '',
		url: addressFor(stringAt(link, 'url') ?? '', reference, email),
		reference,
		amount: money.amount,
		amountMinor: money.amountMinor,
		currency: money.currency,
		status: statusOf(link),
		expiresAt: null,
		live: valueAt(link, 'livemode') === true,
		reused,
		raw: link,
	};
}

/** With a delayed method a used-up link is not yet paid: https://docs.stripe.com/payment-links/customize */
function statusOf(link: JsonObject): 'active' | 'paid' | 'inactive' {
	const count = numberAt(link, 'restrictions', 'completed_sessions', 'count') ?? 0;
	const limit = numberAt(link, 'restrictions', 'completed_sessions', 'limit');
	if (limit !== null && count >= limit) return 'paid';
	return valueAt(link, 'active') === true ? 'active' : 'inactive';
}

/** https://docs.stripe.com/payment-links/url-parameters: what Stripe finds invalid it drops without a word. */
function addressFor(url: string, reference: string | null, email: string | null): string {
	const address = new URL(url);
	if (reference !== null) address.searchParams.set(REFERENCE_PARAMETER, reference);
	if (email !== null) address.searchParams.set('prefilled_email', email);
	return address.href;
}

async function pathOfSaved(
	id: string,
	url: string | null | undefined,
	api: StripeApi,
): Promise<string> {
	if (isLinkId(id)) return pathOf(id);
	const link = await findSavedLink({ id, url: url ?? null }, api);
	return pathOf(stringAt(link, 'id') ?? id);
}

function pathOf(linkId: string | null): string {
	if (isLinkId(linkId)) return pathTo('payment_links', linkId);
	throw new Error(
		`"${linkId}" is not the id of a Stripe payment link. It begins with plink_ and comes out of Create Payment Link.`,
	);
}
