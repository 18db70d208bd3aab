import { gzipSync } from 'node:zlib';
import { deliveryRow, type DeliveryFault } from './delivery-row';
import { openDoor } from './doors';
import { ACCEPTED, REFUSED, turnedAway, type Attempt, type Door } from './doors/door';
import type { Area, TriggerId } from './matrix';

const NOT_AN_EVENT = turnedAway(400);
const NOT_JSON = turnedAway(422);
const NOTHING_IN_IT = turnedAway(200);
const A_FORM = 'Kommo sends forms';

/** A body that the provider itself would sign like this. */
const signedBody = (
	fault: string,
	body: (door: Door) => Buffer,
	outcome: DeliveryFault['outcome'],
	except: DeliveryFault['except'] = {},
	also?: DeliveryFault['also'],
) => deliveryRow({ fault, send: (door) => door.signed(body(door)), outcome, except, also });

const text = (fault: string, bytes: Buffer | string, except: DeliveryFault['except'] = {}) =>
	signedBody(fault, (door) => door.bodyWith(Buffer.from(bytes)), ACCEPTED, except);

/** The genuine body, in JSON, with a member in front. */
const withMember = (member: string) => (door: Door) =>
	Buffer.concat([Buffer.from(`{${member},`), door.body.subarray(1)]);

/** How the sender describes the body. */
const described = (
	fault: string,
	headers: Record<string, string>,
	outcome: DeliveryFault['outcome'] = ACCEPTED,
	except: DeliveryFault['except'] = {},
	body: (door: Door) => Buffer = (door) => door.body,
) =>
	deliveryRow({
		fault,
		send(door) {
			const attempt = door.signed(door.body);
			return {
				...attempt,
				rawBody: body(door),
				headers: { ...attempt.headers, ...headers },
			};
		},
		outcome,
		except,
	});

const method = (name: string) =>
	deliveryRow({
		fault: `sent by ${name}`,
		send: (door): Attempt => ({ ...door.signed(door.body), method: name }),
		outcome: turnedAway(404),
	});

const NESTED = 10_000;
const deep = `${'{"a":'.repeat(NESTED)}1${'}'.repeat(NESTED)}`;
const MEGABYTES_10 = 10 * 1024 * 1024;

function expectCleanPrototype(): void {
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}

