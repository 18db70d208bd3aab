import { deliveryRow } from './delivery-row';
import { openDoor } from './doors';
import { ACCEPTED, REFUSED, type Attempt, type Door, type Outcome } from './doors/door';
import type { Area, TriggerId } from './matrix';

const OTHER = 'signing-secret-of-somebody-else';
const OLD = 'signing-secret-before-the-rotation';

const NO_SIGNATURE = 'Kommo signs nothing; the key in the address says who sends';
const NO_ROTATION = 'the key is made by the trigger itself and never changed';
const ONE_ONLY: Partial<Record<TriggerId, Outcome | string>> = {
	checkoutCom: REFUSED,
	flutterwave: REFUSED,
	kommo: REFUSED,
};
const NO_SCHEMES: Partial<Record<TriggerId, string>> = {
	checkoutCom: 'the header is the signature, without a scheme',
	flutterwave: 'the header is the secret hash, without a scheme',
	kommo: NO_SIGNATURE,
};
const NO_TIME: Partial<Record<TriggerId, string>> = {
	checkoutCom: 'the signature has no time; a replay is told by the event id',
	flutterwave: 'the hash has no time; a replay is told by the id, and the API is asked',
	kommo: 'the key has no time; a replay is told by the time of the change',
};

const proven = (door: Door, ...proofs: string[]): Attempt => door.withProofs(door.body, proofs);
const good = (door: Door): string => door.proof(door.body);
const bad = (door: Door): string => door.proof(door.body, { secret: OTHER });

/** In the event's id: the body stays JSON. */
function flipped(body: Buffer): Buffer {
	const copy = Buffer.from(body);
	const at = copy.indexOf('id') + 6;
	copy[at] = (copy[at] ?? 0) ^ 1;
	return copy;
}

/** A genuine signature over a time written like this. */
const timed = (fault: string, timestamp: (seconds: number) => string, outcome = REFUSED) =>
	deliveryRow({
		fault: `the time ${fault}`,
		send(door) {
			const written = timestamp(Math.floor(Date.now() / 1000));
			const proof = door.proof(door.body, { timestamp: written });
			return door.withProofs(door.body, [proof], { timestamp: written });
		},
		outcome,
		except: NO_TIME,
	});

/** Of both providers that sign a time, unless the user chooses another. */
const TOLERANCE_S = 300;

const aged = (fault: string, direction: -1 | 1, beyond: 0 | 1, outcome: Outcome) =>
	deliveryRow({
		fault: `the time ${fault}`,
		send(door) {
			const seconds = direction * (TOLERANCE_S + beyond);
			return door.signed(door.body, { atMs: Date.now() + seconds * 1000 });
		},
		outcome,
		except: NO_TIME,
	});

const rotated = (fault: string, proofs: (door: Door) => string[], except = {}) =>
	deliveryRow({
		fault,
		send: (door) => proven(door, ...proofs(door)),
		settings: (door) => ({ secret: door.secret, previousSecret: OLD }),
		outcome: ACCEPTED,
		except: { kommo: NO_ROTATION, ...except },
	});

const written = (fault: string, write: (proof: string) => string, except = {}) =>
	deliveryRow({
		fault: `the signature ${fault}`,
		send: (door) => proven(door, write(good(door))),
		outcome: REFUSED,
		except,
	});

