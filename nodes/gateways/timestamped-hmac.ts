import {
	GENUINE,
	hmacSha256HexMatches,
	isWithinTolerance,
	parseTimestampedHeader,
	refused,
	usableSecrets,
	type Verdict,
} from '../core/webhook-signature';
import type { VerificationSettings, WebhookDelivery } from './gateway';

export interface TimestampedHmac {
	/** Lower-case name of the header. */
	header: string;
	format: Parameters<typeof parseTimestampedHeader>[1];
	/** What stands between the time and the body in the signed message. */
	joint: string;
}

/** The scheme of Stripe and Paddle: hex HMAC-SHA256 over `time joint body`, one for each secret in use. */
export function verifyTimestampedHmac(
	{ rawBody, headers }: WebhookDelivery,
	{ secrets, toleranceSeconds, nowMs }: VerificationSettings,
	{ header, format, joint }: TimestampedHmac,
): Verdict {
	const usable = usableSecrets(secrets);
	if (usable.length === 0) return refused('no secret configured');
	const value = headers[header];
	if (value === undefined) return refused('no signature');
	const signed = parseTimestampedHeader(String(value), format);
	if (signed === null) return refused('malformed signature');
	const message = [`${signed.timestampText}${joint}`, rawBody];
	if (!hmacSha256HexMatches(signed.signatures, usable, message)) {
		return refused('signature does not match');
	}
	return isWithinTolerance(signed.timestamp, nowMs, toleranceSeconds)
		? GENUINE
		: refused('timestamp outside tolerance');
}
