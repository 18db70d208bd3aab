import type { Simulation } from '../simulation';
import type { PaymentLink } from '../store';
import { invalid } from './flutterwave-error';
import { isRecord } from './router';

const MINUTE = 60_000;
const LONGEST = 1440;
const DEFAULT_ATTEMPTS = 5;

/**
 * `session_duration` (minutes), `max_retry_attempt` and `link_expiration`, from `configurations` as in the guide or
 * `configuration` as in the reference. A session is taken to begin when the link is made.
 * @throws FlutterwaveError 400 when one of them is out of range
 */
export function readSession(
	simulation: Simulation,
	body: Record<string, unknown>,
): Pick<PaymentLink, 'expiresAt' | 'maxAttempts'> {
	const controls: Record<string, unknown> = {};
	for (const name of simulation.settings.sessionControls) {
		const value = body[name];
		if (isRecord(value)) Object.assign(controls, value);
	}
	const minutes = wholeNumber(controls, 'session_duration', LONGEST);
	const duration = minutes ?? simulation.settings.defaultSessionMinutes;
	const ends = [
		...(duration === null ? [] : [simulation.now() + duration * MINUTE]),
		...expiration(controls['link_expiration']),
	];
	return {
		expiresAt: ends.length === 0 ? null : Math.min(...ends),
		maxAttempts:
			wholeNumber(controls, 'max_retry_attempt', Number.MAX_SAFE_INTEGER) ?? DEFAULT_ATTEMPTS,
	};
}

function wholeNumber(
	controls: Record<string, unknown>,
	name: string,
	maximum: number,
): number | null {
	const value = controls[name];
	if (value === undefined || value === null) return null;
	const number = Number(value);
	if (!Number.isInteger(number) || number < 1 || number > maximum) {
		throw invalid(`${name} is not valid`);
	}
	return number;
}

function expiration(value: unknown): number[] {
	if (value === undefined || value === null) return [];
	const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	if (Number.isNaN(at)) throw invalid('link_expiration must be an ISO 8601 date and time');
	return [at];
}
