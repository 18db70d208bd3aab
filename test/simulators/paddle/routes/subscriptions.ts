import { paginate } from '../api/paging';
import { list, ok, route, type Route } from '../api/router';
import { subscriptionView } from '../entities/subscription';
import {
	cancelSubscription,
	pauseSubscription,
	resumeSubscription,
} from '../payments/subscription-changes';
import type { Simulation } from '../simulation';

const PAGE = { idOf: ({ id }: { id: string }) => id, defaultPerPage: 50, maxPerPage: 200 };

interface Change {
	effective_from?: string | null;
	resume_at?: string | null;
}

export function subscriptionRoutes(simulation: Simulation): Route[] {
	const { store } = simulation;
	const atPeriodEnd = ({ effective_from: from }: Change): boolean => from !== 'immediately';
	return [
		route('GET', '/subscriptions', ({ query, url }) => {
			const items = store.subscriptions
				.oldestFirst()
				.filter(
					(item) =>
						query.allows('id', item.id) &&
						query.allows('status', item.status) &&
						query.allows('customer_id', item.customer_id) &&
						query.allows('address_id', item.address_id) &&
						query.allows('collection_mode', item.collection_mode) &&
						query.allows('scheduled_change_action', item.scheduled_change?.action ?? null) &&
						(query.list('price_id') === null ||
							item.items.some(({ price }) => query.allows('price_id', price.id))),
				);
			const page = paginate(items, query, url, PAGE);
			return list({ ...page, data: page.data.map((item) => subscriptionView(simulation, item)) });
		}),
		route('GET', '/subscriptions/{subscription_id}', ({ ids }) =>
			ok(subscriptionView(simulation, store.subscriptions.get(ids['subscription_id'] ?? ''))),
		),
		route<Change>('POST', '/subscriptions/{subscription_id}/cancel', ({ ids, body }) =>
			ok(
				subscriptionView(
					simulation,
					cancelSubscription(simulation, ids['subscription_id'] ?? '', {
						atPeriodEnd: atPeriodEnd(body),
					}),
				),
			),
		),
		route<Change>('POST', '/subscriptions/{subscription_id}/pause', ({ ids, body }) =>
			ok(
				subscriptionView(
					simulation,
					pauseSubscription(simulation, ids['subscription_id'] ?? '', {
						atPeriodEnd: atPeriodEnd(body),
						resumeAt: body.resume_at ?? null,
					}),
				),
			),
		),
		route('POST', '/subscriptions/{subscription_id}/resume', ({ ids }) =>
			ok(
				subscriptionView(simulation, resumeSubscription(simulation, ids['subscription_id'] ?? '')),
			),
		),
	];
}
