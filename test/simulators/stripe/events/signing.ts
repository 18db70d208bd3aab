import Stripe from 'stripe';
import type { EndpointSecrets } from '../store';

/**
 * A `Stripe-Signature` header made by the official package: one `v1` per active secret.
 * https://docs.stripe.com/webhooks#verify-manually
 * @param at Unix seconds
 */
export function signatureHeader(
	payload: string,
	secrets: EndpointSecrets,
	at: number,
	options: { now: number; v0: boolean },
): string {
	const active = [secrets.current];
	const { previous } = secrets;
	if (previous && previous.until > options.now) active.push(previous.secret);
	const signatures = active.map((secret) => header(payload, secret, at).replace(/^t=\d+,/, ''));
	if (options.v0) {
		const fake = header(payload, 'not-the-secret', at).replace(/^t=\d+,v1=/, 'v0=');
		signatures.push(fake);
	}
	return [`t=${at}`, ...signatures].join(',');
}

function header(payload: string, secret: string, timestamp: number): string {
	return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}
