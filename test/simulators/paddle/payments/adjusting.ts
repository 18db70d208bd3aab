import { adjustmentError } from '../api/paddle-error';
import {
	createAdjustment,
	remaining,
	type AdjustmentInput,
	type AdjustmentItemInput,
} from '../entities/adjustment';
import { adjustDetails } from '../entities/transaction-totals';
import type { Simulation } from '../simulation';
import type { Adjustment, Transaction } from '../wire';

/**
 * A refund or credit, as POST /adjustments makes it. The transaction itself stays `completed`.
 * https://developer.paddle.com/build/transactions/create-transaction-adjustments
 * @throws PaddleError 400
 */
export function adjust(simulation: Simulation, input: AdjustmentInput): Adjustment {
	const transaction = simulation.store.transactions.get(input.transaction_id);
	checkStatus(transaction, input.action);
	checkNothingPending(simulation, transaction);
	const waits = input.action === 'refund' && !simulation.settings.approveRefundsAtOnce;
	return announce(simulation, transaction, input, waits ? 'pending_approval' : 'approved');
}

/** @param amount lowest denomination, spread over the line items; everything left when omitted */
export function refund(
	simulation: Simulation,
	transactionId: string,
	amount?: string | number,
	reason = 'requested by customer',
): Adjustment {
	const transaction = simulation.store.transactions.get(transactionId);
	const items = spread(simulation, transaction, amount);
	const whole = amount === undefined && items.every(({ type }) => type === 'full');
	return adjust(simulation, {
		action: 'refund',
		transaction_id: transactionId,
		reason,
		...(whole ? { type: 'full' } : { type: 'partial', items }),
	});
}

/** Paddle decides about a refund: adjustment.updated. @throws Error unless it is pending */
export function decide(
	simulation: Simulation,
	adjustmentId: string,
	status: 'approved' | 'rejected',
): Adjustment {
	const adjustment = simulation.store.adjustments.get(adjustmentId);
	if (adjustment.status !== 'pending_approval') {
		throw new Error(`${adjustmentId} is ${adjustment.status}, there is nothing to decide`);
	}
	adjustment.status = status;
	adjustment.updated_at = simulation.timestamp();
	adjustDetails(simulation, simulation.store.transactions.get(adjustment.transaction_id));
	simulation.events.emit('adjustment.updated', adjustment);
	return adjustment;
}

interface ChargebackOptions {
	action?: 'chargeback' | 'chargeback_warning';
	/** Lowest denomination; everything left when omitted. */
	amount?: string | number;
}

/** The bank takes the money back (or warns that it will): adjustment.created, approved from the start. */
export function chargeback(
	simulation: Simulation,
	transactionId: string,
	{ action = 'chargeback', amount }: ChargebackOptions = {},
): Adjustment {
	const transaction = simulation.store.transactions.get(transactionId);
	checkStatus(transaction, 'refund');
	const items = spread(simulation, transaction, amount);
	return announce(
		simulation,
		transaction,
		{ action, transaction_id: transactionId, reason: 'fraud', type: 'partial', items },
		'approved',
	);
}

/** The dispute is won: adjustment.created with chargeback_reverse; the chargeback itself becomes `reversed`. */
export function reverseChargeback(simulation: Simulation, transactionId: string): Adjustment {
	const { store } = simulation;
	const transaction = store.transactions.get(transactionId);
	const original = store.adjustments
		.newestFirst()
		.find(
			({ transaction_id: of, action, status }) =>
				of === transactionId && /^chargeback(_warning)?$/.test(action) && status === 'approved',
		);
	if (!original) throw new Error(`${transactionId} has no chargeback to reverse`);
	const reversal = announce(
		simulation,
		transaction,
		{
			action: `${original.action}_reverse` as 'chargeback_reverse',
			transaction_id: transactionId,
			reason: 'dispute won',
			items: original.items.map(({ item_id, amount }) => ({ item_id, type: 'partial', amount })),
		},
		'approved',
	);
	original.status = 'reversed';
	return reversal;
}

function announce(
	simulation: Simulation,
	transaction: Transaction,
	input: AdjustmentInput,
	status: Adjustment['status'],
): Adjustment {
	const adjustment = createAdjustment(simulation, transaction, input, status);
	if (status === 'approved') adjustDetails(simulation, transaction);
	simulation.events.emit('adjustment.created', adjustment);
	return adjustment;
}

/** Takes an amount from the line items in their order. @throws PaddleError 400 when it is more than is left */
function spread(
	simulation: Simulation,
	transaction: Transaction,
	amount?: string | number,
): AdjustmentItemInput[] {
	const lines = transaction.details.line_items;
	const left = lines.map((line) => remaining(simulation, line));
	let rest = amount === undefined ? left.reduce((sum, item) => sum + item, 0) : Number(amount);
	const items = lines.flatMap((line, index): AdjustmentItemInput[] => {
		const part = Math.min(rest, left[index] ?? 0);
		if (part <= 0) return [];
		rest -= part;
		if (String(part) === line.totals?.total) return [{ item_id: line.id, type: 'full' }];
		return [{ item_id: line.id, type: 'partial', amount: String(part) }];
	});
	if (rest > 0 || items.length === 0) {
		throw adjustmentError(
			'adjustment_amount_above_remaining_allowed',
			'Adjustment item amount defined is above the remaining allowed',
		);
	}
	return items;
}

function checkStatus(transaction: Transaction, action: AdjustmentInput['action']): void {
	const { id, status, collection_mode: mode } = transaction;
	if (action === 'refund' && status !== 'completed') {
		throw adjustmentError(
			'adjustment_transaction_invalid_status_for_refund',
			`The transaction being adjusted (refund) has a non supported status. ID: ${id}`,
		);
	}
	if (action !== 'credit') return;
	if (mode === 'automatic') {
		throw adjustmentError(
			'adjustment_invalid_credit_action',
			'You cannot create a credit adjustment for an automatically-collected transaction.',
		);
	}
	if (status !== 'billed' && status !== 'past_due') {
		throw adjustmentError(
			'adjustment_transaction_invalid_status_for_credit',
			`The transaction being adjusted (credit) has a non supported status. ID: ${id}`,
		);
	}
}

function checkNothingPending({ store }: Simulation, { id }: Transaction): void {
	const pending = store.adjustments
		.oldestFirst()
		.some(({ transaction_id: of, status }) => of === id && status === 'pending_approval');
	if (!pending) return;
	throw adjustmentError(
		'adjustment_pending_refund_request',
		'You are unable to create further adjustments against this transaction as there is a pending refund request',
	);
}
