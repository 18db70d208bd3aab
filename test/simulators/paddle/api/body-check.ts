import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Schema } from './openapi';
import { badRequest, invalidField, type FieldError } from './paddle-error';
import { requestSchema } from './request-schema';

const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, verbose: true }));
const compiled = new WeakMap<Schema, ValidateFunction>();

/**
 * Checks a request body against a schema of the OpenAPI document. Nothing is coerced.
 * @throws PaddleError 400 `bad_request` for unknown keys and wrong types, `invalid_field` for the rest
 */
export function checkBody(schema: Schema, body: unknown): void {
	let validate = compiled.get(schema);
	if (!validate) {
		validate = ajv.compile(requestSchema(schema));
		compiled.set(schema, validate);
	}
	if (validate(body)) return;
	const errors = relevant(validate.errors ?? []);
	const shape = errors.filter(({ keyword }) => SHAPE.has(keyword));
	throw shape.length > 0 ? badRequest(...shape.map(toField)) : invalidField(...errors.map(toField));
}

const SHAPE = new Set(['additionalProperties', 'unevaluatedProperties', 'type']);

/** Leaves out what only says that an alternative did not fit, such as "must be null". */
function relevant(errors: ErrorObject[]): ErrorObject[] {
	const telling = errors.filter(
		({ keyword, params }) =>
			!['oneOf', 'anyOf', 'if'].includes(keyword) &&
			!(keyword === 'type' && String(params['type']) === 'null'),
	);
	const rest = telling.filter(
		({ keyword, instancePath }) =>
			keyword !== 'unevaluatedProperties' ||
			!telling.some(
				(other) => other.keyword !== keyword && other.instancePath.startsWith(instancePath),
			),
	);
	return rest.length > 0 ? rest : errors;
}

function toField(error: ErrorObject): FieldError {
	const path = error.instancePath.slice(1).replaceAll('/', '.');
	const params = error.params as Record<string, unknown>;
	const at = path === '' ? '(root)' : path;
	switch (error.keyword) {
		case 'additionalProperties':
		case 'unevaluatedProperties': {
			const name = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
			return { field: at, message: `Additional property ${name} is not allowed` };
		}
		case 'required': {
			const name = String(params['missingProperty']);
			return {
				field: path === '' ? name : `${path}.${name}`,
				message: 'must be provided as part of the request',
			};
		}
		case 'type':
			return {
				field: at,
				message: `Invalid type. Expected: ${String(params['type'])}, given: ${typeName(error.data)}`,
			};
		case 'maxLength':
			return {
				field: at,
				message: `maximum length of ${String(params['limit'])} exceeded. provided value length ${String(error.data).length}`,
			};
		case 'enum':
			return {
				field: at,
				message: `must be one of the following: ${(params['allowedValues'] as unknown[]).join(', ')}`,
			};
		default:
			return { field: at, message: error.message ?? 'is not valid' };
	}
}

function typeName(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}
