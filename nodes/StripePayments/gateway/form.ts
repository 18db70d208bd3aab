/** Stripe's notation of nested parameters, in bodies and in queries alike. */

export type FormValue =
	string | number | boolean | null | undefined | readonly FormValue[] | FormParams;

export interface FormParams {
	readonly [key: string]: FormValue;
}

/** `{ a: [{ b: true }] }` → `[['a[0][b]', 'true']]`; null unsets (`''`), undefined is left out. */
export function formPairs(params: FormParams): Array<[string, string]> {
	return Object.entries(params).flatMap(([key, value]) => pairsOf(key, value));
}

function pairsOf(name: string, value: FormValue): Array<[string, string]> {
	if (value === undefined) return [];
	if (value === null) return [[name, '']];
	if (typeof value !== 'object') return [[name, String(value)]];
	return Object.entries(value).flatMap(([key, inner]: [string, FormValue]) =>
		pairsOf(`${name}[${key}]`, inner),
	);
}
