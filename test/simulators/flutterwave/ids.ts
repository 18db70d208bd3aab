import { randomBytes, randomInt } from 'node:crypto';

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** The last part of a payment page's URL: `flwlnk-` and a ULID in lower case. */
export function newLinkCode(now: number): string {
	const time = Array.from(
		{ length: 10 },
		(_, index) => BASE32[Math.floor(now / 32 ** (9 - index)) % 32],
	);
	const random = Array.from({ length: 16 }, () => BASE32[randomInt(32)]);
	return `flwlnk-${time.join('')}${random.join('')}`;
}

export function newHex(length: number): string {
	return randomBytes(Math.ceil(length / 2))
		.toString('hex')
		.slice(0, length);
}

export function newDigits(length: number): string {
	return Array.from({ length }, () => randomInt(10)).join('');
}

/** Numbers that only grow. They begin at random, so that two runs do not share ids. */
export class Sequence {
	private last: number;

	/** @param digits how many digits the numbers have */
	constructor(digits: number) {
		this.last = randomInt(10 ** (digits - 1), 5 * 10 ** (digits - 1));
	}

	next(): number {
		this.last += 1;
		return this.last;
	}
}
