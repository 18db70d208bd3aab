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

/** What a request does to Kommo; writes go first. */
export type Turn = 'write' | 'read';

interface Waiting {
	turn: Turn;
	perSecond: number;
	go: () => void;
	refuse: (error: unknown) => void;
}

/**
 * At most 7 requests in any second as Kommo sees them. Writes go before reads that wait, so that what was begun is
 * finished first: the shorter the time between reading a lead and writing it, the less another process can change in
 * between. Otherwise requests go in the order in which they were asked for.
 *
 * A request holds a place until a second after its answer. Kommo received it before it answered, so it and the next one
 * in its place arrive more than a second apart, however long each was under way.
 */
export class RateLimiter {
	private underWay = 0;
	/** When the places of answered requests are free again, in ms, earliest first. */
	private answered: number[] = [];
	private nextAnswer = signal();
	/** Writes, then reads, each in the order in which they were asked for. */
	private readonly waiting: Waiting[] = [];
	private serving = false;
	private pausedUntil = 0;

	constructor(private readonly timing: Timing) {}

	/**
	 * Resolves when it is this caller's turn to send one request.
	 * @param perSecond this process's share of the seven
	 * @returns to be called when the request was answered, or failed
	 * @throws ApiError when Kommo has asked for a pause of minutes: waiting silently would help nobody
	 */
	async turn(turn: Turn, perSecond = MOST_PER_SECOND): Promise<() => void> {
		await new Promise<void>((go, refuse) => {
			this.lineUp({ turn, perSecond, go, refuse });
			void this.serve();
		});
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

	private lineUp(request: Waiting): void {
		const firstRead = this.waiting.findIndex(({ turn }) => turn === 'read');
		const place = request.turn === 'read' || firstRead === -1 ? this.waiting.length : firstRead;
		this.waiting.splice(place, 0, request);
	}

	/** Until nobody waits any more. Somebody may line up in front during every pause. */
	private async serve(): Promise<void> {
		if (this.serving) return;
		this.serving = true;
		for (let [first] = this.waiting; first !== undefined; [first] = this.waiting) {
			const now = this.timing.now();
			const pauseMs = this.pausedUntil - now;
			this.answered = this.answered.filter((freeAt) => freeAt > now);
			const [earliest] = this.answered;
			if (pauseMs > DEFAULT_LONGEST_PAUSE_MS) {
				this.waiting.shift();
				first.refuse(pauseError(pauseMs));
			} else if (pauseMs > 0) {
				await this.timing.sleep(pauseMs);
			} else if (this.underWay + this.answered.length < first.perSecond) {
				this.waiting.shift();
				this.underWay += 1;
				first.go();
			} else if (earliest !== undefined) {
				await this.timing.sleep(earliest - now);
			} else {
				await this.nextAnswer.given;
			}
		}
		this.serving = false;
	}
}

function signal(): { given: Promise<void>; give: () => void } {
	let give = () => {};
	const given = new Promise<void>((resolve) => (give = resolve));
	return { given, give };
}
