import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import Stripe from 'stripe';
import {
	GENUINE,
	hmacSha256HexMatches,
	isWithinTolerance,
	parseTimestampedHeader,
	refused,
	secretsEqual,
	usableSecrets,
} from '../../../nodes/core/webhook-signature';

const STRIPE = { separator: ',', timestampKey: 't', signatureKey: 'v1' } as const;
const PADDLE = { separator: ';', timestampKey: 'ts', signatureKey: 'h1' } as const;
const CURRENT = 'whsec_current';
const PREVIOUS = 'whsec_previous';
const FOREIGN = 'whsec_of_somebody_else';
const TIME = 1_700_000_000;
const BODY = '{"id":"evt_1","amount":199900,"name":"Zoë – 日本 €"}';

/** Header made by the official package. */
function stripeHeader(payload: string, secret: string, scheme = 'v1'): string {
	return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: TIME, scheme });
}

function signature(secret: string, body: string | Buffer = BODY, joint = '.'): string {
	return createHmac('sha256', secret).update(`${TIME}${joint}`).update(body).digest('hex');
}

/** Reads and checks a header as a gateway does. */
function isGenuine(header: string | undefined, secrets: string[], body: string | Buffer = BODY) {
	const signed = parseTimestampedHeader(header, STRIPE);
	return (
		signed !== null &&
		hmacSha256HexMatches(signed.signatures, secrets, [`${signed.timestampText}.`, body])
	);
}

describe('a signature', () => {
	it.each([
		['the current secret', [CURRENT], CURRENT, true],
		['the current of two secrets', [CURRENT, PREVIOUS], CURRENT, true],
		['the previous of two secrets', [CURRENT, PREVIOUS], PREVIOUS, true],
		['somebody else’s secret', [CURRENT, PREVIOUS], FOREIGN, false],
		['a secret, when none is configured', [], CURRENT, false],
		['the empty secret, when that is configured', [''], '', false],
		['a blank secret, when that is configured', ['   '], '   ', false],
		['the empty secret, when a blank one is configured', ['   '], '', false],
	])('made with %s', (_name, secrets, madeWith, genuine) => {
		const made = signature(madeWith);
		expect(isGenuine(`t=${TIME},v1=${made}`, secrets)).toBe(genuine);
	});

	it('made by the official Stripe package is genuine', () => {
		const header = stripeHeader(BODY, CURRENT);
		expect(isGenuine(header, [CURRENT])).toBe(true);
		const { signature: official } = Stripe.webhooks;
		expect(official?.verifyHeader(BODY, header, CURRENT, 300, undefined, TIME * 1000)).toBe(true);
	});

	it('in the Paddle notation is genuine', () => {
		const header = `ts=${TIME};h1=${signature(CURRENT, BODY, ':')}`;
		const signed = parseTimestampedHeader(header, PADDLE);
		expect(signed).toMatchObject({ timestamp: TIME, timestampText: String(TIME) });
		expect(
			hmacSha256HexMatches(signed?.signatures ?? [], [CURRENT], [`${TIME}:`, Buffer.from(BODY)]),
		).toBe(true);
		expect(parseTimestampedHeader(header, STRIPE)).toBeNull();
	});

	const good = signature(CURRENT);
	const bad = signature(FOREIGN);
	it.each([
		['first', [good, bad, bad]],
		['in the middle', [bad, good, bad]],
		['last', [bad, bad, good]],
		['after broken ones', ['zz', '', 'abc', good]],
	])('counts when it is %s of several', (_where, signatures) => {
		const header = [`t=${TIME}`, ...signatures.map((each) => `v1=${each}`)].join(',');
		expect(isGenuine(header, [CURRENT])).toBe(true);
	});

	it.each([
		['only of the scheme v0', stripeHeader(BODY, CURRENT, 'v0')],
		['of an unknown scheme', stripeHeader(BODY, CURRENT, 'v2')],
		['truncated', `t=${TIME},v1=${good.slice(0, 62)}`],
		['truncated to an odd length', `t=${TIME},v1=${good.slice(0, 63)}`],
		['one digit too long', `t=${TIME},v1=${good}0`],
		['in base64', `t=${TIME},v1=${Buffer.from(good, 'hex').toString('base64')}`],
		['with a character that is no hex digit', `t=${TIME},v1=${good.slice(0, 63)}g`],
		['preceded by 0x', `t=${TIME},v1=0x${good}`],
		['in quotes', `t=${TIME},v1="${good}"`],
		['empty', `t=${TIME},v1=`],
		['without its key', `t=${TIME},${good}`],
		['under an upper-case key', `t=${TIME},V1=${good}`],
		['absent', `t=${TIME}`],
		['of another time', `t=${TIME + 1},v1=${good}`],
	])('is refused when it is %s', (_name, header) => {
		expect(isGenuine(header, [CURRENT])).toBe(false);
	});

	it('is taken in upper case: hex has no case', () => {
		expect(isGenuine(`t=${TIME},v1=${good.toUpperCase()}`, [CURRENT])).toBe(true);
	});

	it('is refused as soon as one byte of the body differs', () => {
		expect(isGenuine(`t=${TIME},v1=${good}`, [CURRENT], `${BODY} `)).toBe(false);
		expect(isGenuine(`t=${TIME},v1=${good}`, [CURRENT], BODY.replace('Zoë', 'Zoe'))).toBe(false);
	});

	it('is over bytes: a body that is no UTF-8 is not confused with another', () => {
		const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x00, 0x7d]);
		const asText = Buffer.from(bytes.toString('utf8'));
		const header = `t=${TIME},v1=${signature(CURRENT, bytes)}`;
		expect(isGenuine(header, [CURRENT], bytes)).toBe(true);
		expect(isGenuine(header, [CURRENT], asText)).toBe(false);
	});

	it('is over any bytes and with any secret what the HMAC says', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 300 }),
				fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== ''),
				(body, secret) => {
					const header = `t=${TIME},v1=${signature(secret, Buffer.from(body))}`;
					expect(isGenuine(header, [secret], Buffer.from(body))).toBe(true);
					expect(isGenuine(header, [`${secret}x`], Buffer.from(body))).toBe(false);
				},
			),
		);
	});
});

