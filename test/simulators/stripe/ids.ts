import { randomInt } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters and digits, as Stripe's ids and secrets are made of. */
export function randomText(length: number): string {
	return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** An id in Stripe's style: `newId('pi_3')` → `pi_3` and 23 letters. */
export function newId(prefix: string, length = 23): string {
	return `${prefix}${randomText(length)}`;
}
