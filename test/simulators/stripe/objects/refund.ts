import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { Charge, Metadata, Refund } from '../wire';

export function newRefund(
	simulation: Simulation,
	charge: Charge,
	input: { amount: number; status: 'succeeded' | 'pending'; reason: string; metadata: Metadata },
): Refund {
	const card = charge.payment_method_details?.type === 'card';
	return {
		id: newId('re_3'),
		object: 'refund',
		amount: input.amount,
		balance_transaction: newId('txn_3'),
		charge: charge.id,
		created: simulation.seconds(),
		currency: charge.currency,
		customer: charge.customer,
		customer_account: null,
		destination_details: card
			? {
					card: {
						reference_status: 'pending',
						reference_type: 'acquirer_reference_number',
						type: 'refund',
					},
					type: 'card',
				}
			: undefined,
		metadata: input.metadata,
		payment_intent: charge.payment_intent,
		payment_method: charge.payment_method,
		reason: input.reason,
		receipt_number: null,
		source_transfer_reversal: null,
		status: input.status,
		transfer_reversal: null,
	};
}
