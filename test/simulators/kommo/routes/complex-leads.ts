import type { Express } from 'express';
import { addContact, addLead } from '../changes';
import type { Context } from '../context';
import { checkLead } from '../lead-checks';
import { sendHal } from '../list-query';
import {
	applyBatch,
	batchBody,
	isObject,
	requestId,
	type Item,
	type ItemErrors,
} from '../validation';
import { checkContact } from './contacts';

/** Leads with one new contact and one new company each; at most 50, 40 field values per entity. */
export function complexLeadRoutes(app: Express, ctx: Context): void {
	app.post('/api/v4/leads/complex', (req, res) => {
		const written = applyBatch(batchBody(req, 50), (item, errors, index) => {
			const embedded = isObject(item._embedded) ? item._embedded : {};
			const contact = only(embedded, 'contacts', errors);
			const company = only(embedded, 'companies', errors);
			const lead = {
				...item,
				_embedded: { ...embedded, contacts: undefined, companies: undefined },
			};
			const change = checkLead(ctx, lead, errors, null);
			const contactChange =
				contact && checkContact(ctx, 'contacts', contact, errors, null, '_embedded.contacts.0.');
			const companyChange =
				company && checkContact(ctx, 'companies', company, errors, null, '_embedded.companies.0.');
			return () => {
				const contactId = contactChange ? addContact(ctx, 'contacts', contactChange).id : null;
				const companyId = companyChange ? addContact(ctx, 'companies', companyChange).id : null;
				const { id } = addLead(ctx, {
					...change,
					contacts: contactId === null ? [] : [{ id: contactId, is_main: true }],
					companies: companyId === null ? [] : [companyId],
				});
				return {
					id,
					contact_id: contactId,
					company_id: companyId,
					request_id: [requestId(item, index)],
					merged: false,
				};
			};
		});
		sendHal(res, 200, written);
	});
}

function only(embedded: Item, key: string, errors: ItemErrors): Item | undefined {
	const list = errors.array(embedded, key, '_embedded.');
	if (list && list.length > 1) errors.notExpected(`_embedded.${key}.1`);
	return isObject(list?.[0]) ? list[0] : undefined;
}
