import type { ErrorCode } from '@paddle/paddle-node-sdk';
import { subscriptionError } from '../api/paddle-error';
import { addCycle } from '../entities/subscription';
import { createTransaction } from '../entities/transaction';
import { calculateDetails } from '../entities/transaction-totals';
import type { Simulation } from '../simulation';
import type { Subscription, Transaction } from '../wire';
import { addAttempt } from './payment-attempt';
import { capture } from './paying';
import { applyScheduledChange } from './subscription-changes';

/**
 * The billing date comes and the payment succeeds; a past-due subscription recovers instead. A scheduled
 * cancellation or pause takes effect in its place, and then nothing is charged.
 * @returns the renewal's transaction, null when there was none
 */
export function renew(simulation: Simulation, subscriptionId: string): Transaction | null {
	const subscription = billable(simulation, subscriptionId);
	if (subscription.scheduled_change) {
		applyScheduledChange(simulation, subscription);
		return null;
	}
	const transaction = overdue(simulation, subscription) ?? bill(simulation, subscription);
	addAttempt(simulation, transaction, {});
	capture(simulation, transaction);
	if (subscription.status !== 'active') {
		const wasTrial = subscription.status === 'trialing';
		subscription.status = 'active';
		subscription.first_billed_at ??= transaction.billed_at;
		subscription.updated_at = simulation.timestamp();
		for (const item of subscription.items) item.status = 'active';
		simulation.events.emit(
			wasTrial ? 'subscription.activated' : 'subscription.updated',
			subscription,
		);
	}
	return transaction;
}

/** The billing date comes and the payment fails: transaction and subscription become `past_due`. */
export function failRenewal(
	simulation: Simulation,
	subscriptionId: string,
	errorCode: ErrorCode = 'declined',
): Transaction {
	const { events } = simulation;
	const subscription = billable(simulation, subscriptionId);
	const earlier = overdue(simulation, subscription);
	const transaction = earlier ?? bill(simulation, subscription);
	addAttempt(simulation, transaction, { errorCode });
	transaction.status = 'past_due';
	transaction.updated_at = simulation.timestamp();
	if (!earlier) events.emit('transaction.past_due', transaction);
	events.emit('transaction.payment_failed', transaction);
	if (subscription.status !== 'past_due') {
		subscription.status = 'past_due';
		subscription.updated_at = simulation.timestamp();
		events.emit('subscription.past_due', subscription);
	}
	return transaction;
}

function billable({ store }: Simulation, id: string): Subscription {
	const subscription = store.subscriptions.get(id);
	if (['active', 'trialing', 'past_due'].includes(subscription.status)) return subscription;
	throw subscriptionError(
		`subscription_update_when_${subscription.status}`,
		`cannot update subscription, as subscription is ${subscription.status}`,
	);
}

function overdue({ store }: Simulation, { id }: Subscription): Transaction | undefined {
	return store.transactions
		.newestFirst()
		.find(({ subscription_id: of, status }) => of === id && status === 'past_due');
}

/** Moves the period on and issues its transaction, which carries the subscription's custom data. */
function bill(simulation: Simulation, subscription: Subscription): Transaction {
	const { events } = simulation;
	const starts = subscription.next_billed_at ?? simulation.timestamp();
	const period = { starts_at: starts, ends_at: addCycle(starts, subscription.billing_cycle) };
	subscription.current_billing_period = period;
	subscription.next_billed_at = period.ends_at;
	subscription.updated_at = simulation.timestamp();
	for (const item of subscription.items) {
		item.previously_billed_at = starts;
		item.next_billed_at = period.ends_at;
	}
	events.emit('subscription.updated', subscription);
	const transaction = createTransaction(
		simulation,
		{
			items: subscription.items.map(({ price, quantity }) => ({ price_id: price.id, quantity })),
			customer_id: subscription.customer_id,
			address_id: subscription.address_id,
			currency_code: subscription.currency_code,
			billing_period: period,
			custom_data: structuredClone(subscription.custom_data),
		},
		'subscription_recurring',
	);
	transaction.details = calculateDetails(
		simulation,
		transaction.items,
		transaction.currency_code,
		transaction.details.line_items.map(({ id }) => id),
		true,
	);
	transaction.subscription_id = subscription.id;
	transaction.billed_at = simulation.timestamp();
	events.emit('transaction.created', transaction);
	transaction.status = 'billed';
	events.emit('transaction.billed', transaction);
	return transaction;
}
