import type { PaymentEventType } from '../../core/payment-event';
import {
	GENUINE,
	hmacSha256HexMatches,
	refused,
	secretsEqual,
	usableSecrets,
} from '../../core/webhook-signature';
import { isJsonObject } from '../../core/json';
import type { GatewayWebhook } from '../../gateways/gateway';
import { readNotice, type Notice } from './notice';
import { withoutTokens } from './without-tokens';

/** 32 bytes in base64. */
const SHA256_BASE64 = /^[A-Za-z0-9+/]{43}=$/;

/** The body's own status is not believed, so any may come of a charge. */
const TYPES: Readonly<Record<Notice['about'], readonly PaymentEventType[]>> = {
	charge: ['payment.succeeded', 'payment.pending', 'payment.failed'],
	'charge of v4': ['payment.succeeded', 'payment.pending', 'payment.failed'],
	refund: ['payment.refunded'],
	'canceled subscription': ['subscription.canceled'],
	'something else': [],
};

/**
 * `verif-hash` is the dashboard's secret hash itself: it has no time and does not cover the body, so whoever has seen
 * it can write any body. That is why no payment is taken from a body (see notice.ts).
 * `flutterwave-signature`, which v4 sends, is an HMAC-SHA256 of the raw body under the same secret, in base64.
 * https://developer.flutterwave.com/docs/webhooks
 */
export const flutterwaveWebhook: GatewayWebhook = {
	events: {
		'charge.completed': TYPES.charge,
		refund: TYPES.refund,
		'subscription.cancelled': TYPES['canceled subscription'],
	},
	defaultToleranceSeconds: null,

	verify({ rawBody, headers }, { secrets }) {
		const usable = usableSecrets(secrets);
		if (usable.length === 0) return refused('no secret configured');
		const hash = headers['verif-hash'];
		const signature = headers['flutterwave-signature'];
		if (hash === undefined && signature === undefined) return refused('no signature');
		const genuine =
			(typeof hash === 'string' && isOneOf(hash, usable)) ||
			(typeof signature === 'string' && isSigned(signature.trim(), usable, rawBody));
		return genuine ? GENUINE : refused('signature does not match');
	},

	read(body) {
		const notice = readNotice(body);
		if (notice === null || !isJsonObject(body)) return null;
		const { eventId, eventType } = notice;
		const storedBody = withoutTokens(body);
		return { eventId, eventType, types: TYPES[notice.about], simulated: false, storedBody };
	},
};

/** Compares with every secret, so that the time taken tells nothing. */
function isOneOf(hash: string, secrets: readonly string[]): boolean {
	return secrets.filter((secret) => secretsEqual(hash, secret)).length > 0;
}

function isSigned(signature: string, secrets: readonly string[], rawBody: Buffer): boolean {
	if (!SHA256_BASE64.test(signature)) return false;
	return hmacSha256HexMatches([Buffer.from(signature, 'base64').toString('hex')], secrets, [
		rawBody,
	]);
}
