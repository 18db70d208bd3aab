import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type { AnyObject } from './wire';

const FILE = join(__dirname, '../../specs/stripe-objects-2026-10-28.endive.schema.json');

const spec = JSON.parse(readFileSync(FILE, 'utf8')) as { 'x-objects': Record<string, string> };
const ajv = new Ajv({ strict: false });
ajv.addSchema(spec, 'objects');
const compiled = new Map<string, ValidateFunction>();

/** What is wrong with an object by the official types; [] when nothing is. */
export function objectProblems(object: AnyObject): string[] {
	const name = spec['x-objects'][object.object];
	if (!name) return [`no schema for ${object.object}`];
	const validate = compiled.get(name) ?? ajv.compile({ $ref: `objects#/definitions/${name}` });
	compiled.set(name, validate);
	if (validate(withoutTotalCount(object))) return [];
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) =>
			`${object.object}${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}

/** Lists really carry it, but the SDK's types do not have it. */
function withoutTotalCount(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
		key === 'total_count' ? undefined : inner,
	);
}
