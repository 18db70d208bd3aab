import type { Express, Response } from 'express';
import type { Context } from '../context';
import type { Bot, EntityType, Lead } from '../entities';
import { ListQuery, sendList } from '../list-query';
import { applyBatch, batchBody, objectBody, type Item, type ItemErrors } from '../validation';

const LEGACY_TYPES: Record<string, EntityType> = { 1: 'contacts', 2: 'leads' };

/** Salesbots: a run is only queued (202); what the client would read is kept in the store. */
export function botRoutes(app: Express, ctx: Context): void {
	app.get('/api/v4/bots', (req, res) => {
		const query = new ListQuery(req);
		sendList(ctx, res, query, 'items', [...ctx.store.bots.values()], ({ id, name }) => ({
			id,
			name,
		}));
	});
	app.post('/api/v4/bots/run', (req, res) => run(ctx, batchBody(req, 100), res));
	app.post('/api/v4/bots/:id/run', (req, res) => {
		run(ctx, [{ ...objectBody(req), bot_id: Number(req.params.id) }], res);
	});
	app.post('/api/v2/salesbot/run', (req, res) => {
		const items = batchBody(req, 100).map((item) => ({
			...item,
			entity_type: LEGACY_TYPES[String(item.entity_type)] ?? '',
		}));
		run(ctx, items, res);
	});
}

function run(ctx: Context, items: Item[], res: Response): void {
	applyBatch(items, (item, errors) => {
		const bot = checkBot(ctx, item, errors);
		const subject = checkSubject(ctx, item, errors);
		return () => {
			if (!bot || !subject) return;
			const lead = leadFor(ctx, subject.type, subject.id);
			ctx.store.sentMessages.push({
				botId: bot.id,
				entityType: subject.type,
				entityId: subject.id,
				leadId: lead?.id ?? null,
				text: render(ctx, bot, subject, lead),
				at: ctx.seconds(),
			});
		};
	});
	res.status(202).type('text/plain').send('Accepted');
}

function checkBot(ctx: Context, item: Item, errors: ItemErrors): Bot | undefined {
	if (item.bot_id === undefined) errors.missing('bot_id');
	const id = errors.oneOf(item, 'bot_id', (known) => ctx.store.bots.has(known));
	return id === undefined ? undefined : ctx.store.bots.get(id);
}

function checkSubject(
	ctx: Context,
	item: Item,
	errors: ItemErrors,
): { type: 'leads' | 'contacts'; id: number } | null {
	const type = item.entity_type;
	if (type === undefined) errors.missing('entity_type');
	else if (type !== 'leads' && type !== 'contacts') errors.notSupported('entity_type');
	if (item.entity_id === undefined) errors.missing('entity_id');
	const id = errors.int(item, 'entity_id');
	if (id === undefined || (type !== 'leads' && type !== 'contacts')) return null;
	if (id <= 0) errors.tooLow('entity_id');
	else if (!ctx.store[type].has(id)) errors.notSupported('entity_id');
	return { type, id };
}

function leadFor(ctx: Context, type: 'leads' | 'contacts', id: number): Lead | undefined {
	if (type === 'leads') return ctx.store.leads.get(id);
	return [...ctx.store.leads.values()]
		.reverse()
		.find((lead) => lead.contacts.some((contact) => contact.id === id));
}

function render(
	ctx: Context,
	bot: Bot,
	subject: { type: 'leads' | 'contacts'; id: number },
	lead: Lead | undefined,
): string {
	const contactId =
		subject.type === 'contacts'
			? subject.id
			: (lead?.contacts.find(({ is_main }) => is_main)?.id ?? 0);
	const plain: Record<string, string> = {
		'contact.name': ctx.store.contacts.get(contactId)?.name ?? '',
		'lead.name': lead?.name ?? '',
		'lead.price': String(lead?.price ?? ''),
		'lead.id': String(lead?.id ?? ''),
	};
	return bot.message.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => {
		const field = /^lead\.cf\.(\d+)$/.exec(name);
		if (!field) return plain[name] ?? whole;
		const values = lead?.field_values.get(Number(field[1])) ?? [];
		return values.map(({ value }) => String(value)).join(', ');
	});
}
