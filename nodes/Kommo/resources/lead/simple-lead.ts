import { dateOf, type FieldValues } from '../../client/custom-field-values';
import { mainContactIdOf, type Lead } from '../../client/leads';
import { isoTime } from '../../client/unix-time';

const TIMES = ['date', 'date_time', 'birthday'];

/** What people ask of a lead, under the names the other nodes of this package use. */
export function simpleLead(lead: Lead): object {
	const { _embedded: embedded } = lead;
	return {
		leadId: lead.id,
		name: lead.name,
		price: lead.price,
		pipelineId: lead.pipeline_id,
		statusId: lead.status_id,
		responsibleUserId: lead.responsible_user_id,
		createdAt: isoTime(lead.created_at),
		updatedAt: isoTime(lead.updated_at),
		closedAt: lead.closed_at ? isoTime(lead.closed_at) : null,
		nextTaskAt: lead.closest_task_at ? isoTime(lead.closest_task_at) : null,
		...(embedded?.loss_reason ? { lossReason: embedded.loss_reason[0]?.name ?? null } : {}),
		tags: (embedded?.tags ?? []).map(({ name }) => name),
		...(embedded?.contacts
			? { contactId: mainContactIdOf(lead), contactIds: embedded.contacts.map(({ id }) => id) }
			: {}),
		customFields: simpleFields(lead),
	};
}

/** Values by the field's name: one value as it is, several as a list, times as ISO 8601. */
export function simpleFields(carrier: {
	custom_fields_values: readonly FieldValues[] | null;
}): Record<string, unknown> {
	return Object.fromEntries(
		(carrier.custom_fields_values ?? []).map((field) => {
			const name = field.field_name ?? field.field_code ?? String(field.field_id);
			if (TIMES.includes(field.field_type ?? '')) {
				const seconds = dateOf(carrier, { id: field.field_id });
				return [name, seconds === null ? null : isoTime(seconds)];
			}
			const values = field.values.map(({ value }) => value ?? null);
			return [name, values.length === 1 ? values[0] : values];
		}),
	);
}
