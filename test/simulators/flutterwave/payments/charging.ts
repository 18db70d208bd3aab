import { METHODS, type PaymentMethod } from '../methods';
import type { Simulation } from '../simulation';
import type { PaymentLink, Transaction, TransactionStatus } from '../store';
import { addTransaction } from './booking';
import { findLink, linkState } from './links';
import { subscribe } from './subscribing';

export interface PayOptions {
	/** The first that the page offers when left out. */
	method?: PaymentMethod;
	/** The payer's own, instead of the one the link was made with. */
	email?: string;
	/** Who pays the fee; `merchant` when left out. */
	feeBearer?: 'merchant' | 'customer';
}

/** `processor_response` of refused cards, as the documented test cards give them. */
export const REFUSALS = ['Insufficient Funds', 'Do Not Honour', 'Incorrect PIN', 'Expired Card'];

const APPROVED = 'Approved by Financial Institution';

/** @throws Error when the link cannot be paid, or not by this method */
export function pay(simulation: Simulation, linkOrTxRef: string, options: PayOptions): Transaction {
	const link = payable(simulation, linkOrTxRef);
	const transaction = attempt(simulation, link, options, 'successful', APPROVED);
	succeed(simulation, link, transaction);
	return transaction;
}

/** A failed attempt; the page stays open for another one. @throws Error as pay does */
export function decline(
	simulation: Simulation,
	linkOrTxRef: string,
	reason: string,
	options: PayOptions,
): Transaction {
	const link = payable(simulation, linkOrTxRef);
	const transaction = attempt(simulation, link, options, 'failed', reason);
	link.failedAttempts += 1;
	simulation.hooks.charge(transaction);
	return transaction;
}

/** The payer has still to confirm on a phone, or the bank to book. @throws Error as pay does */
export function payPending(
	simulation: Simulation,
	linkOrTxRef: string,
	options: PayOptions,
): Transaction {
	const link = payable(simulation, linkOrTxRef);
	const transaction = attempt(simulation, link, options, 'pending', null);
	simulation.hooks.charge(transaction);
	return transaction;
}

/** The last word on a pending transaction: the same id, another status. @throws Error when nothing is awaited */
export function settlePending(simulation: Simulation, id: number, ok: boolean): Transaction {
	const transaction = simulation.store.transaction(id);
	if (transaction.status !== 'pending') throw new Error(`Transaction ${id} is not pending`);
	transaction.status = ok ? 'successful' : 'failed';
	transaction.processorResponse = ok ? APPROVED : 'Transaction not completed by user';
	const link = simulation.store.link(String(transaction.linkCode));
	if (ok) succeed(simulation, link, transaction);
	else {
		link.failedAttempts += 1;
		simulation.hooks.charge(transaction);
	}
	return transaction;
}

/** A transfer of less than was asked for: what arrives is both `amount` and `charged_amount`. */
export function underpay(simulation: Simulation, linkOrTxRef: string, amount: number): Transaction {
	const link = payable(simulation, linkOrTxRef);
	if (!(amount > 0 && amount < link.amount)) {
		throw new Error(`An underpayment is more than 0 and less than ${link.amount}`);
	}
	const options: PayOptions = { method: 'banktransfer' };
	const transaction = attempt(simulation, link, options, 'successful', 'success', amount);
	succeed(simulation, link, transaction);
	return transaction;
}

function payable(simulation: Simulation, linkOrTxRef: string): PaymentLink {
	const link = findLink(simulation, linkOrTxRef);
	const state = linkState(simulation, link);
	if (state !== 'open') throw new Error(`This payment link cannot be paid: it is ${state}.`);
	return link;
}

function attempt(
	simulation: Simulation,
	link: PaymentLink,
	options: PayOptions,
	status: TransactionStatus,
	processorResponse: string | null,
	amount = link.amount,
): Transaction {
	const method = options.method ?? link.methods[0] ?? 'card';
	if (!link.methods.includes(method)) {
		const offered = link.methods.map((name) => METHODS[name].label).join(', ');
		throw new Error(`This page does not offer ${METHODS[method].label}, only ${offered}.`);
	}
	return addTransaction(simulation, {
		txRef: link.txRef,
		amount,
		currency: link.currency,
		customer: options.email ? simulation.customer(options.email) : link.customer,
		method,
		status,
		processorResponse,
		customerBearsFee: options.feeBearer === 'customer',
		meta: {
			...checkoutMeta(simulation),
			...link.meta,
			...(method === 'banktransfer' && ORIGINATOR),
		},
		linkCode: link.code,
		planId: link.planId,
	});
}

function succeed(simulation: Simulation, link: PaymentLink, transaction: Transaction): void {
	link.paid = true;
	if (link.planId !== null) subscribe(simulation, link.planId, transaction);
	simulation.hooks.charge(transaction);
}

/** The payment page adds its own address. */
function checkoutMeta({ live }: Simulation): Record<string, string> {
	const host = live ? 'checkout.flutterwave.com' : 'checkout-v2.dev-flutterwave.com';
	return { __CheckoutInitAddress: `https://${host}/v3/hosted/pay` };
}

/** What a bank transfer adds to meta, as seen in test mode. */
const ORIGINATOR = {
	originatoraccountnumber: '123*******90',
	originatorname: 'EXAMPLE PAYER',
	bankname: 'Access Bank',
	originatoramount: 'N/A',
};
