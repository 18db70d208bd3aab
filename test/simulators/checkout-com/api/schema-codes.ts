import type { ErrorObject } from 'ajv';

/**
 * Error codes for what the schema finds: the field's path and what is wrong with it,
 * `billing_address_country_required`. The real list of codes for links and workflows is not published.
 */
export function errorCodes(problems: ErrorObject[]): string[] {
	return problems.filter(({ keyword }) => keyword !== 'oneOf').map(errorCode);
}

function errorCode({ keyword, instancePath, params }: ErrorObject): string {
	const path = instancePath.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
	switch (keyword) {
		case 'required':
			return [...path, String(params['missingProperty']), 'required'].join('_');
		case 'additionalProperties':
			return [...path, String(params['additionalProperty']), 'unknown'].join('_');
		default:
			return path.length === 0 ? 'request_body_malformed' : [...path, 'invalid'].join('_');
	}
}
