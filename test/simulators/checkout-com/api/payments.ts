import { paymentActions, paymentDetails } from '../objects/payment';
import type { Simulation } from '../simulation';
import { invalid, notFound } from './checkout-error';
import type { Route } from './router';

export function paymentRoutes(simulation: Simulation): Route[] {
	const { store } = simulation;
	return [
		{
			method: 'GET',
			path: '/payments',
			handle: ({ query }) => {
				const { reference } = query;
				if (!reference) throw invalid('reference_required');
				const limit = integer(query['limit'], { fallback: 10, min: 1, max: 100, name: 'limit' });
				const skip = integer(query['skip'], { fallback: 0, min: 0, max: Infinity, name: 'skip' });
				const matching = [...store.payments.values()]
					.filter(({ linkId }) => store.link(linkId).request.reference === reference)
					.reverse();
				const data = matching
					.slice(skip, skip + limit)
					.map((payment) => paymentDetails(simulation, payment));
				return { status: 200, body: { limit, skip, total_count: matching.length, data } };
			},
		},
		{
			method: 'GET',
			path: '/payments/:id',
			handle: ({ params }) => {
				const payment = store.findPayment(params['id'] ?? '');
				if (!payment) throw notFound();
				return { status: 200, body: paymentDetails(simulation, payment) };
			},
		},
		{
			method: 'GET',
			path: '/payments/:id/actions',
			handle: ({ params }) => {
				const payment = store.payments.get(params['id'] ?? '');
				if (!payment) throw notFound();
				return { status: 200, body: paymentActions(payment) };
			},
		},
	];
}

function integer(
	text: string | undefined,
	rule: { fallback: number; min: number; max: number; name: string },
): number {
	if (text === undefined) return rule.fallback;
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= rule.min && value <= rule.max) return value;
	throw invalid(`${rule.name}_invalid`);
}
