import { createHmac } from 'node:crypto';

/**
 * `Cko-Signature`: lower-case hex HMAC-SHA256 of the exact body under the workflow's key, taken as plain UTF-8.
 * https://www.checkout.com/docs/developer-resources/event-notifications/configure-your-webhook-server
 */
export function signature(body: Buffer, key: string): string {
	return createHmac('sha256', key).update(body).digest('hex');
}
