import {
	GENUINE,
	hmacSha256HexMatches,
	refused,
	usableSecrets,
} from '../../core/webhook-signature';
import type { GatewayWebhook } from '../../gateways/gateway';
import { readCheckoutComEvent } from './checkout-com-event';
import { EVENTS, eventKind } from './event-types';

const SHA256_HEX = /^[0-9a-f]{64}$/i;

/**
 * `Cko-Signature`: one HMAC-SHA256 in hex over the raw body, under the key of the workflow's action. It has no time, so
 * there is no tolerance either: a delivery that was recorded is told by its event id.
 * https://www.checkout.com/docs/developer-resources/event-notifications/configure-your-webhook-server
 */
export const checkoutComWebhook: GatewayWebhook = {
	events: EVENTS,
	defaultToleranceSeconds: null,

	verify({ rawBody, headers }, { secrets }) {
		const usable = usableSecrets(secrets);
		if (usable.length === 0) return refused('no secret configured');
		const header = headers['cko-signature'];
		if (header === undefined) return refused('no signature');
		const signature = String(header).trim();
		if (!SHA256_HEX.test(signature)) return refused('malformed signature');
		return hmacSha256HexMatches([signature], usable, [rawBody])
			? GENUINE
			: refused('signature does not match');
	},

	read(body) {
		const event = readCheckoutComEvent(body);
		if (event === null) return null;
		return {
			eventId: event.id,
			eventType: event.type,
			types: eventKind(event.type)?.types ?? [],
			simulated: false,
		};
	},
};
