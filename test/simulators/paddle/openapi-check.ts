import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openapi, type Schema } from './api/openapi';

const document = structuredClone(openapi);
const setting = document.components.schemas['notification_setting'] as { properties: Schema };
// The pattern in the document excludes the + and / that real secrets contain.
setting.properties['endpoint_secret_key'] = { type: 'string' };
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, validateSchema: false }));
ajv.addSchema(document, 'paddle');

/** What is wrong with an entity, by the component of the OpenAPI document it should be. */
export function entityErrors(component: string, entity: unknown): string[] {
	const validate = ajv.getSchema(`paddle#/components/schemas/${component}`);
	if (!validate) throw new Error(`The OpenAPI document has no ${component}`);
	return validate(entity)
		? []
		: (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Every path of keys in a value, `details.line_items[].totals.tax`; custom data is the user's own. */
export function keyPaths(value: unknown, path = ''): string[] {
	if (path.endsWith('custom_data')) return [path];
	if (Array.isArray(value))
		return [...new Set(value.flatMap((item) => keyPaths(item, `${path}[]`)))];
	if (typeof value !== 'object' || value === null) return [path];
	return Object.entries(value).flatMap(([key, inner]) => {
		const at = path === '' ? key : `${path}.${key}`;
		return [at, ...keyPaths(inner, at)];
	});
}
