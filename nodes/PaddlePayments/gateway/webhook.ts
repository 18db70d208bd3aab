import { verifyTimestampedHmac } from '../../gateways/timestamped-hmac';
import type { GatewayWebhook } from '../../gateways/gateway';
import { EVENTS, eventKind } from './event-types';
import { readPaddleEvent } from './paddle-event';

/** https://developer.paddle.com/webhooks/signature-verification: several `h1` while a secret is rotated. */
const SIGNATURE = {
	header: 'paddle-signature',
	format: { separator: ';', timestampKey: 'ts', signatureKey: 'h1' },
	joint: ':',
} as const;

export const paddleWebhook: GatewayWebhook = {
	events: EVENTS,
	/** The SDKs take 5 s; retries are signed anew, so the rest is room for clocks that are off. */
	defaultToleranceSeconds: 300,

	verify: (delivery, settings) => verifyTimestampedHmac(delivery, settings, SIGNATURE),

	read(body) {
		const event = readPaddleEvent(body);
		if (event === null) return null;
		return {
			eventId: event.id,
			eventType: event.type,
			types: eventKind(event.type)?.types ?? [],
			simulated: event.simulated,
		};
	},
};
