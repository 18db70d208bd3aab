/**
 * What a link asks for, written into its own `tx_ref`. Flutterwave gives a link no id and tells nothing of one it has
 * made, so this is how a link that nobody has paid yet is known again.
 *
 * `kommo_{lead}_` currency (3) amount (1–8) made at (5) lifetime (3) other terms (3) nonce (2), numbers in base 36.
 */
import { createHash, randomInt } from 'node:crypto';
import { leadIdOfReference, leadReference } from '../../core/lead-reference';
import { formatMoney, fromMinor, MoneyError, type Money } from '../../core/money';

const MINUTE_MS = 60_000;
const NONCES = 36 ** 2;
const LARGEST_AMOUNT = 36 ** 8 - 1;
const SUFFIX = /_([A-Z]{3})([0-9a-z]{1,8})([0-9a-z]{5})([0-9a-z]{3})([0-9a-z]{3})[0-9a-z]{2}$/;

export interface LinkTerms {
	money: Money;
	/** Minutes from the making of the link until its session ends; null when it has none of its own. */
	lifetimeMinutes: number | null;
	/** Digest of what else makes another link necessary: plan, methods, payer, attempts, mode. */
	otherTerms: string;
}

export interface KnownLink extends LinkTerms {
	leadId: number;
	reference: string;
	/** Milliseconds since the epoch, cut to the minute. */
	madeAt: number;
}

/**
 * A reference for a new link.
 * @param now milliseconds since the epoch
 * @param otherThan one that was used just now; null when there is none
 * @throws MoneyError when the amount is too large to be written down
 */
export function newLinkReference(
	leadId: number,
	terms: LinkTerms,
	now: number,
	otherThan: string | null = null,
): string {
	const { money, lifetimeMinutes, otherTerms } = terms;
	if (money.amountMinor > LARGEST_AMOUNT) {
		throw new MoneyError(`${formatMoney(money)} is too large for one payment.`);
	}
	const suffix = [
		money.currency,
		money.amountMinor.toString(36),
		base36(Math.floor(now / MINUTE_MS), 5),
		base36(lifetimeMinutes ?? 0, 3),
		otherTerms,
		nonce(otherThan),
	].join('');
	return leadReference(leadId, suffix);
}

/** @returns null when it is not a reference that this gateway made */
export function readLinkReference(reference: string): KnownLink | null {
	const leadId = leadIdOfReference(reference);
	const match = SUFFIX.exec(reference);
	if (leadId === null || match === null) return null;
	const [, currency = '', amount = '', minutes = '', lifetime = '', otherTerms = ''] = match;
	return {
		leadId,
		reference,
		money: fromMinor(Number.parseInt(amount, 36), currency),
		madeAt: Number.parseInt(minutes, 36) * MINUTE_MS,
		lifetimeMinutes: Number.parseInt(lifetime, 36) || null,
		otherTerms,
	};
}

/** Milliseconds since the epoch; null when the link has no end of its own. */
export function expiryOf({ madeAt, lifetimeMinutes }: KnownLink): number | null {
	return lifetimeMinutes === null ? null : madeAt + lifetimeMinutes * MINUTE_MS;
}

/** Three characters: one change in 46 656 goes unnoticed, and then the older link stays. */
export function digestOfTerms(terms: ReadonlyArray<string | null>): string {
	const digest = createHash('sha256').update(JSON.stringify(terms)).digest();
	return base36(digest.readUInt32BE() % 36 ** 3, 3);
}

function nonce(otherThan: string | null): string {
	if (otherThan === null) return base36(randomInt(NONCES), 2);
	return base36((Number.parseInt(otherThan.slice(-2), 36) + 1) % NONCES, 2);
}

function base36(value: number, length: number): string {
	return value.toString(36).padStart(length, '0');
}
