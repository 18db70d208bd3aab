import type Stripe from 'stripe';
import { checkCurrency, checkTotal, checkUnitAmount } from '../money';
import { createIntent } from '../payments/charging';
import type { Simulation } from '../simulation';
import type { PaymentIntent, Wire } from '../wire';
import { mergeMetadata, toMetadata } from './metadata';
import { onlyKeys } from './parameters';
import { route, type Route } from './router';
import { searchPage } from './search-page';
import { invalid } from './stripe-error';

/** https://docs.stripe.com/api/payment_intents */
export function paymentIntentRoutes(simulation: Simulation): Route[] {
	const { paymentIntents } = simulation.store;
	return [
		route<Wire<Stripe.PaymentIntentCreateParams>>(
			'POST',
			'/v1/payment_intents',
			'POST /v1/payment_intents',
			({ input }) => create(simulation, input),
		),
		route<Wire<Stripe.PaymentIntentListParams>>(
			'GET',
			'/v1/payment_intents',
			'GET /v1/payment_intents',
			({ input }) =>
				paymentIntents.page(
					'/v1/payment_intents',
					input,
					(intent) => input.customer === undefined || intent.customer === input.customer,
				),
		),
		route<Wire<Stripe.PaymentIntentSearchParams>>(
			'GET',
			'/v1/payment_intents/search',
			'GET /v1/payment_intents/search',
			// Eventually consistent.
			({ input }) =>
				searchPage('/v1/payment_intents/search', simulation.searchIndex.visible(), input),
		),
		route('GET', '/v1/payment_intents/:id', onlyKeys({ client_secret: 'string' }), ({ id }) =>
			paymentIntents.get(id),
		),
		route<Wire<Stripe.PaymentIntentUpdateParams>>(
			'POST',
			'/v1/payment_intents/:id',
			'POST /v1/payment_intents/{id}',
			({ id, input }) => update(simulation, paymentIntents.get(id), input),
		),
	];
}

function create(
	simulation: Simulation,
	input: Wire<Stripe.PaymentIntentCreateParams>,
): PaymentIntent {
	checkCurrency(input.currency, 'currency');
	checkUnitAmount(input.amount, input.currency, 'amount');
	checkTotal(input.amount, input.currency, 'amount', 'Amount');
	if (input.confirm) {
		throw invalid('The simulator does not confirm payment intents; pay a link instead.', 'confirm');
	}
	const { customers } = simulation.store;
	const intent = createIntent(simulation, {
		amount: input.amount,
		currency: input.currency,
		metadata: toMetadata(input.metadata),
		description: input.description ?? null,
		customerId: input.customer ? customers.get(input.customer, 'customer').id : null,
		receiptEmail: input.receipt_email ?? null,
	});
	intent.automatic_payment_methods = {
		enabled: input.automatic_payment_methods?.enabled ?? true,
		allow_redirects: 'always',
	};
	return intent;
}

function update(
	simulation: Simulation,
	intent: PaymentIntent,
	input: Wire<Stripe.PaymentIntentUpdateParams>,
): PaymentIntent {
	if (input.metadata !== undefined) {
		intent.metadata = mergeMetadata(intent.metadata, input.metadata);
	}
	if (input.description !== undefined) intent.description = input.description;
	simulation.searchIndex.update(intent);
	return intent;
}
