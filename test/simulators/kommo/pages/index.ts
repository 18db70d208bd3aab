import type { Express, Request } from 'express';
import qs from 'qs';
import type { Faults } from '../../http/faults';
import { html } from '../../http/html';
import type { Context } from '../context';
import type { Person } from '../person';
import type { RateLimit } from '../rate-limit';
import { faultsPage, runFaultAction } from './faults-page';
import { sendPage } from './layout';
import { leadPage } from './lead-page';
import { leadsPage } from './leads-page';

export interface PageContext {
	ctx: Context;
	faults: Faults;
	person: Person;
	rateLimit: RateLimit;
}

/** The pages people look at: leads by stage, the deal card, the faults. */
export function pageRoutes(app: Express, { ctx, faults, person, rateLimit }: PageContext): void {
	const targets = { faults, events: ctx.events, rateLimit };
	app.get('/', (_req, res) => sendPage(res, 'Leads', leadsPage(ctx)));
	app.get('/leads/detail/:id', (req, res) => {
		const lead = ctx.store.leads.get(Number(req.params.id));
		if (lead) sendPage(res, lead.name, leadPage(ctx, lead));
		else sendPage(res.status(404), 'Not found', html`<h1>There is no such lead.</h1>`);
	});
	app.post('/leads/detail/:id/move', (req, res) => {
		const [pipelineId, statusId] = (form(req).stage ?? '').split(':').map(Number);
		const lead = person.moveLead(Number(req.params.id), statusId ?? 0, pipelineId);
		res.redirect(303, `/leads/detail/${lead.id}`);
	});
	app.post('/leads/new', (req, res) => {
		const { name, price, contact, email } = form(req);
		const lead = person.createLead({
			name: name || 'New deal',
			price: Math.round(Number(price)) || 0,
			contact:
				contact || email
					? { name: contact || 'New contact', email: email || undefined }
					: undefined,
		});
		res.redirect(303, `/leads/detail/${lead.id}`);
	});
	app.post('/tasks/:id/complete', (req, res) => {
		const task = person.completeTask(Number(req.params.id));
		res.redirect(303, `/leads/detail/${task.entity_id}`);
	});
	app.get('/faults', (_req, res) => sendPage(res, 'Faults', faultsPage(targets)));
	app.post('/faults', (req, res) => {
		const { action, times } = form(req);
		runFaultAction(targets, action ?? '', Number(times) || 1);
		res.redirect(303, '/faults');
	});
}

function form(req: Request): Record<string, string | undefined> {
	const raw = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
	const entries = Object.entries(qs.parse(raw)).filter(([, value]) => typeof value === 'string');
	return Object.fromEntries(entries) as Record<string, string>;
}
