/**
 * Kommo posts forms in PHP's notation: `leads[status][0][id]=7`. n8n reads such bodies flat and drops everything beyond
 * 1,000 keys, so the raw bytes are decoded here.
 */

/** Lists are recognised by their indexes, so everything is an object first. */
export interface FormObject {
	[key: string]: FormValue;
}
export type FormValue = string | FormObject | FormValue[];

export interface FormLimits {
	maxKeys: number;
	maxDepth: number;
}

/** A lead with 500 filled fields has some 2,500 keys; the deepest documented key has 7 parts. */
const DEFAULT_LIMITS: FormLimits = { maxKeys: 50_000, maxDepth: 12 };

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** A body that is no form at all, or one that is meant to do harm. */
export class FormBodyError extends Error {
	override readonly name = 'FormBodyError';
}

/**
 * Decodes a form in PHP's notation. Indexes with gaps become a list without them; a name with an open bracket is taken as
 * it is; percent signs that encode nothing stay.
 * @throws FormBodyError for keys that reach for an object's prototype, and beyond the limits
 */
export function parsePhpForm(
	body: Buffer | string,
	limits: FormLimits = DEFAULT_LIMITS,
): FormObject {
	const text = typeof body === 'string' ? body : body.toString('utf8');
	const root = emptyObject();
	const nextIndexes: NextIndexes = new WeakMap();
	let keys = 0;
	for (const pair of text.split('&')) {
		if (pair === '') continue;
		keys += 1;
		if (keys > limits.maxKeys) throw new FormBodyError(`more than ${limits.maxKeys} keys`);
		const equals = pair.indexOf('=');
		const name = decode(equals < 0 ? pair : pair.slice(0, equals));
		const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
		assign(root, pathOf(name, limits), value, nextIndexes);
	}
	return withLists(root) as FormObject;
}

/** `a[b][]` is a, b and "the next index". */
function pathOf(name: string, { maxDepth }: FormLimits): string[] {
	const bracket = name.indexOf('[');
	const isNested = bracket > 0 && name.endsWith(']');
	const path = isNested
		? [name.slice(0, bracket), ...name.slice(bracket + 1, -1).split('][')]
		: [name];
	if (path.length > maxDepth) throw new FormBodyError(`deeper than ${maxDepth} levels`);
	const forbidden = path.find((part) => FORBIDDEN.has(part));
	if (forbidden !== undefined) throw new FormBodyError(`the key "${forbidden}" is not allowed`);
	return path;
}

/** How often `[]` was used on an object. */
type NextIndexes = WeakMap<FormObject, number>;

function assign(
	root: FormObject,
	path: readonly string[],
	value: string,
	nextIndexes: NextIndexes,
): void {
	let target = root;
	path.forEach((part, position) => {
		let key = part;
		if (part === '') {
			const next = nextIndexes.get(target) ?? 0;
			nextIndexes.set(target, next + 1);
			key = String(next);
		}
		if (position === path.length - 1) {
			target[key] = value;
			return;
		}
		const existing = target[key];
		// As in PHP, the later of two contradicting keys wins.
		const next = typeof existing === 'object' ? (existing as FormObject) : emptyObject();
		target[key] = next;
		target = next;
	});
}

/** Objects whose keys are all indexes, as lists in the order of the indexes. */
function withLists(value: FormObject | string): FormValue {
	if (typeof value === 'string') return value;
	const entries = Object.entries(value) as Array<[string, FormObject | string]>;
	const isList = entries.length > 0 && entries.every(([key]) => /^(?:0|[1-9]\d{0,8})$/.test(key));
	if (isList) {
		return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, entry]) => withLists(entry));
	}
	return Object.fromEntries(entries.map(([key, entry]) => [key, withLists(entry)]));
}

function emptyObject(): FormObject {
	return Object.create(null) as FormObject;
}

const PERCENT = 0x25;

/** decodeURIComponent refuses what is not valid; here bytes that form no character read as U+FFFD, others stay. */
function decode(text: string): string {
	const spaced = text.replace(/\+/g, ' ');
	if (!spaced.includes('%')) return spaced;
	const bytes = Buffer.from(spaced, 'utf8');
	let length = 0;
	for (let at = 0; at < bytes.length; at += 1, length += 1) {
		const encoded = bytes[at] === PERCENT ? hexByteAt(bytes, at + 1) : null;
		bytes[length] = encoded ?? bytes[at] ?? 0;
		if (encoded !== null) at += 2;
	}
	return bytes.toString('utf8', 0, length);
}

function hexByteAt(bytes: Buffer, at: number): number | null {
	const high = hexDigit(bytes[at]);
	const low = hexDigit(bytes[at + 1]);
	return high === null || low === null ? null : high * 16 + low;
}

/** '0'–'9', 'a'–'f' or 'A'–'F'. */
function hexDigit(byte = 0): number | null {
	if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
	const lower = byte | 0x20;
	return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : null;
}
