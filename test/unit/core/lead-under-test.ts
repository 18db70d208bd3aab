import {
	applyPaymentEvent,
	type ApplyDecision,
	type ApplyPolicy,
	type LeadPaymentChanges,
} from '../../../nodes/core/apply-payment-event';
import { parseMoney, type Money } from '../../../nodes/core/money';
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { parseLedger } from '../../../nodes/core/payment-ledger';

export const POLICY: ApplyPolicy = { acceptPartialPayments: false, applySimulated: false };
export const DUE = parseMoney('100.00', 'EUR');

/** A lead whose payment fields are written and read back as text, as the CRM keeps them. */
export class LeadUnderTest {
	fields: LeadPaymentChanges = {};

	constructor(
		public due: Money | null = DUE,
		private readonly policy: Partial<ApplyPolicy> = {},
	) {}

	apply(event: PaymentEvent): ApplyDecision {
		const decision = applyPaymentEvent(
			{
				ledger: parseLedger(this.fields.ledger),
				due: this.due,
				status: this.fields.status ?? null,
				nextBilling: this.fields.nextBilling ?? null,
			},
			event,
			{ ...POLICY, ...this.policy },
		);
		this.fields = { ...this.fields, ...decision.changes };
		return decision;
	}

	applyAll(events: readonly PaymentEvent[]): this {
		for (const event of events) this.apply(event);
		return this;
	}
}
