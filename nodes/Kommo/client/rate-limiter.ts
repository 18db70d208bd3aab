import { DEFAULT_LONGEST_PAUSE_MS } from '../../http/with-retries';
import { pauseError } from './kommo-errors';

/** What measures and spends time; injected, so that tests need neither. */
export interface Timing {
	/** Milliseconds since the epoch. */
	now: () => number;
	sleep: (ms: number) => Promise<void>;
}

/** Kommo counts 7 requests a second per IP address (developers.kommo.com, limitations). */
export const MOST_PER_SECOND = 7;
/** A second, and a little for clocks that round. */
const WINDOW_MS = 1_020;

/** The longest that one answer can silence all of n8n, however long it asks for. */
const LONGEST_SILENCE_MS = 5 * 60_000;

/**
 * At most 7 requests in any second as Kommo sees them, in the order in which they were asked for.
 *
 * A request holds a place until a second after its answer. Kommo received it before it answered, so it and the next one
 * in its place arrive more than a second apart, however long each was under way.
 */
export class RateLimiter {
	private underWay = 0;
	/** When the places of answered requests are free again, in ms, earliest first. */
	private answered: number[] = [];
	private nextAnswer = signal();
	private lastTurn: Promise<unknown> = Promise.resolve();
	private pausedUntil = 0;

	constructor(private readonly timing: Timing) {}

	/**
	 * Resolves when it is this caller's turn to send one request.
	 * @param perSecond this process's share of the seven
	 * @returns to be called when the request was answered, or failed
	 * @throws ApiError when Kommo has asked for a pause of minutes: waiting silently would help nobody
	 */
	async turn(perSecond = MOST_PER_SECOND): Promise<() => void> {
		const turn = this.lastTurn.then(async () => await this.takePlace(perSecond));
		this.lastTurn = turn.catch(() => undefined);
		await turn;
		return () => {
			this.underWay -= 1;
			this.answered.push(this.timing.now() + WINDOW_MS);
			this.nextAnswer.give();
			this.nextAnswer = signal();
		};
	}

	/** Holds everybody back for so many ms: Kommo has asked for it. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(
			this.pausedUntil,
			this.timing.now() + Math.min(ms, LONGEST_SILENCE_MS),
		);
	}

	private async takePlace(perSecond: number): Promise<void> {
		for (;;) {
			const now = this.timing.now();
			const pauseMs = this.pausedUntil - now;
			if (pauseMs > DEFAULT_LONGEST_PAUSE_MS) throw pauseError(pauseMs);
			this.answered = this.answered.filter((freeAt) => freeAt > now);
			const isFree = this.underWay + this.answered.length < perSecond;
			const [earliest] = this.answered;
			if (pauseMs > 0) await this.timing.sleep(pauseMs);
			else if (isFree) break;
			else if (earliest !== undefined) await this.timing.sleep(earliest - now);
			else await this.nextAnswer.given;
		}
		this.underWay += 1;
	}
}

function signal(): { given: Promise<void>; give: () => void } {
	let give = () => {};
	const given = new Promise<void>((resolve) => (give = resolve));
	return { given, give };
}
