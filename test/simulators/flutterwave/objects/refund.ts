import type { Simulation } from '../simulation';
import type { Refund } from '../store';

/** `data` of the refund answers. Its time, other than elsewhere, has milliseconds. */
export function refundData(simulation: Simulation, refund: Refund): object {
	return {
		id: refund.id,
		account_id: simulation.accountId,
		tx_id: refund.transactionId,
		flw_ref: refund.flwRef,
		wallet_id: simulation.walletId,
		amount_refunded: refund.amount,
		status: refund.status,
		destination: 'payment_source',
		meta: { source: 'availablebalance' },
		...(refund.comments !== null && { comments: refund.comments }),
		created_at: new Date(refund.createdAt).toISOString(),
		...(simulation.settings.refundsTellChange && {
			updated_at: new Date(refund.updatedAt).toISOString(),
		}),
	};
}
