import { newDigits } from '../ids';
import type { Simulation } from '../simulation';
import type { Subscription, Transaction, TransactionStatus } from '../store';
import { addTransaction } from './booking';

/** "If the charge fails, we'll try 3 more times at 30-minute intervals"; then the subscription is cancelled. */
const TRIES = 4;

/** The first successful charge with a plan subscribes the customer's e-mail, once. */
export function subscribe(simulation: Simulation, planId: number, transaction: Transaction): void {
	const { customer, amount, currency, id: transactionId } = transaction;
	const known = [...simulation.store.subscriptions.values()].some(
		(subscription) =>
			subscription.planId === planId &&
			subscription.customer.id === customer.id &&
			subscription.status === 'active',
	);
	if (known) return;
	const subscription: Subscription = {
		id: simulation.store.ids.subscription.next(),
		amount: simulation.store.plan(planId).amount || amount,
		currency,
		customer,
		planId,
		status: 'active',
		createdAt: simulation.now(),
		transactionId,
		failedTries: 0,
	};
	simulation.store.subscriptions.set(subscription.id, subscription);
}

/** The next period is charged. @throws Error when the subscription or its plan is not active */
export function renew(simulation: Simulation, subscriptionId: number): Transaction {
	const subscription = active(simulation, subscriptionId);
	subscription.failedTries = 0;
	return chargeAgain(simulation, subscription, 'successful');
}

/** One failed try; the fourth in a row cancels the subscription. @throws Error as renew does */
export function failRenewal(simulation: Simulation, subscriptionId: number): Transaction {
	const subscription = active(simulation, subscriptionId);
	subscription.failedTries += 1;
	const transaction = chargeAgain(simulation, subscription, 'failed');
	if (subscription.failedTries >= TRIES) cancelSubscription(simulation, subscription);
	return transaction;
}

/** One that is cancelled already stays so, without another webhook. */
export function cancelSubscription(simulation: Simulation, subscription: Subscription): void {
	if (subscription.status === 'cancelled') return;
	subscription.status = 'cancelled';
	simulation.hooks.subscriptionCancelled(subscription);
}

function active(simulation: Simulation, subscriptionId: number): Subscription {
	const subscription = simulation.store.subscription(subscriptionId);
	if (subscription.status !== 'active') {
		throw new Error(`Subscription ${subscriptionId} is ${subscription.status}`);
	}
	const plan = simulation.store.plan(subscription.planId);
	if (plan.status !== 'active') throw new Error(`Payment plan ${plan.id} is ${plan.status}`);
	return subscription;
}

function chargeAgain(
	simulation: Simulation,
	subscription: Subscription,
	status: TransactionStatus,
): Transaction {
	const first = simulation.store.transaction(subscription.transactionId);
	const transaction = addTransaction(simulation, {
		txRef: simulation.settings.renewalTxRef === 'same' ? first.txRef : `flwsub-${newDigits(12)}`,
		amount: subscription.amount,
		currency: subscription.currency,
		customer: subscription.customer,
		method: 'card',
		status,
		processorResponse:
			status === 'successful' ? 'Approved by Financial Institution' : 'Insufficient Funds',
		customerBearsFee: false,
		meta: null,
		linkCode: null,
		planId: subscription.planId,
	});
	simulation.hooks.charge(transaction);
	return transaction;
}
