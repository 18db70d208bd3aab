import type Stripe from 'stripe';
import { newCustomer } from '../objects/customer';
import { cancelAtPeriodEnd, cancelSubscription } from '../payments/subscribing';
import type { Simulation } from '../simulation';
import type { Subscription, Wire } from '../wire';
import { mergeMetadata, toMetadata } from './metadata';
import { CREATED, onlyKeys, PAGING } from './parameters';
import { route, type Route } from './router';
import { searchPage, type SearchInput } from './search-page';
import { invalid } from './stripe-error';

interface SubscriptionUpdate {
	cancel_at_period_end?: boolean;
	description?: string;
	metadata?: Record<string, string> | '';
}

const text = (names: string[]): Record<string, unknown> =>
	Object.fromEntries(names.map((name) => [name, 'string']));

/** Invoices, their payments, subscriptions and customers: https://docs.stripe.com/api/invoices and on */
export function billingRoutes(simulation: Simulation): Route[] {
	const { customers, invoices, invoicePayments } = simulation.store;
	return [
		route(
			'GET',
			'/v1/invoices',
			onlyKeys({ ...PAGING, ...text(['customer', 'subscription', 'status']), created: CREATED }),
			({ input }) =>
				invoices.page(
					'/v1/invoices',
					input,
					(invoice) =>
						(input['customer'] === undefined || invoice.customer === input['customer']) &&
						(input['status'] === undefined || invoice.status === input['status']) &&
						(input['subscription'] === undefined ||
							invoice.parent?.subscription_details?.subscription === input['subscription']),
				),
		),
		route('GET', '/v1/invoices/:id', onlyKeys({}), ({ id }) => invoices.get(id)),
		route<Wire<Stripe.InvoicePaymentListParams>>(
			'GET',
			'/v1/invoice_payments',
			'GET /v1/invoice_payments',
			({ input }) =>
				invoicePayments.page(
					'/v1/invoice_payments',
					input,
					(payment) =>
						(input.invoice === undefined || payment.invoice === input.invoice) &&
						(input.status === undefined || payment.status === input.status) &&
						(input.payment?.payment_intent === undefined ||
							payment.payment.payment_intent === input.payment.payment_intent),
				),
		),
		route('GET', '/v1/invoice_payments/:id', onlyKeys({}), ({ id }) => invoicePayments.get(id)),
		...subscriptionRoutes(simulation),
		route<Wire<Stripe.CustomerCreateParams>>(
			'POST',
			'/v1/customers',
			'POST /v1/customers',
			({ input }) => {
				const customer = newCustomer(simulation, {
					email: input.email ?? null,
					name: input.name ?? null,
					phone: input.phone ?? null,
					description: input.description ?? null,
					metadata: toMetadata(input.metadata),
				});
				simulation.events.emit('customer.created', customer);
				return customers.add(customer);
			},
		),
		route(
			'GET',
			'/v1/customers',
			onlyKeys({ ...PAGING, email: 'string', created: CREATED }),
			({ input }) =>
				customers.page(
					'/v1/customers',
					input,
					({ email }) => input['email'] === undefined || email === input['email'],
				),
		),
		route('GET', '/v1/customers/:id', onlyKeys({}), ({ id }) => customers.get(id)),
	];
}

function subscriptionRoutes(simulation: Simulation): Route[] {
	const { subscriptions } = simulation.store;
	return [
		route(
			'GET',
			'/v1/subscriptions',
			onlyKeys({ ...PAGING, ...text(['customer', 'price', 'status']), created: CREATED }),
			({ input }) =>
				subscriptions.page('/v1/subscriptions', input, (subscription) =>
					listed(subscription, input),
				),
		),
		route<SearchInput>(
			'GET',
			'/v1/subscriptions/search',
			onlyKeys({ query: 'string', limit: 'number', page: 'string' }),
			({ input }) => searchPage('/v1/subscriptions/search', subscriptions.newestFirst(), input),
		),
		route('GET', '/v1/subscriptions/:id', onlyKeys({}), ({ id }) => subscriptions.get(id)),
		route<SubscriptionUpdate>(
			'POST',
			'/v1/subscriptions/:id',
			onlyKeys({ cancel_at_period_end: 'boolean', description: 'string', metadata: {} }),
			({ id, input }) => updateSubscription(simulation, subscriptions.get(id), input),
		),
		route(
			'DELETE',
			'/v1/subscriptions/:id',
			onlyKeys({ invoice_now: 'boolean', prorate: 'boolean', cancellation_details: {} }),
			({ id }) => cancelSubscription(simulation, alive(subscriptions.get(id)).id),
		),
	];
}

/** Canceled subscriptions are listed only when asked for. */
function listed(subscription: Subscription, filter: Record<string, unknown>): boolean {
	const status = filter['status'];
	return (
		(filter['customer'] === undefined || subscription.customer === filter['customer']) &&
		(status === 'all' ||
			(status === undefined ? subscription.status !== 'canceled' : subscription.status === status))
	);
}

function alive(subscription: Subscription): Subscription {
	if (subscription.status !== 'canceled') return subscription;
	throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
}

function updateSubscription(
	simulation: Simulation,
	subscription: Subscription,
	input: SubscriptionUpdate,
): Subscription {
	if (input.cancel_at_period_end !== undefined) {
		cancelAtPeriodEnd(simulation, alive(subscription).id, input.cancel_at_period_end);
	}
	const previous = { metadata: subscription.metadata, description: subscription.description };
	if (input.description !== undefined) subscription.description = input.description || null;
	if (input.metadata !== undefined) {
		subscription.metadata = mergeMetadata(subscription.metadata, input.metadata);
	}
	if (input.metadata !== undefined || input.description !== undefined) {
		simulation.events.emit('customer.subscription.updated', subscription, previous);
	}
	return subscription;
}
