import { newLinkId } from '../ids';
import type { Simulation } from '../simulation';
import type { PaymentLink } from '../store';
import { isoTime } from '../timestamps';
import type { LinkRequest, Metadata } from '../wire';

/** Seconds: 24 hours. */
const DEFAULT_EXPIRY = 86_400;

/** With a space in the middle one. */
export type LinkStatus = 'Active' | 'Payment Received' | 'Expired';

export function newPaymentLink(simulation: Simulation, request: LinkRequest): PaymentLink {
	const createdAt = simulation.now();
	return {
		id: newLinkId(),
		request,
		createdAt,
		expiresAt: createdAt + (request.expires_in ?? DEFAULT_EXPIRY) * 1000,
		paymentId: null,
		paid: false,
	};
}

export function linkStatus(simulation: Simulation, link: PaymentLink): LinkStatus {
	if (link.paid) return 'Payment Received';
	return simulation.now() >= link.expiresAt ? 'Expired' : 'Active';
}

/** The metadata as payments and webhooks have it. */
export function linkMetadata(simulation: Simulation, link: PaymentLink): Metadata {
	const metadata = link.request.metadata ?? {};
	if (!simulation.settings.metadataAsText) return metadata;
	return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
}

/** The body of 201. No amount in it. */
export function createdLink(simulation: Simulation, link: PaymentLink): object {
	return {
		id: link.id,
		expires_on: isoTime(link.expiresAt),
		...(link.request.reference !== undefined && { reference: link.request.reference }),
		_links: selfAndPage(simulation, link),
	};
}

/** The body of `GET /payment-links/{id}`. */
export function linkDetails(simulation: Simulation, link: PaymentLink): object {
	const { request, paymentId } = link;
	return {
		id: link.id,
		status: linkStatus(simulation, link),
		...(paymentId !== null && { payment_id: paymentId }),
		amount: request.amount,
		currency: request.currency,
		reference: request.reference,
		description: request.description,
		created_on: isoTime(link.createdAt),
		expires_on: isoTime(link.expiresAt),
		processing_channel_id: request.processing_channel_id,
		customer: request.customer,
		shipping: request.shipping,
		billing: request.billing,
		products: request.products,
		metadata: request.metadata && linkMetadata(simulation, link),
		locale: request.locale,
		return_url: request.return_url,
		_links: {
			...selfAndPage(simulation, link),
			...(paymentId !== null && {
				payment: simulation.link('payments', paymentId),
				payment_actions: simulation.link('payments', paymentId, 'actions'),
			}),
		},
	};
}

function selfAndPage(simulation: Simulation, link: PaymentLink): object {
	return {
		self: simulation.link('payment-links', link.id),
		redirect: simulation.link('link', link.id),
	};
}
