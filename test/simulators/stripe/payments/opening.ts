import { newSession } from '../objects/checkout-session';
import type { Simulation } from '../simulation';
import type { CheckoutPlan, LineItem } from '../store';
import type { PaymentLink, Session } from '../wire';

const DAY = 24 * 60 * 60;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Finds a link by its id, its URL, or the last part of its URL. */
export function findLink(simulation: Simulation, idOrUrl: string): PaymentLink | undefined {
	const path = idOrUrl.split('?')[0] ?? '';
	return simulation.store.links
		.oldestFirst()
		.find(({ id, url }) => id === path || url === path || url.endsWith(`/pay/${path}`));
}

/**
 * A payer opens a link: Stripe makes a checkout session for it.
 * Query parameters follow https://docs.stripe.com/payment-links/url-parameters: what is invalid is dropped silently.
 * @throws Error when the link is not active
 */
export function openLink(
	simulation: Simulation,
	link: PaymentLink,
	query: URLSearchParams = new URLSearchParams(),
): Session {
	if (!link.active) throw new Error(link.inactive_message ?? 'This link is no longer active.');
	const lineItems = simulation.store.linkItems.get(link.id) ?? [];
	const recurring = isRecurring(lineItems);
	const invoiced = !recurring && link.invoice_creation?.enabled === true;
	const always = recurring || invoiced || link.customer_creation === 'always';
	const session = newSession(simulation, {
		mode: recurring ? 'subscription' : 'payment',
		lineItems,
		metadata: { ...link.metadata },
		clientReferenceId: referenceFrom(query),
		customerEmail: emailFrom(query),
		customerId: null,
		customerCreation: always ? 'always' : 'if_required',
		paymentLinkId: link.id,
		invoiceCreation: invoiced ? sessionInvoiceCreation(link) : null,
		successUrl: link.after_completion.redirect?.url ?? 'https://stripe.com',
		cancelUrl: null,
		expiresAt: simulation.seconds() + DAY,
		methodTypes: link.payment_method_types ?? ['card', 'link'],
	});
	simulation.store.sessions.add(session);
	simulation.store.plans.set(session.id, planOf(link, lineItems, invoiced, query));
	return session;
}

export function isRecurring(lineItems: LineItem[]): boolean {
	return lineItems.some(({ price }) => price?.recurring);
}

function sessionInvoiceCreation(link: PaymentLink): Session['invoice_creation'] {
	const data = link.invoice_creation?.invoice_data;
	return data ? { enabled: true, invoice_data: data } : null;
}

function planOf(
	link: PaymentLink,
	lineItems: LineItem[],
	invoiced: boolean,
	query: URLSearchParams,
): CheckoutPlan {
	const invoiceData = link.invoice_creation?.invoice_data;
	return {
		lineItems,
		paymentIntent: {
			metadata: { ...link.payment_intent_data?.metadata },
			description: link.payment_intent_data?.description ?? null,
		},
		subscription: {
			metadata: { ...link.subscription_data?.metadata },
			description: link.subscription_data?.description ?? null,
			trialDays: link.subscription_data?.trial_period_days ?? 0,
		},
		invoice: invoiced
			? {
					metadata: { ...invoiceData?.metadata },
					description: invoiceData?.description ?? null,
				}
			: null,
		redirectUrl: link.after_completion.redirect?.url ?? null,
		utm: Object.fromEntries(
			[...query].filter(([key, value]) => /^utm_\w+$/.test(key) && value.length <= 150),
		),
	};
}

function referenceFrom(query: URLSearchParams): string | null {
	const reference = query.get('client_reference_id') ?? '';
	return /^[A-Za-z0-9_-]{1,200}$/.test(reference) ? reference : null;
}

function emailFrom(query: URLSearchParams): string | null {
	const candidates = [query.get('locked_prefilled_email'), query.get('prefilled_email')];
	return candidates.find((email) => email !== null && EMAIL.test(email)) ?? null;
}
