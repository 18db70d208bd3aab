/** The notes of payment events: which are there, which are missing. */
import { applyPaymentEvent } from '../../core/apply-payment-event';
import type { PaymentEvent } from '../../core/payment-event';
import { ledgerOf, type Ledger } from '../../core/payment-ledger';
import { entriesOfNote, isNoted } from '../../core/payment-note';
import type { KommoApi } from '../client/kommo-api';
import type { Lead } from '../client/leads';
import { createNotes, listNotes, type Note } from '../client/notes';
import type { ApplySettings, ApplyStep, Confirmations } from './apply-step';
import { paymentStateOf } from './lead-payment-fields';

/** An event older than this may have been applied by another process whose PATCH was overwritten: look for its note. */
const LATE_MS = 10 * 60_000;
/** How far the clocks of Kommo and of a provider may be apart. */
const CLOCK_SLACK_S = 3600;

/** Notes of the leads where they decide something: everywhere without a ledger field, else only in doubt. */
export async function readNotes(
	api: KommoApi,
	account: string,
	events: readonly PaymentEvent[],
	leads: ReadonlyMap<number, Lead>,
	settings: ApplySettings,
	nowMs: number,
	confirmations: Confirmations,
): Promise<Map<number, Note[]>> {
	const inDoubt = events.filter((event) => {
		const lead = event.leadId === null ? undefined : leads.get(event.leadId);
		if (!lead) return false;
		if (!settings.fields.ledger) return true;
		const state = paymentStateOf(lead, settings.fields, settings);
		const { outcome, entry, note } = applyPaymentEvent(state, event, settings);
		if (entry === null || note === null) return false;
		if (outcome === 'duplicate') return !confirmations.has(account, lead.id, entry);
		return outcome === 'applied' && nowMs - Date.parse(event.occurredAt) > LATE_MS;
	});
	const notes = new Map<number, Note[]>();
	if (inDoubt.length === 0) return notes;
	const entityIds = [...new Set(inDoubt.map(({ leadId }) => leadId as number))];
	// Where the notes are the ledger, all of them are needed; none is older than its lead.
	const times = settings.fields.ledger
		? inDoubt.map(({ occurredAt }) => Date.parse(occurredAt) / 1000)
		: entityIds.map((leadId) => leads.get(leadId)?.created_at ?? 0);
	const updatedSince = Math.floor(Math.min(...times)) - CLOCK_SLACK_S;
	const query = { entityIds, noteTypes: ['service_message'], updatedSince };
	for await (const note of listNotes(api, 'leads', query)) {
		// Those of other leads come along, and spare the next batch this call.
		for (const entry of entriesOfNote(note.text)) confirmations.add(account, note.entity_id, entry);
		notes.set(note.entity_id, [...(notes.get(note.entity_id) ?? []), note]);
	}
	return notes;
}

/** Without a ledger field the lines at the end of our notes serve. */
export function ledgerOfNotes(notes: readonly Note[]): Ledger {
	return ledgerOf(notes.flatMap(({ text }) => entriesOfNote(text)));
}

/** Writes the notes that are missing, many per call. */
export async function noteEvents(
	api: KommoApi,
	account: string,
	steps: readonly ApplyStep[],
	notes: ReadonlyMap<number, Note[]>,
	settings: ApplySettings,
	confirmations: Confirmations,
): Promise<void> {
	const missing: ApplyStep[] = [];
	for (const step of steps) {
		const { lead, decision } = step;
		const { entry, note, outcome } = decision;
		if (entry === null || note === null) continue;
		if (outcome === 'duplicate' && confirmations.has(account, lead.id, entry)) continue;
		const written = (notes.get(lead.id) ?? []).map(({ text }) => text);
		if (isNoted(written, entry)) {
			confirmations.add(account, lead.id, entry);
			continue;
		}
		// Two events of one batch may tell the same thing: one note is enough.
		const toCome = missing
			.filter((other) => other.lead.id === lead.id)
			.map((other) => other.decision.note ?? '');
		if (!isNoted([...written, ...toCome], entry)) missing.push(step);
	}
	if (missing.length === 0) return;
	const noteIds = await createNotes(
		api,
		missing.map(({ lead, decision, event }) => ({
			entity_id: lead.id,
			note_type: 'service_message',
			params: { service: settings.serviceNames[event.gateway], text: decision.note ?? '' },
		})),
	);
	for (const [index, step] of missing.entries()) {
		step.noteId = noteIds[index] ?? null;
		const { lead, decision } = step;
		if (decision.entry) confirmations.add(account, lead.id, decision.entry);
	}
}
