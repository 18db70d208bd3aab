import { isDelayed, type Payer, type PaymentMethod } from '../objects/charge';
import { newSubscription, periodEnd } from '../objects/subscription';
import type { Simulation } from '../simulation';
import type { LineItem } from '../store';
import type { Customer, Invoice, Price, Session, Subscription } from '../wire';
import {
	book,
	collect,
	createIntent,
	startProcessing,
	refuse,
	type DeclineReason,
} from './charging';
import { completeSession } from './completing';
import { attachIntent, intentOf, issueInvoice, markFailed, markPaid } from './invoicing';
import { customerOf } from './session-customer';

/** First payment of a subscription: customer, subscription, invoice and (unless on trial) a charge. */
export function startSubscription(
	simulation: Simulation,
	session: Session,
	payer: Payer,
	method: PaymentMethod,
): void {
	const plan = simulation.store.plan(session.id);
	const customer = customerOf(simulation, session, payer);
	if (!customer) throw new Error(`Session ${session.id} has no customer`);
	const subscription = simulation.store.subscriptions.add(
		newSubscription(simulation, {
			lineItems: plan.lineItems,
			customerId: customer.id,
			...plan.subscription,
			metadata: { ...plan.subscription.metadata },
		}),
	);
	session.subscription = subscription.id;
	const free = subscription.status === 'trialing';
	const invoice = issueInvoice(simulation, {
		customer,
		lineItems: plan.lineItems,
		metadata: {},
		description: null,
		billingReason: 'subscription_create',
		subscription,
		free,
	});
	session.invoice = invoice.id;
	simulation.events.emit('customer.subscription.created', subscription);
	if (free) {
		session.amount_total = 0;
		session.amount_subtotal = 0;
		markPaid(simulation, invoice);
		completeSession(simulation, session, 'no_payment_required');
		return;
	}
	const intent = intentFor(simulation, invoice, customer, 'Subscription creation');
	if (isDelayed(method)) {
		startProcessing(simulation, intent, payer, method);
		completeSession(simulation, session, 'unpaid');
		return;
	}
	const charge = collect(simulation, intent, payer, method);
	markPaid(simulation, invoice);
	completeSession(simulation, session, 'paid');
	book(simulation, charge);
}

/** The next period is billed and paid; an unpaid invoice of before is what gets paid when there is one. */
export function renew(simulation: Simulation, subscriptionId: string): Invoice {
	const subscription = live(simulation, subscriptionId);
	const customer = customerFor(simulation, subscription);
	const invoice = openInvoice(simulation, subscription) ?? bill(simulation, subscription, customer);
	const intent =
		intentOf(simulation, invoice) ??
		intentFor(simulation, invoice, customer, 'Subscription update');
	const charge = collect(simulation, intent, payerOf(customer), 'card');
	markPaid(simulation, invoice);
	setStatus(simulation, subscription, 'active');
	book(simulation, charge);
	return invoice;
}

/** The card on file is refused; the subscription is past due and its invoice stays open. */
export function failRenewal(
	simulation: Simulation,
	subscriptionId: string,
	reason: DeclineReason = 'insufficient_funds',
): Invoice {
	const subscription = live(simulation, subscriptionId);
	const customer = customerFor(simulation, subscription);
	const invoice = openInvoice(simulation, subscription) ?? bill(simulation, subscription, customer);
	const intent =
		intentOf(simulation, invoice) ??
		intentFor(simulation, invoice, customer, 'Subscription update');
	refuse(simulation, intent, payerOf(customer), reason);
	markFailed(simulation, invoice);
	setStatus(simulation, subscription, 'past_due');
	return invoice;
}

