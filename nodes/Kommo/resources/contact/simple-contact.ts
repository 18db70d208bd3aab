import { emailOf, phoneOf, type Contact } from '../../client/contacts';
import { isoTime } from '../../client/unix-time';
import { simpleFields } from '../lead/simple-lead';

/** What people ask of a contact, under the names the other nodes of this package use. */
export function simpleContact(contact: Contact): object {
	const { _embedded: embedded } = contact;
	return {
		contactId: contact.id,
		name: contact.name,
		email: emailOf(contact),
		phone: phoneOf(contact),
		responsibleUserId: contact.responsible_user_id,
		createdAt: isoTime(contact.created_at),
		updatedAt: isoTime(contact.updated_at),
		tags: (embedded?.tags ?? []).map(({ name }) => name),
		...(embedded?.leads ? { leadIds: embedded.leads.map(({ id }) => id) } : {}),
		customFields: simpleFields(contact),
	};
}
