import type { Simulation } from '../simulation';
import type { Refund } from '../store';
import { isoTime } from '../timestamps';

/** Flat, in PascalCase, without an event and without a currency; `meta` is text. */
export function refundBody(simulation: Simulation, refund: Refund): object {
	return {
		id: refund.id,
		AmountRefunded: refund.amount,
		status: refund.status,
		FlwRef: refund.flwRef,
		destination: 'payment_source',
		comments: refund.comments,
		settlement_id: 'NEW',
		meta: JSON.stringify({ source: 'availablebalance' }),
		createdAt: isoTime(refund.createdAt),
		updatedAt: isoTime(refund.updatedAt),
		deletedAt: null,
		walletId: simulation.walletId,
		AccountId: simulation.accountId,
		TransactionId: refund.transactionId,
	};
}
