import { createdLink, linkDetails, newPaymentLink } from '../objects/payment-link';
import type { Simulation } from '../simulation';
import { notFound } from './checkout-error';
import { checkLinkRequest } from './link-rules';
import type { Route } from './router';

/** Create and get; there is no list, update or cancel. No idempotency: every POST makes a link. */
export function paymentLinkRoutes(simulation: Simulation): Route[] {
	const { links } = simulation.store;
	return [
		{
			method: 'POST',
			path: '/payment-links',
			handle: ({ body }) => {
				const link = newPaymentLink(simulation, checkLinkRequest(simulation, body));
				links.set(link.id, link);
				return { status: 201, body: createdLink(simulation, link) };
			},
		},
		{
			method: 'GET',
			path: '/payment-links/:id',
			handle: ({ params }) => {
				const link = links.get(params['id'] ?? '');
				if (!link) throw notFound();
				return { status: 200, body: linkDetails(simulation, link) };
			},
		},
	];
}
