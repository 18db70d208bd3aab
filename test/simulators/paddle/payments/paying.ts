import type { CountryCode, ErrorCode, PaymentType } from '@paddle/paddle-node-sdk';
import { createAddress, createCustomer } from '../entities/customer';
import { createSubscription } from '../entities/subscription';
import { completeDetails } from '../entities/transaction-totals';
import type { Simulation } from '../simulation';
import type { Transaction } from '../wire';
import { addAttempt } from './payment-attempt';

export interface Payer {
	email?: string;
	name?: string;
	country?: CountryCode;
	method?: PaymentType;
}

const PAYABLE = new Set(['draft', 'ready', 'billed', 'past_due']);

/** The transaction that an id or a checkout link (`?_ptxn=`, `?transaction_id=`) names. */
export function transactionOf({ store }: Simulation, idOrUrl: string): Transaction {
	const id = URL.canParse(idOrUrl) ? new URL(idOrUrl).searchParams : null;
	return store.transactions.get(id?.get('_ptxn') ?? id?.get('transaction_id') ?? idOrUrl);
}

/**
 * The buyer fills in the checkout and pays. Emits, where they apply: customer.created, address.created,
 * transaction.updated, transaction.ready, transaction.paid, subscription.created and .activated (or
 * .trialing), transaction.updated, transaction.completed.
 * @throws Error when the transaction cannot be paid any more
 */
export function pay(simulation: Simulation, idOrUrl: string, payer: Payer = {}): Transaction {
	const transaction = payable(simulation, idOrUrl);
	attachPayer(simulation, transaction, payer);
	addAttempt(simulation, transaction, { method: payer.method, cardholder: payer.name });
	return capture(simulation, transaction);
}

/** The card is refused: the first payment leaves the link payable (`ready`). Emits transaction.payment_failed. */
export function decline(
	simulation: Simulation,
	idOrUrl: string,
	errorCode: ErrorCode = 'declined',
	payer: Payer = {},
): Transaction {
	const transaction = payable(simulation, idOrUrl);
	attachPayer(simulation, transaction, payer);
	addAttempt(simulation, transaction, {
		method: payer.method,
		cardholder: payer.name,
		errorCode,
	});
	transaction.updated_at = simulation.timestamp();
	simulation.events.emit('transaction.payment_failed', transaction);
	return transaction;
}

/** Money is there: `paid`, and `completed` unless completion is held back. */
export function capture(simulation: Simulation, transaction: Transaction): Transaction {
	const { events, settings } = simulation;
	transaction.status = 'paid';
	transaction.billed_at ??= simulation.timestamp();
	transaction.updated_at = simulation.timestamp();
	if (transaction.details.totals) transaction.details.totals.balance = '0';
	events.emit('transaction.paid', transaction);
	startSubscription(simulation, transaction);
	return settings.holdCompletion ? transaction : complete(simulation, transaction.id);
}

/** Paddle's own processing after the payment: fee, earnings, invoice number. @throws Error unless `paid` */
export function complete(simulation: Simulation, id: string): Transaction {
	const transaction = simulation.store.transactions.get(id);
	if (transaction.status !== 'paid') {
		throw new Error(`${id} is ${transaction.status}, only a paid transaction completes`);
	}
	transaction.invoice_id = simulation.ids.next('inv');
	transaction.invoice_number ??= simulation.nextInvoiceNumber();
	transaction.updated_at = simulation.timestamp();
	simulation.events.emit('transaction.updated', transaction);
	completeDetails(transaction.details);
	transaction.status = 'completed';
	transaction.updated_at = simulation.timestamp();
	simulation.events.emit('transaction.completed', transaction);
	return transaction;
}

function payable(simulation: Simulation, idOrUrl: string): Transaction {
	const transaction = transactionOf(simulation, idOrUrl);
	if (PAYABLE.has(transaction.status)) return transaction;
	throw new Error(`${transaction.id} is ${transaction.status} and cannot be paid`);
}

function attachPayer(simulation: Simulation, transaction: Transaction, payer: Payer): void {
	const { store, events } = simulation;
	if (transaction.customer_id && transaction.address_id) return;
	const email = payer.email ?? 'payer@example.com';
	const customer =
		store.customers.find(transaction.customer_id) ??
		store.customerByEmail(email) ??
		createCustomer(simulation, { email, name: payer.name ?? null });
	transaction.customer_id = customer.id;
	transaction.address_id ??= createAddress(simulation, customer.id, {
		country_code: payer.country ?? 'US',
		postal_code: '10001',
	}).id;
	transaction.status = 'ready';
	transaction.updated_at = simulation.timestamp();
	events.emit('transaction.updated', transaction);
	events.emit('transaction.ready', transaction);
}

function startSubscription(simulation: Simulation, transaction: Transaction): void {
	if (transaction.subscription_id) return;
	const subscription = createSubscription(simulation, transaction);
	if (!subscription) return;
	transaction.subscription_id = subscription.id;
	transaction.billing_period = subscription.current_billing_period;
	simulation.events.emit('subscription.created', {
		...subscription,
		transaction_id: transaction.id,
	});
	const follows = subscription.status === 'trialing' ? 'trialing' : 'activated';
	simulation.events.emit(`subscription.${follows}`, subscription);
}
