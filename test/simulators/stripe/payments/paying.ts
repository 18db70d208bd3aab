import { customerDetails } from '../objects/checkout-session';
import { isDelayed, type Payer, type PaymentMethod } from '../objects/charge';
import type { Simulation } from '../simulation';
import type { Customer, PaymentIntent, Session } from '../wire';
import { book, bounce, collect, createIntent, startProcessing, refuse, succeed } from './charging';
import type { DeclineReason } from './charging';
import { completeSession } from './completing';
import { attachIntent, issueInvoice, markFailed, markPaid } from './invoicing';
import { customerOf } from './session-customer';
import { startSubscription } from './subscribing';

/** Pays an open session. @throws Error when the session or its link can no longer be paid */
export function paySession(
	simulation: Simulation,
	sessionId: string,
	payer: Payer,
	method: PaymentMethod,
): void {
	const session = payable(simulation, sessionId);
	describePayer(session, payer);
	if (isDelayed(method)) session.payment_method_types = [method];
	if (session.mode === 'subscription') {
		startSubscription(simulation, session, payer, method);
		return;
	}
	const customer = customerOf(simulation, session, payer);
	const intent = intentOfSession(simulation, session, customer);
	if (isDelayed(method)) {
		startProcessing(simulation, intent, payer, method);
		completeSession(simulation, session, 'unpaid');
		return;
	}
	const charge = collect(simulation, intent, payer, method);
	invoiceAfterwards(simulation, session, intent);
	completeSession(simulation, session, 'paid');
	book(simulation, charge);
}

/** Pays an intent that belongs to no session. @throws Error when it is paid already */
export function payIntent(simulation: Simulation, intentId: string, payer: Payer): void {
	const intent = simulation.store.paymentIntents.get(intentId);
	if (intent.status !== 'requires_payment_method')
		throw new Error(`${intentId} is ${intent.status}`);
	book(simulation, collect(simulation, intent, payer, 'card'));
}

/** A refused card; the session stays open for another try with the same intent. */
export function declineSession(
	simulation: Simulation,
	sessionId: string,
	payer: Payer,
	reason: DeclineReason,
): PaymentIntent {
	const session = payable(simulation, sessionId);
	const intent =
		session.mode === 'subscription'
			? createIntent(simulation, intentInput(simulation, session, null))
			: intentOfSession(simulation, session, null);
	refuse(simulation, intent, payer, reason);
	return intent;
}

/** The last word on a delayed payment. @throws Error when nothing is awaited */
export function settleSession(simulation: Simulation, sessionId: string, ok: boolean): void {
	const session = simulation.store.sessions.get(sessionId);
	const invoice = simulation.store.invoices.find(session.invoice);
	const payment = simulation.store.invoicePayments
		.newestFirst()
		.find((candidate) => candidate.invoice === invoice?.id);
	const intent = simulation.store.paymentIntents.find(
		session.payment_intent ?? payment?.payment.payment_intent,
	);
	const charge = simulation.store.charges.find(intent?.latest_charge);
	if (!intent || !charge || intent.status !== 'processing') {
		throw new Error(`Nothing is awaited for ${sessionId}`);
	}
	if (!ok) {
		bounce(simulation, intent, charge);
		if (invoice) markFailed(simulation, invoice);
		simulation.events.emit('checkout.session.async_payment_failed', session);
		return;
	}
	succeed(simulation, intent, charge);
	session.payment_status = 'paid';
	if (session.mode === 'subscription' && invoice) markPaid(simulation, invoice);
	else invoiceAfterwards(simulation, session, intent);
	simulation.events.emit('checkout.session.async_payment_succeeded', session);
	book(simulation, charge);
}

function payable(simulation: Simulation, sessionId: string): Session {
	simulation.expireDueSessions();
	const session = simulation.store.sessions.get(sessionId);
	if (session.status !== 'open') throw new Error(`Checkout session is ${session.status}.`);
	const link = simulation.store.links.find(session.payment_link);
	if (link && !link.active && !simulation.settings.openPagesSurviveDeactivation) {
		throw new Error(link.inactive_message ?? 'This link is no longer active.');
	}
	return session;
}

function describePayer(session: Session, payer: Payer): void {
	session.customer_details = customerDetails(payer.email, payer.name, payer.phone);
}

function intentOfSession(
	simulation: Simulation,
	session: Session,
	customer: Customer | null,
): PaymentIntent {
	const known = simulation.store.paymentIntents.find(session.payment_intent);
	if (known) {
		known.customer ??= customer?.id ?? null;
		return known;
	}
	const intent = createIntent(simulation, intentInput(simulation, session, customer));
	session.payment_intent = intent.id;
	return intent;
}

/** A subscription's intent carries no metadata: `subscription_data` never reaches it. */
function intentInput(simulation: Simulation, session: Session, customer: Customer | null) {
	const { paymentIntent } = simulation.store.plan(session.id);
	const oneTime = session.mode === 'payment';
	return {
		amount: session.amount_total ?? 0,
		currency: session.currency ?? 'usd',
		metadata: oneTime ? { ...paymentIntent.metadata } : {},
		description: oneTime ? paymentIntent.description : null,
		customerId: customer?.id ?? null,
	};
}

/** `invoice_creation`: a paid invoice for a one-time payment, with metadata of its own only. */
function invoiceAfterwards(simulation: Simulation, session: Session, intent: PaymentIntent): void {
	const { invoice: wanted, lineItems } = simulation.store.plan(session.id);
	const customer = simulation.store.customers.find(session.customer);
	if (!wanted || !customer) return;
	const invoice = issueInvoice(simulation, {
		customer,
		lineItems,
		metadata: { ...wanted.metadata },
		description: wanted.description,
		billingReason: 'manual',
		subscription: null,
	});
	session.invoice = invoice.id;
	attachIntent(simulation, invoice, intent);
	markPaid(simulation, invoice);
}
