/** `2026-11-20T09:00:00.000Z`, as the API has it. */
export function isoTime(ms: number): string {
	return new Date(ms).toISOString();
}

/** With seven decimals, as webhooks have it: `2026-11-20T09:00:00.0000000Z`. */
export function longIsoTime(ms: number): string {
	return isoTime(ms).replace('Z', '0000Z');
}
