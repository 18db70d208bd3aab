import { resolve, type Schema } from './openapi';

/**
 * Turns a schema of the OpenAPI document into one for requests: references are inlined, keys that only
 * answers have (`readOnly`) are dropped, and unknown keys are refused, as Paddle does
 * ("Additional property webhook is not allowed").
 */
export function requestSchema(schema: Schema): Schema {
	return closed(rewrite(schema));
}

function rewrite(reference: Schema): Schema {
	const schema = resolve(reference);
	const out: Schema = {};
	for (const [key, value] of Object.entries(schema)) {
		switch (key) {
			case 'properties':
				out[key] = Object.fromEntries(
					Object.entries(value as Record<string, Schema>)
						.filter(([, property]) => resolve(property)['readOnly'] !== true)
						.map(([name, property]) => [name, requestSchema(property)]),
				);
				break;
			case 'items':
				out[key] = listItem(value as Schema);
				break;
			case 'allOf':
				out[key] = (value as Schema[]).map(rewrite);
				break;
			case 'oneOf':
			case 'anyOf':
				out[key] = (value as Schema[]).map(requestSchema);
				break;
			case 'type':
			case 'enum':
			case 'required':
			case 'pattern':
			case 'format':
			case 'minimum':
			case 'maximum':
			case 'minLength':
			case 'maxLength':
			case 'minItems':
			case 'maxItems':
			case 'additionalProperties':
				out[key] = value;
				break;
			default:
		}
	}
	return out;
}

function closed(schema: Schema): Schema {
	const isObject = 'properties' in schema || 'allOf' in schema;
	if (!isObject || 'additionalProperties' in schema) return schema;
	return { ...schema, unevaluatedProperties: false };
}

/**
 * Items of a transaction come in three shapes. Which one is meant shows in its keys, and only the errors of
 * that shape are of use to the reader.
 */
function listItem(reference: Schema): Schema {
	const shapes = resolve(reference)['oneOf'] as Schema[] | undefined;
	if (shapes?.length !== 3) return requestSchema(reference);
	const [catalog, price, priceAndProduct] = shapes.map(requestSchema);
	return {
		if: { required: ['price_id'] },
		then: catalog,
		else: {
			if: { required: ['price'], properties: { price: { required: ['product'] } } },
			then: priceAndProduct,
			else: price,
		},
	};
}
