/**
 * How the shape of a value differs from that of a sample: keys that are missing or too many, and other types.
 * null and arrays' lengths prove nothing: null may stand for anything, and the first element for all.
 */
export function shapeDifferences(actual: unknown, sample: unknown, path = '$'): string[] {
	if (actual === null || sample === null) return [];
	if (typeof actual !== typeof sample || Array.isArray(actual) !== Array.isArray(sample)) {
		return [`${path} is ${typeof actual}, not ${typeof sample}`];
	}
	if (Array.isArray(actual) && Array.isArray(sample)) {
		return actual.length === 0 || sample.length === 0
			? []
			: shapeDifferences(actual[0], sample[0], `${path}[0]`);
	}
	if (typeof actual !== 'object') return [];
	const [left, right] = [actual as Record<string, unknown>, sample as Record<string, unknown>];
	return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => {
		const at = `${path}.${key}`;
		if (!(key in left)) return [`${at} is missing`];
		if (!(key in right)) return [`${at} is too many`];
		return shapeDifferences(left[key], right[key], at);
	});
}
