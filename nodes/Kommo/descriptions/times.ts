import { UserError, type IExecuteFunctions } from 'n8n-workflow';
import { unixSeconds } from '../client/unix-time';

/**
 * A time parameter as Unix seconds, undefined when it is empty. What the date picker gives has no zone and is meant in
 * the workflow's.
 * @throws UserError when it is no time
 */
export function timeParameter(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const seconds = unixSeconds(
		typeof value === 'number' ? value : String(value),
		context.getTimezone(),
	);
	if (seconds !== null) return seconds;
	throw new UserError(`"${String(value)}" is not a time (${displayName})`, {
		description: 'Give a date such as 2026-11-20 or 2026-11-20T15:30:00Z.',
	});
}
