import type { Request } from 'express';
import {
	emptyBody,
	overLimit,
	validationFailed,
	type ItemProblem,
	type ValidationError,
} from './problem';

export type Item = Record<string, unknown>;

export const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const INVALID_CHOICE = 'The value you selected is not a valid choice.';

/** Collects what is wrong with one item of a request, in Kommo's codes and dot paths. */
export class ItemErrors {
	readonly list: ValidationError[] = [];

	add(code: string, path: string, detail: string): void {
		this.list.push({ code, path, detail });
	}

	invalidType(path: string, type: string): void {
		this.add('InvalidType', path, `This value should be of type ${type}.`);
	}

	notSupported(path: string): void {
		this.add('NotSupportedChoice', path, INVALID_CHOICE);
	}

	missing(path: string): void {
		this.add('FieldMissing', path, 'This field is missing.');
	}

	notExpected(path: string): void {
		this.add('FieldNotExpected', path, 'This field was not expected.');
	}

	tooLow(path: string): void {
		this.add('TooLow', path, 'This value should be positive.');
	}

	/** The code is not in any source held; it follows the framework the other codes come from. */
	tooLong(path: string, limit: number): void {
		this.add(
			'TooLong',
			path,
			`This value is too long. It should have ${limit} characters or less.`,
		);
	}

	/** An integer, or undefined when the key is absent or wrong. */
	int(item: Item, key: string, prefix = ''): number | undefined {
		const value = item[key];
		if (value === undefined) return undefined;
		if (Number.isInteger(value)) return value as number;
		this.invalidType(prefix + key, 'int');
		return undefined;
	}

	string(item: Item, key: string, prefix = ''): string | undefined {
		const value = item[key];
		if (value === undefined) return undefined;
		if (typeof value === 'string') return value;
		this.invalidType(prefix + key, 'string');
		return undefined;
	}

	bool(item: Item, key: string, prefix = ''): boolean | undefined {
		const value = item[key];
		if (value === undefined) return undefined;
		if (typeof value === 'boolean') return value;
		this.invalidType(prefix + key, 'bool');
		return undefined;
	}

	array(item: Item, key: string, prefix = ''): unknown[] | undefined {
		const value = item[key];
		if (value === undefined) return undefined;
		if (Array.isArray(value)) return value;
		this.invalidType(prefix + key, 'array');
		return undefined;
	}

	/** An integer that one of the known ids must equal. */
	oneOf(item: Item, key: string, known: (id: number) => boolean, prefix = ''): number | undefined {
		const id = this.int(item, key, prefix);
		if (id === undefined || known(id)) return id;
		this.notSupported(prefix + key);
		return undefined;
	}
}

/** The parsed JSON of a request; anything that is not JSON counts as empty. */
export function jsonBody(req: Request): unknown {
	const raw = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
	try {
		return JSON.parse(raw);
	} catch {
		throw emptyBody();
	}
}

/** One object, as single PATCH and webhook calls send it. */
export function objectBody(req: Request): Item {
	const body = jsonBody(req);
	if (!isObject(body) || Object.keys(body).length === 0) throw emptyBody();
	return body;
}

/**
 * The items of a bulk request. An object instead of a list is refused the way the http-codes page
 * shows it: every key is taken for an item that "should be of type array".
 */
export function batchBody(req: Request, limit = 250): Item[] {
	const body = jsonBody(req);
	if (isObject(body) && Object.keys(body).length > 0) {
		const errors = new ItemErrors();
		for (const [key, value] of Object.entries(body)) {
			if (!isObject(value) && !Array.isArray(value)) errors.invalidType(key, 'array');
		}
		if (errors.list.length === 0) errors.invalidType('', 'array');
		throw validationFailed([{ request_id: '0', errors: errors.list }]);
	}
	if (!Array.isArray(body) || body.length === 0) throw emptyBody();
	if (body.length > limit) throw overLimit(limit);
	return body.map((item) => (isObject(item) ? item : {}));
}

/** request_id as Kommo echoes it: what was sent, else the index. */
export function requestId(item: Item, index: number): string {
	const sent = item.request_id;
	return typeof sent === 'string' || typeof sent === 'number' ? String(sent) : String(index);
}

/**
 * Checks every item before any is applied: one bad item rejects the whole batch.
 * `check` returns the work to do when all items are good; `lastCheck` may still refuse them.
 */
export function applyBatch<T>(
	items: Item[],
	check: (item: Item, errors: ItemErrors, index: number) => () => T,
	lastCheck: () => void = () => undefined,
): T[] {
	const problems: ItemProblem[] = [];
	const work = items.map((item, index) => {
		const errors = new ItemErrors();
		const apply = check(item, errors, index);
		if (errors.list.length > 0) {
			problems.push({ request_id: requestId(item, index), errors: errors.list });
		}
		return apply;
	});
	if (problems.length > 0) throw validationFailed(problems);
	lastCheck();
	return work.map((apply) => apply());
}
