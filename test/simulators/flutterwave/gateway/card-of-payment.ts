import { applyPaymentEvent } from '../../../../nodes/core/apply-payment-event';
import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { mergeEntry, type Ledger, type MergeResult } from '../../../../nodes/core/payment-ledger';
import { summarize } from '../../../../nodes/core/payment-status';

/** What a deal shows of its payments, as they are applied one after another. */
export class CardOfPayment {
	private ledger: Ledger = { entries: [], foreignLines: [] };

	/** Everything that went back to the client, as a decimal; null before the first refund. */
	get returned(): string | null {
		return summarize(this.ledger, null).returned?.amount ?? null;
	}

	/** @returns what each event was to the ledger */
	hear(events: readonly PaymentEvent[]): MergeResult[] {
		return events.map((event) => this.apply(event));
	}

	private apply(event: PaymentEvent): MergeResult {
		const state = { ledger: this.ledger, due: null, status: null, nextBilling: null };
		const policy = { acceptPartialPayments: false, applySimulated: false };
		const { entry, ledger, outcome } = applyPaymentEvent(state, event, policy);
		const result = entry && outcome === 'applied' ? mergeEntry(this.ledger, entry).result : null;
		this.ledger = ledger;
		return result ?? (outcome === 'duplicate' ? 'duplicate' : 'stale');
	}
}
