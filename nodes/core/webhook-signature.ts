/**
 * Signature checks over raw bytes, in constant time, with bounded work on hostile headers.
 * Fails closed: without a secret nothing is accepted.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type Refusal =
	/** Nothing to verify with: the trigger is not set up. */
	| 'no secret configured'
	| 'no signature'
	| 'malformed signature'
	| 'timestamp outside tolerance'
	| 'signature does not match';

export type Verdict = { genuine: true } | { genuine: false; refusal: Refusal };

export const GENUINE: Verdict = { genuine: true };

export function refused(refusal: Refusal): Verdict {
	return { genuine: false, refusal };
}

/** Longest header looked at, in characters: room for ten signatures and more. */
const MAX_HEADER_LENGTH = 4096;
/** Most signatures compared: providers send one per active secret, two during a rotation. */
const MAX_SIGNATURES = 32;
/** Ten digits: seconds until the year 2286. More would be milliseconds or nonsense. */
const UNIX_SECONDS = /^[1-9]\d{0,9}$/;
/** As hex digits. */
const SHA256_LENGTH = 64;

export interface TimestampedSignature {
	/** Seconds since the epoch. */
	timestamp: number;
	/** The timestamp as it was signed. */
	timestampText: string;
	signatures: string[];
}

/**
 * Reads headers such as Stripe's `t=1700000000,v1=…,v1=…` or Paddle's `ts=…;h1=…`.
 * Unknown keys are ignored (an older scheme must not be a way in); a second timestamp refuses the whole header.
 * @returns null when it is missing, over-long, has no signature of the wanted scheme or no single plain timestamp
 */
export function parseTimestampedHeader(
	header: string | undefined,
	format: { separator: ',' | ';'; timestampKey: string; signatureKey: string },
): TimestampedSignature | null {
	if (!header || header.length > MAX_HEADER_LENGTH) return null;
	let timestampText: string | null = null;
	const signatures: string[] = [];
	for (const part of header.split(format.separator)) {
		const equals = part.indexOf('=');
		if (equals < 0) continue;
		const key = part.slice(0, equals).trim();
		const value = part.slice(equals + 1).trim();
		if (key === format.timestampKey) {
			if (timestampText !== null) return null;
			timestampText = value;
		} else if (key === format.signatureKey) {
			if (signatures.length === MAX_SIGNATURES) return null;
			signatures.push(value);
		}
	}
	if (timestampText === null || !UNIX_SECONDS.test(timestampText) || signatures.length === 0)
		return null;
	return { timestamp: Number(timestampText), timestampText, signatures };
}

/**
 * Whether a signed time is near enough to now, in both directions (a future time is as wrong as an old one).
 * @param toleranceSeconds 0 switches the check off; a negative one lets nothing through
 */
export function isWithinTolerance(
	timestampSeconds: number,
	nowMs: number,
	toleranceSeconds: number,
): boolean {
	if (toleranceSeconds === 0) return true;
	return Math.abs(Math.floor(nowMs / 1000) - timestampSeconds) <= toleranceSeconds;
}

/** Secrets as configured, without blanks and stray white space around them. */
export function usableSecrets(secrets: ReadonlyArray<string | null | undefined>): string[] {
	return secrets.map((secret) => secret?.trim() ?? '').filter((secret) => secret !== '');
}

/**
 * Whether any of the hex signatures is the HMAC-SHA256 of the message under any of the secrets.
 * Every pair is compared, so that the time taken tells nothing. A blank secret matches nothing.
 * @param message parts of the signed message, in order; buffers are taken byte by byte
 */
export function hmacSha256HexMatches(
	signatures: readonly string[],
	secrets: readonly string[],
	message: ReadonlyArray<string | Buffer>,
): boolean {
	const candidates = signatures
		.map((signature) => Buffer.from(signature.toLowerCase()))
		.filter(({ length }) => length === SHA256_LENGTH);
	if (candidates.length === 0 || candidates.length > MAX_SIGNATURES) return false;
	let matches = false;
	for (const secret of usableSecrets(secrets)) {
		const hmac = createHmac('sha256', secret);
		for (const part of message) hmac.update(part);
		// As text, which node:crypto makes faster than a Buffer of the bytes.
		const expected = Buffer.from(hmac.digest('hex'));
		for (const candidate of candidates) {
			if (timingSafeEqual(candidate, expected)) matches = true;
		}
	}
	return matches;
}

/**
 * Compares two secrets of any length without telling by the time taken where they differ.
 * @returns false when nothing is expected: a blank secret is no secret
 */
export function secretsEqual(given: string, expected: string): boolean {
	if (expected.trim() === '') return false;
	const digest = (text: string) => createHmac('sha256', 'equal length').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
