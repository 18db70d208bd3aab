import { fieldText } from './lead-payment-fields';
import type { Lead } from '../client/leads';
import type { PaymentFieldMap } from './payment-fields';

/** What an execution takes longer for than this (a Wait node, a retry by hand) is read again. */
const LIFETIME_MS = 10_000;

/**
 * Leads without a link or a payment, as an execution has just read them: what the client has no link for, nobody pays. Save
 * Link need not read these again. Whoever changes payment fields in this process makes them forgotten first.
 */
export class UnissuedLeads {
	private readonly readings = new Map<string, { executionId: string; readAt: number }>();

	/** To be called while the lead is locked, with the lead as it was read there. */
	remember(
		account: string,
		lead: Lead,
		fields: PaymentFieldMap,
		executionId: string,
		nowMs: number,
	): void {
		this.forgetOutdated(nowMs);
		const key = keyOf(account, lead.id);
		this.readings.delete(key);
		if (isUnissued(lead, fields)) this.readings.set(key, { executionId, readAt: nowMs });
	}

	/** Whether this execution has just seen the lead so, and nothing has happened to it since. */
	has(account: string, leadId: number, executionId: string, nowMs: number): boolean {
		const reading = this.readings.get(keyOf(account, leadId));
		return reading?.executionId === executionId && nowMs - reading.readAt < LIFETIME_MS;
	}

	/** To be called before their payment fields are changed. */
	forget(account: string, leadIds: readonly number[]): void {
		for (const leadId of leadIds) this.readings.delete(keyOf(account, leadId));
	}

	get size(): number {
		return this.readings.size;
	}

	private forgetOutdated(nowMs: number): void {
		// A Map iterates in insertion order, so the oldest come first.
		for (const [key, { readAt }] of this.readings) {
			if (nowMs - readAt < LIFETIME_MS) return;
			this.readings.delete(key);
		}
	}
}

/** One memory for all nodes of this process. */
export const unissuedLeads = new UnissuedLeads();

function isUnissued(lead: Lead, fields: PaymentFieldMap): boolean {
	const status = fieldText(lead, fields, 'status');
	const isUntouched = status === '' || status === 'Not Issued';
	return (
		isUntouched &&
		fieldText(lead, fields, 'paymentLink') === '' &&
		fieldText(lead, fields, 'amountPaid') === ''
	);
}

function keyOf(account: string, leadId: number): string {
	return `${account}/${leadId}`;
}
