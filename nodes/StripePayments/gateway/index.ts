import type { Gateway } from '../../gateways/gateway';
import { StripeApi } from './api';
import { STRIPE_CURRENCIES } from './currencies';
import { eventKind } from './event-types';
import { stripePaymentLinks } from './payment-link';
import { stripePayments } from './payments';
import { readStripeEvent } from './stripe-event';
import { stripeWebhook } from './webhook';
import { stripeRegistration } from './webhook-endpoint';

export const stripe: Gateway = {
	id: 'stripe',
	displayName: 'Stripe',
	credentialType: 'stripePaymentsApi',
	apiKeyField: 'secretKey',
	currencies: STRIPE_CURRENCIES,
	isLive: ({ secretKey }) =>
		typeof secretKey === 'string' && /^\s*(sk|rk)(_org)?_live_/.test(secretKey),
	webhook: stripeWebhook,
	registration: stripeRegistration,
	async toPaymentEvents(body, context) {
		const event = readStripeEvent(body);
		if (event === null) return [];
		return (await eventKind(event.type)?.read(event, new StripeApi(context.send))) ?? [];
	},
	paymentLinks: stripePaymentLinks,
	payments: stripePayments,
};
