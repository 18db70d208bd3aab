import { randomInt } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const LINK_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

function randomText(length: number, letters: string): string {
	return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** An id in Checkout.com's style: `newId('pay')` → `pay_` and 26 letters of base 32. */
export function newId(prefix: string): string {
	return `${prefix}_${randomText(26, BASE32)}`;
}

export function newLinkId(): string {
	return `pl_${randomText(12, LINK_LETTERS)}`;
}

/** As in `Cko-Request-Id` and error bodies. */
export function newRequestId(): string {
	return `0HL${randomText(10, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')}`;
}

/** Digits only, as acquirers number their transactions. */
export function newDigits(length: number): string {
	return randomText(length, '0123456789');
}

/** A key of the right form; it ends in `*` because real ones may, and nothing may encode or trim that. */
export function newSecretKey(sandbox: boolean): string {
	return ['sk', ...(sandbox ? ['sbox'] : []), `${randomText(26, BASE32)}*`].join('_');
}
