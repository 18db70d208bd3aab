import { formatLedgerLine, type LedgerEntry } from '../../core/payment-ledger';
import type { KommoApi } from '../client/kommo-api';
import type { Lead } from '../client/leads';
import { createTasks, listTasks } from '../client/tasks';
import type { ApplySettings, ApplyStep, Confirmations } from './apply-step';

const HOUR_S = 3600;

/** One task for each payment that a person must look at. */
export async function createReviewTasks(
	api: KommoApi,
	account: string,
	steps: readonly ApplyStep[],
	settings: ApplySettings,
	nowMs: number,
	confirmations: Confirmations,
): Promise<void> {
	const { reviewTaskHours } = settings;
	if (reviewTaskHours === null) return;
	const missing = new Map<string, ApplyStep>();
	for (const step of steps) {
		const { lead, decision } = step;
		const { entry, outcome } = decision;
		if (entry?.fact !== 'review' || confirmations.has(account, lead.id, entry)) continue;
		const key = `${lead.id}/${formatLedgerLine(entry)}`;
		if (missing.has(key)) continue;
		// The ledger remembers what is under review; without one only the task itself does.
		const isNew = outcome === 'review' && settings.fields.ledger !== undefined;
		const taskId = isNew ? null : await findReviewTask(api, lead, entry);
		if (taskId === null) {
			missing.set(key, step);
			continue;
		}
		step.taskId = taskId;
		confirmations.add(account, lead.id, entry);
	}
	if (missing.size === 0) return;
	const toWrite = [...missing.values()];
	const taskIds = await createTasks(
		api,
		toWrite.map(({ lead, decision }) => ({
			entity_id: lead.id,
			entity_type: 'leads',
			text: decision.entry ? reviewText(decision.entry) : '',
			complete_till: Math.floor(nowMs / 1000) + reviewTaskHours * HOUR_S,
			responsible_user_id: lead.responsible_user_id,
		})),
	);
	for (const [index, step] of toWrite.entries()) {
		step.taskId = taskIds[index] ?? null;
		if (step.decision.entry) confirmations.add(account, step.lead.id, step.decision.entry);
	}
}

async function findReviewTask(
	api: KommoApi,
	lead: Lead,
	entry: LedgerEntry,
): Promise<number | null> {
	for await (const task of listTasks(api, { entityType: 'leads', entityIds: [lead.id] })) {
		if (task.text.includes(entry.id)) return task.id;
	}
	return null;
}

function reviewText(entry: LedgerEntry): string {
	return `Check this payment: ${entry.detail} ${entry.gateway} payment ${entry.id}.`;
}
