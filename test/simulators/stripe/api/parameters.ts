import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import qs from 'qs';
import { checkMetadata } from './metadata';
import { invalid, parameterMissing, parameterUnknown, type StripeError } from './stripe-error';

const SPEC_FILE = join(__dirname, '../../../specs/stripe-params-2026-10-28.endive.schema.json');

const spec = JSON.parse(readFileSync(SPEC_FILE, 'utf8')) as {
	'x-operations': Record<string, string>;
};
const ajv = new Ajv({ strict: false, coerceTypes: true });
ajv.addSchema(spec, 'params');
const compiled = new Map<unknown, ValidateFunction>();

/** Either a name in the official schema (`POST /v1/payment_links`) or a schema of our own. */
export type ParameterSchema = string | Record<string, unknown>;

/** Only these keys, all optional, each of the given JSON type; `expand` is always allowed. */
export function onlyKeys(types: Record<string, unknown>): Record<string, unknown> {
	const properties = Object.fromEntries(
		Object.entries(types).map(([key, type]) => [key, typeof type === 'string' ? { type } : type]),
	);
	return {
		type: 'object',
		additionalProperties: false,
		properties: { ...properties, expand: { type: 'array', items: { type: 'string' } } },
	};
}

/** The paging keys of every list. */
export const PAGING = { limit: 'number', starting_after: 'string', ending_before: 'string' };

/** The `created` filter of lists, in Unix seconds. */
export const CREATED = {
	anyOf: [
		{ type: 'number' },
		{
			type: 'object',
			additionalProperties: false,
			properties: Object.fromEntries(
				['gt', 'gte', 'lt', 'lte'].map((name) => [name, { type: 'number' }]),
			),
		},
	],
};

export function decodeForm(text: string): Record<string, unknown> {
	return qs.parse(text, { depth: 20, arrayLimit: 1000, parameterLimit: 10_000 });
}

/**
 * Checks decoded parameters as strictly as Stripe does and turns texts into numbers and booleans in place.
 * @throws StripeError 400 `parameter_unknown`, `parameter_missing`, `parameter_invalid_*`
 */
export function checkParameters(schema: ParameterSchema, input: Record<string, unknown>): void {
	const validate = validator(schema);
	checkMetadata(input);
	if (!validate(input)) throw toStripeError(validate.errors ?? []);
	checkWholeNumbers(input, '');
}

function validator(schema: ParameterSchema): ValidateFunction {
	const known = compiled.get(schema);
	if (known) return known;
	const made = ajv.compile(typeof schema === 'string' ? officialSchema(schema) : schema);
	compiled.set(schema, made);
	return made;
}

function officialSchema(operation: string): { $ref: string } {
	const name = spec['x-operations'][operation];
	if (!name) throw new Error(`The parameter schema knows no operation ${operation}`);
	return { $ref: `params#/definitions/${name}` };
}

/** `/line_items/0/price_data` → `line_items[0][price_data]` */
function bracketed(pointer: string, last?: string): string {
	const [first = '', ...rest] = [...pointer.split('/').slice(1), ...(last ? [last] : [])];
	return first + rest.map((part) => `[${part}]`).join('');
}

function toStripeError(errors: ErrorObject[]): StripeError {
	const error =
		errors.find(({ keyword }) => keyword === 'additionalProperties') ??
		[...errors].sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
	if (!error) return invalid('Invalid request.');
	const params = error.params as Record<string, unknown>;
	const param = bracketed(error.instancePath);
	switch (error.keyword) {
		case 'additionalProperties':
			return parameterUnknown(bracketed(error.instancePath, String(params['additionalProperty'])));
		case 'required':
			return parameterMissing(bracketed(error.instancePath, String(params['missingProperty'])));
		case 'enum':
			return invalid(
				`Invalid ${param}: must be one of ${(params['allowedValues'] as string[]).join(', ')}`,
				param,
			);
		case 'type':
			return invalidType(String(params['type']), param);
		default:
			return invalid(`Invalid ${param}`, param);
	}
}

function invalidType(type: string, param: string): StripeError {
	switch (type) {
		case 'number':
			return invalid('Invalid integer', param, 'parameter_invalid_integer');
		case 'object':
			return invalid('Invalid object', param, 'parameter_invalid_object');
		default:
			return invalid(`Invalid ${type}`, param);
	}
}

/** The schema says "number"; Stripe takes integers for everything but percentages and rates. */
function checkWholeNumbers(value: unknown, param: string): void {
	if (typeof value === 'number') {
		if (Number.isInteger(value) || /percent(age)?\]?$/.test(param)) return;
		throw invalid(`Invalid integer: ${value}`, param, 'parameter_invalid_integer');
	}
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		checkWholeNumbers(inner, param ? `${param}[${key}]` : key);
	}
}
