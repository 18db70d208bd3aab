import type { Gateway } from '../../gateways/gateway';
import { PADDLE_CURRENCIES } from './currencies';
import { eventKind } from './event-types';
import { paddleRegistration } from './notification-setting';
import { readPaddleEvent } from './paddle-event';
import { paddlePaymentLinks } from './payment-link';
import { eventSource, paddlePayments } from './payments';
import { paddleWebhook } from './webhook';

export const paddle: Gateway = {
	id: 'paddle',
	displayName: 'Paddle',
	credentialType: 'paddlePaymentsApi',
	apiKeyField: 'apiKey',
	currencies: PADDLE_CURRENCIES,
	isLive: ({ environment }) => environment !== 'sandbox',
	webhook: paddleWebhook,
	registration: paddleRegistration,
	async toPaymentEvents(body, context) {
		const event = readPaddleEvent(body);
		if (event === null) return [];
		return (await eventKind(event.type)?.read(event, eventSource(context))) ?? [];
	},
	paymentLinks: paddlePaymentLinks,
	payments: paddlePayments,
};
