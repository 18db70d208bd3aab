import { METHODS } from '../methods';
import type { Simulation } from '../simulation';
import type { Customer, Transaction } from '../store';
import { isoTime } from '../timestamps';

/** The documented test card that takes a PIN; `token` is what the verify answer adds. */
export const TEST_CARD = {
	first_6digits: '553188',
	last_4digits: '2950',
	issuer: 'MASTERCARD CREDIT',
	country: 'NG',
	type: 'MASTERCARD',
	expiry: '09/32',
};

/** What the verify answer, the list and v3 webhooks have in common. A pending transaction has no fee yet. */
export function transactionData(simulation: Simulation, transaction: Transaction): object {
	const { paymentType, authModel, narration } = METHODS[transaction.method];
	return {
		id: transaction.id,
		tx_ref: transaction.txRef,
		flw_ref: transaction.flwRef,
		device_fingerprint: transaction.deviceFingerprint,
		amount: transaction.amount,
		currency: transaction.currency,
		charged_amount: transaction.chargedAmount,
		app_fee: transaction.status === 'pending' ? null : transaction.appFee,
		merchant_fee: 0,
		processor_response: transaction.processorResponse,
		auth_model: authModel,
		ip: '203.0.113.7',
		narration,
		status: transaction.status,
		payment_type: paymentType,
		created_at: isoTime(transaction.createdAt),
		account_id: simulation.accountId,
	};
}

/** `data` of the verify answers. */
export function verifiedTransaction(simulation: Simulation, transaction: Transaction): object {
	const card = cardOf(transaction);
	return {
		...transactionData(simulation, transaction),
		...(card && { card: { ...card, token: transaction.cardToken } }),
		meta: transaction.meta,
		amount_settled: amountSettled(transaction),
		customer: customerOf(transaction.customer, 'N/A'),
	};
}

/** One row of the list: ids are text, the customer is flat, there is no meta. */
export function transactionRow(simulation: Simulation, transaction: Transaction): object {
	const card = cardOf(transaction);
	return {
		...transactionData(simulation, transaction),
		id: String(transaction.id),
		amount_settled: amountSettled(transaction),
		...(card && { card }),
		...(transaction.method === 'account' && {
			account: { nuban: '0690000031', bank: 'ACCESS BANK NIGERIA' },
		}),
		customer_name: transaction.customer.name,
		customer_email: transaction.customer.email,
		account_id: String(simulation.accountId),
	};
}

/** `card` of a card payment, without its token. */
export function cardOf({ method }: Transaction): typeof TEST_CARD | null {
	return method === 'card' ? TEST_CARD : null;
}

/** @param noPhone what stands for a phone number that is not known: null in webhooks, `N/A` in answers */
export function customerOf(customer: Customer, noPhone: string | null): object {
	return {
		id: customer.id,
		name: customer.name,
		phone_number: customer.phone ?? noPhone,
		email: customer.email,
		created_at: isoTime(customer.createdAt),
	};
}

/** What the merchant gets, a binary float; null until there is something to get. */
export function amountSettled(transaction: Transaction): number | null {
	if (transaction.status !== 'successful') return null;
	return transaction.merchantBearsFee
		? transaction.amount - transaction.appFee
		: transaction.amount;
}
