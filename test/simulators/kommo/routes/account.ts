import type { Express } from 'express';
import type { Context } from '../context';
import { TASK_TYPES } from '../default-data';
import { ListQuery, selfLink, sendHal } from '../list-query';

const SYMBOLS: Record<string, string> = { EUR: '€', USD: '$', GBP: '£' };

export function accountRoutes(app: Express, ctx: Context): void {
	const createdAt = ctx.seconds();
	app.get('/api/v4/account', (req, res) => {
		const options = new ListQuery(req).options;
		const { account } = ctx;
		const when = (name: string, keys: object) => (options.has(name) ? keys : {});
		const embedded = {
			...when('amojo_rights', { amojo_rights: { can_direct: true, can_create_groups: true } }),
			...when('users_groups', {
				users_groups: [{ id: 0, name: 'Sales department', uuid: null }],
			}),
			...when('task_types', { task_types: TASK_TYPES }),
			...when('datetime_settings', {
				datetime_settings: {
					date_pattern: 'd.m.Y H:i',
					short_date_pattern: 'd.m.Y',
					short_time_pattern: 'H:i',
					date_formant: 'd.m.Y',
					time_format: 'H:i:s',
					timezone: account.timezone,
					timezone_offset: '+01:00',
				},
			}),
		};
		sendHal(res, 200, {
			id: account.id,
			name: account.name,
			subdomain: account.subdomain,
			created_at: createdAt,
			created_by: 0,
			updated_at: createdAt,
			updated_by: 0,
			current_user_id: account.current_user_id,
			country: 'DE',
			currency: account.currency,
			currency_symbol: SYMBOLS[account.currency] ?? account.currency,
			customers_mode: 'segments',
			is_unsorted_on: true,
			is_loss_reason_enabled: true,
			is_helpbot_enabled: false,
			is_technical_account: false,
			contact_name_display_order: 1,
			...when('amojo_id', { amojo_id: 'f3c6340d-410e-4ad1-9f7e-c5e663599909' }),
			...when('version', { version: 16 }),
			...when('drive_url', { drive_url: `${ctx.url}/drive` }),
			...when('is_api_filter_enabled', { is_api_filter_enabled: false }),
			...when('entity_names', { entity_names: {} }),
			...selfLink(ctx, 'account'),
			...(Object.keys(embedded).length > 0 ? { _embedded: embedded } : {}),
		});
	});
}
