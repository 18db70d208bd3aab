/** How each gateway writes its signatures, to write them wrongly too. */
import { createHmac } from 'node:crypto';
import type { GatewayTriggerId } from '../matrix';

interface Signer {
	proof(body: Buffer, secret: string, timestamp: string): string;
	header(proofs: readonly string[], timestamp: string, scheme?: string): Record<string, string>;
}

const hmac = (secret: string, ...parts: Array<string | Buffer>) =>
	parts.reduce<ReturnType<typeof createHmac>>(
		(mac, part) => mac.update(part),
		createHmac('sha256', secret),
	);

export const SIGNERS: Readonly<Record<GatewayTriggerId, Signer>> = {
	stripe: {
		proof: (body, secret, timestamp) => hmac(secret, `${timestamp}.`, body).digest('hex'),
		header: (proofs, timestamp, scheme = 'v1') => ({
			'stripe-signature': [`t=${timestamp}`, ...proofs.map((proof) => `${scheme}=${proof}`)].join(),
		}),
	},
	paddle: {
		proof: (body, secret, timestamp) => hmac(secret, `${timestamp}:`, body).digest('hex'),
		header: (proofs, timestamp, scheme = 'h1') => ({
			'paddle-signature': [`ts=${timestamp}`, ...proofs.map((proof) => `${scheme}=${proof}`)].join(
				';',
			),
		}),
	},
	checkoutCom: {
		proof: (body, secret) => hmac(secret, body).digest('hex'),
		header: (proofs) => ({ 'cko-signature': proofs.join() }),
	},
	flutterwave: {
		proof: (_body, secret) => secret,
		header: (proofs) => ({ 'verif-hash': proofs.join() }),
	},
};
