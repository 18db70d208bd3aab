import type Stripe from 'stripe';
import type { Simulation } from '../simulation';
import type { StripeEvent, Wire } from '../wire';
import { onlyKeys } from './parameters';
import { route, type Route } from './router';
import { invalid, resourceMissing } from './stripe-error';

type ListParams = Wire<Stripe.EventListParams>;

const THIRTY_DAYS = 30 * 24 * 60 * 60;
const MOST_TYPES = 20;

/** https://docs.stripe.com/api/events: the last 30 days, newest first */
export function eventRoutes(simulation: Simulation): Route[] {
	const { store, events } = simulation;
	return [
		route<ListParams>('GET', '/v1/events', 'GET /v1/events', ({ input }) => {
			checkFilters(input);
			const page = store.events.page('/v1/events', input, (event) =>
				matches(simulation, event, input),
			);
			return { ...page, data: page.data.map((event) => events.view(event)) };
		}),
		route('GET', '/v1/events/:id', onlyKeys({}), ({ id }) => {
			const event = store.events.get(id);
			if (!recent(simulation, event)) throw resourceMissing('event', id, 'id');
			return events.view(event);
		}),
	];
}

function checkFilters({ type, types }: ListParams): void {
	if (type !== undefined && types !== undefined) {
		throw invalid('You may only specify one of these parameters: type, types.', 'types');
	}
	if (types && types.length > MOST_TYPES) {
		throw invalid(`Array types exceeded maximum ${MOST_TYPES} allowed elements.`, 'types');
	}
}

function recent(simulation: Simulation, event: StripeEvent): boolean {
	return event.created >= simulation.seconds() - THIRTY_DAYS;
}

function matches(simulation: Simulation, event: StripeEvent, filter: ListParams): boolean {
	return (
		recent(simulation, event) &&
		(filter.type === undefined || fits(filter.type, event.type)) &&
		(filter.types === undefined || filter.types.includes(event.type)) &&
		(filter.delivery_success === undefined ||
			allDelivered(simulation, event) === filter.delivery_success)
	);
}

/** `type` may end in a wildcard: `payment_intent.*` */
function fits(pattern: string, type: string): boolean {
	return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/** False while any endpoint has not taken it, retries pending or used up. */
function allDelivered(simulation: Simulation, event: StripeEvent): boolean {
	return simulation.events.states(event.id).every(({ delivered }) => delivered);
}
