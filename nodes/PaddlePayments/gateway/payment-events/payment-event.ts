import type { JsonObject } from '../../../core/json';
import { newPaymentEvent, type PaymentFacts } from '../../../core/new-payment-event';
import type { PaymentEvent } from '../../../core/payment-event';
import type { PaddleApi } from '../api';
import type { PaddleEvent } from '../paddle-event';

/** What turns events into ours: the API for what they leave out, and the credential's environment, which none tells. */
export interface EventSource {
	api: PaddleApi;
	live: boolean;
	/** Asked for once each while a list of events is read; null when Paddle no longer has it. */
	fetchCustomer: (customerId: string) => Promise<JsonObject | null>;
}

/** Turns one kind of Paddle event into ours. Empty when it tells nothing. */
export type ReadPaymentEvents = (
	event: PaddleEvent,
	source: EventSource,
) => Promise<PaymentEvent[]>;

export function paymentEvent(
	event: PaddleEvent,
	{ live }: EventSource,
	facts: PaymentFacts,
): PaymentEvent {
	const { id, type, at, simulated, raw } = event;
	const identity = { gateway: 'paddle', eventId: id, eventType: type, occurredAt: at } as const;
	return newPaymentEvent({ ...identity, live, raw }, { ...facts, simulated });
}
