import type { Express } from 'express';
import type { Context } from '../context';
import type { Lead } from '../entities';
import { selfLink, sendHal } from '../list-query';
import { notFound } from '../problem';
import { applyBatch, batchBody, isObject, type Item, type ItemErrors } from '../validation';

type Target = { id: number; type: 'contacts' | 'companies' };

/** Links of a lead to contacts and companies: written as is_main, read as main_contact. */
export function linkRoutes(app: Express, ctx: Context): void {
	const find = (id: unknown): Lead => {
		const lead = ctx.store.leads.get(Number(id));
		if (!lead) throw notFound('Lead not found');
		return lead;
	};
	app.get('/api/v4/leads/:id/links', (req, res) => {
		const lead = find(req.params.id);
		const links = linksOf(lead);
		sendHal(res, 200, {
			_total_items: links.length,
			...selfLink(ctx, `leads/${lead.id}/links`),
			_embedded: { links },
		});
	});
	app.post('/api/v4/leads/:id/link', (req, res) => {
		const lead = find(req.params.id);
		const written = applyBatch(batchBody(req), (item, errors) => {
			const target = checkTarget(ctx, item, errors);
			const isMain = isObject(item.metadata) && item.metadata.is_main === true;
			return () => {
				if (target) link(lead, target, isMain);
				return { entity_id: lead.id, entity_type: 'leads', ...linkOf(lead, target) };
			};
		});
		sendHal(res, 200, {
			_total_items: written.length,
			...selfLink(ctx, `leads/${lead.id}/links`),
			_embedded: { links: written },
		});
	});
	app.post('/api/v4/leads/:id/unlink', (req, res) => {
		const lead = find(req.params.id);
		applyBatch(batchBody(req), (item, errors) => {
			const target = checkTarget(ctx, item, errors);
			return () => {
				if (target?.type === 'contacts') {
					lead.contacts = lead.contacts.filter(({ id }) => id !== target.id);
				} else {
					lead.companies = lead.companies.filter((id) => id !== target?.id);
				}
			};
		});
		res.status(204).end();
	});
}

function linksOf(lead: Lead): Array<{ to_entity_id: number; to_entity_type: string }> {
	return [
		...lead.contacts.map(({ id, is_main }) => ({
			to_entity_id: id,
			to_entity_type: 'contacts',
			metadata: { main_contact: is_main },
		})),
		...lead.companies.map((id) => ({
			to_entity_id: id,
			to_entity_type: 'companies',
			metadata: null,
		})),
	];
}

function linkOf(lead: Lead, target: Target | null): object | undefined {
	return linksOf(lead).find(
		(entry) => entry.to_entity_id === target?.id && entry.to_entity_type === target.type,
	);
}

function link(lead: Lead, target: Target, isMain: boolean): void {
	if (target.type === 'companies') {
		lead.companies = [...new Set([...lead.companies, target.id])];
		return;
	}
	const others = lead.contacts.filter(({ id }) => id !== target.id);
	const main = isMain || others.length === 0;
	lead.contacts = [
		...others.map((contact) => (main ? { ...contact, is_main: false } : contact)),
		{ id: target.id, is_main: main },
	];
}

function checkTarget(ctx: Context, item: Item, errors: ItemErrors): Target | null {
	const type = item.to_entity_type;
	if (type === undefined) errors.missing('to_entity_type');
	else if (type !== 'contacts' && type !== 'companies') errors.notSupported('to_entity_type');
	if (item.to_entity_id === undefined) errors.missing('to_entity_id');
	const id = errors.int(item, 'to_entity_id');
	if (id === undefined || (type !== 'contacts' && type !== 'companies')) return null;
	if (!ctx.store[type].has(id)) errors.notSupported('to_entity_id');
	return { id, type };
}
