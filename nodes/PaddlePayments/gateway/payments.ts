import { objectAt, type JsonObject } from '../../core/json';
import { PAYMENT_EVENT_TYPES, type PaymentEvent } from '../../core/payment-event';
import type { GatewayContext, PaymentFilter, Payments } from '../../gateways/gateway';
import { PaddleApi, type Query } from './api';
import { transactionIdIn } from './checkout-address';
import { fetchCustomer } from './customer';
import { eventKind, eventsToListenTo } from './event-types';
import { readPaddleEvent } from './paddle-event';
import type { EventSource } from './payment-events/payment-event';
import { transactionState } from './payment-state';

export const paddlePayments: Payments = {
	/** @param paymentId of a transaction, or a payment link */
	async get(paymentId, context) {
		const id = transactionIdIn(paymentId);
		if (id === null) {
			throw new Error(`"${paymentId}" is not the ID of a Paddle payment. It begins with txn_.`);
		}
		return await transactionState(id, eventSource(context));
	},

	/** What happened since, newest first, out of the 90 days that Paddle keeps: the same events that webhooks bring. */
	async *getMany(filter, context) {
		const source = eventSource(context);
		const types = filter.types.length > 0 ? filter.types : PAYMENT_EVENT_TYPES;
		const seen = new Set<string>();
		for await (const body of eventsSince({ ...filter, types }, source.api)) {
			const event = readPaddleEvent(body);
			if (event === null || seen.has(event.id)) continue;
			seen.add(event.id);
			const told = (await eventKind(event.type)?.read(event, source)) ?? [];
			yield* told.filter((one) => isWanted(one, { ...filter, types }));
		}
	},
};

/** For events that leave out what only the API knows. */
export function eventSource({ send, live }: GatewayContext): EventSource {
	const api = new PaddleApi(send);
	const asked = new Map<string, Promise<JsonObject | null>>();
	return {
		api,
		live,
		async fetchCustomer(customerId) {
			const answer = asked.get(customerId) ?? fetchCustomer(customerId, api);
			asked.set(customerId, answer);
			return await answer;
		},
	};
}

/**
 * `from` is newer than the published API description (2026-09-23), so the time is looked at here as well.
 * https://developer.paddle.com/changelog/2026/event-notification-log-filtering
 */
async function* eventsSince(
	{ sinceMs, types, options }: PaymentFilter,
	api: PaddleApi,
): AsyncGenerator<JsonObject> {
	const undelivered = options['undeliveredOnly'] === true;
	const wanted = eventsToListenTo(types);
	if (wanted.length === 0) return;
	const query: Query = [
		['from', new Date(sinceMs).toISOString()],
		['order_by', 'id[DESC]'],
		['per_page', '200'],
		undelivered ? ['status', 'failed,needs_retry'] : ['event_type', wanted.join(',')],
	];
	for await (const item of api.list(undelivered ? '/notifications' : '/events', query)) {
		const body = undelivered ? objectAt(item, 'payload') : item;
		const occurredAt = Date.parse(String(body?.['occurred_at']));
		if (occurredAt < sinceMs && !undelivered) return;
		if (body !== null && occurredAt >= sinceMs && wanted.includes(String(body['event_type']))) {
			yield body;
		}
	}
}

function isWanted(event: PaymentEvent, { types, leadId }: PaymentFilter): boolean {
	return types.includes(event.type) && (leadId === null || event.leadId === leadId);
}
