import { fromMinor } from '../../core/money';
import type { PaymentEvent } from '../../core/payment-event';
import type { KommoApi } from '../client/kommo-api';
import { createLeads, listLeads, mainContactIdOf, type Lead } from '../client/leads';
import type { ApplySettings } from './apply-step';
import { fieldText, paymentFieldValues } from './lead-payment-fields';

/**
 * The lead for one later payment of a subscription: found where an earlier try left it, else opened.
 * @param origin the lead that the subscription was sold on, read with its contacts
 * @returns the lead's id
 */
export async function openRenewalLead(
	api: KommoApi,
	origin: Lead,
	event: PaymentEvent,
	settings: ApplySettings,
): Promise<number> {
	return (
		(await leadLeftBehind(api, origin, event, settings)) ??
		(await createLead(api, origin, event, settings))
	);
}

/** A crash between opening the lead and noting that on the first one must not end in two leads. */
async function leadLeftBehind(
	api: KommoApi,
	origin: Lead,
	{ paymentId }: PaymentEvent,
	{ fields }: ApplySettings,
): Promise<number | null> {
	for await (const lead of listLeads(api, [['query', paymentId ?? '']])) {
		const isOurs = lead.id !== origin.id && fieldText(lead, fields, 'paymentId') === paymentId;
		if (isOurs && !lead.is_deleted) return lead.id;
	}
	return null;
}

async function createLead(
	api: KommoApi,
	origin: Lead,
	event: PaymentEvent,
	{ fields, defaultCurrency, renewalStage }: ApplySettings,
): Promise<number> {
	const { amount, currency } = fromMinor(event.amountMinor, event.currency);
	const contactId = mainContactIdOf(origin);
	const [leadId] = (await createLeads(api, [
		{
			name: `${origin.name} – renewal ${event.occurredAt.slice(0, 10)}`,
			// The lead's price is in whole units of the account's currency; the amount due is exact.
			...(currency === defaultCurrency ? { price: Math.round(Number(amount)) } : {}),
			...(renewalStage && {
				pipeline_id: renewalStage.pipelineId ?? origin.pipeline_id,
				status_id: renewalStage.statusId,
			}),
			responsible_user_id: origin.responsible_user_id,
			// From the start, so that a Kommo Trigger sees no lead without a payment.
			custom_fields_values: paymentFieldValues(fields, {
				status: 'Paid',
				amountDue: amount,
				currency,
				paymentId: event.paymentId,
			}),
			...(contactId === null
				? {}
				: { _embedded: { contacts: [{ id: contactId, is_main: true }] } }),
		},
	])) as [number];
	return leadId;
}