/** Ends a subscription now. */
export function cancelSubscription(simulation: Simulation, subscriptionId: string): Subscription {
	const subscription = live(simulation, subscriptionId);
	const now = simulation.seconds();
	Object.assign(subscription, {
		status: 'canceled',
		canceled_at: subscription.canceled_at ?? now,
		cancel_at: null,
		cancel_at_period_end: false,
		ended_at: now,
		cancellation_details: {
			comment: null,
			feedback: null,
			feedback_option: null,
			reason: 'cancellation_requested',
		},
	});
	simulation.events.emit('customer.subscription.deleted', subscription);
	return subscription;
}

/** Schedules the end for the end of the period, or takes that back. */
export function cancelAtPeriodEnd(
	simulation: Simulation,
	subscriptionId: string,
	cancel: boolean,
): Subscription {
	const subscription = live(simulation, subscriptionId);
	const { cancel_at, cancel_at_period_end, canceled_at } = subscription;
	const end = subscription.items.data[0]?.current_period_end ?? null;
	Object.assign(subscription, {
		cancel_at: cancel ? end : null,
		cancel_at_period_end: cancel,
		canceled_at: cancel ? simulation.seconds() : null,
	});
	simulation.events.emit('customer.subscription.updated', subscription, {
		cancel_at,
		cancel_at_period_end,
		canceled_at,
	});
	return subscription;
}

function live(simulation: Simulation, id: string): Subscription {
	const subscription = simulation.store.subscriptions.get(id);
	if (subscription.status === 'canceled') throw new Error(`${id} is canceled`);
	return subscription;
}

function customerFor(simulation: Simulation, subscription: Subscription): Customer {
	return simulation.store.customers.get(subscription.customer);
}

function payerOf(customer: Customer): Payer {
	return {
		email: customer.email ?? 'payer@example.com',
		name: customer.name ?? null,
		phone: customer.phone ?? null,
	};
}

function openInvoice(simulation: Simulation, subscription: Subscription): Invoice | undefined {
	const latest = simulation.store.invoices.find(subscription.latest_invoice);
	return latest?.status === 'open' ? latest : undefined;
}

/** Moves every item to its next period and bills it. */
function bill(simulation: Simulation, subscription: Subscription, customer: Customer): Invoice {
	const previous = {
		items: { data: structuredClone(subscription.items.data) },
		latest_invoice: subscription.latest_invoice,
	};
	for (const item of subscription.items.data) {
		item.current_period_start = item.current_period_end;
		item.current_period_end = periodEnd(item.current_period_start, item.price as Price);
	}
	const invoice = issueInvoice(simulation, {
		customer,
		lineItems: linesOf(simulation, subscription),
		metadata: {},
		description: null,
		billingReason: 'subscription_cycle',
		subscription,
	});
	simulation.events.emit('customer.subscription.updated', subscription, previous);
	return invoice;
}

function linesOf(simulation: Simulation, subscription: Subscription): LineItem[] {
	return subscription.items.data.map((item) => {
		const price = item.price as Price;
		const amount = (price.unit_amount ?? 0) * (item.quantity ?? 1);
		return {
			id: item.id,
			object: 'item',
			amount_discount: 0,
			amount_subtotal: amount,
			amount_tax: 0,
			amount_total: amount,
			currency: price.currency,
			description: simulation.store.products.find(price.product)?.name ?? null,
			price,
			quantity: item.quantity ?? 1,
		} as unknown as LineItem;
	});
}

function intentFor(
	simulation: Simulation,
	invoice: Invoice,
	customer: Customer,
	description: string,
) {
	const intent = createIntent(simulation, {
		amount: invoice.amount_due,
		currency: invoice.currency,
		metadata: {},
		description,
		customerId: customer.id,
	});
	attachIntent(simulation, invoice, intent);
	return intent;
}

function setStatus(
	simulation: Simulation,
	subscription: Subscription,
	status: 'active' | 'past_due',
): void {
	const previous = { status: subscription.status };
	if (previous.status === status) return;
	subscription.status = status;
	simulation.events.emit('customer.subscription.updated', subscription, previous);
}
