/** What the clock of a time zone shows, as if it were UTC, in milliseconds. */
function wallClock(ms: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(ms);
	const part = (type: string) => Number(parts.find((entry) => entry.type === type)?.value);
	return Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
}

/**
 * Midnight of the day a moment falls on in the account's time zone, both in Unix seconds.
 * Kommo stores a date so: 1615845600 is 00:00 of 16 March 2021 in Chisinau.
 */
export function dayStart(seconds: number, timeZone: string): number {
	const wall = wallClock(seconds * 1000, timeZone);
	const midnight = Math.floor(wall / 86_400_000) * 86_400_000;
	const guess = midnight - (wall - seconds * 1000);
	return (guess + (midnight - wallClock(guess, timeZone))) / 1000;
}

/** `12.01.1980`, the day in the account's time zone. */
export function dottedDay(seconds: number, timeZone: string): string {
	const [year, month, day] = new Date(wallClock(seconds * 1000, timeZone))
		.toISOString()
		.slice(0, 10)
		.split('-');
	return `${day}.${month}.${year}`;
}

/** `2024-09-17 13:07:29`, shifted by whole hours from UTC. */
export function sqlTime(seconds: number, shiftHours = 0): string {
	return new Date((seconds + shiftHours * 3600) * 1000)
		.toISOString()
		.slice(0, 19)
		.replace('T', ' ');
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Unix seconds from what a date field accepts: an integer or RFC 3339 with an offset; else null. */
export function parseDateValue(value: unknown): number | null {
	if (Number.isInteger(value)) return value as number;
	if (typeof value !== 'string' || !RFC3339.test(value)) return null;
	const ms = Date.parse(value);
	return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