/** Who sent it, and whether it arrived as it was sent. */
export const signature: Area<Door> = {
	name: 'Signature',
	start: openDoor,
	stop: async (door) => await door.close(),
	rows: [
		deliveryRow({
			fault: 'nothing',
			send: (door) => door.signed(door.body),
			outcome: ACCEPTED,
		}),
		deliveryRow({
			fault: 'one bit of the body flipped',
			send: (door) => ({ ...door.signed(door.body), rawBody: flipped(door.body) }),
			outcome: REFUSED,
			except: {
				flutterwave: 'the hash does not cover the body; see "the hash is stolen" under Meaning',
				kommo: NO_SIGNATURE,
			},
		}),
		deliveryRow({
			fault: 'the body parsed and written again',
			send: (door) => ({
				...door.signed(door.body),
				rawBody: Buffer.from(JSON.stringify(JSON.parse(door.body.toString('utf8')), null, 7)),
			}),
			outcome: REFUSED,
			except: { flutterwave: ACCEPTED, kommo: NO_SIGNATURE },
		}),
		deliveryRow({
			fault: "signed with another endpoint's secret",
			send: (door) => proven(door, bad(door)),
			outcome: REFUSED,
		}),
		deliveryRow({
			fault: 'white space around the configured secret',
			send: (door) => door.signed(door.body),
			settings: (door) => ({ secret: `  ${door.secret}\r\n` }),
			outcome: ACCEPTED,
			except: { kommo: 'the key is made by the trigger itself, nobody types it' },
		}),
		deliveryRow({
			fault: 'no secret configured',
			send: (door) => door.signed(door.body),
			settings: () => ({ secret: null }),
			outcome: REFUSED,
		}),
		deliveryRow({
			fault: 'no secret configured, signed with the empty one',
			send: (door) => door.withProofs(door.body, ['']),
			settings: () => ({ secret: null }),
			outcome: REFUSED,
		}),
		rotated('two secrets configured, signed with the new one', (door) => [good(door)]),
		rotated('two secrets configured, signed with the old one', (door) => [
			door.proof(door.body, { secret: OLD }),
		]),
		rotated(
			'two secrets configured, signed with both',
			(door) => [door.proof(door.body, { secret: OLD }), good(door)],
			{
				checkoutCom: 'one signature each; the header of two is refused, see below',
				flutterwave: 'one hash each; the header of two is refused, see below',
			},
		),
		deliveryRow({
			fault: 'signed with the old secret after the rotation',
			send: (door) => proven(door, door.proof(door.body, { secret: OLD })),
			outcome: REFUSED,
		}),
		deliveryRow({
			fault: 'the valid signature first of three',
			send: (door) => proven(door, good(door), bad(door), bad(door)),
			outcome: ACCEPTED,
			except: ONE_ONLY,
		}),
		deliveryRow({
			fault: 'the valid signature in the middle of three',
			send: (door) => proven(door, bad(door), good(door), bad(door)),
			outcome: ACCEPTED,
			except: ONE_ONLY,
		}),
		deliveryRow({
			fault: 'the valid signature last of three',
			send: (door) => proven(door, bad(door), bad(door), good(door)),
			outcome: ACCEPTED,
			except: ONE_ONLY,
		}),
		deliveryRow({
			fault: 'a valid signature under the scheme v0 only',
			send: (door) => door.withProofs(door.body, [good(door)], { scheme: 'v0' }),
			outcome: REFUSED,
			except: NO_SCHEMES,
		}),
		deliveryRow({
			fault: 'a valid signature under an unknown scheme only',
			send: (door) => door.withProofs(door.body, [good(door)], { scheme: 'x9' }),
			outcome: REFUSED,
			except: NO_SCHEMES,
		}),
		written('truncated to half', (proof) => proof.slice(0, proof.length / 2)),
		written('of an odd length', (proof) => proof.slice(0, -1)),
		written('over-long', (proof) => `${proof}00`),
		written('in upper case', (proof) => proof.toUpperCase(), {
			stripe: ACCEPTED,
			checkoutCom: ACCEPTED,
			paddle: ACCEPTED,
		}),
		written('in base64', (proof) => Buffer.from(proof, 'hex').toString('base64'), {}),
		deliveryRow({
			fault: 'the header missing',
			send: (door) => {
				const { headers, ...attempt } = door.signed(door.body);
				const contentType = headers['content-type'] ?? '';
				return { ...attempt, headers: { 'content-type': contentType }, query: [] };
			},
			outcome: REFUSED,
		}),
		deliveryRow({
			fault: 'the header empty',
			send: (door) => {
				const { headers, query, ...attempt } = door.signed(door.body);
				const empty = Object.keys(headers).map((name) => [
					name,
					name === 'content-type' ? (headers[name] ?? '') : '',
				]);
				return {
					...attempt,
					headers: Object.fromEntries(empty) as Attempt['headers'],
					...(query ? { query: [['key', '']] } : {}),
				};
			},
			outcome: REFUSED,
		}),
		deliveryRow({
			fault: 'the header twice, both genuine',
			send: (door) => {
				const { headers, query, ...attempt } = door.signed(door.body);
				const twice = Object.entries(headers).map(([name, value]) => [
					name,
					name === 'content-type' ? value : [String(value), String(value)],
				]);
				return {
					...attempt,
					headers: Object.fromEntries(twice) as Attempt['headers'],
					...(query ? { query: [...query, ...query] } : {}),
				};
			},
			outcome: REFUSED,
			// The lines are joined to one header: `ts=…;h1=…, ts=…;h1=…` still has one time, and a signature that is right.
			except: { paddle: ACCEPTED },
		}),
		deliveryRow({
			fault: '10,000 signatures, the last one valid',
			send: (door) => proven(door, ...Array<string>(9_999).fill(bad(door)), good(door)),
			outcome: REFUSED,
			except: { kommo: 'an address so long is refused by Node before n8n sees it' },
		}),
		deliveryRow({
			fault: 'the time twice in one header',
			send: (door) => {
				const attempt = door.signed(door.body);
				const [name, key] =
					door.trigger === 'stripe' ? ['stripe-signature', ',t='] : ['paddle-signature', ';ts='];
				const now = String(Math.floor(Date.now() / 1000));
				const header = `${String(attempt.headers[name])}${key}${now}`;
				return { ...attempt, headers: { ...attempt.headers, [name]: header } };
			},
			outcome: REFUSED,
			except: NO_TIME,
		}),
		timed('is NaN', () => 'NaN'),
		timed('is negative', (seconds) => `-${seconds}`),
		timed('is a fraction', (seconds) => `${seconds}.5`),
		timed('has 20 digits', (seconds) => `${seconds}0000000000`),
		timed('is in milliseconds', (seconds) => `${seconds}000`),
		aged('is old, by the tolerance', -1, 0, ACCEPTED),
		aged('is old, by the tolerance and a second', -1, 1, REFUSED),
		aged('is ahead, by the tolerance', 1, 0, ACCEPTED),
		aged('is ahead, by the tolerance and a second', 1, 1, REFUSED),
	],
};
