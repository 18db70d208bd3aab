/** What the parts of applying payment events share. */
import type { ApplyDecision, ApplyPolicy } from '../../core/apply-payment-event';
import type { PaymentEvent } from '../../core/payment-event';
import { formatLedgerLine, type LedgerEntry } from '../../core/payment-ledger';
import type { PaymentStatus } from '../../core/payment-status';
import { RecentKeys } from '../../core/recent-keys';
import type { Lead } from '../client/leads';
import type { StageChoice } from '../stage';
import type { DueSettings } from './lead-payment-fields';
import type { PaymentFieldMap } from './payment-fields';

export interface ApplySettings extends ApplyPolicy, DueSettings {
	fields: PaymentFieldMap;
	/** Look for the lead by the client's e-mail where an event names none. */
	findByEmail: boolean;
	/** Stage to move the lead to when its payment status becomes this. */
	stages: Readonly<Partial<Record<PaymentStatus, StageChoice>>>;
	/** Where a lead is opened for each later payment of a subscription; null: the payments stay on the first lead. */
	renewalStage: StageChoice | null;
	/** Hours until the task for a payment under review is due; null for no task. */
	reviewTaskHours: number | null;
	/** Whether other processes may write the same leads at the same moment. */
	severalWorkers: boolean;
	/** What notes say they come from. */
	serviceNames: Readonly<Record<PaymentEvent['gateway'], string>>;
}

/** One event on its way through. */
export interface ApplyStep {
	event: PaymentEvent;
	decision: ApplyDecision;
	/** The lead's status before this event. */
	previousStatus: PaymentStatus | null;
	lead: Lead;
	noteId: number | null;
	taskId: number | null;
}

/**
 * Ledger lines of this process whose note or task is known to exist. It only saves calls: whatever it does not know
 * (after a restart) is looked up in Kommo.
 */
export class Confirmations {
	private readonly lines = new RecentKeys(20_000);

	/** @param account names the Kommo account */
	has(account: string, leadId: number, entry: LedgerEntry): boolean {
		return this.lines.has(keyOf(account, leadId, entry));
	}

	add(account: string, leadId: number, entry: LedgerEntry): void {
		this.lines.add(keyOf(account, leadId, entry));
	}
}

function keyOf(account: string, leadId: number, entry: LedgerEntry): string {
	return `${account}/${leadId}/${formatLedgerLine(entry)}`;
}
