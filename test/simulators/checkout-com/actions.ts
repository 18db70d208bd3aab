import { decline, leaveToPay, pay, type PayOptions } from './payments/attempts';
import { capture, declineCapture, voidPayment } from './payments/captures';
import { moveDispute, openDispute, type DisputeOptions } from './payments/disputes';
import type { Outcome } from './payments/outcome';
import type { OwnNames } from './payments/payment-actions';
import { cancel, expirePayment, succeed } from './payments/pending';
import { declineRefund, refund, returnPayment } from './payments/refunds';
import type { Simulation } from './simulation';
import type { Dispute, Payment } from './store';

/**
 * What payers, merchants, banks and time do. Each call changes things at once, sends its webhooks one after another and
 * resolves when each had its first answer (retries go on: `deliveries.settled()`); it rejects when the real thing
 * would refuse. Links are named by id or URL; amounts are minor units.
 */
export class CheckoutComActions {
	constructor(protected readonly simulation: Simulation) {}

	/** `payment_approved` and, unless capture is left to the merchant, `payment_captured`. */
	async pay(link: string, options: PayOptions = {}): Promise<Payment> {
		return this.act(() => pay(this.simulation, linkId(link), options));
	}

	/** `payment_declined`; the link stays Active. @param responseCode `20005` (do not honour) by default */
	async decline(link: string, responseCode?: string): Promise<Payment> {
		return this.act(() => decline(this.simulation, linkId(link), responseCode));
	}

	/** `payment_pending`: the payer is with another party; then succeed, expirePayment or cancel. */
	async leaveToPay(link: string, method?: string): Promise<Payment> {
		return this.act(() => leaveToPay(this.simulation, linkId(link), method));
	}

	/** A pending payment comes through. */
	async succeed(paymentId: string, options?: PayOptions): Promise<Payment> {
		return this.act(() => succeed(this.simulation, paymentId, options));
	}

	/** A pending payment runs out of time: `payment_expired`. */
	async expirePayment(paymentId: string): Promise<Payment> {
		return this.act(() => expirePayment(this.simulation, paymentId));
	}

	/** The payer gives a pending payment up: `payment_canceled`. */
	async cancel(paymentId: string): Promise<Payment> {
		return this.act(() => cancel(this.simulation, paymentId));
	}

	/** `payment_captured`; all that is authorised when no amount is given. */
	async capture(paymentId: string, amount?: number, own?: OwnNames): Promise<Payment> {
		return this.act(() => capture(this.simulation, paymentId, amount, own));
	}

	/** `payment_capture_declined`. */
	async declineCapture(paymentId: string, responseCode?: string): Promise<Payment> {
		return this.act(() => declineCapture(this.simulation, paymentId, responseCode));
	}

	/** `payment_voided`: the authorisation is released. */
	async void(paymentId: string, own?: OwnNames): Promise<Payment> {
		return this.act(() => voidPayment(this.simulation, paymentId, own));
	}

	/** `payment_refunded`; all that is left when no amount is given. */
	async refund(paymentId: string, amount?: number, own?: OwnNames): Promise<Payment> {
		return this.act(() => refund(this.simulation, paymentId, amount, own));
	}

	/** `payment_refund_declined`. */
	async declineRefund(paymentId: string, amount?: number): Promise<Payment> {
		return this.act(() => declineRefund(this.simulation, paymentId, amount));
	}

	/** `payment_returned`: an alternative method takes the money back. */
	async returnPayment(paymentId: string): Promise<Payment> {
		return this.act(() => returnPayment(this.simulation, paymentId));
	}

	/** `dispute_received`. */
	async dispute(paymentId: string, options?: DisputeOptions): Promise<Dispute> {
		return this.act(() => openDispute(this.simulation, paymentId, options));
	}

	/** `dispute_<outcome>`: won, lost, canceled, expired, accepted, resolved, arbitration_lost, evidence_required … */
	async moveDispute(disputeId: string, outcome: string): Promise<Dispute> {
		return this.act(() => moveDispute(this.simulation, disputeId, outcome));
	}

	/** "Resend" in the dashboard: the same event to what it triggered before. */
	async resend(eventId: string): Promise<void> {
		await this.simulation.events.resend(eventId);
	}

	/** As the reflow API: the same event to the workflows that match now, or to those named. */
	async reflow(eventId: string, workflowIds?: string[]): Promise<void> {
		const event = this.simulation.store.event(eventId);
		const sent = this.simulation.events.reflow(event, workflowIds);
		if (!sent) throw new Error('Only events of the last 90 days can be reflowed.');
		await sent;
	}

	private async act<T>(work: () => Outcome<T>): Promise<T> {
		const { result, events } = work();
		await this.simulation.events.dispatch(events);
		return result;
	}
}

/** The id in `https://…/link/pl_…`, or the id itself. */
function linkId(link: string): string {
	return /pl_[A-Za-z0-9_-]{12}/.exec(link)?.[0] ?? link;
}
