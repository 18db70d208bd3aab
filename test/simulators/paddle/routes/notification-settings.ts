import { notificationError, invalidField } from '../api/paddle-error';
import { paginate } from '../api/paging';
import { created, list, ok, route, type Route } from '../api/router';
import { eventTypes } from '../events/event-types';
import { newEndpointSecret } from '../ids';
import type { Simulation } from '../simulation';
import type { EventType, NotificationSetting } from '../wire';

const PAGE = { idOf: ({ id }: { id: string }) => id, defaultPerPage: 200, maxPerPage: 200 };
const MAXIMUM_ACTIVE = 10;

interface SettingInput {
	description: string;
	type: 'url' | 'email';
	destination: string;
	subscribed_events: string[];
	active?: boolean;
	api_version?: number;
	include_sensitive_fields?: boolean;
	traffic_source?: NotificationSetting['traffic_source'];
}

/** Notification destinations. GET shows the secret as well. https://developer.paddle.com/api-reference/notification-settings */
export function notificationSettingRoutes(simulation: Simulation): Route[] {
	const { store, ids: newIds } = simulation;
	return [
		route('GET', '/notification-settings', ({ query, url }) => {
			const active = query.one('active');
			const items = store.settings
				.oldestFirst()
				.filter(
					(item) =>
						(active === null || String(item.active) === active) &&
						query.allows('traffic_source', item.traffic_source),
				);
			return list(paginate(items, query, url, PAGE));
		}),
		route<SettingInput>('POST', '/notification-settings', ({ body }) => {
			const id = newIds.next('ntfset');
			const setting: NotificationSetting = {
				id,
				description: body.description,
				type: body.type,
				destination: body.destination,
				active: true,
				api_version: body.api_version ?? 1,
				include_sensitive_fields: body.include_sensitive_fields ?? false,
				subscribed_events: typesOf(body.subscribed_events),
				endpoint_secret_key: newEndpointSecret(id),
				traffic_source: body.traffic_source ?? 'platform',
			};
			check(simulation, setting);
			return created(store.settings.add(setting));
		}),
		route('GET', '/notification-settings/{notification_setting_id}', ({ ids }) =>
			ok(store.settings.get(ids['notification_setting_id'] ?? '')),
		),
		route<Partial<SettingInput>>(
			'PATCH',
			'/notification-settings/{notification_setting_id}',
			({ ids, body }) => {
				const setting = store.settings.get(ids['notification_setting_id'] ?? '');
				const { subscribed_events: names, ...rest } = body;
				const changed = {
					...setting,
					...rest,
					...(names && { subscribed_events: typesOf(names) }),
				};
				check(simulation, changed);
				return ok(Object.assign(setting, changed));
			},
		),
		route('DELETE', '/notification-settings/{notification_setting_id}', ({ ids }) => {
			const { id } = store.settings.get(ids['notification_setting_id'] ?? '');
			store.settings.delete(id);
			// Deleting a destination deletes its logs.
			for (const notification of store.notifications.oldestFirst()) {
				if (notification.settingId === id) store.notifications.delete(notification.id);
			}
			return { status: 204 };
		}),
	];
}

function typesOf(names: string[]): EventType[] {
	return names.map((name, index) => {
		const type = eventTypes.find((item) => item.name === name);
		if (!type) {
			throw invalidField({
				field: `subscribed_events.${index}`,
				message: `${name} is no event type`,
			});
		}
		return type;
	});
}

function check({ store, settings }: Simulation, setting: NotificationSetting): void {
	checkDestination(setting, settings.publicDestinationsOnly);
	const others = store.settings.oldestFirst().filter(({ id }) => id !== setting.id);
	const events = (item: NotificationSetting): string =>
		item.subscribed_events
			.map(({ name }) => name)
			.sort()
			.join();
	const twin = others.some(
		(item) =>
			item.destination === setting.destination &&
			(settings.duplicateDestination === 'url' || events(item) === events(setting)),
	);
	if (twin) {
		throw notificationError(
			409,
			'notification_setting_cannot_be_duplicate',
			'A notification setting with the same destination and configuration already exists',
		);
	}
	if (setting.active && others.filter(({ active }) => active).length >= MAXIMUM_ACTIVE) {
		throw notificationError(
			400,
			'notification_maximum_active_settings_reached',
			'Maximum number of notification settings reached',
		);
	}
}

function checkDestination({ type, destination }: NotificationSetting, publicOnly: boolean): void {
	if (type === 'email') return;
	const url = URL.canParse(destination) ? new URL(destination) : null;
	const loopback = /^(localhost|127\.|\[::1\])/.test(url?.hostname ?? '');
	const fine = publicOnly
		? url?.protocol === 'https:' && !loopback
		: url?.protocol === 'https:' || url?.protocol === 'http:';
	if (fine) return;
	throw notificationError(
		400,
		'url_notification_setting_incorrect',
		'The destination of a url notification setting must be a valid public https URL',
	);
}
