import type { PaddleEvent } from '../wire';

/**
 * The bytes of a webhook: `data` first and everything outside ASCII as \uXXXX, as in the test vectors of
 * the official SDKs. Re-serialising the parsed body gives other bytes, hence another signature.
 */
export function webhookBody(event: PaddleEvent, notificationId: string): Buffer {
	const text = JSON.stringify({
		data: event.data,
		event_id: event.event_id,
		event_type: event.event_type,
		occurred_at: event.occurred_at,
		notification_id: notificationId,
	});
	return Buffer.from(text.replace(/[\u0080-\uffff]/g, escapeUnit), 'ascii');
}

function escapeUnit(unit: string): string {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
