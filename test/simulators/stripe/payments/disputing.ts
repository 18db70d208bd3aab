import { newDispute } from '../objects/dispute';
import type { Simulation } from '../simulation';
import type { Charge, Dispute } from '../wire';

export interface DisputeInput {
	reason?: string | undefined;
	/** Minor units; the whole charge when left out. */
	amount?: number | undefined;
}

/** The payer's bank takes the money back, or a part of it. */
export function disputeCharge(
	simulation: Simulation,
	charge: Charge,
	{ reason = 'fraudulent', amount = charge.amount }: DisputeInput = {},
): Dispute {
	if (charge.disputed) throw new Error(`${charge.id} is disputed already`);
	const dispute = simulation.store.disputes.add(newDispute(simulation, charge, { reason, amount }));
	charge.disputed = true;
	simulation.events.emit('charge.dispute.created', dispute);
	simulation.events.emit('charge.dispute.funds_withdrawn', dispute);
	simulation.events.emit('charge.updated', charge, { disputed: false });
	return dispute;
}

export function closeDispute(simulation: Simulation, disputeId: string, won: boolean): Dispute {
	const dispute = simulation.store.disputes.get(disputeId);
	if (dispute.status === 'won' || dispute.status === 'lost') {
		throw new Error(`${disputeId} is closed already`);
	}
	dispute.status = won ? 'won' : 'lost';
	simulation.events.emit('charge.dispute.closed', dispute);
	if (won) simulation.events.emit('charge.dispute.funds_reinstated', dispute);
	return dispute;
}
