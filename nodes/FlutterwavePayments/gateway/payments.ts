import type { JsonObject } from '../../core/json';
import type { PaymentEvent } from '../../core/payment-event';
import type { GatewayContext, Payments } from '../../gateways/gateway';
import { FlutterwaveApi } from './api';
import { charges, refunds } from './look-back';
import { chargeEvent } from './payment-events/charge';
import type { EventSource } from './payment-events/event-source';
import { refundEvent } from './payment-events/refund';
import { findByReference, statusOf } from './transaction';

export const flutterwavePayments: Payments = {
	/**
	 * @param paymentId of a transaction, or the `tx_ref` of a link
	 * @returns null when nobody has paid under this reference yet, or when there is nothing to tell
	 */
	async get(paymentId, context) {
		const source = eventSource(context);
		const id = paymentId.trim();
		if (!/^\d+$/.test(id)) {
			const transaction = await findByReference(id, source.api);
			return transaction && (await presentState(transaction, source));
		}
		const path = `/transactions/${id}/verify`;
		return await presentState(await source.api.get(path), source);
	},

	/**
	 * What our links brought in since: payments first, then refunds, each newest first. Payments and refunds that may
	 * have been waiting until then are among them, older as they are. Ends of subscriptions are not, because Flutterwave
	 * does not say when they were.
	 */
	async *getMany(filter, context) {
		const source = eventSource(context);
		const wants = (type: PaymentEvent['type']) =>
			filter.types.length === 0 || filter.types.includes(type);
		if (wants('payment.succeeded') || wants('payment.pending') || wants('payment.failed')) {
			for await (const event of charges(filter, source)) if (wants(event.type)) yield event;
		}
		if (wants('payment.refunded')) yield* refunds(filter, source);
	},
};

export function eventSource({ send, live, now }: GatewayContext): EventSource {
	return { api: new FlutterwaveApi(send), live, now };
}

async function presentState(
	transaction: JsonObject,
	source: EventSource,
): Promise<PaymentEvent | null> {
	const refund =
		statusOf(transaction) === 'successful' ? await refundEvent(transaction, null, source) : null;
	return refund ?? (await chargeEvent(transaction, source));
}
