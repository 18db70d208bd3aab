import { Sequence } from './ids';
import type { PaymentMethod } from './methods';

export interface Customer {
	id: number;
	name: string;
	phone: string | null;
	/** As Flutterwave shows it: masked in test mode. */
	email: string;
	/** Milliseconds, here and below. */
	createdAt: number;
}

export interface PaymentLink {
	/** `flwlnk-…` */
	code: string;
	url: string;
	txRef: string;
	/** Major units, here and below. */
	amount: number;
	currency: string;
	redirectUrl: string | null;
	customer: Customer;
	title: string | null;
	description: string | null;
	/** Kept as text, whatever was sent. */
	meta: Record<string, string>;
	methods: PaymentMethod[];
	planId: number | null;
	createdAt: number;
	expiresAt: number | null;
	/** Failed attempts after which the link fails. */
	maxAttempts: number;
	failedAttempts: number;
	disabled: boolean;
	paid: boolean;
}

export type TransactionStatus = 'pending' | 'successful' | 'failed';

export interface Transaction {
	id: number;
	txRef: string;
	flwRef: string;
	orderRef: string;
	deviceFingerprint: string;
	amount: number;
	chargedAmount: number;
	currency: string;
	/** A binary float with all its digits. */
	appFee: number;
	merchantBearsFee: boolean;
	processorResponse: string | null;
	status: TransactionStatus;
	method: PaymentMethod;
	createdAt: number;
	customer: Customer;
	/** null for a charge that was not made on a payment page. */
	meta: Record<string, string> | null;
	linkCode: string | null;
	planId: number | null;
	/** `flw-…`: charges the card again. */
	cardToken: string;
}

export interface Refund {
	id: number;
	transactionId: number;
	flwRef: string;
	amount: number;
	status: string;
	comments: string | null;
	createdAt: number;
	updatedAt: number;
}

export interface PaymentPlan {
	id: number;
	name: string;
	/** 0 when the first charge decides. */
	amount: number;
	interval: string;
	/** How many times to charge; 0 without end. */
	duration: number;
	status: string;
	currency: string;
	token: string;
	createdAt: number;
}

export interface Subscription {
	id: number;
	amount: number;
	currency: string;
	customer: Customer;
	planId: number;
	status: 'active' | 'cancelled';
	createdAt: number;
	/** Its first charge. */
	transactionId: number;
	/** Failed renewals since the last success. */
	failedTries: number;
}

/** A webhook that was sent, or would have been had its delivery not failed. */
export interface SentHook {
	/** A delivery of it has this id. */
	id: string;
	/** `charge.completed`, `refund` … */
	event: string;
	status: string;
	/** Of the transaction, refund or subscription. */
	subjectId: number;
	url: string;
	body: Buffer;
	contentType: string;
	at: number;
}

/** Everything one mode of the simulated account holds, in order of creation. */
export class FlutterwaveStore {
	readonly links = new Map<string, PaymentLink>();
	readonly transactions = new Map<number, Transaction>();
	readonly refunds = new Map<number, Refund>();
	readonly plans = new Map<number, PaymentPlan>();
	readonly subscriptions = new Map<number, Subscription>();
	/** By e-mail. */
	readonly customers = new Map<string, Customer>();
	readonly hooks = new Map<string, SentHook>();

	readonly ids = {
		transaction: new Sequence(9),
		customer: new Sequence(7),
		refund: new Sequence(5),
		plan: new Sequence(5),
		subscription: new Sequence(5),
	};

	/** @throws Error when there is no such link */
	link(code: string): PaymentLink {
		return present(this.links.get(code), 'payment link', code);
	}

	/** @throws Error when there is no such transaction */
	transaction(id: number): Transaction {
		return present(this.transactions.get(id), 'transaction', id);
	}

	/** @throws Error when there is no such refund */
	refund(id: number): Refund {
		return present(this.refunds.get(id), 'refund', id);
	}

	/** @throws Error when there is no such plan */
	plan(id: number): PaymentPlan {
		return present(this.plans.get(id), 'payment plan', id);
	}

	/** @throws Error when there is no such subscription */
	subscription(id: number): Subscription {
		return present(this.subscriptions.get(id), 'subscription', id);
	}

	/** Oldest first. */
	transactionsOf(link: PaymentLink): Transaction[] {
		return [...this.transactions.values()].filter(({ linkCode }) => linkCode === link.code);
	}

	/** Oldest first; failed refunds included. */
	refundsOf(transaction: Transaction): Refund[] {
		return [...this.refunds.values()].filter(
			({ transactionId }) => transactionId === transaction.id,
		);
	}
}

function present<T>(found: T | undefined, what: string, id: string | number): T {
	if (found === undefined) throw new Error(`No ${what} ${id}`);
	return found;
}
