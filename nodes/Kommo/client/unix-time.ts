/** Times as people and other nodes give them, as Unix seconds, which is what Kommo counts in. */

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/i;
/** As seconds this is the year 5138, so a larger number is meant in milliseconds. */
export const LARGEST_SECONDS = 100_000_000_000;

/**
 * @param value Unix seconds or milliseconds, or an ISO date with or without time and zone
 * @param timeZone IANA name of the zone that is meant where the value has none
 * @returns null when it is no date
 */
export function unixSeconds(value: unknown, timeZone: string): number | null {
	const text =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	if (/^\d{1,14}(\.\d+)?$/.test(text)) {
		const number = Number(text);
		return Math.floor(number < LARGEST_SECONDS ? number : number / 1000);
	}
	if (WITH_ZONE.test(text)) return validSeconds(Date.parse(text.replace(' ', 'T')));
	const match = LOCAL.exec(text);
	if (!match) return null;
	const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
	const asUtc = Date.UTC(year!, month! - 1, day, hour, minute, second);
	if (new Date(asUtc).getUTCDate() !== day) return null;
	return validSeconds(localToUtc(asUtc, timeZone));
}

/** ISO 8601 UTC with seconds. */
export function isoTime(seconds: number): string {
	return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** @param wallClock what the clock on the wall shows, as if it were UTC, in ms */
function localToUtc(wallClock: number, timeZone: string): number {
	const guess = wallClock - offsetAt(wallClock, timeZone);
	// The guess used the offset of a neighbouring moment; around a clock change it needs a second look.
	return wallClock - offsetAt(guess, timeZone);
}

/** How far the zone is ahead of UTC at a moment, in ms. */
function offsetAt(moment: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(moment);
	const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
	const shown = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return shown - Math.floor(moment / 1000) * 1000;
}

function validSeconds(milliseconds: number): number | null {
	return Number.isFinite(milliseconds) ? Math.floor(milliseconds / 1000) : null;
}
