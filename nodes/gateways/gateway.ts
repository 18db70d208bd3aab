/** What any payment provider must supply. One folder implements it; nothing outside that folder knows the provider. */
import type { JsonObject } from '../core/json';
import type { Money, ProviderCurrencyTable } from '../core/money';
import type { GatewayId, PaymentEvent, PaymentEventType } from '../core/payment-event';
import type { PaymentLink } from '../core/payment-link';
import type { Verdict } from '../core/webhook-signature';
import type { SendHttp } from '../http/http';

/** What a gateway gets to work with. */
export interface GatewayContext {
	/** Sends with the credential's key to the provider, retrying where that is safe. */
	send: SendHttp;
	/** Milliseconds since the epoch. */
	now: () => number;
	/** Whether the credential is for real money; providers whose events say so themselves ignore it. */
	live: boolean;
	/** What the credential says of the account besides secrets, as Gateway.accountSettings reads it; not known to events. */
	settings?: Readonly<Record<string, string>>;
}

export interface WebhookDelivery {
	/** The exact bytes that were received. */
	rawBody: Buffer;
	/** Lower-case names. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface VerificationSettings {
	/** Every secret that is accepted: the current one, and the previous one during a rotation. */
	secrets: ReadonlyArray<string | null | undefined>;
	toleranceSeconds: number;
	nowMs: number;
}

/** What a verified body is about, as far as it can be told without asking the provider. */
export interface DeliveredEvent {
	eventId: string;
	/** The provider's name for it. */
	eventType: string;
	/** What it can turn into; empty when it is of no interest to us. */
	types: readonly PaymentEventType[];
	simulated: boolean;
	/** Whether it is about real money, where the event says so itself. */
	live?: boolean;
	/** The body without secrets, for providers whose bodies may carry some: this is stored with the execution. */
	storedBody?: JsonObject;
}

export interface GatewayWebhook {
	/** What the provider tells, by its own names, and what each can become. The README's table is made from it. */
	readonly events: Readonly<Record<string, readonly PaymentEventType[]>>;
	/** Default tolerance in seconds; null when the provider's signature has no time. */
	readonly defaultToleranceSeconds: number | null;
	verify(delivery: WebhookDelivery, settings: VerificationSettings): Verdict;
	/** @returns null when the body is not an event of this provider at all */
	read(body: unknown): DeliveredEvent | null;
}

/** Provider-specific choices of a trigger, as the node's parameters give them. */
export type TriggerOptions = Readonly<Record<string, unknown>>;

export interface RegistrationRequest {
	/** The public address of this trigger. */
	url: string;
	types: readonly PaymentEventType[];
	/** Names the workflow, so that a person recognises the webhook in the provider's dashboard. */
	label: string;
	options: TriggerOptions;
}

/** What a trigger keeps of its registration. */
export interface WebhookRegistration {
	/** The provider's id of the webhook. */
	webhookId: string;
	secret: string;
	live: boolean;
}

/** Webhooks the trigger makes and removes itself. Only ever touches webhooks that carry our mark or our URL. */
export interface GatewayRegistration {
	/** Whether the webhook still exists; changed events are repaired on the way. */
	check(
		registration: WebhookRegistration,
		request: RegistrationRequest,
		context: GatewayContext,
	): Promise<boolean>;
	/** Creates it, or takes over what an earlier activation of this trigger left behind. */
	create(request: RegistrationRequest, context: GatewayContext): Promise<WebhookRegistration>;
	/** Removes it; that it is gone already is as good. */
	remove(registration: Omit<WebhookRegistration, 'secret'>, context: GatewayContext): Promise<void>;
}

export interface LinkRequest<Options = Readonly<Record<string, unknown>>> {
	leadId: number;
	contactId: number | null;
	responsibleUserId: number | null;
	money: Money;
	description: string;
	customer: { name: string | null; email: string | null; phone: string | null };
	/** The link the lead already carries: reused when nothing changed, else deactivated and replaced. */
	existingLink: { id: string | null; url: string } | null;
	options: Options;
}

export interface PaymentLinks {
	create(request: LinkRequest, context: GatewayContext): Promise<PaymentLink>;
	/** @param url the link's address where the caller has it, for providers that don't tell it */
	get(linkId: string, context: GatewayContext, url?: string | null): Promise<PaymentLink>;
	/**
	 * Left out where the provider can't.
	 * @param url the link's address where the caller has it, for providers that know links by nothing else
	 */
	deactivate?(linkId: string, context: GatewayContext, url?: string | null): Promise<PaymentLink>;
}

export interface PaymentFilter {
	/** Milliseconds since the epoch. */
	sinceMs: number;
	leadId: number | null;
	types: readonly PaymentEventType[];
	/** Provider-specific filters, as the node's parameters give them. */
	options: Readonly<Record<string, unknown>>;
}

export interface Payments {
	/**
	 * The current state of one payment as an event, with a stable synthetic event id.
	 * @returns null where an id can stand for a payment that was not made yet (a link, a reference)
	 */
	get(paymentId: string, context: GatewayContext): Promise<PaymentEvent | null>;
	/** Newest or oldest first, as the provider lists them; fetches pages as they are consumed. */
	getMany(filter: PaymentFilter, context: GatewayContext): AsyncIterable<PaymentEvent>;
}

export interface Gateway {
	readonly id: GatewayId;
	readonly displayName: string;
	/** Type name of its credential. */
	readonly credentialType: string;
	/** The field of the credential that holds the API key. */
	readonly apiKeyField: string;
	readonly currencies: ProviderCurrencyTable;
	/** Whether a credential's fields are for real money. */
	isLive(credential: Readonly<Record<string, unknown>>): boolean;
	/** Choices for the whole account that stand in the credential and are no secrets; left out where there are none. */
	accountSettings?(
		credential: Readonly<Record<string, unknown>>,
	): NonNullable<GatewayContext['settings']>;
	readonly webhook: GatewayWebhook;
	/** null where webhooks can only be set up in the provider's dashboard. */
	readonly registration: GatewayRegistration | null;
	/**
	 * Turns a verified body into events, asking the provider for what the body leaves out (the lead of a refund, say).
	 * @returns an empty list when the event turns out to be of no interest
	 */
	toPaymentEvents(body: unknown, context: GatewayContext): Promise<PaymentEvent[]>;
	readonly paymentLinks: PaymentLinks;
	readonly payments: Payments;
}
