import { newId } from './ids';
import type { Payer, PaymentMethod } from './objects/charge';
import type { DeclineReason } from './payments/charging';
import { closeDispute, disputeCharge } from './payments/disputing';
import { expireSession } from './payments/expiring';
import { intentOf } from './payments/invoicing';
import { findLink, openLink } from './payments/opening';
import { declineSession, payIntent, paySession, settleSession } from './payments/paying';
import { failRefund, refundCharge, settleRefund, type RefundInput } from './payments/refunding';
import { cancelAtPeriodEnd, cancelSubscription, failRenewal, renew } from './payments/subscribing';
import type { Simulation } from './simulation';
import type { Charge, Dispute, Invoice, Refund, Session, StripeEvent, Subscription } from './wire';

export interface PaymentOptions {
	email?: string;
	name?: string;
	phone?: string;
	/** Everything but `card` completes unpaid and is settled later. */
	method?: PaymentMethod;
	/** `succeed`, or why the card is refused. */
	outcome?: 'succeed' | DeclineReason;
}

export interface PaymentResult {
	/** '' when no money was asked for (a trial). */
	paymentIntentId: string;
	sessionId: string;
	subscriptionId: string | null;
	invoiceId: string | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What payers, merchants, banks and time do. Each call sends its webhooks before it resolves
 * (`deliveries.settled()` waits for their answers) and rejects when the real thing would refuse.
 */
export class StripeActions {
	constructor(protected readonly simulation: Simulation) {}

	/** Opens a link (id or URL, with its query) as a payer's browser does. */
	async open(linkIdOrUrl: string): Promise<Session> {
		return this.act(() => this.openNow(linkIdOrUrl));
	}

	/** Pays a link (id or URL) in a session of its own, or an open session by its id or URL. */
	async pay(linkOrSession: string, options: PaymentOptions = {}): Promise<PaymentResult> {
		const { outcome = 'succeed', method = 'card' } = options;
		return this.act(() => {
			const session = this.sessionNow(linkOrSession);
			const payer = payerFrom(session.customer_email, options);
			if (outcome === 'succeed') {
				paySession(this.simulation, session.id, payer, method);
				return this.result(session);
			}
			const intent = declineSession(this.simulation, session.id, payer, outcome);
			return { ...this.result(session), paymentIntentId: intent.id };
		});
	}

	/** A refused card. The session stays open: pay it by `sessionId` to try again with the same intent. */
	async decline(
		linkOrSession: string,
		reason: DeclineReason = 'generic_decline',
	): Promise<PaymentResult> {
		return this.pay(linkOrSession, { outcome: reason });
	}

	/** A card pays an intent that has no page: the merchant's own form. */
	async payIntent(
		paymentIntentId: string,
		payer: Pick<PaymentOptions, 'email' | 'name' | 'phone'> = {},
	): Promise<void> {
		this.act(() => payIntent(this.simulation, paymentIntentId, payerFrom(null, payer)));
	}

	/** The bank's word on a delayed payment, days later. */
	async settleDelayed(sessionId: string, ok: boolean): Promise<void> {
		this.act(() => settleSession(this.simulation, sessionId, ok));
	}

	/** The payer never came back. */
	async expireSession(sessionId: string): Promise<Session> {
		return this.act(() => expireSession(this.simulation, sessionId));
	}

	/** A refund from the dashboard. @param amountMinor minor units; all that is left when left out */
	async refund(
		paymentIntentId: string,
		amountMinor?: number,
		options: Omit<RefundInput, 'amount'> = {},
	): Promise<Refund> {
		return this.act(() =>
			refundCharge(this.simulation, this.chargeOf(paymentIntentId), {
				...options,
				amount: amountMinor,
			}),
		);
	}

	/** A refund made with `{ status: 'pending' }` arrives. */
	async settleRefund(refundId: string): Promise<Refund> {
		return this.act(() => settleRefund(this.simulation, refundId));
	}

	async failRefund(refundId: string): Promise<Refund> {
		return this.act(() => failRefund(this.simulation, refundId));
	}

	/** @param amountMinor minor units; the whole payment when left out */
	async dispute(paymentIntentId: string, reason?: string, amountMinor?: number): Promise<Dispute> {
		return this.act(() =>
			disputeCharge(this.simulation, this.chargeOf(paymentIntentId), {
				reason,
				amount: amountMinor,
			}),
		);
	}

	async closeDispute(disputeId: string, won: boolean): Promise<Dispute> {
		return this.act(() => closeDispute(this.simulation, disputeId, won));
	}

	/** The next period is billed and paid, or the open invoice of a failed renewal is. */
	async renew(subscriptionId: string): Promise<Invoice> {
		return this.act(() => renew(this.simulation, subscriptionId));
	}

	async failRenewal(subscriptionId: string, reason?: DeclineReason): Promise<Invoice> {
		return this.act(() => failRenewal(this.simulation, subscriptionId, reason));
	}

	async cancelSubscription(
		subscriptionId: string,
		{ atPeriodEnd = false } = {},
	): Promise<Subscription> {
		return this.act(() =>
			atPeriodEnd
				? cancelAtPeriodEnd(this.simulation, subscriptionId, true)
				: cancelSubscription(this.simulation, subscriptionId),
		);
	}

	/** "Resend" in the dashboard: the same event id again. */
	async resend(eventId: string): Promise<void> {
		this.simulation.events.resend(eventId);
	}

	/** Stripe's rare double: another event id with the same object. */
	async twinEvent(eventId: string): Promise<StripeEvent> {
		return this.simulation.events.twin(eventId);
	}

	/** "Roll secret" in the dashboard. @param overlapMs how long the old secret signs too, up to 24 h */
	rollSecret(endpointId: string, overlapMs = DAY_MS): string {
		const secrets = this.simulation.store.secrets.get(endpointId);
		if (!secrets) throw new Error(`No webhook endpoint ${endpointId}`);
		secrets.previous = {
			secret: secrets.current,
			until: this.simulation.now() + Math.min(overlapMs, DAY_MS),
		};
		secrets.current = newId('whsec_', 32);
		return secrets.current;
	}

	private act<T>(work: () => T): T {
		return this.simulation.events.act(work);
	}

	private openNow(linkIdOrUrl: string): Session {
		const link = findLink(this.simulation, linkIdOrUrl);
		if (!link) throw new Error(`No payment link ${linkIdOrUrl}`);
		const query = new URLSearchParams(linkIdOrUrl.split(/\?(.*)/s)[1] ?? '');
		return openLink(this.simulation, link, query);
	}

	private sessionNow(linkOrSession: string): Session {
		const sessionId = /cs_(test|live)_\w+/.exec(linkOrSession)?.[0];
		return sessionId ? this.simulation.store.sessions.get(sessionId) : this.openNow(linkOrSession);
	}

	private chargeOf(paymentIntentId: string): Charge {
		const intent = this.simulation.store.paymentIntents.get(paymentIntentId);
		return this.simulation.store.charges.get(String(intent.latest_charge));
	}

	private result(session: Session): PaymentResult {
		const invoice = this.simulation.store.invoices.find(session.invoice);
		const intent = invoice ? intentOf(this.simulation, invoice)?.id : undefined;
		return {
			paymentIntentId: session.payment_intent ?? intent ?? '',
			sessionId: session.id,
			subscriptionId: session.subscription,
			invoiceId: session.invoice,
		};
	}
}

function payerFrom(knownEmail: string | null, options: PaymentOptions): Payer {
	return {
		email: options.email ?? knownEmail ?? 'payer@example.com',
		name: options.name ?? 'Example Payer',
		phone: options.phone ?? null,
	};
}
