/** `2025-04-23T14:08:43.000Z`: Flutterwave keeps whole seconds and still writes the milliseconds. */
export function isoTime(ms: number): string {
	return new Date(Math.floor(ms / 1000) * 1000).toISOString();
}
