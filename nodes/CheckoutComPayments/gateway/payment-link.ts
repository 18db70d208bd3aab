import { stringAt, valueAt, type JsonObject } from '../../core/json';
import { leadOf } from '../../core/lead-metadata';
import { formatMoney } from '../../core/money';
import type { PaymentLink } from '../../core/payment-link';
import type { GatewayContext, LinkRequest, PaymentLinks } from '../../gateways/gateway';
import { pathTo } from '../../http/path-to';
import { CheckoutComApi } from './api';
import { isoTimeOf } from './checkout-com-event';
import { referenceOfLead } from './lead-reference';
import { linkParams, REQUEST_KEY, requestDigest } from './link-params';
import { moneyOf } from './payment-events/payment-event';

const LINK_ID = /pl_[A-Za-z0-9_-]{12}(?![A-Za-z0-9_-])/;

/** Payments that stand, or still may. */
const ALIVE = new Set(['Pending', 'Authorized', 'Partially Captured', 'Captured']);

/**
 * Links are paid once and then closed. They can't be changed or deactivated: a link that was replaced stays payable
 * until it expires, and such a payment is applied to its lead like any other.
 */
export const checkoutComPaymentLinks: PaymentLinks = {
	async create(request, context) {
		const api = new CheckoutComApi(context.send);
		const params = linkParams(request, context);
		const existing = await existingLink(request, api);
		if (existing === null) await refuseWhenPaid(request, api);
		else if (fits(existing, request)) return { ...toPaymentLink(existing, context), reused: true };
		const created = await createLink(params, request, api);
		return toPaymentLink({ ...params, status: 'Active', ...created }, context, created);
	},

	async get(linkId, context, url) {
		const id = linkIdIn(linkId) ?? linkIdIn(url ?? '') ?? linkId;
		return toPaymentLink(await fetchLink(id, new CheckoutComApi(context.send)), context);
	},
};

/** The id of a link in its address or on its own; null when there is none. */
export function linkIdIn(text: string): string | null {
	return LINK_ID.exec(text)?.[0] ?? null;
}

/** @throws Error with a sentence for the user when it names no link */
export async function fetchLink(linkId: string, api: CheckoutComApi): Promise<JsonObject> {
	const id = linkIdIn(linkId);
	if (id !== null) return await api.get(pathTo('payment-links', id));
	throw new Error(
		`"${linkId}" is not the ID of a Checkout.com payment link. It begins with pl_ and comes out of Create Payment Link.`,
	);
}

/**
 * Sent once. When no answer came, a link may exist whose address nobody has ever seen; unless somebody has paid by it,
 * a second one does no harm, and the first expires.
 */
async function createLink(
	params: JsonObject,
	request: LinkRequest,
	api: CheckoutComApi,
): Promise<JsonObject> {
	const first = await api.create('/payment-links', params);
	if (first.lost === null) return first.object;
	await refuseWhenPaid(request, api);
	const second = await api.create('/payment-links', params);
	if (second.lost === null) return second.object;
	throw second.lost;
}

/** A link that was made and paid, but never saved to the lead, must not be followed by another. */
async function refuseWhenPaid(request: LinkRequest, api: CheckoutComApi): Promise<void> {
	const digest = requestDigest(request);
	for await (const payment of api.paymentsByReference(referenceOfLead(request.leadId))) {
		const status = stringAt(payment, 'status') ?? '';
		if (stringAt(payment, 'metadata', REQUEST_KEY) !== digest || !ALIVE.has(status)) continue;
		throw new Error(
			`The client has paid exactly this already: ${formatMoney(request.money)}, payment ${stringAt(payment, 'id')} (${status}). No second link was made. If the same amount is to be paid once more, change the description of the link.`,
		);
	}
}

/** The lead's present link; null when it is another provider's, another lead's (a copied card) or unknown here. */
async function existingLink(
	{ existingLink: known, leadId }: LinkRequest,
	api: CheckoutComApi,
): Promise<JsonObject | null> {
	// The saved id gives way to the payment's once somebody has tried to pay; the address stays.
	const id = known && (linkIdIn(known.url) ?? linkIdIn(known.id ?? ''));
	const link = id && (await api.find(pathTo('payment-links', id)));
	return link && leadOfLink(link).leadId === leadId ? link : null;
}

function fits(link: JsonObject, { money }: LinkRequest): boolean {
	const { amountMinor, currency } = moneyOf(link);
	const isSame = amountMinor === money.amountMinor && currency === money.currency;
	return isSame && statusOf(link) === 'active';
}

/** @param raw what Checkout.com answered, where that is less: a creation is not told what it asked for */
function toPaymentLink(
	link: JsonObject,
	{ live }: GatewayContext,
	raw: JsonObject = link,
): PaymentLink {
	const money = moneyOf(link);
	const { leadId, reference } = leadOfLink(link);
	return {
		gateway: 'checkoutCom',
		leadId,
		linkId: stringAt(link, 'id') ?? '',
		url: stringAt(link, '_links', 'redirect', 'href') ?? '',
		reference,
		amount: money.amount,
		amountMinor: money.amountMinor,
		currency: money.currency,
		status: statusOf(link),
		expiresAt: isoTimeOf(link, 'expires_on'),
		live,
		reused: false,
		raw,
	};
}

function leadOfLink(link: JsonObject) {
	return leadOf(valueAt(link, 'metadata'), valueAt(link, 'reference'));
}

/** A link with a failed attempt is still Active. */
function statusOf(link: JsonObject): PaymentLink['status'] {
	switch (valueAt(link, 'status')) {
		case 'Active':
			return 'active';
		case 'Payment Received':
			return 'paid';
		case 'Expired':
			return 'expired';
		default:
			return 'inactive';
	}
}
