import type { Gateway } from '../../gateways/gateway';
import { CheckoutComApi } from './api';
import { readCheckoutComEvent } from './checkout-com-event';
import { CHECKOUT_COM_CURRENCIES } from './currencies';
import { eventKind } from './event-types';
import { checkoutComPaymentLinks } from './payment-link';
import { checkoutComPayments, eventSource } from './payments';
import { checkoutComWebhook } from './webhook';
import { checkoutComRegistration } from './workflow';

export const checkoutCom: Gateway = {
	id: 'checkoutCom',
	displayName: 'Checkout.com',
	credentialType: 'checkoutComPaymentsApi',
	apiKeyField: 'secretKey',
	currencies: CHECKOUT_COM_CURRENCIES,
	isLive: ({ environment }) => environment === 'live',
	accountSettings: ({ processingChannelId }) => ({
		processingChannelId: typeof processingChannelId === 'string' ? processingChannelId.trim() : '',
	}),
	webhook: checkoutComWebhook,
	registration: checkoutComRegistration,
	async toPaymentEvents(body, context) {
		const event = readCheckoutComEvent(body);
		if (event === null) return [];
		const source = eventSource(new CheckoutComApi(context.send), context);
		return (await eventKind(event.type)?.read(event, source)) ?? [];
	},
	paymentLinks: checkoutComPaymentLinks,
	payments: checkoutComPayments,
};
