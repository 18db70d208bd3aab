import type { PaymentEvent } from '../../core/payment-event';
import type { Gateway } from '../../gateways/gateway';
import { FLUTTERWAVE_CURRENCIES } from './currencies';
import { readNotice, type Notice } from './notice';
import { cancellationEvent } from './payment-events/cancellation';
import { chargeEvent } from './payment-events/charge';
import type { EventSource } from './payment-events/event-source';
import { refundEvent } from './payment-events/refund';
import { flutterwavePaymentLinks } from './payment-link';
import { eventSource, flutterwavePayments } from './payments';
import { findByReference, findTransaction } from './transaction';
import { flutterwaveWebhook } from './webhook';

export const flutterwave: Gateway = {
	id: 'flutterwave',
	displayName: 'Flutterwave',
	credentialType: 'flutterwavePaymentsApi',
	apiKeyField: 'secretKey',
	currencies: FLUTTERWAVE_CURRENCIES,
	isLive: ({ secretKey }) => typeof secretKey === 'string' && /^\s*FLWSECK-/.test(secretKey),
	webhook: flutterwaveWebhook,
	registration: null,
	/** Everything is asked of the API; a body that points at nothing yields nothing. */
	async toPaymentEvents(body, context) {
		const notice = readNotice(body);
		const event = notice && (await verifiedEvent(notice, eventSource(context)));
		return event ? [event] : [];
	},
	paymentLinks: flutterwavePaymentLinks,
	payments: flutterwavePayments,
};

async function verifiedEvent(notice: Notice, source: EventSource): Promise<PaymentEvent | null> {
	switch (notice.about) {
		case 'charge': {
			const transaction = await findTransaction(notice.transactionId, source.api);
			return transaction && (await chargeEvent(transaction, source));
		}
		case 'charge of v4': {
			const transaction = await findByReference(notice.reference, source.api);
			return transaction && (await chargeEvent(transaction, source));
		}
		case 'refund': {
			const transaction = await findTransaction(notice.transactionId, source.api);
			return transaction && (await refundEvent(transaction, notice.refundId, source));
		}
		case 'canceled subscription':
			return await cancellationEvent(notice, source);
		case 'something else':
			return null;
	}
}
