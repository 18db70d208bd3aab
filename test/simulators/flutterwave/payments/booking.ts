import { newDigits, newHex } from '../ids';
import type { PaymentMethod } from '../methods';
import { appFee } from '../money';
import type { Simulation } from '../simulation';
import type { Customer, Transaction, TransactionStatus } from '../store';

export interface ChargeDetails {
	txRef: string;
	amount: number;
	currency: string;
	customer: Customer;
	method: PaymentMethod;
	status: TransactionStatus;
	processorResponse: string | null;
	customerBearsFee: boolean;
	meta: Record<string, string> | null;
	linkCode: string | null;
	planId: number | null;
}

/** Books a charge, of a page or of a subscription; no webhook yet. */
export function addTransaction(simulation: Simulation, details: ChargeDetails): Transaction {
	const { customerBearsFee, ...rest } = details;
	const fee = appFee(rest.amount, rest.currency);
	const transaction: Transaction = {
		...rest,
		id: simulation.store.ids.transaction.next(),
		flwRef: simulation.live ? `SimulatedMerchant/FLW${newDigits(9)}` : `FLW-MOCK-${newHex(32)}`,
		orderRef: `URF_${simulation.now()}_${newDigits(7)}`,
		deviceFingerprint: newHex(32),
		chargedAmount: customerBearsFee ? rest.amount + fee : rest.amount,
		appFee: fee,
		merchantBearsFee: !customerBearsFee,
		createdAt: simulation.now(),
		cardToken: `flw-t1nf-${newHex(32)}-m03k`,
	};
	simulation.store.transactions.set(transaction.id, transaction);
	return transaction;
}
