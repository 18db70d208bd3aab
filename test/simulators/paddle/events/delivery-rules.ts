const MINUTE = 60_000;

/** Milliseconds the receiver has. https://developer.paddle.com/webhooks/respond-to-webhooks */
export const TIMEOUT_MS = 5_000;

/** Three retries within 15 minutes; how they are spread is not published. */
const SANDBOX_PAUSES = [MINUTE, 4 * MINUTE, 10 * MINUTE];

const LIVE_RETRIES = 60;

/**
 * Milliseconds from one attempt to the next, null when there is none left. Live: an interval of 60 s
 * growing by 1.1, which puts 20 of the 60 retries in the first hour, as the documentation says.
 */
export function retryAfterMs(schedule: 'sandbox' | 'live', attempt: number): number | null {
	if (schedule === 'sandbox') return SANDBOX_PAUSES[attempt - 1] ?? null;
	return attempt <= LIVE_RETRIES ? MINUTE * 1.1 ** (attempt - 1) : null;
}
