/**
 * Applies payment events to leads: read the leads, decide, one PATCH, one note. Many events cost few calls, because leads
 * are read, patched and noted in batches.
 *
 * Everything can be repeated. A crash between PATCH and note leaves a ledger line without its note: the next time the
 * event comes by, the note is looked for and written then. Within a process leads are locked; what two processes
 * overwrite of each other is written again at once where the user says that there are several, else put right by the next
 * delivery or by reconciliation.
 */
import {
	applyPaymentEvent,
	applyRenewal,
	type ApplyOutcome,
	type LeadPaymentState,
} from '../../core/apply-payment-event';
import type { PaymentEvent } from '../../core/payment-event';
import type { PaymentStatus } from '../../core/payment-status';
import { isRenewal, renewalLeadOf } from '../../core/renewal';
import type { KommoApi } from '../client/kommo-api';
import { findLeads, type Lead } from '../client/leads';
import type { Note } from '../client/notes';
import { Confirmations, type ApplySettings, type ApplyStep } from './apply-step';
import { candidatesFor, leadsOfClient } from './find-lead-by-email';
import { withLeadsLocked } from './lead-locks';
import { paymentStateOf } from './lead-payment-fields';
import { openRenewalLead } from './open-renewal-lead';
import { patchLeads } from './patch-leads';
import { ledgerOfNotes, noteEvents, readNotes } from './payment-notes';
import { createReviewTasks } from './review-tasks';
import { rewriteOverwritten } from './rewrite-overwritten';
import { unissuedLeads } from './unissued-leads';

export interface ApplyResult {
	leadId: number | null;
	/** The lead's present one, for tasks that follow. */
	responsibleUserId: number | null;
	outcome: ApplyOutcome;
	reason: string;
	paymentStatus: PaymentStatus | null;
	/** What it was before this event, so that workflows see what became of the lead. */
	previousStatus: PaymentStatus | null;
	noteId: number | null;
	taskId: number | null;
	event: PaymentEvent;
}

const confirmations = new Confirmations();

/**
 * @param account names the Kommo account, so that leads of two accounts are not mistaken for one another
 * @returns one result per event, in order; a payment without a lead is 'unmatched'
 * @throws ApiError, ConnectionError when Kommo can't be read or written; what was written stays recognised
 */
export async function applyPaymentEvents(
	api: KommoApi,
	account: string,
	received: readonly PaymentEvent[],
	settings: ApplySettings,
	nowMs: number,
): Promise<ApplyResult[]> {
	const { events, ambiguous } = await nameLeads(api, received, settings);
	const applyTo = async (named: readonly PaymentEvent[]) =>
		await applyToLeads(api, account, named, settings, nowMs);
	const first = await applyTo(events);
	// Not while the first leads are locked: others may lock these leads and wait for those.
	const renewals = await applyTo([...first.passedOn.values()]);
	const steps = new Map([...first.steps, ...renewals.steps].map((step) => [step.event, step]));
	return events.map((event) => {
		const final = first.passedOn.get(event) ?? event;
		return resultOf(final, steps.get(final), ambiguous.get(event));
	});
}

interface Applied {
	steps: ApplyStep[];
	/** Events whose payment has a lead of its own, and the same events naming that lead. */
	passedOn: Map<PaymentEvent, PaymentEvent>;
}

async function applyToLeads(
	api: KommoApi,
	account: string,
	events: readonly PaymentEvent[],
	settings: ApplySettings,
	nowMs: number,
): Promise<Applied> {
	const leadIds = [...new Set(events.flatMap(({ leadId }) => (leadId === null ? [] : [leadId])))];
	if (leadIds.length === 0) return { steps: [], passedOn: new Map() };
	return await withLeadsLocked(account, leadIds, async () => {
		unissuedLeads.forget(account, leadIds);
		const leads = await readLeads(api, leadIds, settings);
		const notes = await readNotes(api, account, events, leads, settings, nowMs, confirmations);
		const applied = await decide(api, events, leads, notes, settings);
		await patchLeads(api, applied.steps, settings);
		if (settings.severalWorkers && settings.fields.ledger) {
			await rewriteOverwritten(api, applied.steps, settings);
		}
		await noteEvents(api, account, applied.steps, notes, settings, confirmations);
		await createReviewTasks(api, account, applied.steps, settings, nowMs, confirmations);
		return applied;
	});
}

interface NamedEvents {
	/** In the order received; those that named no lead carry the one found by e-mail. */
	events: PaymentEvent[];
	/** Leads that an event may be for, where there are several. */
	ambiguous: Map<PaymentEvent, number[]>;
}

