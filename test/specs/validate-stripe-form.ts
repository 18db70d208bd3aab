import Ajv from 'ajv';
import qs from 'qs';
import schema from './stripe-params-2026-10-28.endive.schema.json';

const operations: Partial<Record<string, string>> = schema['x-operations'];
const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: true });
ajv.addSchema(schema, 'params');

/**
 * What is wrong with an urlencoded body or query by Stripe's official parameter types, one line each; empty when
 * nothing is.
 * @param operation as in the schema's `x-operations`, 'POST /v1/payment_links'
 * @throws Error when the schema has nothing on this operation
 */
export function validateStripeForm(operation: string, encoded: string): string[] {
	const definition = operations[operation];
	if (!definition) throw new Error(`No schema for ${operation}`);
	const reference = `params#/definitions/${definition}`;
	const validate = ajv.getSchema(reference) ?? ajv.compile({ $ref: reference });
	const decoded = qs.parse(encoded, { depth: 20, arrayLimit: 1000, parameterLimit: 10_000 });
	if (validate(decoded) === true) return [];
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) =>
			`${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
	);
}
