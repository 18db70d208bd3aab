import type { Simulation } from '../simulation';
import type { Notification } from '../wire';
import { retryAfterMs } from './delivery-rules';

export interface NotificationState {
	status: 'not_attempted' | 'needs_retry' | 'delivered' | 'failed';
	timesAttempted: number;
	lastAttemptAt: string | null;
	deliveredAt: string | null;
	retryAt: string | null;
}

/** How a notification stands, read off the attempts to deliver it. Times are those of the real clock. */
export function notificationState(
	simulation: Simulation,
	{ id, settingId }: Pick<Notification, 'id' | 'settingId'>,
): NotificationState {
	const { deliveries, store, settings } = simulation;
	const attempts = deliveries.attempts.filter(({ deliveryId }) => deliveryId === id);
	const last = attempts.at(-1);
	const success = attempts.find(({ status }) => status >= 200 && status < 300);
	const over =
		deliveries.failed.some((delivery) => delivery.id === id) ||
		store.settings.find(settingId)?.active !== true;
	const pause = last ? retryAfterMs(settings.retries, last.attempt) : null;
	const waiting = last && !success && !over && pause !== null;
	return {
		status: success
			? 'delivered'
			: over
				? 'failed'
				: attempts.length > 0
					? 'needs_retry'
					: 'not_attempted',
		timesAttempted: attempts.length,
		lastAttemptAt: last ? iso(last.at) : null,
		deliveredAt: success ? iso(success.at) : null,
		retryAt: waiting ? iso(last.at + pause / deliveries.timeScale) : null,
	};
}

function iso(ms: number): string {
	return new Date(ms).toISOString();
}
