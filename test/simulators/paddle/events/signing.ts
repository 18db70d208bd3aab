import { createHmac } from 'node:crypto';

/**
 * A `Paddle-Signature` header: one h1 for each secret that signs.
 * https://developer.paddle.com/webhooks/about/signature-verification
 * @param at Unix seconds
 */
export function signatureHeader(body: Buffer, secrets: string[], at: number): string {
	const signatures = secrets.map((secret) => {
		const hmac = createHmac('sha256', secret).update(`${at}:`).update(body);
		return `h1=${hmac.digest('hex')}`;
	});
	return [`ts=${at}`, ...signatures].join(';');
}
