import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../fixtures/kommo');

export const fixtureText = (name: string): string =>
	readFileSync(join(FOLDER, name), 'utf8').trimEnd();

export const fixture = (name: string): unknown => JSON.parse(fixtureText(name));

/** Kinds of values by key; lists are described by their first entry. Two answers of one kind have one shape. */
export function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
	if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)] as const),
	);
}
