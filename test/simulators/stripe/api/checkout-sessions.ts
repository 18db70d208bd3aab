import type Stripe from 'stripe';
import { newSession } from '../objects/checkout-session';
import { invoiceCreation } from '../objects/payment-link';
import { expireSession } from '../payments/expiring';
import { isRecurring } from '../payments/opening';
import type { Simulation } from '../simulation';
import type { Session, Wire } from '../wire';
import { readLineItems, type LineItemInput } from './line-items';
import { toMetadata } from './metadata';
import { onlyKeys } from './parameters';
import { route, type Route } from './router';
import { invalid, parameterMissing } from './stripe-error';

type SessionParams = Wire<Stripe.Checkout.SessionCreateParams>;

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** https://docs.stripe.com/api/checkout/sessions */
export function checkoutSessionRoutes(simulation: Simulation): Route[] {
	const { sessions } = simulation.store;
	return [
		route<SessionParams>(
			'POST',
			'/v1/checkout/sessions',
			'POST /v1/checkout/sessions',
			({ input }) => create(simulation, input),
		),
		route<Wire<Stripe.Checkout.SessionListParams>>(
			'GET',
			'/v1/checkout/sessions',
			'GET /v1/checkout/sessions',
			({ input }) =>
				sessions.page('/v1/checkout/sessions', input, (session) => matches(session, input)),
		),
		route('GET', '/v1/checkout/sessions/:id', onlyKeys({}), ({ id }) => sessions.get(id)),
		route('POST', '/v1/checkout/sessions/:id/expire', onlyKeys({}), ({ id }) =>
			expireSession(simulation, id),
		),
	];
}

function matches(session: Session, filter: Wire<Stripe.Checkout.SessionListParams>): boolean {
	const email = filter.customer_details?.email;
	return (
		(['payment_link', 'payment_intent', 'subscription', 'status', 'customer'] as const).every(
			(key) => filter[key] === undefined || session[key] === filter[key],
		) &&
		(email === undefined || session.customer_details?.email === email)
	);
}

function create(simulation: Simulation, input: SessionParams): Session {
	const mode = input.mode === 'subscription' ? 'subscription' : 'payment';
	if (input.mode === 'setup') {
		throw invalid('The simulator knows the modes payment and subscription.', 'mode');
	}
	if (!input.line_items) throw parameterMissing('line_items');
	if (!input.success_url) throw parameterMissing('success_url');
	const lineItems = readLineItems(simulation, input.line_items as LineItemInput[]);
	checkMode(input, mode, isRecurring(lineItems));
	checkReference(input.client_reference_id);
	const { customers, sessions, plans } = simulation.store;
	if (input.customer && input.customer_email) {
		throw invalid(
			'You may only specify one of these parameters: customer, customer_email.',
			'customer',
		);
	}
	const creation = input.invoice_creation?.enabled
		? (invoiceCreation(input.invoice_creation)?.invoice_data ?? null)
		: null;
	const always =
		mode === 'subscription' || creation !== null || input.customer_creation === 'always';
	const session = newSession(simulation, {
		mode,
		lineItems,
		metadata: toMetadata(input.metadata),
		clientReferenceId: input.client_reference_id ?? null,
		customerEmail: input.customer_email ?? null,
		customerId: input.customer ? customers.get(input.customer, 'customer').id : null,
		customerCreation: always ? 'always' : 'if_required',
		paymentLinkId: null,
		invoiceCreation: creation && { enabled: true, invoice_data: creation },
		successUrl: input.success_url,
		cancelUrl: input.cancel_url ?? null,
		expiresAt: readExpiry(simulation, input.expires_at),
		methodTypes: input.allowed_payment_method_types ?? ['card', 'link'],
	});
	plans.set(session.id, {
		lineItems,
		paymentIntent: {
			metadata: toMetadata(input.payment_intent_data?.metadata),
			description: input.payment_intent_data?.description ?? null,
		},
		subscription: {
			metadata: toMetadata(input.subscription_data?.metadata),
			description: input.subscription_data?.description ?? null,
			trialDays: input.subscription_data?.trial_period_days ?? 0,
		},
		invoice: creation && {
			metadata: { ...creation.metadata },
			description: creation.description,
		},
		redirectUrl: input.success_url,
		utm: {},
	});
	return sessions.add(session);
}

function checkMode(input: SessionParams, mode: string, recurring: boolean): void {
	if (mode === 'payment' && recurring) {
		throw invalid(
			'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
			'line_items',
		);
	}
	if (mode === 'subscription' && !recurring) {
		throw invalid(
			'You must provide at least one recurring price in `subscription` mode when using prices.',
			'line_items',
		);
	}
	const [wrong, other] =
		mode === 'payment'
			? (['subscription_data', 'subscription'] as const)
			: (['payment_intent_data', 'payment'] as const);
	if (input[wrong])
		throw invalid(
			`You can not pass \`${wrong}\` in \`${mode}\` mode; it belongs to \`${other}\` mode.`,
			wrong,
		);
}

/** Here, unlike in a link's URL, a bad reference is an error. */
function checkReference(reference: string | undefined): void {
	if (reference === undefined || reference.length <= 200) return;
	throw invalid('Invalid string: must be at most 200 characters', 'client_reference_id');
}

function readExpiry(simulation: Simulation, expiresAt: number | undefined): number {
	const now = simulation.seconds();
	if (expiresAt === undefined) return now + DAY;
	if (expiresAt < now + 30 * MINUTE) {
		throw invalid(
			'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
			'expires_at',
		);
	}
	if (expiresAt > now + DAY) {
		throw invalid(
			'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
			'expires_at',
		);
	}
	return expiresAt;
}
