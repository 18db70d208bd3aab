import {
	numberAt,
	objectAt,
	stringAt,
	valueAt,
	isJsonObject,
	type JsonObject,
} from '../../core/json';

/** A snapshot event: https://docs.stripe.com/api/events/object. Also what an object that was asked for is dressed as. */
export interface StripeEvent {
	id: string;
	type: string;
	/** Unix seconds. */
	created: number;
	live: boolean;
	/** The object as it was when the event happened. */
	object: JsonObject;
	/** What `*.updated` events say was different before. */
	previous: JsonObject | null;
	raw: JsonObject;
}

/**
 * @returns null for anything else, "thin" v2 notifications included: they carry no object, so a destination that
 * sends them must be switched to snapshots
 */
export function readStripeEvent(body: unknown): StripeEvent | null {
	const id = stringAt(body, 'id');
	const type = stringAt(body, 'type');
	const created = numberAt(body, 'created');
	const object = objectAt(body, 'data', 'object');
	if (!isJsonObject(body) || valueAt(body, 'object') !== 'event') return null;
	if (id === null || type === null || created === null || object === null) return null;
	const live = valueAt(body, 'livemode') === true;
	const previous = objectAt(body, 'data', 'previous_attributes');
	return { id, type, created, live, object, previous, raw: body };
}
