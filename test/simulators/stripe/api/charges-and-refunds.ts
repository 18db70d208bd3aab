import type Stripe from 'stripe';
import { refundCharge } from '../payments/refunding';
import type { Simulation } from '../simulation';
import type { Charge, Refund, Wire } from '../wire';
import { mergeMetadata, toMetadata } from './metadata';
import { CREATED, onlyKeys, PAGING } from './parameters';
import { route, type Route } from './router';
import { invalid } from './stripe-error';

/** https://docs.stripe.com/api/charges, https://docs.stripe.com/api/refunds, https://docs.stripe.com/api/disputes */
export function chargeRoutes(simulation: Simulation): Route[] {
	const { charges, refunds, disputes } = simulation.store;
	const byCharge = { ...PAGING, charge: 'string', payment_intent: 'string', created: CREATED };
	return [
		route<Wire<Stripe.ChargeListParams>>('GET', '/v1/charges', 'GET /v1/charges', ({ input }) =>
			charges.page(
				'/v1/charges',
				input,
				(charge) =>
					(input.payment_intent === undefined || charge.payment_intent === input.payment_intent) &&
					(input.customer === undefined || charge.customer === input.customer),
			),
		),
		route('GET', '/v1/charges/:id', onlyKeys({}), ({ id }) => charges.get(id)),
		route<Wire<Stripe.RefundCreateParams>>('POST', '/v1/refunds', 'POST /v1/refunds', ({ input }) =>
			createRefund(simulation, input),
		),
		route('GET', '/v1/refunds', onlyKeys(byCharge), ({ input }) =>
			refunds.page('/v1/refunds', input, (refund) => ofCharge(refund, input)),
		),
		route('GET', '/v1/refunds/:id', onlyKeys({}), ({ id }) => refunds.get(id)),
		route<{ metadata?: Record<string, string> | '' }>(
			'POST',
			'/v1/refunds/:id',
			onlyKeys({ metadata: {} }),
			({ id, input }) => {
				const refund = refunds.get(id);
				refund.metadata = mergeMetadata(refund.metadata ?? {}, input.metadata);
				return refund;
			},
		),
		route('GET', '/v1/disputes', onlyKeys(byCharge), ({ input }) =>
			disputes.page('/v1/disputes', input, (dispute) => ofCharge(dispute, input)),
		),
		route('GET', '/v1/disputes/:id', onlyKeys({}), ({ id }) => disputes.get(id)),
	];
}

function ofCharge(
	item: { charge: string | null; payment_intent: string | null },
	filter: Record<string, unknown>,
): boolean {
	return (['charge', 'payment_intent'] as const).every(
		(key) => filter[key] === undefined || item[key] === filter[key],
	);
}

function createRefund(simulation: Simulation, input: Wire<Stripe.RefundCreateParams>): Refund {
	return refundCharge(simulation, findCharge(simulation, input), {
		amount: input.amount,
		reason: input.reason,
		metadata: toMetadata(input.metadata),
	});
}

function findCharge(
	simulation: Simulation,
	{ charge, payment_intent }: { charge?: string; payment_intent?: string },
): Charge {
	const { charges, paymentIntents } = simulation.store;
	if (charge !== undefined) return charges.get(charge, 'charge');
	if (payment_intent === undefined) {
		throw invalid(
			'One of the following params should be provided for this request: payment_intent or charge.',
		);
	}
	const intent = paymentIntents.get(payment_intent, 'payment_intent');
	if (intent.status !== 'succeeded' || !intent.latest_charge) {
		throw invalid(
			`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
			'payment_intent',
		);
	}
	return charges.get(intent.latest_charge);
}