/** What stands in a body that the right sender has signed, and how it travels. */
export const body: Area<Door> = {
	name: 'Body',
	start: openDoor,
	stop: async (door) => await door.close(),
	rows: [
		text('bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe, 0xc3, 0x28, 0x62])),
		signedBody(
			'a byte order mark before the body',
			(door) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), door.body]),
			NOT_AN_EVENT,
			// It spoils the first key, which is of no use to us.
			{ kommo: ACCEPTED },
		),
		signedBody(
			'line ends CR LF',
			(door) =>
				Buffer.concat([door.body.subarray(0, 1), Buffer.from('\r\n'), door.body.subarray(1)]),
			ACCEPTED,
			{ kommo: A_FORM },
		),
		signedBody('a NUL byte', (door) => door.bodyWith(Buffer.from([0])), NOT_JSON, {
			kommo: ACCEPTED,
		}),
		text('emoji', '😀👩‍👩‍👧 €'),
		text('escapes: NUL, quotes, half an emoji', '\\u0000 \\" \\ud83d \\u2028'),
		signedBody('an empty body', () => Buffer.alloc(0), NOT_AN_EVENT, { kommo: NOTHING_IN_IT }),
		signedBody('null', () => Buffer.from('null'), NOT_AN_EVENT, { kommo: NOTHING_IN_IT }),
		signedBody('[]', () => Buffer.from('[]'), NOT_AN_EVENT, { kommo: NOTHING_IN_IT }),
		signedBody('a scalar', () => Buffer.from('42'), NOT_AN_EVENT, { kommo: NOTHING_IN_IT }),
		signedBody('truncated', (door) => door.body.subarray(0, -20), NOT_JSON, { kommo: ACCEPTED }),
		signedBody(
			'the key __proto__',
			withMember('"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'),
			ACCEPTED,
			{ kommo: A_FORM },
			expectCleanPrototype,
		),
		signedBody(
			'the key __proto__ in a form',
			(door) => Buffer.concat([door.body, Buffer.from('&leads[__proto__][polluted]=1')]),
			NOT_AN_EVENT,
			formsOnly(),
			expectCleanPrototype,
		),
		signedBody('a key twice, the later one genuine', withMember('"id":"x","data":{}'), ACCEPTED, {
			kommo: A_FORM,
		}),
		signedBody('10,000 levels deep', withMember(`"note":${deep}`), NOT_AN_EVENT, {
			kommo: A_FORM,
		}),
		signedBody(
			'10,000 levels deep, in a form',
			(door) => Buffer.concat([door.body, Buffer.from(`&leads${'[a]'.repeat(NESTED)}=1`)]),
			NOT_AN_EVENT,
			formsOnly(),
		),
		signedBody(
			'an integer beyond 2^53 as the id',
			() =>
				Buffer.from(
					'{"id":9007199254740993,"event_id":9007199254740993,"type":"x","event":"charge.completed","data":{"id":9007199254740993}}',
				),
			NOT_AN_EVENT,
			{ kommo: NOTHING_IN_IT },
		),
		signedBody(
			'10 MB, genuine',
			(door) => door.bodyWith(Buffer.alloc(MEGABYTES_10, 'x')),
			ACCEPTED,
		),
		deliveryRow({
			fault: '10 MB, forged',
			send: (door) => door.withProofs(Buffer.alloc(MEGABYTES_10, '['), ['forged']),
			outcome: NOT_JSON,
			except: { kommo: REFUSED },
		}),
		deliveryRow({
			fault: '10 MB of keys',
			send: (door) =>
				door.signed(Buffer.from(`${door.body.toString('utf8')}${'&a=1'.repeat(2_500_000)}`)),
			outcome: NOT_AN_EVENT,
			except: formsOnly(),
		}),
		described(
			'as application/json; charset=utf-8',
			{
				'content-type': 'application/json; charset=utf-8',
			},
			ACCEPTED,
			{ kommo: A_FORM },
		),
		described('as text/plain', { 'content-type': 'text/plain' }),
		described('as application/octet-stream', { 'content-type': 'application/octet-stream' }),
		described('as application/vnd.api+json', { 'content-type': 'application/vnd.api+json' }),
		described('without a content type', { 'content-type': '' }),
		described('as a form', { 'content-type': 'application/x-www-form-urlencoded' }),
		described('as JSON, a form', { 'content-type': 'application/json' }, NOT_JSON, {
			stripe: 'sends JSON',
			checkoutCom: 'sends JSON',
			paddle: 'sends JSON',
			flutterwave: 'sends JSON',
		}),
		described(
			'as multipart/form-data',
			{ 'content-type': 'multipart/form-data; boundary=x' },
			REFUSED,
			{ flutterwave: NOT_AN_EVENT, kommo: NOTHING_IN_IT },
		),
		described(
			'in another charset than it names',
			{ 'content-type': 'application/json; charset=utf-16' },
			NOT_JSON,
		),
		described(
			'compressed with gzip, signed before',
			{ 'content-encoding': 'gzip' },
			ACCEPTED,
			{},
			(door) => gzipSync(door.body),
		),
		deliveryRow({
			fault: 'compressed with gzip, signed after',
			send(door) {
				const zipped = gzipSync(door.body);
				const attempt = door.signed(zipped);
				return { ...attempt, headers: { ...attempt.headers, 'content-encoding': 'gzip' } };
			},
			outcome: REFUSED,
			except: { flutterwave: ACCEPTED, kommo: ACCEPTED },
		}),
		described('called gzip and none', { 'content-encoding': 'gzip' }, turnedAway(500)),
		...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(method),
	],
};

function formsOnly(): Partial<Record<TriggerId, string>> {
	return {
		stripe: 'sends JSON',
		checkoutCom: 'sends JSON',
		paddle: 'sends JSON',
		flutterwave: 'sends JSON',
	};
}
