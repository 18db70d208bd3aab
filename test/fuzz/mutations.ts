/** A random number from 0 up to (not including) `below`. */
export type Random = (below: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

/** Longest input made, in bytes: bodies beyond it are the same code over more of the same. */
const MAX_LENGTH = 128 * 1024;

/** What has broken parsers before. */
const NASTY = [
	'',
	'\0',
	'\r\n',
	'\uFEFF',
	'\u2028',
	'\uD800',
	'💸',
	'%',
	'%00',
	'%ff',
	'[]',
	'[__proto__]',
	'[constructor][prototype]',
	'__proto__',
	'null',
	'true',
	'{}',
	'[]',
	'""',
	'0',
	'-0',
	'-1',
	'1e999',
	'9007199254740993',
	'00000000000000000001',
	'0.1e-7',
	'NaN',
	'1,5',
	'١٢٣',
	'=',
	'&',
	',',
	';',
	' | ',
	'"',
	'\\',
	'\\u0000',
	'://',
	'@',
	'//',
].map((text) => Buffer.from(text));

type Mutation = (input: Buffer, random: Random) => Buffer;

function splice(input: Buffer, at: number, remove: number, insert: Buffer): Buffer {
	return Buffer.concat([input.subarray(0, at), insert, input.subarray(at + remove)]);
}

function piece(input: Buffer, random: Random): Buffer {
	const from = random(input.length + 1);
	return input.subarray(from, from + random(64));
}

/** A JSON token or a form value: what parsers look at as a whole. */
function replaceToken(input: Buffer, random: Random): Buffer {
	const text = input.toString('latin1');
	const tokens = [...text.matchAll(/"[^"]*"|-?\d+(?:\.\d+)?|[A-Za-z_]+/g)];
	const token = tokens[random(tokens.length || 1)];
	if (token === undefined) return input;
	return splice(input, token.index, token[0].length, NASTY[random(NASTY.length)] ?? input);
}

const MUTATIONS: readonly Mutation[] = [
	(input, random) => {
		const changed = Buffer.from(input);
		if (changed.length > 0) changed[random(changed.length)] = random(256);
		return changed;
	},
	(input, random) => splice(input, random(input.length + 1), random(32), Buffer.alloc(0)),
	(input, random) =>
		splice(input, random(input.length + 1), 0, NASTY[random(NASTY.length)] ?? input),
	(input, random) => splice(input, random(input.length + 1), 0, piece(input, random)),
	(input, random) => input.subarray(0, random(input.length + 1)),
	replaceToken,
	replaceToken,
	// The same again and again: deep nesting, long lists, what regular expressions backtrack over.
	(input, random) => {
		const repeated = piece(input, random);
		const times = Math.min(10 ** random(5), Math.floor(MAX_LENGTH / (repeated.length || 1)));
		const many = Buffer.concat(Array.from({ length: times }, () => repeated));
		return splice(input, random(input.length + 1), 0, many);
	},
];

/** One of the seeds, changed in one to eight places. */
export function mutated(seeds: readonly Buffer[], random: Random): Buffer {
	let input = seeds[random(seeds.length)] ?? Buffer.alloc(0);
	for (let changes = 1 + random(8); changes > 0; changes -= 1) {
		input = MUTATIONS[random(MUTATIONS.length)]?.(input, random) ?? input;
	}
	return input.subarray(0, MAX_LENGTH);
}
