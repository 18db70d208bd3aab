import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import schema from './checkout-contract.schema.json';

type Part = 'request' | `response:${number}`;

const operations: Record<string, Partial<Record<string, string>>> = schema['x-operations'];
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema(schema, 'checkout');
const compiled = new Map<string, ValidateFunction>();

/**
 * What is wrong with a body by Checkout.com's schema; empty when nothing is.
 * @param operation as in the schema's `x-operations`, 'POST /payment-links'
 * @throws Error when the schema has nothing on this operation
 */
export function checkoutJsonProblems(operation: string, part: Part, body: unknown): ErrorObject[] {
	const definition = operations[operation]?.[part];
	if (!definition) throw new Error(`No schema for ${operation} ${part}`);
	const validate =
		compiled.get(definition) ?? ajv.compile({ $ref: `checkout#/definitions/${definition}` });
	compiled.set(definition, validate);
	return validate(body) ? [] : [...(validate.errors ?? [])];
}

/** The same as one readable line each, for assertions. */
export function validateCheckoutJson(operation: string, part: Part, body: unknown): string[] {
	return checkoutJsonProblems(operation, part, body).map(
		({ instancePath, message, params }) =>
			`${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
	);
}
