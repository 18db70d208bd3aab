import { notFound, transactionError } from '../api/paddle-error';
import { paginate } from '../api/paging';
import { created, list, ok, route, type Route } from '../api/router';
import {
	applyCheckout,
	applyParties,
	checkTransaction,
	createTransaction,
	resolveItem,
	type TransactionInput,
} from '../entities/transaction';
import { transactionView } from '../entities/transaction-view';
import { calculateDetails } from '../entities/transaction-totals';
import type { Simulation } from '../simulation';
import type { Transaction } from '../wire';

const PAGE = { idOf: ({ id }: { id: string }) => id, defaultPerPage: 30, maxPerPage: 30 };

export function transactionRoutes(simulation: Simulation): Route[] {
	const { store, events } = simulation;
	return [
		route('GET', '/transactions', ({ query, url }) => {
			const subscription = query.one('subscription_id');
			const items = store.transactions
				.oldestFirst()
				.filter(
					(item) =>
						query.allows('id', item.id) &&
						query.allows('status', item.status) &&
						query.allows('customer_id', item.customer_id) &&
						query.allows('collection_mode', item.collection_mode) &&
						query.allows('invoice_number', item.invoice_number) &&
						query.allows('origin', item.origin) &&
						(subscription === 'null'
							? item.subscription_id === null
							: query.allows('subscription_id', item.subscription_id)) &&
						query.allowsTime('created_at', item.created_at) &&
						query.allowsTime('updated_at', item.updated_at) &&
						query.allowsTime('billed_at', item.billed_at),
				);
			const page = paginate(items, query, url, PAGE);
			const include = query.list('include') ?? [];
			return list({
				...page,
				data: page.data.map((item) => transactionView(simulation, item, include)),
			});
		}),
		route<TransactionInput>('POST', '/transactions', ({ body, query }) => {
			const transaction = createTransaction(simulation, body, 'api');
			events.emit('transaction.created', transaction);
			if (transaction.status === 'ready') events.emit('transaction.ready', transaction);
			if (body.status === 'billed') issue(simulation, transaction);
			return created(transactionView(simulation, transaction, query.list('include') ?? []));
		}),
		route('GET', '/transactions/{transaction_id}', ({ ids, query }) =>
			ok(
				transactionView(
					simulation,
					store.transactions.get(ids['transaction_id'] ?? ''),
					query.list('include') ?? [],
				),
			),
		),
		route<Partial<TransactionInput>>(
			'PATCH',
			'/transactions/{transaction_id}',
			({ ids, body, query }) => {
				const transaction = store.transactions.get(ids['transaction_id'] ?? '');
				update(simulation, transaction, body);
				return ok(transactionView(simulation, transaction, query.list('include') ?? []));
			},
		),
		route('GET', '/transactions/{transaction_id}/invoice', ({ ids }) => {
			const { id, invoice_number: number } = store.transactions.get(ids['transaction_id'] ?? '');
			if (number === null) throw notFound('Invoice for transaction', id);
			return ok({ url: `${simulation.url}/invoices/${number}.pdf` });
		}),
	];
}

/** @throws PaddleError 400 when the transaction is a record that cannot be changed */
function update(
	simulation: Simulation,
	transaction: Transaction,
	body: Partial<TransactionInput>,
): void {
	if (body.status === 'canceled') return cancel(simulation, transaction);
	if (transaction.status !== 'draft' && transaction.status !== 'ready') {
		throw transactionError('transaction_immutable', 'Cannot update immutable transaction');
	}
	if (body.status !== undefined && body.status !== 'billed') {
		throw invalidChange(transaction, body.status);
	}
	const before = transaction.status;
	const draft = structuredClone(transaction);
	if (body.currency_code) draft.currency_code = body.currency_code;
	if (body.collection_mode) draft.collection_mode = body.collection_mode;
	if (body.custom_data !== undefined) draft.custom_data = body.custom_data;
	if (body.billing_period !== undefined) draft.billing_period = body.billing_period;
	if (body.items) draft.items = body.items.map((item, at) => resolveItem(simulation, item, at));
	draft.details = calculateDetails(
		simulation,
		draft.items,
		draft.currency_code,
		body.items ? [] : draft.details.line_items.map(({ id }) => id),
	);
	applyParties(simulation, draft, body);
	const chosen = body.checkout?.url ?? null;
	const url = body.checkout
		? (chosen ?? simulation.settings.defaultCheckoutUrl)
		: (draft.checkout.url ?? simulation.settings.defaultCheckoutUrl);
	if (url !== null) applyCheckout(simulation, draft, url, chosen);
	checkTransaction(simulation, draft);
	draft.updated_at = simulation.timestamp();
	Object.assign(transaction, draft);
	simulation.events.emit('transaction.updated', transaction);
	if (before === 'draft' && transaction.status === 'ready') {
		simulation.events.emit('transaction.ready', transaction);
	}
	if (body.status === 'billed') issue(simulation, transaction);
}

/**
 * Only `ready` and `billed` can be canceled: a draft cannot.
 * https://developer.paddle.com/errors/transactions/transaction_invalid_status_change
 */
function cancel(simulation: Simulation, transaction: Transaction): void {
	if (transaction.status !== 'ready' && transaction.status !== 'billed') {
		throw invalidChange(transaction, 'canceled');
	}
	transaction.status = 'canceled';
	transaction.updated_at = simulation.timestamp();
	simulation.events.emit('transaction.canceled', transaction);
}

/** Issues an invoice: manual collection only. */
function issue(simulation: Simulation, transaction: Transaction): void {
	if (transaction.status !== 'ready' || transaction.collection_mode !== 'manual') {
		throw invalidChange(transaction, 'billed');
	}
	transaction.status = 'billed';
	transaction.billed_at = simulation.timestamp();
	transaction.updated_at = transaction.billed_at;
	simulation.events.emit('transaction.billed', transaction);
	transaction.invoice_id = simulation.ids.next('inv');
	transaction.invoice_number = simulation.nextInvoiceNumber();
	transaction.updated_at = simulation.timestamp();
	simulation.events.emit('transaction.updated', transaction);
}

function invalidChange({ status }: Transaction, wanted: string): Error {
	return transactionError(
		'transaction_invalid_status_change',
		`Invalid attempt to change status from '${status}' to '${wanted}'`,
	);
}
