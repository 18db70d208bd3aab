import { transactionRow, verifiedTransaction } from '../objects/transaction';
import { refundData } from '../objects/refund';
import { refund } from '../payments/refunding';
import type { Simulation } from '../simulation';
import type { Transaction } from '../store';
import { FlutterwaveError, invalid } from './flutterwave-error';
import { isAsked, pageOf } from './paging';
import type { Answer, ApiCall, Route } from './router';

/** https://developer.flutterwave.com/reference/endpoints/transactions */
export const transactionRoutes: Route[] = [
	{ method: 'get', path: '/transactions', handle: list },
	{ method: 'get', path: '/transactions/verify_by_reference', handle: verifyByReference },
	{ method: 'get', path: '/transactions/:id/verify', handle: verify },
	{ method: 'post', path: '/transactions/:id/refund', handle: refundTransaction },
	{ method: 'post', path: '/transactions/:id/resend-hook', handle: resendHook },
];

function list(call: ApiCall): Answer {
	const { simulation, query } = call;
	return {
		message: 'Transactions fetched',
		...pageOf(
			call,
			simulation.store.transactions.values(),
			({ status, txRef, currency, customer }) =>
				isAsked(query['status'], status) &&
				isAsked(query['tx_ref'], txRef) &&
				isAsked(query['currency'], currency) &&
				isAsked(query['customer_email'], customer.email) &&
				isAsked(query['customer_fullname'], customer.name),
			(transaction) => transactionRow(simulation, transaction),
		),
	};
}

function verify({ simulation, id }: ApiCall): Answer {
	return verified(simulation, find(simulation, id));
}

function verifyByReference({ simulation, query }: ApiCall): Answer {
	const txRef = query['tx_ref'];
	if (!txRef) throw invalid('tx_ref is required');
	const found = [...simulation.store.transactions.values()].filter((item) => item.txRef === txRef);
	const { byReference } = simulation.settings;
	const newest = found.at(-1);
	const chosen = {
		newest,
		oldest: found[0],
		successful: found.find(({ status }) => status === 'successful') ?? newest,
	}[byReference];
	if (!chosen) throw notFound(simulation);
	return verified(simulation, chosen);
}

function refundTransaction({ simulation, id, body }: ApiCall): Answer {
	const transaction = find(simulation, id);
	const amount = body['amount'];
	if (amount !== undefined && !(Number(amount) > 0)) throw invalid('amount is not valid');
	const comments = body['comments'];
	const made = refund(
		simulation,
		transaction,
		amount === undefined ? undefined : Number(amount),
		typeof comments === 'string' ? { comments } : {},
	);
	return { message: 'Transaction refund initiated', data: refundData(simulation, made) };
}

/** Whether the preference "resend" governs this call is not established; here it does. */
function resendHook({ simulation, id }: ApiCall): Answer {
	const transaction = find(simulation, id);
	if (!simulation.dashboard.resend) throw invalid('Resend webhook is not enabled');
	simulation.hooks.chargeAgain(transaction);
	return { message: 'hook sent successfully', data: 'hook sent' };
}

function verified(simulation: Simulation, transaction: Transaction): Answer {
	return {
		message: 'Transaction fetched successfully',
		data: verifiedTransaction(simulation, transaction),
	};
}

function find(simulation: Simulation, id: string): Transaction {
	const transaction = simulation.store.transactions.get(Number(id));
	if (!transaction) throw notFound(simulation);
	return transaction;
}

function notFound({ settings }: Simulation): FlutterwaveError {
	return new FlutterwaveError(settings.notFoundStatus, 'No transaction was found for this id');
}
