import { randomUUID } from 'node:crypto';
import type { ErrorCode, PaymentType } from '@paddle/paddle-node-sdk';
import type { Simulation } from '../simulation';
import type { PaymentAttempt, Transaction } from '../wire';

export interface AttemptInput {
	method?: PaymentType;
	cardholder?: string | null;
	/** Why it failed; left out when the money came. */
	errorCode?: ErrorCode;
}

/** Puts an attempt in front of `payments`, which is sorted newest first. */
export function addAttempt(
	simulation: Simulation,
	transaction: Transaction,
	{ method = 'card', cardholder, errorCode }: AttemptInput,
): void {
	const at = simulation.timestamp();
	const attempt: PaymentAttempt = {
		payment_attempt_id: randomUUID(),
		stored_payment_method_id: randomUUID(),
		payment_method_id: simulation.ids.next('paymtd'),
		amount: transaction.details.totals?.grand_total ?? '0',
		status: errorCode ? 'error' : 'captured',
		error_code: errorCode ?? null,
		method_details: {
			type: method,
			card:
				method === 'card'
					? {
							type: 'visa',
							last4: errorCode ? '0002' : '4242',
							expiry_month: 12,
							expiry_year: new Date(simulation.now()).getUTCFullYear() + 3,
							cardholder_name: cardholder ?? 'Card Holder',
						}
					: null,
			paypal: null,
			south_korea_local_card: null,
			underlying_details: null,
		},
		created_at: at,
		captured_at: errorCode ? null : simulation.timestamp(),
	};
	transaction.payments.unshift(attempt);
}