describe('work on a hostile header is bounded', () => {
	it('by refusing 10,000 signatures unread, even when one is right', () => {
		const many = Array<string>(10_000).fill(`v1=${signature(CURRENT)}`);
		expect(isGenuine([`t=${TIME}`, ...many].join(','), [CURRENT])).toBe(false);
		const tooMany = Array<string>(10_000).fill(signature(CURRENT));
		expect(hmacSha256HexMatches(tooMany, [CURRENT], [`${TIME}.`, BODY])).toBe(false);
	});

	it('by reading no header of more than 4096 characters', () => {
		const header = `t=${TIME},v1=${signature(CURRENT)}`;
		const padding = (length: number) => `${header},${'x'.repeat(length - header.length - 1)}`;
		expect(isGenuine(padding(4096), [CURRENT])).toBe(true);
		expect(isGenuine(padding(4097), [CURRENT])).toBe(false);
	});

	it('while leaving room for a rotation with many secrets', () => {
		const signatures = [...Array<string>(9).fill(signature(FOREIGN)), signature(CURRENT)];
		const header = [`t=${TIME}`, ...signatures.map((each) => `v1=${each}`)].join(',');
		expect(isGenuine(header, [CURRENT])).toBe(true);
	});

	it('never throws, whatever the header', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 200 }), (header) => {
				expect(isGenuine(header, [CURRENT])).toBe(false);
			}),
		);
	});
});

describe('the timestamp of a header', () => {
	const v1 = signature(CURRENT);

	it.each([
		['missing', `v1=${v1}`],
		['empty', `t=,v1=${v1}`],
		['given twice', `t=${TIME},t=${TIME},v1=${v1}`],
		['given twice, differently', `t=${TIME},v1=${v1},t=1`],
		['no number', `t=NaN,v1=${v1}`],
		['negative', `t=-${TIME},v1=${v1}`],
		['signed', `t=+${TIME},v1=${v1}`],
		['a fraction', `t=${TIME}.5,v1=${v1}`],
		['in exponent notation', `t=1e9,v1=${v1}`],
		['hexadecimal', `t=0x6553f100,v1=${v1}`],
		['in milliseconds', `t=${TIME}000,v1=${v1}`],
		['20 digits long', `t=17000000000000000000,v1=${v1}`],
		['with leading zeros', `t=0${TIME},v1=${v1}`],
		['zero', `t=0,v1=${v1}`],
		['with white space inside', `t=17000 00000,v1=${v1}`],
	])('refuses the header when it is %s', (_name, header) => {
		expect(parseTimestampedHeader(header, STRIPE)).toBeNull();
	});

	it.each([undefined, '', ',', '=', ',,,=,='])('%p is no header', (header) => {
		expect(parseTimestampedHeader(header, STRIPE)).toBeNull();
	});

	it('is found among unknown keys and stray white space', () => {
		expect(parseTimestampedHeader(` a=b , v1 = ${v1} , t = ${TIME} `, STRIPE)).toEqual({
			timestamp: TIME,
			timestampText: String(TIME),
			signatures: [v1],
		});
	});

	it.each([
		[TIME - 300, true],
		[TIME - 301, false],
		[TIME + 300, true],
		[TIME + 301, false],
		[TIME, true],
		[0, false],
	])('%i lies within 300 s of now: %p', (timestamp, within) => {
		expect(isWithinTolerance(timestamp, TIME * 1000, 300)).toBe(within);
		expect(isWithinTolerance(timestamp, TIME * 1000 + 999, 300)).toBe(within);
	});

	it('is not looked at with tolerance 0, and lets nothing through with a nonsensical one', () => {
		expect(isWithinTolerance(1, TIME * 1000, 0)).toBe(true);
		expect(isWithinTolerance(TIME, TIME * 1000, -1)).toBe(false);
		expect(isWithinTolerance(TIME, TIME * 1000, NaN)).toBe(false);
		expect(isWithinTolerance(TIME, NaN, 300)).toBe(false);
	});
});

describe('secrets', () => {
	it('are used without blanks and without the white space that copying leaves', () => {
		expect(usableSecrets([' a\n', '', '  ', null, undefined, 'b'])).toEqual(['a', 'b']);
		expect(usableSecrets([])).toEqual([]);
	});

	it('signed with a copied line end still match', () => {
		expect(isGenuine(stripeHeader(BODY, CURRENT), [`${CURRENT}\n`])).toBe(true);
	});

	it.each([
		['a', 'a', true],
		['a', 'b', false],
		['a', 'aa', false],
		['', 'a', false],
		['', '', false],
		[' ', ' ', false],
		['日本', '日本', true],
	])('%p equals %p: %p', (given, expected, equal) => {
		expect(secretsEqual(given, expected)).toBe(equal);
	});
});

it('a verdict says why a delivery is refused', () => {
	expect(refused('no secret configured')).toEqual({
		genuine: false,
		refusal: 'no secret configured',
	});
	expect(GENUINE).toEqual({ genuine: true });
});
