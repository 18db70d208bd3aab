import type { Parameter } from './openapi';
import { badRequest, invalidField } from './paddle-error';

const TIME_OPERATOR = /\[(LT|LTE|GT|GTE)\]$/;

/** A query string, checked against what the operation takes. */
export class Query {
	private readonly values: URLSearchParams;

	/**
	 * @param text without the question mark
	 * @throws PaddleError 400 for unknown names and values that are not allowed
	 */
	constructor(
		readonly text: string,
		parameters: Parameter[],
	) {
		this.values = new URLSearchParams(text);
		const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
		for (const [key, value] of this.values) {
			const name = /_at\[/.test(key) ? key.replace(TIME_OPERATOR, '') : key;
			const parameter = known.get(name);
			if (!parameter) {
				throw badRequest({
					field: '(root)',
					message: `Additional property ${key} is not allowed`,
				});
			}
			checkValue(key, value, parameter);
		}
	}

	one(name: string): string | null {
		return this.values.get(name);
	}

	/** A comma-separated list, null when the parameter was not sent. */
	list(name: string): string[] | null {
		const value = this.values.get(name);
		return value === null ? null : value.split(',').filter((part) => part !== '');
	}

	/** Whether a value passes `?name=a,b`; everything passes when it was not sent. */
	allows(name: string, value: string | null): boolean {
		const wanted = this.list(name);
		return wanted === null || (value !== null && wanted.includes(value));
	}

	/** Whether a time passes `?name=…` and `?name[GTE]=…`. */
	allowsTime(name: string, time: string | null): boolean {
		for (const [key, limit] of this.values) {
			if (key.replace(TIME_OPERATOR, '') !== name) continue;
			if (time === null || !compareTimes(time, limit, TIME_OPERATOR.exec(key)?.[1])) return false;
		}
		return true;
	}
}

function compareTimes(time: string, limit: string, operator: string | undefined): boolean {
	const [left, right] = [Date.parse(time), parseTime(limit)];
	switch (operator) {
		case 'LT':
			return left < right;
		case 'LTE':
			return left <= right;
		case 'GT':
			return left > right;
		case 'GTE':
			return left >= right;
		default:
			return left === right;
	}
}

/** RFC 3339 in ms; UTC when no zone is given, as in Paddle's own examples (2023-04-18T17:03:26). */
export function parseTime(text: string): number {
	return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
}

function checkValue(key: string, value: string, { name, description, schema }: Parameter): void {
	const refuse = (message: string): never => {
		throw invalidField({ field: key, message });
	};
	const items = (schema['items'] ?? schema) as { enum?: string[] };
	if (items.enum) {
		for (const part of schema['items'] ? value.split(',') : [value]) {
			if (!items.enum.includes(part))
				refuse(`must be one of the following: ${items.enum.join(', ')}`);
		}
	}
	if (schema['type'] === 'integer' && !/^[1-9]\d*$/.test(value))
		refuse('must be a positive integer');
	if (schema['type'] === 'boolean' && !/^(true|false)$/.test(value))
		refuse('must be true or false');
	if (/_at$|^from$|^to$/.test(name) && Number.isNaN(parseTime(value))) {
		refuse('must be an RFC 3339 datetime string');
	}
	if (name === 'order_by') {
		const [, fields = '`id`'] = /Valid fields for ordering: ([^.]*)\./.exec(description) ?? [];
		const [, field, direction] = /^(\w+)\[(ASC|DESC)\]$/.exec(value) ?? [];
		if (!direction || !fields.includes(`\`${field}\``))
			refuse(`must be a field of ${fields} and [ASC] or [DESC]`);
	}
}
