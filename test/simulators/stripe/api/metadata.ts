import type { Metadata } from '../wire';
import { invalid } from './stripe-error';

type MetadataInput = Record<string, string | number | null> | '' | null | undefined;

/** Metadata as it is stored: texts only, empty values unset the key. https://docs.stripe.com/metadata */
export function toMetadata(input: MetadataInput): Metadata {
	return mergeMetadata({}, input);
}

/** An update: keys are added or replaced, empty values remove them, an empty whole removes all. */
export function mergeMetadata(before: Metadata, input: MetadataInput): Metadata {
	if (input === '') return {};
	const merged = { ...before };
	for (const [key, value] of Object.entries(input ?? {})) {
		if (value === '' || value === null) delete merged[key];
		else merged[key] = String(value);
	}
	return merged;
}

/** At most 50 keys of 40 characters with values of 500, anywhere in the parameters. @throws StripeError 400 */
export function checkMetadata(value: unknown, path = ''): void {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		const param = path ? `${path}[${key}]` : key;
		if (key === 'metadata') checkLimits(inner, param);
		else checkMetadata(inner, param);
	}
}

function checkLimits(metadata: unknown, param: string): void {
	if (typeof metadata !== 'object' || metadata === null) return;
	const entries = Object.entries(metadata);
	if (entries.length > 50) {
		throw invalid(`Metadata can have up to 50 keys, but you passed ${entries.length}.`, param);
	}
	for (const [key, value] of entries) {
		if (key.length > 40) {
			throw invalid(
				`Metadata keys can have up to 40 characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
				param,
			);
		}
		if (String(value).length > 500) {
			throw invalid(
				`Metadata values can have up to 500 characters, but you passed in a value that is ${String(value).length} characters.`,
				`${param}[${key}]`,
			);
		}
	}
}
