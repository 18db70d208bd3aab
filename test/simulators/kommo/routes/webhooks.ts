import type { Express } from 'express';
import type { Context } from '../context';
import type { Webhook } from '../entities';
import { ListQuery, sendHal } from '../list-query';
import { missingScope, notFound, validationFailed } from '../problem';
import { ItemErrors, objectBody, type Item } from '../validation';

const forEach = (actions: string[], entities: string[]) =>
	entities.flatMap((entity) => actions.map((action) => `${action}_${entity}`));

const EVENT_CODES: readonly string[] = [
	...forEach(
		['add', 'update', 'delete', 'restore', 'responsible', 'note'],
		['lead', 'contact', 'company'],
	),
	'status_lead',
	...forEach(['add', 'delete', 'responsible'], ['task']),
	'add_talk',
	'add_message',
	'add_chat_template_review',
	// Undocumented, but accepted in the field.
	'add_outgoing_message',
];

const AMO_EVENT_CODES: readonly string[] = [
	'update_task',
	'update_talk',
	...forEach(['add', 'update', 'delete', 'responsible', 'note'], ['customer']),
];

/** Subscriptions, keyed by destination. Administrators only. */
export function webhookRoutes(app: Express, ctx: Context): void {
	app.use('/api/v4/webhooks', (_req, _res, next) => {
		if (!ctx.switches.administrator) throw missingScope();
		next();
	});
	app.get('/api/v4/webhooks', (req, res) => {
		const wanted = new ListQuery(req).filter('destination');
		const found = [...ctx.store.webhooks.values()].filter(
			({ destination }) => wanted === null || wanted.includes(destination),
		);
		if (found.length === 0 && ctx.switches.emptyWebhookList === 204) {
			res.status(204).end();
			return;
		}
		for (const webhook of found) ctx.events.refreshDisabled(webhook);
		sendHal(res, 200, {
			_total_items: found.length,
			_embedded: { webhooks: found.map((webhook) => renderWebhook(ctx, webhook)) },
		});
	});
	app.post('/api/v4/webhooks', (req, res) => {
		const { destination, settings } = checkSubscription(ctx, objectBody(req));
		const webhook = subscribe(ctx, destination, settings);
		sendHal(res, ctx.switches.webhookCreateStatus, renderWebhook(ctx, webhook));
	});
	app.delete('/api/v4/webhooks', (req, res) => {
		const { destination } = objectBody(req);
		if (!ctx.store.webhooks.delete(String(destination))) throw notFound('Webhook not found');
		res.status(204).end();
	});
}

/** A second subscription of the same destination replaces the settings of the first. */
export function subscribe(ctx: Context, destination: string, settings: string[]): Webhook {
	const { webhooks } = ctx.store;
	const known = webhooks.get(destination);
	if (known) {
		ctx.events.refreshDisabled(known);
		known.settings = settings;
		known.updated_at = ctx.seconds();
		if (known.disabled && ctx.switches.repostEnables) {
			known.disabled = false;
			known.enabledSince = Date.now();
		}
		return known;
	}
	const webhook: Webhook = {
		id: ctx.store.nextId('webhooks'),
		destination,
		created_at: ctx.seconds(),
		updated_at: ctx.seconds(),
		created_by: ctx.account.current_user_id,
		sort: webhooks.size + 1,
		settings,
		enabledSince: Date.now(),
		disabled: false,
	};
	webhooks.set(destination, webhook);
	return webhook;
}

function checkSubscription(ctx: Context, item: Item): { destination: string; settings: string[] } {
	const errors = new ItemErrors();
	const destination = errors.string(item, 'destination') ?? '';
	if (item.destination === undefined || item.destination === '') errors.missing('destination');
	else if (!/^https?:\/\/\S+$/.test(destination)) errors.notSupported('destination');
	const settings = errors.array(item, 'settings') ?? [];
	if (item.settings === undefined || settings.length === 0) errors.missing('settings');
	const codes = ctx.switches.amoEvents ? [...EVENT_CODES, ...AMO_EVENT_CODES] : EVENT_CODES;
	settings.forEach((code, index) => {
		if (typeof code !== 'string' || !codes.includes(code)) errors.notSupported(`settings.${index}`);
	});
	if (errors.list.length > 0) throw validationFailed([{ request_id: '0', errors: errors.list }]);
	return { destination, settings: settings.map(String) };
}

function renderWebhook(ctx: Context, webhook: Webhook): object {
	return {
		id: webhook.id,
		destination: webhook.destination,
		created_at: webhook.created_at,
		updated_at: webhook.updated_at,
		account_id: ctx.account.id,
		created_by: webhook.created_by,
		sort: webhook.sort,
		disabled: webhook.disabled,
		settings: webhook.settings,
	};
}
