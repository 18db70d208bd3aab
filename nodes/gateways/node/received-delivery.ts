import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../core/json';
import type { Gateway } from '../gateway';

/**
 * What webhook() stores with the execution: the verified body as it came. The provider gets its 2xx as soon as this is
 * stored; turning it into events, which may need calls to the provider, happens in execute().
 */
export interface ReceivedDelivery {
	eventId: string;
	eventType: string;
	live: boolean;
	/** ISO 8601 UTC. */
	receivedAt: string;
	body: JsonObject;
}

/** Names a delivery within its trigger: what it is claimed under at the door. */
export function deliveryKey(gateway: Gateway, eventId: string): string {
	return `${gateway.id}:${eventId}`;
}

export function deliveryToItem(delivery: ReceivedDelivery): IDataObject {
	return { ...delivery, body: delivery.body as IDataObject };
}

/** @returns null when the item is not one that webhook() made */
export function deliveryOfItem(item: IDataObject): ReceivedDelivery | null {
	const { eventId, eventType, live, receivedAt, body } = item;
	if (typeof eventId !== 'string' || typeof body !== 'object' || body === null) return null;
	return {
		eventId,
		eventType: String(eventType),
		live: live === true,
		receivedAt: String(receivedAt),
		body: body as JsonObject,
	};
}
