/** A list inside an object. `total_count` is real, but missing from the SDK's types. */
export function apiList<T>(url: string, data: T[]) {
	return { object: 'list' as const, data, has_more: false, total_count: data.length, url };
}
