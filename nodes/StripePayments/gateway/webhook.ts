import { verifyTimestampedHmac } from '../../gateways/timestamped-hmac';
import type { GatewayWebhook } from '../../gateways/gateway';
import { EVENTS, eventKind } from './event-types';
import { readStripeEvent } from './stripe-event';

/** `v0` is a fake that test events carry; taking it would be a way in. https://docs.stripe.com/webhooks#verify-manually */
const SIGNATURE = {
	header: 'stripe-signature',
	format: { separator: ',', timestampKey: 't', signatureKey: 'v1' },
	joint: '.',
} as const;

export const stripeWebhook: GatewayWebhook = {
	events: EVENTS,
	defaultToleranceSeconds: 300,

	verify: (delivery, settings) => verifyTimestampedHmac(delivery, settings, SIGNATURE),

	read(body) {
		const event = readStripeEvent(body);
		if (event === null) return null;
		return {
			eventId: event.id,
			eventType: event.type,
			types: eventKind(event.type)?.types ?? [],
			simulated: false,
			live: event.live,
		};
	},
};
