import { notificationError } from '../api/paddle-error';
import { paginate } from '../api/paging';
import { parseTime, type Query } from '../api/query';
import { list, ok, route, type Route } from '../api/router';
import { notificationState } from '../events/notification-state';
import type { Simulation } from '../simulation';
import type { Notification, PaddleEvent } from '../wire';

/** Older events and notifications are not kept. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
const PAGE_SIZE = { defaultPerPage: 50, maxPerPage: 200 };

/** Events and the notifications that told of them. */
export function notificationRoutes(simulation: Simulation): Route[] {
	const { store, events, deliveries } = simulation;
	const wanted = (event: PaddleEvent, query: Query): boolean =>
		within(event.occurred_at, query, simulation.now() - KEPT_MS) &&
		JSON.stringify(event).includes(query.one('filter') ?? '');
	return [
		route(
			'GET',
			'/events',
			({ query, url }) => {
				const items = store.events
					.oldestFirst()
					.filter((event) => query.allows('event_type', event.event_type) && wanted(event, query));
				const idOf = (event: PaddleEvent): string => event.event_id;
				return list(paginate(items, query, url, { ...PAGE_SIZE, idOf }));
			},
			// https://developer.paddle.com/changelog/2025/filter-events-by-type and 2026/event-notification-log-filtering
			{ newParameters: ['event_type', 'from', 'to', 'filter'] },
		),
		route('GET', '/notifications', ({ query, url }) => {
			const search = query.one('search') ?? '';
			const items = store.notifications
				.oldestFirst()
				.filter(
					(item) =>
						query.allows('notification_setting_id', item.settingId) &&
						query.allows('status', notificationState(simulation, item).status) &&
						`${item.id} ${item.event.event_type}`.includes(search) &&
						wanted(item.event, query),
				);
			const page = paginate(items, query, url, { ...PAGE_SIZE, idOf: ({ id }) => id });
			return list({ ...page, data: page.data.map((item) => notificationView(simulation, item)) });
		}),
		route('GET', '/notifications/{notification_id}', ({ ids }) =>
			ok(notificationView(simulation, store.notifications.get(ids['notification_id'] ?? ''))),
		),
		route('GET', '/notifications/{notification_id}/logs', ({ ids, query, url }) => {
			const { id } = store.notifications.get(ids['notification_id'] ?? '');
			const items = deliveries.attempts
				.filter(({ deliveryId }) => deliveryId === id)
				.map(({ attempt, status, at }) => ({
					id: `ntflog_${id.slice(4, 26)}${String(attempt).padStart(4, '0')}`,
					response_code: status,
					response_content_type: null,
					response_body: '',
					attempted_at: new Date(at).toISOString(),
				}));
			return list(paginate(items, query, url, { ...PAGE_SIZE, idOf: (item) => item.id }));
		}),
		route('POST', '/notifications/{notification_id}/replay', ({ ids }) => {
			const notification = store.notifications.get(ids['notification_id'] ?? '');
			checkReplayable(simulation, notification);
			return { status: 202, data: { notification_id: events.replay(notification.id).id } };
		}),
	];
}

export function notificationView(simulation: Simulation, notification: Notification): object {
	const { id, event, settingId, origin, replayedAt } = notification;
	const state = notificationState(simulation, notification);
	return {
		id,
		type: event.event_type,
		status: state.status,
		payload: { ...event, notification_id: id },
		occurred_at: event.occurred_at,
		delivered_at: state.deliveredAt,
		replayed_at: replayedAt,
		origin,
		last_attempt_at: state.lastAttemptAt,
		retry_at: state.retryAt,
		times_attempted: state.timesAttempted,
		notification_setting_id: settingId,
	};
}

function within(time: string, query: Query, oldest: number): boolean {
	const [from, to] = [query.one('from'), query.one('to')];
	const at = Date.parse(time);
	return (
		at >= oldest && (from === null || at >= parseTime(from)) && (to === null || at <= parseTime(to))
	);
}

function checkReplayable(simulation: Simulation, notification: Notification): void {
	const { status } = notificationState(simulation, notification);
	const finished = status === 'delivered' || status === 'failed';
	if (finished && notification.origin === 'event') return;
	throw notificationError(
		400,
		'notification_cannot_replay',
		`Notification ${notification.id} cannot be replayed because it's ${finished ? 'a replay itself' : 'not `delivered` or `failed`'}.`,
	);
}
