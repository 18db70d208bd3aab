export type FormValue =
	string | number | boolean | null | undefined | FormValue[] | { [key: string]: FormValue };

/** PHP's urlencode: space becomes `+`, everything but letters, digits and `-_.` is escaped. */
function urlencode(text: string): string {
	const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
	return encodeURIComponent(wellFormed)
		.replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
		.replace(/%20/g, '+');
}

/**
 * PHP's http_build_query, which Kommo's webhooks are made with: bracketed keys are escaped too,
 * nulls and empty lists are left out, booleans become 1 and 0.
 */
export function formEncode(data: { [key: string]: FormValue }): string {
	const pairs: string[] = [];
	const walk = (key: string, value: FormValue): void => {
		if (value === null || value === undefined) return;
		if (typeof value === 'object') {
			for (const [name, inner] of Object.entries(value)) walk(`${key}[${name}]`, inner);
			return;
		}
		const text = typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
		pairs.push(`${urlencode(key)}=${urlencode(text)}`);
	};
	for (const [key, value] of Object.entries(data)) walk(key, value);
	return pairs.join('&');
}
