import { isJsonObject, objectAt, stringAt, type JsonObject } from '../../core/json';

/** A notification, an item of `GET /events`, or an entity that was asked for dressed as one. */
export interface PaddleEvent {
	/** The same on every retry and replay; `notification_id` is not. */
	id: string;
	type: string;
	/** ISO 8601 UTC. */
	at: string;
	/** The entity as it was when the event happened. */
	data: JsonObject;
	/** Made by the webhook simulator of the dashboard: what it names does not exist. */
	simulated: boolean;
	raw: JsonObject;
}

/** @returns null for anything else */
export function readPaddleEvent(body: unknown): PaddleEvent | null {
	const id = stringAt(body, 'event_id');
	const type = stringAt(body, 'event_type');
	const at = isoTimeAt(body, 'occurred_at');
	const data = objectAt(body, 'data');
	if (!isJsonObject(body) || id === null || type === null || at === null || data === null) {
		return null;
	}
	return { id, type, at, data, simulated: id.startsWith('ntfsimevt_'), raw: body };
}

/** Paddle writes microseconds. */
export function isoTimeAt(object: unknown, ...path: Array<string | number>): string | null {
	const time = Date.parse(stringAt(object, ...path) ?? '');
	return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
