import type { Express, Request, Response } from 'express';
import { addLead, changeLead } from '../changes';
import type { Context } from '../context';
import type { Lead } from '../entities';
import { matchesSearch } from '../entity-search';
import { readFieldValues } from '../field-values';
import { checkLead, LossReasonCheck } from '../lead-checks';
import { ListQuery, selfLink, sendHal, sendList, sendWritten } from '../list-query';
import { notFound } from '../problem';
import { applyBatch, batchBody, objectBody, requestId, type Item } from '../validation';

export function leadRoutes(app: Express, ctx: Context): void {
	app.get('/api/v4/leads', (req, res) => listLeads(ctx, req, res));
	app.post('/api/v4/leads', (req, res) => createLeads(ctx, req, res));
	app.patch('/api/v4/leads', (req, res) => {
		const written = patchLeads(ctx, batchBody(req));
		sendWritten(ctx, res, 'leads', 'leads', written);
	});
	app.get('/api/v4/leads/loss_reasons', (_req, res) => {
		const reasons = [...ctx.store.lossReasons.values()].map((reason) => ({
			...reason,
			...selfLink(ctx, `leads/loss_reasons/${reason.id}`),
		}));
		sendHal(res, 200, { _total_items: reasons.length, _embedded: { loss_reasons: reasons } });
	});
	app.get('/api/v4/leads/:id', (req, res) => {
		const lead = ctx.store.leads.get(Number(req.params.id));
		const options = new ListQuery(req).options;
		if (!lead || lead.is_deleted !== options.has('only_deleted')) res.status(204).end();
		else sendHal(res, 200, renderLead(ctx, lead, options));
	});
	app.patch('/api/v4/leads/:id', (req, res) => {
		const id = Number(req.params.id);
		const [written] = patchLeads(ctx, [{ ...objectBody(req), id }]);
		if (ctx.switches.singlePatchShape === 'bare') sendHal(res, 200, written ?? {});
		else sendWritten(ctx, res, 'leads', 'leads', written ? [written] : []);
	});
}

/** A lead as a read returns it; `with` decides what else is embedded. */
export function renderLead(ctx: Context, lead: Lead, options: ReadonlySet<string>): object {
	const { contacts, companies, tags, field_values, price, closest_task_at, ...rest } = lead;
	const reason = lead.loss_reason_id ? ctx.store.lossReasons.get(lead.loss_reason_id) : undefined;
	return {
		id: rest.id,
		name: rest.name,
		price: Math.round(price),
		...(ctx.switches.decimalPrices ? { price_with_minor_units: price } : {}),
		responsible_user_id: rest.responsible_user_id,
		group_id: rest.group_id,
		status_id: rest.status_id,
		pipeline_id: rest.pipeline_id,
		loss_reason_id: rest.loss_reason_id,
		...(options.has('source_id') ? { source_id: null } : {}),
		created_by: rest.created_by,
		updated_by: rest.updated_by,
		created_at: rest.created_at,
		updated_at: rest.updated_at,
		closed_at: rest.closed_at,
		closest_task_at,
		is_deleted: rest.is_deleted,
		custom_fields_values: readFieldValues(ctx, 'leads', field_values),
		score: null,
		account_id: ctx.account.id,
		labor_cost: null,
		...(options.has('is_price_modified_by_robot') ? { is_price_modified_by_robot: false } : {}),
		is_price_computed: false,
		...selfLink(ctx, `leads/${lead.id}`),
		_embedded: {
			tags,
			...(options.has('catalog_elements') ? { catalog_elements: [] } : {}),
			...(options.has('loss_reason')
				? {
						loss_reason: reason
							? [{ ...reason, ...selfLink(ctx, `leads/loss_reasons/${reason.id}`) }]
							: [],
					}
				: {}),
			companies: companies.map((id) => ({ id, ...selfLink(ctx, `companies/${id}`) })),
			...(options.has('contacts')
				? {
						contacts: contacts.map((contact) => ({
							...contact,
							...selfLink(ctx, `contacts/${contact.id}`),
						})),
					}
				: {}),
		},
	};
}

function listLeads(ctx: Context, req: Request, res: Response): void {
	const query = new ListQuery(req);
	const names = query.filter('name');
	const stages = query.statuses();
	const found = [...ctx.store.leads.values()].filter(
		(lead) =>
			lead.is_deleted === query.options.has('only_deleted') &&
			query.accepts('id', lead.id) &&
			(names === null || names.includes(lead.name)) &&
			query.accepts('price', lead.price) &&
			query.accepts('created_by', lead.created_by) &&
			query.accepts('updated_by', lead.updated_by) &&
			query.accepts('responsible_user_id', lead.responsible_user_id) &&
			query.accepts('pipeline_id', lead.pipeline_id) &&
			query.inRange('created_at', lead.created_at) &&
			query.inRange('updated_at', lead.updated_at) &&
			query.inRange('closed_at', lead.closed_at) &&
			query.inRange('closest_task_at', lead.closest_task_at) &&
			(stages === null ||
				stages.some(
					(stage) => stage.pipeline_id === lead.pipeline_id && stage.status_id === lead.status_id,
				)) &&
			matchesSearch(lead, query.search),
	);
	const sorted = query.sort(found, ['created_at', 'updated_at', 'id']);
	sendList(ctx, res, query, 'leads', sorted, (lead) => renderLead(ctx, lead, query.options));
}

function createLeads(ctx: Context, req: Request, res: Response): void {
	const items = batchBody(req);
	const lossReasons = new LossReasonCheck(ctx);
	const written = applyBatch(
		items,
		(item, errors, index) => {
			const change = checkLead(ctx, item, errors, null);
			lossReasons.add(index, null, change);
			return () => {
				const { id } = addLead(ctx, change);
				return { id, request_id: requestId(item, index), ...selfLink(ctx, `leads/${id}`) };
			};
		},
		() => lossReasons.finish(),
	);
	sendWritten(ctx, res, 'leads', 'leads', written);
}

function patchLeads(ctx: Context, items: Item[]): object[] {
	const lossReasons = new LossReasonCheck(ctx);
	return applyBatch(
		items,
		(item, errors) => {
			const id = errors.int(item, 'id');
			if (item.id === undefined) errors.missing('id');
			const lead = ctx.store.leads.get(id ?? 0);
			if (id !== undefined && (!lead || lead.is_deleted)) {
				if (ctx.switches.missingPatch === 404) throw notFound('Lead not found');
				errors.notSupported('id');
			}
			const change = checkLead(ctx, item, errors, lead ?? null);
			if (lead) lossReasons.add(lead.id, lead, change);
			return () => {
				if (lead) changeLead(ctx, lead, change);
				return { id, updated_at: lead?.updated_at, ...selfLink(ctx, `leads/${id}`) };
			};
		},
		() => lossReasons.finish(),
	);
}
