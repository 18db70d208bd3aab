import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Crockford base 32, as in a ULID, lower case as Paddle writes it. */
const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** Letters and digits, as keys and secrets are made of. */
export function randomText(length: number): string {
	return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** Makes Paddle ids: a prefix and a ULID, so that ids sorted as text are in the order of creation. */
export class Ids {
	private last = 0;
	private count = 0;

	/** @param now the clock, in ms */
	constructor(private readonly now: () => number) {}

	/** `next('txn')` → `txn_01hv8wptq8987qeep44cyrewp9` */
	next(prefix: string): string {
		const at = Math.max(this.now(), this.last);
		this.count = at === this.last ? this.count + 1 : 0;
		this.last = at;
		const tail = Array.from({ length: 12 }, () => BASE32[randomInt(32)]).join('');
		return `${prefix}_${base32(at, 10)}${base32(this.count, 4)}${tail}`;
	}
}

function base32(value: number, width: number): string {
	let text = '';
	for (let rest = value; text.length < width; rest = Math.floor(rest / 32)) {
		text = `${BASE32[rest % 32]}${text}`;
	}
	return text;
}

/**
 * A key in the format of 2025-05-06: `pdl_sdbx_apikey_`, 26, 22 and 3 characters.
 * https://developer.paddle.com/api-reference/about/authentication
 */
export function newApiKey(environment: 'sdbx' | 'live' = 'sdbx'): string {
	const id = Array.from({ length: 26 }, () => BASE32[randomInt(32)]).join('');
	return ['pdl', environment, 'apikey', id, randomText(22), randomText(3)].join('_');
}

/**
 * The secret of a destination. The OpenAPI pattern allows letters and digits only, but real ones are
 * base64 and hold `+` and `/`; both are always in ours.
 */
export function newEndpointSecret(settingId: string): string {
	const tail = `${randomText(9)}+${randomText(11)}/${randomText(10)}`;
	return ['pdl', settingId, tail].join('_');
}
