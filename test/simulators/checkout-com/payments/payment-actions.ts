import { newDigits, newId } from '../ids';
import { linkMetadata } from '../objects/payment-link';
import { APPROVED, responseSummary } from '../objects/response-codes';
import type { Simulation } from '../simulation';
import type { Payment } from '../store';
import { isoTime } from '../timestamps';
import type { PaymentAction } from '../wire';

/** What a merchant's system may call an action, instead of what the payment is called. */
export type OwnNames = Pick<PaymentAction, 'reference' | 'metadata'>;

interface ActionInput {
	type: PaymentAction['type'];
	/** Minor units. */
	amount: number;
	/** `10000` when left out; anything else is a refusal. */
	responseCode?: string;
	summary?: string;
	own?: OwnNames;
}

/** Notes what was done to a payment. */
export function addAction(
	simulation: Simulation,
	payment: Payment,
	{ type, amount, responseCode = APPROVED, summary, own }: ActionInput,
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
		...own,
	};
	payment.actions.push(action);
	return action;
}
