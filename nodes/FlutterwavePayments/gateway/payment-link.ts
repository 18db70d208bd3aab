import { stringAt, type JsonObject } from '../../core/json';
import type { PaymentLink } from '../../core/payment-link';
import type { GatewayContext, LinkRequest, PaymentLinks } from '../../gateways/gateway';
import { ApiError } from '../../http/http';
import { FlutterwaveApi } from './api';
import { readLinkOptions, USUAL_ATTEMPTS } from './link-options';
import { linkParams, linkTerms } from './link-params';
import {
	expiryOf,
	newLinkReference,
	readLinkReference,
	type KnownLink,
	type LinkTerms,
} from './link-reference';
import { countFailedAttempts, findByReference, findTransaction, statusOf } from './transaction';
import { withoutTokens } from './without-tokens';

/**
 * Hosted links of Flutterwave Standard. Flutterwave tells nothing of a link it has made: whether it was paid is told by
 * its `tx_ref`, which is our link id, and it is closed by its address. So nobody can say of an unpaid link whether it
 * was closed; `active` means that it was not paid and has not run out of time. Only `create`, which knows the options of
 * the link, counts failed attempts too.
 * https://developer.flutterwave.com/docs/flutterwave-standard-1
 */
export const flutterwavePaymentLinks: PaymentLinks = {
	async create(request, context) {
		const api = new FlutterwaveApi(context.send);
		const terms = linkTerms(request, context.live);
		// Before anything is closed: a request that cannot work must not cost the lead its link.
		linkParams(request, '');
		const existing = await existingLink(request, api);
		if (existing !== null) {
			const { link, url } = existing;
			if (hasTerms(link, terms) && (await isOpen(link, request, api, context))) {
				return toPaymentLink(link, { url, status: 'active', reused: true }, context);
			}
			await api.disableLink(url);
		}
		return await createLink(request, terms, api, context);
	},

	async get(linkId, context, url = null) {
		const api = new FlutterwaveApi(context.send);
		const link = await requireLink(linkId, api);
		const transaction = await findByReference(link.reference, api);
		const status = linkStatus(link, transaction, context);
		return toPaymentLink(link, { url, status, raw: transaction ?? {} }, context);
	},

	async deactivate(linkId, context, url = null) {
		const api = new FlutterwaveApi(context.send);
		const link = await requireLink(linkId, api);
		if (url === null) {
			throw new Error(
				'Flutterwave closes a link by its address only. Enter it in "Link URL", or feed the item that Create Payment Link or Get Payment Request emitted.',
			);
		}
		const raw = await api.disableLink(url);
		const status = await statusOfLink(link, api, context);
		const closed = status === 'active' ? 'inactive' : status;
		return toPaymentLink(link, { url, status: closed, raw }, context);
	},
};

/**
 * Sent once. When no answer came, a link may exist whose address nobody has ever seen; unless somebody has paid under
 * its reference all the same, another one under a reference of its own does no harm.
 */
async function createLink(
	request: LinkRequest,
	terms: LinkTerms,
	api: FlutterwaveApi,
	context: GatewayContext,
): Promise<PaymentLink> {
	const first = newLinkReference(request.leadId, terms, context.now());
	const created = await api.createLink(linkParams(request, first));
	if (created.lost === null) return newLink(first, created.object, context);
	if ((await findByReference(first, api)) !== null) throw created.lost;
	const second = newLinkReference(request.leadId, terms, context.now(), first);
	const again = await api.createLink(linkParams(request, second));
	if (again.lost !== null) throw again.lost;
	return newLink(second, again.object, context);
}

function newLink(reference: string, answer: JsonObject, context: GatewayContext): PaymentLink {
	const link = readLinkReference(reference);
	const url = stringAt(answer, 'data', 'link');
	if (link !== null && url !== null) {
		return toPaymentLink(link, { url, status: 'active', raw: answer }, context);
	}
	throw new ApiError('Flutterwave made a link but did not give its address.', {
		status: 200,
		hint: 'Run it again.',
	});
}

/** The lead's present link; null when it is another provider's, another lead's (a copied card) or unknown here. */
async function existingLink(
	{ existingLink: known, leadId }: LinkRequest,
	api: FlutterwaveApi,
): Promise<{ link: KnownLink; url: string } | null> {
	if (!known?.id) return null;
	const link = await findLink(known.id, api);
	return link !== null && link.leadId === leadId ? { link, url: known.url } : null;
}

/** @param id a link's, or that of a payment: on the lead it takes the place of the link's once somebody has tried to pay */
async function findLink(id: string, api: FlutterwaveApi): Promise<KnownLink | null> {
	if (!/^\d+$/.test(id)) return readLinkReference(id);
	const transaction = await findTransaction(id, api);
	return readLinkReference(stringAt(transaction, 'tx_ref') ?? '');
}

async function requireLink(linkId: string, api: FlutterwaveApi): Promise<KnownLink> {
	const link = await findLink(linkId.trim(), api);
	if (link !== null) return link;
	throw new Error(
		`"${linkId}" is not the ID of a Flutterwave payment link. It begins with kommo_ and comes out of Create Payment Link.`,
	);
}

function hasTerms(link: KnownLink, terms: LinkTerms): boolean {
	return (
		link.money.amountMinor === terms.money.amountMinor &&
		link.money.currency === terms.money.currency &&
		link.lifetimeMinutes === terms.lifetimeMinutes &&
		link.otherTerms === terms.otherTerms
	);
}

/** @param request one that the link was made for, since only that says after how many failed attempts it closes */
async function isOpen(
	link: KnownLink,
	request: LinkRequest,
	api: FlutterwaveApi,
	context: GatewayContext,
): Promise<boolean> {
	const attempt = await findByReference(link.reference, api);
	if (linkStatus(link, attempt, context) !== 'active') return false;
	if (attempt === null) return true;
	const most = readLinkOptions(request.options).mostAttempts ?? USUAL_ATTEMPTS;
	return (await countFailedAttempts(link.reference, api)) < most;
}

async function statusOfLink(
	link: KnownLink,
	api: FlutterwaveApi,
	context: GatewayContext,
): Promise<PaymentLink['status']> {
	return linkStatus(link, await findByReference(link.reference, api), context);
}

function linkStatus(
	link: KnownLink,
	transaction: JsonObject | null,
	{ now }: GatewayContext,
): 'paid' | 'expired' | 'active' {
	if (transaction !== null && statusOf(transaction) === 'successful') return 'paid';
	const expiry = expiryOf(link);
	return expiry !== null && expiry <= now() ? 'expired' : 'active';
}

function toPaymentLink(
	link: KnownLink,
	state: {
		url: string | null;
		status: PaymentLink['status'];
		reused?: boolean;
		raw?: JsonObject;
	},
	{ live }: GatewayContext,
): PaymentLink {
	const { amount, amountMinor, currency } = link.money;
	const expiry = expiryOf(link);
	return {
		gateway: 'flutterwave',
		leadId: link.leadId,
		linkId: link.reference,
		url: state.url ?? '',
		reference: link.reference,
		amount,
		amountMinor,
		currency,
		status: state.status,
		expiresAt: expiry === null ? null : new Date(expiry).toISOString(),
		live,
		reused: state.reused ?? false,
		raw: withoutTokens(state.raw ?? {}),
	};
}
