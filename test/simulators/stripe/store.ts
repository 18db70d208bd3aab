import type Stripe from 'stripe';
import { Collection } from './collection';
import type {
	AnyObject,
	Charge,
	Customer,
	Dispute,
	Invoice,
	InvoicePayment,
	Metadata,
	PaymentIntent,
	PaymentLink,
	Price,
	Product,
	Refund,
	Session,
	StripeEvent,
	Subscription,
	WebhookEndpoint,
	Wire,
} from './wire';

export type LineItem = Wire<Stripe.LineItem>;

/** What a checkout session will make when it is paid; Stripe keeps this out of the session object. */
export interface CheckoutPlan {
	lineItems: LineItem[];
	paymentIntent: { metadata: Metadata; description: string | null };
	subscription: { metadata: Metadata; description: string | null; trialDays: number };
	/** Invoice of a one-time payment (`invoice_creation`); null when switched off. */
	invoice: { metadata: Metadata; description: string | null } | null;
	/** Where the payer goes afterwards, with `{CHECKOUT_SESSION_ID}` still in it. */
	redirectUrl: string | null;
	/** `utm_*` parameters of the link's URL, echoed on redirect. */
	utm: Record<string, string>;
}

/** The secrets of an endpoint: two while a roll overlaps. */
export interface EndpointSecrets {
	current: string;
	/** The rolled secret and until when it signs too (ms). */
	previous: { secret: string; until: number } | null;
}

/** Everything the simulated account holds. */
export class StripeStore {
	readonly products = new Collection<Product>('product');
	readonly prices = new Collection<Price>('price', 'price');
	readonly links = new Collection<PaymentLink>('payment link', 'payment_link');
	readonly sessions = new Collection<Session>('checkout session', 'session');
	readonly paymentIntents = new Collection<PaymentIntent>('payment_intent', 'intent');
	readonly charges = new Collection<Charge>('charge');
	readonly refunds = new Collection<Refund>('refund');
	readonly disputes = new Collection<Dispute>('dispute', 'dispute');
	readonly customers = new Collection<Customer>('customer');
	readonly invoices = new Collection<Invoice>('invoice', 'invoice');
	readonly invoicePayments = new Collection<InvoicePayment>('invoice_payment', 'invoice_payment');
	readonly subscriptions = new Collection<Subscription>('subscription');
	readonly endpoints = new Collection<WebhookEndpoint>('webhook endpoint', 'webhook_endpoint');
	readonly events = new Collection<StripeEvent>('event');

	readonly linkItems = new Map<string, LineItem[]>();
	readonly plans = new Map<string, CheckoutPlan>();
	readonly secrets = new Map<string, EndpointSecrets>();

	/** Any object that an expandable field may point to. */
	find(id: string): AnyObject | undefined {
		for (const collection of this.expandable) {
			const item = collection.find(id);
			if (item) return item;
		}
		return undefined;
	}

	/** The collection a page of the dashboard or an expansion looks in, first match wins. */
	private get expandable(): Array<Collection<AnyObject>> {
		return [
			this.paymentIntents,
			this.charges,
			this.customers,
			this.invoices,
			this.subscriptions,
			this.sessions,
			this.links,
			this.prices,
			this.products,
			this.refunds,
			this.disputes,
		] as unknown as Array<Collection<AnyObject>>;
	}

	/** @throws Error when the session was not made by this store */
	plan(sessionId: string): CheckoutPlan {
		const plan = this.plans.get(sessionId);
		if (!plan) throw new Error(`No plan for checkout session ${sessionId}`);
		return plan;
	}
}
