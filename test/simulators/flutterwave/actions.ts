import {
	decline,
	pay,
	payPending,
	REFUSALS,
	settlePending,
	underpay,
	type PayOptions,
} from './payments/charging';
import { findLink, redirectAfter } from './payments/links';
import { bounceRefund, refund, settleRefund, type RefundOptions } from './payments/refunding';
import { cancelSubscription, failRenewal, renew } from './payments/subscribing';
import type { Simulation } from './simulation';
import type { Refund, Subscription, Transaction } from './store';

/**
 * What payers, the merchant, banks and time do. Links are named by URL, code or `tx_ref`; amounts are major units. Each call
 * has sent its webhooks when it resolves (`deliveries.settled()` waits for their answers) and rejects when the
 * real thing would refuse.
 */
export class FlutterwaveActions {
	constructor(protected readonly simulation: Simulation) {}

	async pay(linkOrTxRef: string, options: PayOptions = {}): Promise<Transaction> {
		return this.act(() => pay(this.simulation, linkOrTxRef, options));
	}

	/** A failed attempt: a transaction of its own; the page stays open. @param reason `processor_response` */
	async decline(
		linkOrTxRef: string,
		reason = String(REFUSALS[0]),
		options: PayOptions = {},
	): Promise<Transaction> {
		return this.act(() => decline(this.simulation, linkOrTxRef, reason, options));
	}

	/** Waits for the payer's phone or bank: `pending` first, then settlePending with the same id. */
	async payPending(linkOrTxRef: string, options: PayOptions = {}): Promise<Transaction> {
		return this.act(() => payPending(this.simulation, linkOrTxRef, options));
	}

	async settlePending(transactionId: number | string, ok: boolean): Promise<Transaction> {
		return this.act(() => settlePending(this.simulation, Number(transactionId), ok));
	}

	/** A bank transfer of less than was asked for, which is `successful` all the same. */
	async underpay(linkOrTxRef: string, amount: number): Promise<Transaction> {
		return this.act(() => underpay(this.simulation, linkOrTxRef, amount));
	}

	/** The payer closes the page. @returns where the browser goes, null without `redirect_url` */
	async closePage(linkOrTxRef: string): Promise<string | null> {
		return redirectAfter(this.simulation, findLink(this.simulation, linkOrTxRef));
	}

	/** A refund from the dashboard. @param amount all that is left when left out */
	async refund(
		transactionId: number | string,
		amount?: number,
		options: RefundOptions = {},
	): Promise<Refund> {
		return this.act(() => {
			const transaction = this.simulation.store.transaction(Number(transactionId));
			return refund(this.simulation, transaction, amount, options);
		});
	}

	/** A refund made with `{ status: 'pending' }` arrives, or fails. */
	async settleRefund(refundId: number | string, ok: boolean): Promise<Refund> {
		return this.act(() => settleRefund(this.simulation, Number(refundId), ok));
	}

	/** A refund that had arrived comes back from the bank. */
	async bounceRefund(refundId: number | string): Promise<Refund> {
		return this.act(() => bounceRefund(this.simulation, Number(refundId)));
	}

	/** The next period is charged. */
	async renew(subscriptionId: number | string): Promise<Transaction> {
		return this.act(() => renew(this.simulation, Number(subscriptionId)));
	}

	/** One failed try; the fourth in a row cancels the subscription. */
	async failRenewal(subscriptionId: number | string): Promise<Transaction> {
		return this.act(() => failRenewal(this.simulation, Number(subscriptionId)));
	}

	async cancelSubscription(subscriptionId: number | string): Promise<Subscription> {
		return this.act(() => {
			const subscription = this.simulation.store.subscription(Number(subscriptionId));
			cancelSubscription(this.simulation, subscription);
			return subscription;
		});
	}

	/** "Resend webhook" of a transaction: its state now, in the shape that is set now. */
	async resendHook(transactionId: number | string): Promise<void> {
		this.act(() => {
			const transaction = this.simulation.store.transaction(Number(transactionId));
			this.simulation.hooks.chargeAgain(transaction);
		});
	}

	/** A webhook that was sent before, byte for byte, by the id it has in `store.hooks`. */
	async repeatHook(hookId: string): Promise<void> {
		this.simulation.hooks.repeat(hookId);
	}

	private act<T>(work: () => T): T {
		const { value, send } = this.simulation.hooks.collect(work);
		send();
		return value;
	}
}
