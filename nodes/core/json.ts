/** Safe reading of JSON that somebody else wrote: a wrong type reads as absent, never as a crash. */

export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether objects and lists are nested deeper than so many levels. */
export function isDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

/** The value at a path of own keys and list indexes, or undefined. */
export function valueAt(value: unknown, ...path: Array<string | number>): unknown {
	return path.reduce<unknown>((current, key) => {
		if (typeof key === 'number') return Array.isArray(current) ? current[key] : undefined;
		return isJsonObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
	}, value);
}

export function objectAt(value: unknown, ...path: Array<string | number>): JsonObject | null {
	const found = valueAt(value, ...path);
	return isJsonObject(found) ? found : null;
}

export function listAt(value: unknown, ...path: Array<string | number>): unknown[] {
	const found = valueAt(value, ...path);
	return Array.isArray(found) ? found : [];
}

/** A non-empty string, or null. */
export function stringAt(value: unknown, ...path: Array<string | number>): string | null {
	const found = valueAt(value, ...path);
	return typeof found === 'string' && found !== '' ? found : null;
}

export function numberAt(value: unknown, ...path: Array<string | number>): number | null {
	const found = valueAt(value, ...path);
	return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

/** An id that providers give as a number or as a string, always as a string. */
export function idAt(value: unknown, ...path: Array<string | number>): string | null {
	const found = valueAt(value, ...path);
	if (typeof found === 'number' && Number.isSafeInteger(found)) return String(found);
	return typeof found === 'string' && found !== '' ? found : null;
}
