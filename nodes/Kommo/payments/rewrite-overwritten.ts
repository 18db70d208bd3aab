/**
 * For n8n with several workers: Kommo knows no conditional writes, so two workers that read a lead at the same moment
 * write over one another's line of the ledger.
 */
import { sleep } from 'n8n-workflow';
import {
	applyPaymentEvent,
	applyRenewal,
	type ApplyDecision,
	type LeadPaymentState,
} from '../../core/apply-payment-event';
import { mergeEntry } from '../../core/payment-ledger';
import { renewalLeadOf } from '../../core/renewal';
import type { KommoApi } from '../client/kommo-api';
import { findLeads } from '../client/leads';
import type { ApplySettings, ApplyStep } from './apply-step';
import { paymentStateOf } from './lead-payment-fields';
import { patchLeads } from './patch-leads';

/** Longer than a worker takes from reading a lead to writing it, in ms; drawn, so that two do not go on together. */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 2_000;
const MOST_ATTEMPTS = 3;

/**
 * Looks whether what was written still stands on the leads, and writes again what does not. Steps take over the decision
 * that was written last. Needs a ledger field: without one nothing tells who wrote what.
 * @throws ApiError, ConnectionError when Kommo can't be read or written
 */
export async function rewriteOverwritten(
	api: KommoApi,
	steps: readonly ApplyStep[],
	settings: ApplySettings,
): Promise<void> {
	let unsure = steps.filter(({ decision }) => decision.changes.ledger !== undefined);
	for (let attempt = 0; unsure.length > 0 && attempt < MOST_ATTEMPTS; attempt += 1) {
		await sleep(SHORTEST_WAIT_MS + Math.random() * (LONGEST_WAIT_MS - SHORTEST_WAIT_MS));
		unsure = await decideOverwritten(api, unsure, settings);
		await patchLeads(api, unsure, settings);
	}
}

/** @returns the steps that were overwritten, decided again for the lead as it stands now */
async function decideOverwritten(
	api: KommoApi,
	steps: readonly ApplyStep[],
	settings: ApplySettings,
): Promise<ApplyStep[]> {
	const leads = await findLeads(api, [...new Set(steps.map(({ lead }) => lead.id))]);
	const states = new Map<number, LeadPaymentState>();
	const overwritten: ApplyStep[] = [];
	for (const step of steps) {
		const lead = leads.get(step.lead.id);
		if (!lead) continue;
		const state = states.get(lead.id) ?? paymentStateOf(lead, settings.fields, settings);
		if (stillStands(step, state)) continue;
		step.lead = lead;
		step.decision = decideAgain(step, state, settings);
		const { ledger, status, changes } = step.decision;
		const { nextBilling = state.nextBilling } = changes;
		states.set(lead.id, { ...state, ledger, status, nextBilling });
		overwritten.push(step);
	}
	return overwritten;
}

function stillStands({ decision: { entry } }: ApplyStep, { ledger }: LeadPaymentState): boolean {
	return entry === null || ['duplicate', 'stale'].includes(mergeEntry(ledger, entry).result);
}

function decideAgain(
	{ event, decision }: ApplyStep,
	state: LeadPaymentState,
	settings: ApplySettings,
): ApplyDecision {
	const renewalLeadId =
		decision.entry?.fact === 'renewed' ? renewalLeadOf(decision.ledger, event) : null;
	return renewalLeadId === null
		? applyPaymentEvent(state, event, settings)
		: applyRenewal(state, event, renewalLeadId);
}
