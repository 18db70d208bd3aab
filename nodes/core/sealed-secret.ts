/**
 * Secrets sealed under another secret, for places that people may read who must not know them: n8n copies a workflow's
 * static data into exports and into every execution record.
 *
 * AES-256-GCM under a key derived by HKDF-SHA256 (RFC 5869), as `salt.nonce.tag.ciphertext` in base64url.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param sealingKey a secret of high entropy, such as an API key; no password: derivation is fast
 * @throws Error when it is empty, because then anybody could open it
 */
export function seal(secret: string, sealingKey: string): string {
	if (sealingKey === '') throw new Error('The credential has no key to seal the webhook secret.');
	const salt = randomBytes(SALT_BYTES);
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, derivedKey(sealingKey, salt), nonce);
	const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
	return [salt, nonce, cipher.getAuthTag(), ciphertext]
		.map((part) => part.toString('base64url'))
		.join('.');
}

/** @returns null when it was sealed under another key, or was changed */
export function unseal(sealed: string, sealingKey: string): string | null {
	const [salt, nonce, tag, ciphertext] = sealed
		.split('.')
		.map((part) => Buffer.from(part, 'base64url'));
	if (!salt || nonce?.length !== NONCE_BYTES || tag?.length !== TAG_BYTES || !ciphertext)
		return null;
	const decipher = createDecipheriv(CIPHER, derivedKey(sealingKey, salt), nonce);
	decipher.setAuthTag(tag);
	const secret = decipher.update(ciphertext);
	try {
		return Buffer.concat([secret, decipher.final()]).toString('utf8');
	} catch {
		// The tag does not fit, the only thing that final() of this cipher says.
		return null;
	}
}

function derivedKey(sealingKey: string, salt: Buffer): Buffer {
	return Buffer.from(hkdfSync('sha256', sealingKey, salt, 'webhook secret', 32));
}
