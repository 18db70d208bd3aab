import type { LeadPaymentChanges } from '../../core/apply-payment-event';
import { summarize, type PaymentStatus } from '../../core/payment-status';
import type { KommoApi } from '../client/kommo-api';
import { updateLeads, type Lead, type LeadPatch } from '../client/leads';
import type { ApplySettings, ApplyStep } from './apply-step';
import { changedFieldValues, paymentStateOf } from './lead-payment-fields';

/** One PATCH for everything that happened to a lead, many leads per call. */
export async function patchLeads(
	api: KommoApi,
	steps: readonly ApplyStep[],
	settings: ApplySettings,
): Promise<void> {
	const patches = [...byLead(steps).values()].flatMap((own) => {
		const patch = patchOf(own, settings);
		return patch === null ? [] : [patch];
	});
	if (patches.length > 0) await updateLeads(api, patches);
}

/** One PATCH for everything that happened to a lead; null when nothing changes. */
function patchOf(steps: readonly ApplyStep[], settings: ApplySettings): LeadPatch | null {
	const [first] = steps;
	const last = steps.at(-1);
	if (!first || !last) return null;
	const { lead } = first;
	const changes: LeadPaymentChanges = {};
	for (const { decision } of steps) Object.assign(changes, decision.changes);
	const values = changedFieldValues(lead, settings.fields, changes);
	const stage = stageMove(lead, last.decision.status, steps, settings);
	if (values.length === 0 && stage === null) return null;
	return {
		id: lead.id,
		...(values.length > 0 ? { custom_fields_values: values } : {}),
		...(stage ? { pipeline_id: stage.pipelineId, status_id: stage.statusId } : {}),
	};
}

interface Stage {
	pipelineId: number;
	statusId: number;
}

function stageMove(
	lead: Lead,
	status: PaymentStatus | null,
	steps: readonly ApplyStep[],
	settings: ApplySettings,
): Stage | null {
	if (status === null || !steps.some(({ decision }) => decision.outcome === 'applied')) return null;
	const before = paymentStateOf(lead, settings.fields, settings);
	if ((before.status ?? summarize(before.ledger, before.due).status) === status) return null;
	const choice = settings.stages[status];
	if (!choice) return null;
	const stage = { ...choice, pipelineId: choice.pipelineId ?? lead.pipeline_id };
	const isThere = lead.status_id === stage.statusId && lead.pipeline_id === stage.pipelineId;
	return isThere ? null : stage;
}

function byLead(steps: readonly ApplyStep[]): Map<number, ApplyStep[]> {
	const groups = new Map<number, ApplyStep[]>();
	for (const step of steps) {
		groups.set(step.lead.id, [...(groups.get(step.lead.id) ?? []), step]);
	}
	return groups;
}
