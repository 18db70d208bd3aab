import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Schema = { [key: string]: unknown };

export interface Parameter {
	name: string;
	in: string;
	description: string;
	schema: Schema;
}

export interface Operation {
	permissions: string[];
	parameters: Parameter[];
	/** The schema of the JSON body, null when the operation has none. */
	body: Schema | null;
}

interface Document {
	paths: Record<string, Record<string, Schema>>;
	components: { schemas: Record<string, Schema>; examples: Record<string, Schema> };
}

/** Paddle's own OpenAPI document; see the SOURCES file beside it. */
export const openapi = JSON.parse(
	readFileSync(join(__dirname, '../../../specs/paddle-openapi-v1-2025-05-27.json'), 'utf8'),
) as Document;

/** Newer than the document: https://developer.paddle.com/api-reference/currencies/list-currencies */
const NEWER_CURRENCIES = ['CLP', 'PEN'];
(openapi.components.schemas['currency_code']?.['enum'] as string[]).push(...NEWER_CURRENCIES);

/** Follows a `$ref`; what stands beside it wins over what it points to. */
export function resolve(schema: Schema): Schema {
	const { $ref, ...beside } = schema;
	if (typeof $ref !== 'string') return schema;
	const target = $ref
		.replace(/^#\//, '')
		.split('/')
		.reduce<unknown>((node, key) => (node as Schema)[key], openapi) as Schema;
	return resolve({ ...target, ...beside });
}

/** What the document says about an operation; undefined for operations newer than it. */
export function operation(method: string, path: string): Operation | undefined {
	const item = openapi.paths[path];
	const found = item?.[method.toLowerCase()];
	if (!found) return undefined;
	const content = (found['requestBody'] as Schema | undefined)?.['content'] as Schema | undefined;
	const json = content?.['application/json'] as { schema: Schema } | undefined;
	return {
		permissions: (found['x-permissions'] as string[] | undefined) ?? [],
		parameters: ((found['parameters'] as Schema[] | undefined) ?? []).map(
			(parameter) => resolve(parameter) as unknown as Parameter,
		),
		body: json?.schema ?? null,
	};
}

/** The `data` of the documented example of an event; undefined when it has none. */
export function exampleData(eventType: string): object | undefined {
	const name = eventType.replaceAll(/[._]/g, '-');
	const example = openapi.components.examples[name] as { value?: { data?: object } } | undefined;
	return example?.value?.data;
}
