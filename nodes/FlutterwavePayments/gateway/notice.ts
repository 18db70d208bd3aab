/**
 * What a delivery points at. Its header proves no more than that the sender knows the secret hash, so of the body only
 * ids are used, and what they stand for is asked of the API.
 */
import { createHash } from 'node:crypto';
import { idAt, isJsonObject, objectAt, stringAt, type JsonObject } from '../../core/json';

export type Notice = { eventType: string; eventId: string } & (
	| { about: 'charge'; transactionId: string }
	/** v4 has ids that v3 does not know. */
	| { about: 'charge of v4'; reference: string }
	| { about: 'refund'; refundId: string; transactionId: string }
	| { about: 'canceled subscription'; email: string; planId: string | null }
	| { about: 'something else' }
);

/** The names of our events, whichever shape told of them. */
export const CHARGE_EVENT = 'charge.completed';
export const REFUND_EVENT = 'refund';
export const CANCELLATION_EVENT = 'subscription.cancelled';

/**
 * Reads the v3 shape `{ event, data }`, the flat one of v2 that is sent while "Enable v3 webhooks" is off, the flat
 * refund, and v4's.
 * @returns null for anything that is none of them
 */
export function readNotice(body: unknown): Notice | null {
	if (!isJsonObject(body)) return null;
	const data = objectAt(body, 'data');
	const event = stringAt(body, 'event');
	if (event !== null && data !== null) return v3Notice(event, data, body);
	if (stringAt(body, 'webhook_id') !== null && data !== null) return v4Notice(data, body);
	return refundNotice(body) ?? flatNotice(body);
}

/** One id for all that tells of a payment in one state. */
export function chargeEventId(transactionId: string, status: string): string {
	return eventIdOf(CHARGE_EVENT, transactionId, status);
}

export function refundEventId(refundId: string, status: string): string {
	return eventIdOf(REFUND_EVENT, refundId, status);
}

export function cancellationEventId(subscriptionId: string): string {
	return eventIdOf(CANCELLATION_EVENT, subscriptionId, 'cancelled');
}

function v3Notice(event: string, data: JsonObject, body: JsonObject): Notice | null {
	const id = idAt(data, 'id');
	const email = stringAt(data, 'customer', 'email');
	if (event === CHARGE_EVENT) return id === null ? null : chargeNotice(id, data);
	if (event === CANCELLATION_EVENT && email !== null) {
		const planId = idAt(data, 'plan', 'id') ?? idAt(data, 'plan');
		const eventId = eventIdOfBody(event, body);
		return { about: 'canceled subscription', eventType: event, eventId, email, planId };
	}
	return somethingElse(event, data, body);
}

function v4Notice(data: JsonObject, body: JsonObject): Notice {
	const event = stringAt(body, 'type') ?? '';
	const reference = stringAt(data, 'reference');
	const id = idAt(data, 'id');
	if (event !== CHARGE_EVENT || reference === null || id === null) {
		return somethingElse(event, data, body);
	}
	const eventId = chargeEventId(id, stringAt(data, 'status') ?? '');
	return { about: 'charge of v4', eventType: event, eventId, reference };
}

/** Without an event and without a currency; `id` is the refund's. */
function refundNotice(body: JsonObject): Notice | null {
	const refundId = idAt(body, 'id');
	const transactionId = idAt(body, 'TransactionId');
	if (body['AmountRefunded'] === undefined || refundId === null || transactionId === null) {
		return null;
	}
	const eventId = refundEventId(refundId, stringAt(body, 'status') ?? '');
	return { about: 'refund', eventType: REFUND_EVENT, eventId, refundId, transactionId };
}

function flatNotice(body: JsonObject): Notice | null {
	const id = idAt(body, 'id');
	if (id !== null && stringAt(body, 'txRef') !== null) return chargeNotice(id, body);
	const eventType = stringAt(body, 'event.type') ?? stringAt(body, 'event');
	return eventType === null ? null : somethingElse(eventType, body, body);
}

function chargeNotice(transactionId: string, data: JsonObject): Notice {
	const eventId = chargeEventId(transactionId, stringAt(data, 'status') ?? '');
	return { about: 'charge', eventType: CHARGE_EVENT, eventId, transactionId };
}

function somethingElse(eventType: string, data: JsonObject, body: JsonObject): Notice {
	const id = idAt(data, 'id');
	const eventId =
		id === null
			? eventIdOfBody(eventType, body)
			: eventIdOf(eventType, id, stringAt(data, 'status') ?? '');
	return { about: 'something else', eventType, eventId };
}

function eventIdOf(event: string, id: string, status: string): string {
	return `flw:${event}:${id}:${status.toLowerCase()}`;
}

/** Retries repeat the body byte for byte. */
function eventIdOfBody(event: string, body: JsonObject): string {
	return `flw:${event}:${createHash('sha256').update(JSON.stringify(body)).digest('hex')}`;
}
