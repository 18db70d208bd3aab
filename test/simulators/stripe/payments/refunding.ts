import { invalid } from '../api/stripe-error';
import { newId } from '../ids';
import { formatMoney } from '../money';
import { newRefund } from '../objects/refund';
import type { Simulation } from '../simulation';
import type { Charge, Metadata, Refund } from '../wire';

export interface RefundInput {
	/** Minor units; what is left of the charge when left out. */
	amount?: number;
	/** Delayed methods refund in days: such a refund starts as `pending`. */
	status?: 'succeeded' | 'pending';
	reason?: string;
	metadata?: Metadata;
}

/** @throws StripeError 400 when nothing, or less than asked for, is left to refund */
export function refundCharge(simulation: Simulation, charge: Charge, input: RefundInput): Refund {
	const left = charge.amount_captured - charge.amount_refunded;
	const amount = input.amount ?? left;
	checkRefundable(charge, amount, left);
	const refund = simulation.store.refunds.add(
		newRefund(simulation, charge, {
			amount,
			status: input.status ?? 'succeeded',
			reason: input.reason ?? 'requested_by_customer',
			metadata: input.metadata ?? {},
		}),
	);
	const previous = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
	charge.amount_refunded += amount;
	charge.refunded = charge.amount_refunded === charge.amount;
	simulation.events.emit('charge.refunded', charge, previous);
	simulation.events.emit('refund.created', refund);
	if (refund.status === 'succeeded') {
		simulation.events.emit('refund.updated', refund, {
			destination_details: { card: { reference_status: 'pending' } },
		});
	}
	return refund;
}

/** A pending refund arrives. */
export function settleRefund(simulation: Simulation, refundId: string): Refund {
	const refund = simulation.store.refunds.get(refundId);
	refund.status = 'succeeded';
	simulation.events.emit('refund.updated', refund, { status: 'pending' });
	return refund;
}

/** The bank returns a refund, possibly days after it "succeeded"; the money is the merchant's again. */
export function failRefund(simulation: Simulation, refundId: string): Refund {
	const refund = simulation.store.refunds.get(refundId);
	const charge = simulation.store.charges.get(String(refund.charge));
	const previous = { status: refund.status };
	Object.assign(refund, {
		status: 'failed',
		failure_reason: 'expired_or_canceled_card',
		failure_balance_transaction: newId('txn_3'),
	});
	charge.amount_refunded -= refund.amount;
	charge.refunded = false;
	simulation.events.emit('refund.failed', refund);
	simulation.events.emit('refund.updated', refund, previous);
	return refund;
}

function checkRefundable(charge: Charge, amount: number, left: number): void {
	if (charge.status !== 'succeeded') {
		throw invalid(`Charge ${charge.id} has not succeeded.`, 'charge', 'charge_not_refundable');
	}
	if (charge.disputed) {
		throw invalid(
			`Charge ${charge.id} has been charged back; cannot issue a refund.`,
			'charge',
			'charge_disputed',
		);
	}
	if (left === 0) {
		throw invalid(
			`Charge ${charge.id} has already been refunded.`,
			'charge',
			'charge_already_refunded',
		);
	}
	if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
	if (amount > left) {
		throw invalid(
			`Refund amount (${formatMoney(amount, charge.currency)}) is greater than unrefunded amount on charge (${formatMoney(left, charge.currency)})`,
			'amount',
		);
	}
}