async function nameLeads(
	api: KommoApi,
	received: readonly PaymentEvent[],
	settings: ApplySettings,
): Promise<NamedEvents> {
	const ambiguous = new Map<PaymentEvent, number[]>();
	const clients = new Map<string, Lead[]>();
	const events: PaymentEvent[] = [];
	for (const event of received) {
		const email = event.customer?.email;
		if (event.leadId !== null || !email || !settings.findByEmail || event.simulated) {
			events.push(event);
			continue;
		}
		const leads = clients.get(email) ?? (await leadsOfClient(api, email));
		clients.set(email, leads);
		const candidates = candidatesFor(event, leads, settings);
		if (candidates.length > 1) ambiguous.set(event, candidates);
		const [only] = candidates;
		events.push(candidates.length === 1 && only !== undefined ? { ...event, leadId: only } : event);
	}
	return { events, ambiguous };
}

async function readLeads(
	api: KommoApi,
	leadIds: readonly number[],
	{ renewalStage }: ApplySettings,
): Promise<Map<number, Lead>> {
	const leads = await findLeads(api, leadIds, renewalStage ? { with: ['contacts'] } : {});
	return new Map([...leads].filter(([, lead]) => !lead.is_deleted));
}

/** The events in their order, each seeing what those before it left of its lead. */
async function decide(
	api: KommoApi,
	events: readonly PaymentEvent[],
	leads: ReadonlyMap<number, Lead>,
	notes: ReadonlyMap<number, Note[]>,
	settings: ApplySettings,
): Promise<Applied> {
	const states = new Map<number, LeadPaymentState>();
	const steps: ApplyStep[] = [];
	const passedOn: Applied['passedOn'] = new Map();
	for (const event of events) {
		const lead = event.leadId === null ? undefined : leads.get(event.leadId);
		if (!lead) continue;
		const state = states.get(lead.id) ?? initialState(lead, notes.get(lead.id) ?? [], settings);
		const renewalLeadId = await renewalLeadFor(api, lead, state, event, settings);
		if (renewalLeadId !== null) passedOn.set(event, { ...event, leadId: renewalLeadId });
		if (renewalLeadId !== null && event.type !== 'payment.succeeded') continue;
		const decision =
			renewalLeadId === null
				? applyPaymentEvent(state, event, settings)
				: applyRenewal(state, event, renewalLeadId);
		const { ledger, status, changes } = decision;
		const nextBilling = changes.nextBilling === undefined ? state.nextBilling : changes.nextBilling;
		states.set(lead.id, { ...state, ledger, status, nextBilling });
		const { status: previousStatus } = state;
		steps.push({ event, decision, previousStatus, lead, noteId: null, taskId: null });
	}
	return { steps, passedOn };
}

/** The lead to pass the event on to; null when it concerns this one. */
async function renewalLeadFor(
	api: KommoApi,
	lead: Lead,
	{ ledger }: LeadPaymentState,
	event: PaymentEvent,
	settings: ApplySettings,
): Promise<number | null> {
	const known = renewalLeadOf(ledger, event);
	if (known !== null || !settings.renewalStage) return known;
	if (event.simulated && !settings.applySimulated) return null;
	return isRenewal(ledger, event) ? await openRenewalLead(api, lead, event, settings) : null;
}

function initialState(
	lead: Lead,
	notes: readonly Note[],
	settings: ApplySettings,
): LeadPaymentState {
	const ledger = settings.fields.ledger ? undefined : ledgerOfNotes(notes);
	return paymentStateOf(lead, settings.fields, settings, ledger);
}

function resultOf(
	event: PaymentEvent,
	step: ApplyStep | undefined,
	candidates: readonly number[] | undefined,
): ApplyResult {
	if (step) {
		const { decision, previousStatus, lead, noteId, taskId } = step;
		const { outcome, reason, status: paymentStatus } = decision;
		return {
			leadId: lead.id,
			responsibleUserId: lead.responsible_user_id,
			outcome,
			reason,
			paymentStatus,
			previousStatus,
			noteId,
			taskId,
			event,
		};
	}
	return {
		leadId: event.leadId,
		responsibleUserId: null,
		outcome: candidates ? 'review' : 'unmatched',
		reason: whyNoLead(event, candidates),
		paymentStatus: null,
		previousStatus: null,
		noteId: null,
		taskId: null,
		event,
	};
}

function whyNoLead(event: PaymentEvent, candidates: readonly number[] | undefined): string {
	if (candidates) {
		return `The payment names no lead, and ${event.customer.email} has several: ${candidates.join(', ')}.`;
	}
	return event.leadId === null
		? 'The payment names no lead.'
		: `Lead ${event.leadId} does not exist in this Kommo account, or was deleted.`;
}
