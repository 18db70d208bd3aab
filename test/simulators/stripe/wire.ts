import type Stripe from 'stripe';

type Primitive = string | number | boolean | null | undefined;

/**
 * An official SDK type as it travels in JSON: expandable fields are ids, decimals are strings.
 * https://docs.stripe.com/api/expanding_objects
 */
export type Wire<T> = string extends T
	? Extract<T, Primitive>
	: T extends Primitive
		? T
		: T extends Stripe.Decimal
			? string
			: T extends Array<infer Item>
				? Array<Wire<Item>>
				: { [Key in keyof T]: Wire<T[Key]> };

export type Metadata = Record<string, string>;

export type PaymentLink = Wire<Stripe.PaymentLink>;
export type Price = Wire<Stripe.Price>;
export type Product = Wire<Stripe.Product>;
export type Session = Wire<Stripe.Checkout.Session>;
export type PaymentIntent = Wire<Stripe.PaymentIntent>;
export type Charge = Wire<Stripe.Charge>;
export type Refund = Wire<Stripe.Refund>;
export type Dispute = Wire<Stripe.Dispute>;
export type Invoice = Wire<Stripe.Invoice>;
export type InvoicePayment = Wire<Stripe.InvoicePayment>;
export type Subscription = Wire<Stripe.Subscription>;
export type Customer = Wire<Stripe.Customer>;
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>;

export type AnyObject = { id: string; object: string };

/** The snapshot event that `/v1/events` lists and webhooks carry. */
export interface StripeEvent {
	id: string;
	object: 'event';
	api_version: string;
	/** Unix seconds. */
	created: number;
	data: { object: AnyObject; previous_attributes?: Record<string, unknown> };
	livemode: boolean;
	pending_webhooks: number;
	request: { id: string | null; idempotency_key: string | null };
	type: string;
}
