import { adjustmentError, invalidField } from '../api/paddle-error';
import { paginate } from '../api/paging';
import { created, list, ok, route, type Route } from '../api/router';
import type { AdjustmentInput } from '../entities/adjustment';
import { checkAmount } from '../entities/catalog';
import { adjust } from '../payments/adjusting';
import type { Simulation } from '../simulation';

const PAGE = { idOf: ({ id }: { id: string }) => id, defaultPerPage: 10, maxPerPage: 50 };

export function adjustmentRoutes(simulation: Simulation): Route[] {
	const { store } = simulation;
	return [
		route('GET', '/adjustments', ({ query, url }) => {
			const items = store.adjustments
				.oldestFirst()
				.filter(
					(item) =>
						query.allows('id', item.id) &&
						query.allows('action', item.action) &&
						query.allows('status', item.status) &&
						query.allows('customer_id', item.customer_id) &&
						query.allows('subscription_id', item.subscription_id) &&
						query.allows('transaction_id', item.transaction_id),
				);
			return list(paginate(items, query, url, PAGE));
		}),
		// The document has no GET of one adjustment; the list with `id` is the way there.
		route<AdjustmentInput>('POST', '/adjustments', ({ body }) => {
			checkInput(body);
			return created(adjust(simulation, body));
		}),
		route('GET', '/adjustments/{adjustment_id}/credit-note', ({ ids }) => {
			const { id } = store.adjustments.get(ids['adjustment_id'] ?? '');
			return ok({ url: `${simulation.url}/credit-notes/${id}.pdf` });
		}),
	];
}

function checkInput({ action, type, items }: AdjustmentInput): void {
	if (action !== 'refund' && action !== 'credit') {
		throw adjustmentError(
			'adjustment_invalid_action',
			'Only refund and credit adjustments can be created; others are made by Paddle',
		);
	}
	if (type === 'full') {
		if (items) throw invalidField({ field: 'items', message: 'must not be sent with type full' });
		return;
	}
	if (!items || items.length === 0) {
		throw invalidField({ field: 'items', message: 'must be provided unless type is full' });
	}
	items.forEach((item, index) => {
		if (item.type === 'partial') checkAmount(item.amount ?? '', `items.${index}.amount`);
	});
}
