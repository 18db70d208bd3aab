import { METHODS } from '../methods';
import { cardOf, customerOf, transactionData } from '../objects/transaction';
import type { Simulation } from '../simulation';
import type { Transaction } from '../store';

/** The v3 shape. The card's token and `amount_settled` are in the verify answer only; meta is at the top. */
export function chargeBody(simulation: Simulation, transaction: Transaction): object {
	const card = cardOf(transaction);
	return {
		event: 'charge.completed',
		data: {
			...transactionData(simulation, transaction),
			customer: customerOf(transaction.customer, null),
			...(card && { card }),
		},
		...(simulation.dashboard.addMeta && transaction.meta && { meta_data: transaction.meta }),
		'event.type': METHODS[transaction.method].eventType,
	};
}
