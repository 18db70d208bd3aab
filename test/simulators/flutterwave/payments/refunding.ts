import { FlutterwaveError } from '../api/flutterwave-error';
import { METHODS } from '../methods';
import { hundredths } from '../money';
import type { Simulation } from '../simulation';
import type { Refund, Transaction } from '../store';

export interface RefundOptions {
	comments?: string;
	/** `pending` waits for settleRefund; the status that fits the method when left out. */
	status?: string;
}

/**
 * @param amount major units; all that is left when left out
 * @throws FlutterwaveError 400 when the transaction has not succeeded, or less than that is left
 */
export function refund(
	simulation: Simulation,
	transaction: Transaction,
	amount?: number,
	options: RefundOptions = {},
): Refund {
	const left = refundable(simulation, transaction);
	if (transaction.status !== 'successful') {
		throw new FlutterwaveError(400, 'Only successful transactions can be refunded');
	}
	const asked = amount === undefined ? left : hundredths(amount);
	if (left === 0 || asked <= 0 || asked > left) {
		throw new FlutterwaveError(400, 'Refund amount exceeds the amount that can be refunded');
	}
	const made: Refund = {
		id: simulation.store.ids.refund.next(),
		transactionId: transaction.id,
		flwRef: transaction.flwRef,
		amount: asked / 100,
		status: options.status ?? METHODS[transaction.method].refundStatus,
		comments: options.comments ?? null,
		createdAt: simulation.now(),
		updatedAt: simulation.now(),
	};
	simulation.store.refunds.set(made.id, made);
	simulation.hooks.refund(made);
	return made;
}

/** A pending refund arrives, or does not: the same id, another status. @throws Error when it is not pending */
export function settleRefund(simulation: Simulation, refundId: number, ok: boolean): Refund {
	const made = simulation.store.refund(refundId);
	if (!made.status.startsWith('pending')) throw new Error(`Refund ${refundId} is not pending`);
	const { method } = simulation.store.transaction(made.transactionId);
	made.status = ok ? METHODS[method].refundStatus : 'failed';
	made.updatedAt = simulation.now();
	simulation.hooks.refund(made);
	return made;
}

/** A refund that had arrived comes back from the bank. @throws Error when it has not arrived */
export function bounceRefund(simulation: Simulation, refundId: number): Refund {
	const made = simulation.store.refund(refundId);
	if (!made.status.startsWith('completed')) throw new Error(`Refund ${refundId} has not arrived`);
	made.status = 'failed';
	made.updatedAt = simulation.now();
	simulation.hooks.refund(made);
	return made;
}

/** What was refunded so far or is about to be, in hundredths. */
export function refundedHundredths(simulation: Simulation, transaction: Transaction): number {
	return simulation.store
		.refundsOf(transaction)
		.filter(({ status }) => status !== 'failed')
		.reduce((sum, { amount }) => sum + hundredths(amount), 0);
}

function refundable(simulation: Simulation, transaction: Transaction): number {
	return hundredths(transaction.amount) - refundedHundredths(simulation, transaction);
}
