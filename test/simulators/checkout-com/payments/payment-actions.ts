import { newDigits, newId } from '../ids';
import { linkMetadata } from '../objects/payment-link';
import { APPROVED, responseSummary } from '../objects/response-codes';
import type { Simulation } from '../simulation';
import type { Payment } from '../store';
import { isoTime } from '../timestamps';
import type { PaymentAction } from '../wire';

interface ActionInput {
	type: PaymentAction['type'];
	/** Minor units. */
	amount: number;
	/** `10000` when left out; anything else is a refusal. */
	responseCode?: string;
	summary?: string;
}

/** Notes what was done to a payment. */
export function addAction(
	simulation: Simulation,
	payment: Payment,
	{ type, amount, responseCode = APPROVED, summary }: ActionInput,
): PaymentAction {
	const link = simulation.store.link(payment.linkId);
	const action: PaymentAction = {
		id: newId('act'),
		type,
		processed_on: isoTime(simulation.now()),
		amount,
		approved: responseCode === APPROVED,
		...(type === 'Authorization' && payment.source.type === 'card' && { auth_code: newDigits(6) }),
		response_code: responseCode,
		response_summary: summary ?? responseSummary(responseCode),
		...(link.request.metadata && { metadata: linkMetadata(simulation, link) }),
	};
	payment.actions.push(action);
	return action;
}
