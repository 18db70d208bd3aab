import type { Express, Request, Response } from 'express';
import { addContact, changeContact, type ContactChange } from '../changes';
import type { Context } from '../context';
import type { Contact } from '../entities';
import { checkEntity } from '../entity-checks';
import { matchesSearch } from '../entity-search';
import { readFieldValues } from '../field-values';
import { ListQuery, selfLink, sendHal, sendList, sendWritten } from '../list-query';
import { notFound } from '../problem';
import {
	applyBatch,
	batchBody,
	objectBody,
	requestId,
	type Item,
	type ItemErrors,
} from '../validation';

type Kind = 'contacts' | 'companies';

/** Contacts and companies answer to the same calls. */
export function contactRoutes(app: Express, ctx: Context, kind: Kind): void {
	app.get(`/api/v4/${kind}`, (req, res) => listContacts(ctx, kind, req, res));
	app.post(`/api/v4/${kind}`, (req, res) => {
		const written = applyBatch(batchBody(req), (item, errors, index) => {
			const change = checkContact(ctx, kind, item, errors, null);
			return () => ({
				...writtenContact(ctx, kind, addContact(ctx, kind, change), {
					request_id: requestId(item, index),
				}),
			});
		});
		sendWritten(ctx, res, kind, kind, written);
	});
	app.patch(`/api/v4/${kind}`, (req, res) => {
		sendWritten(ctx, res, kind, kind, patchContacts(ctx, kind, batchBody(req)));
	});
	app.get(`/api/v4/${kind}/:id`, (req, res) => {
		const contact = ctx.store[kind].get(Number(req.params.id));
		if (!contact || contact.is_deleted) res.status(204).end();
		else sendHal(res, 200, renderContact(ctx, kind, contact, new ListQuery(req).options));
	});
	app.patch(`/api/v4/${kind}/:id`, (req, res) => {
		const items = [{ ...objectBody(req), id: Number(req.params.id) }];
		sendWritten(ctx, res, kind, kind, patchContacts(ctx, kind, items));
	});
}

export function checkContact(
	ctx: Context,
	kind: Kind,
	item: Item,
	errors: ItemErrors,
	current: Contact | null,
	prefix = '',
): ContactChange {
	return {
		...checkEntity(ctx, kind, item, errors, current, prefix),
		first_name: errors.string(item, 'first_name', prefix),
		last_name: errors.string(item, 'last_name', prefix),
	};
}

function patchContacts(ctx: Context, kind: Kind, items: Item[]): object[] {
	return applyBatch(items, (item, errors) => {
		const id = errors.int(item, 'id');
		if (item.id === undefined) errors.missing('id');
		const contact = ctx.store[kind].get(id ?? 0);
		if (id !== undefined && (!contact || contact.is_deleted)) {
			if (ctx.switches.missingPatch === 404) throw notFound('Entity not found');
			errors.notSupported('id');
		}
		const change = checkContact(ctx, kind, item, errors, contact ?? null);
		return () => {
			if (!contact) return {};
			changeContact(ctx, kind, contact, change);
			return writtenContact(ctx, kind, contact, {
				name: contact.name,
				updated_at: contact.updated_at,
			});
		};
	});
}

function writtenContact(ctx: Context, kind: Kind, contact: Contact, more: object): object {
	return {
		id: contact.id,
		...('name' in more ? more : {}),
		is_deleted: contact.is_deleted,
		is_unsorted: false,
		...('request_id' in more ? more : {}),
		...selfLink(ctx, `${kind}/${contact.id}`),
	};
}

function listContacts(ctx: Context, kind: Kind, req: Request, res: Response): void {
	const query = new ListQuery(req);
	const names = query.filter('name');
	const found = [...ctx.store[kind].values()].filter(
		(contact) =>
			!contact.is_deleted &&
			query.accepts('id', contact.id) &&
			(names === null || names.includes(contact.name)) &&
			query.accepts('created_by', contact.created_by) &&
			query.accepts('updated_by', contact.updated_by) &&
			query.accepts('responsible_user_id', contact.responsible_user_id) &&
			query.inRange('created_at', contact.created_at) &&
			query.inRange('updated_at', contact.updated_at) &&
			query.inRange('closest_task_at', contact.closest_task_at) &&
			matchesSearch(contact, query.search),
	);
	const sorted = query.sort(found, ['updated_at', 'id']);
	sendList(ctx, res, query, kind, sorted, (contact) =>
		renderContact(ctx, kind, contact, query.options),
	);
}

function renderContact(
	ctx: Context,
	kind: Kind,
	contact: Contact,
	options: ReadonlySet<string>,
): object {
	const leads = [...ctx.store.leads.values()].filter(
		(lead) =>
			!lead.is_deleted &&
			(kind === 'contacts'
				? lead.contacts.some(({ id }) => id === contact.id)
				: lead.companies.includes(contact.id)),
	);
	return {
		id: contact.id,
		name: contact.name,
		...(kind === 'contacts'
			? { first_name: contact.first_name, last_name: contact.last_name }
			: {}),
		responsible_user_id: contact.responsible_user_id,
		group_id: contact.group_id,
		created_by: contact.created_by,
		updated_by: contact.updated_by,
		created_at: contact.created_at,
		updated_at: contact.updated_at,
		closest_task_at: contact.closest_task_at,
		is_deleted: contact.is_deleted,
		...(kind === 'contacts' ? { is_unsorted: false } : {}),
		custom_fields_values: readFieldValues(ctx, kind, contact.field_values),
		account_id: ctx.account.id,
		...selfLink(ctx, `${kind}/${contact.id}`),
		_embedded: {
			tags: contact.tags,
			...(options.has('leads')
				? { leads: leads.map(({ id }) => ({ id, ...selfLink(ctx, `leads/${id}`) })) }
				: {}),
			...(options.has('catalog_elements') ? { catalog_elements: [] } : {}),
			...(kind === 'contacts'
				? {
						companies: contact.companies.map((id) => ({
							id,
							...selfLink(ctx, `companies/${id}`),
						})),
					}
				: {}),
		},
	};
}
