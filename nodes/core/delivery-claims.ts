/**
 * In-process memory of deliveries, the first of the three layers against duplicates.
 *
 * A delivery is claimed before its execution is started. While the claim is in flight nobody knows yet whether n8n will
 * store the execution, so a duplicate must be told to come again; once the answer was 2xx it is done.
 */
export type ClaimResult = 'claimed' | 'in flight' | 'done';

/** Who holds a claim: one for each request. */
export type ClaimHolder = symbol;

type Claim =
	{ state: 'in flight'; at: number; holder: ClaimHolder } | { state: 'done'; at: number };

export interface ClaimLimits {
	/** Most deliveries remembered; the oldest are forgotten first. */
	maxEntries: number;
	/** After this many ms an unanswered claim is void: its request died without closing. */
	inFlightMs: number;
	/** After this many ms a finished one is forgotten; the durable layer remembers longer. */
	doneMs: number;
}

const DEFAULT_LIMITS: ClaimLimits = { maxEntries: 10_000, inFlightMs: 60_000, doneMs: 3_600_000 };

export class DeliveryClaims {
	private readonly claims = new Map<string, Claim>();
	/** In insertion order. One iterator for all: a new one would have to pass by everything deleted at the front. */
	private readonly oldest = this.claims.keys();

	constructor(private readonly limits: ClaimLimits = DEFAULT_LIMITS) {}

	/** Claims a delivery for whoever asks first. */
	claim(key: string, nowMs: number, holder: ClaimHolder): ClaimResult {
		const known = this.claims.get(key);
		if (known) {
			const lifetime = known.state === 'done' ? this.limits.doneMs : this.limits.inFlightMs;
			if (nowMs - known.at < lifetime) return known.state;
			this.claims.delete(key);
		}
		this.forgetOldest();
		this.claims.set(key, { state: 'in flight', at: nowMs, holder });
		return 'claimed';
	}

	/** The delivery was answered with 2xx: its execution is stored. */
	confirm(key: string, nowMs: number, holder: ClaimHolder): void {
		if (!this.isHeldBy(key, holder)) return;
		this.claims.delete(key);
		this.claims.set(key, { state: 'done', at: nowMs });
	}

	/**
	 * The delivery was not accepted: the provider's next try must get through. A request that was given up on and closes
	 * late must not release what another one has claimed in the meantime.
	 */
	release(key: string, holder: ClaimHolder): void {
		if (this.isHeldBy(key, holder)) this.claims.delete(key);
	}

	/** What the delivery told could not be handled, or was not true: the next one of this name must get through. */
	forget(key: string): void {
		this.claims.delete(key);
	}

	get size(): number {
		return this.claims.size;
	}

	private isHeldBy(key: string, holder: ClaimHolder): boolean {
		const known = this.claims.get(key);
		return known?.state === 'in flight' && known.holder === holder;
	}

	private forgetOldest(): void {
		// Never asked when nothing is left: an iterator that has come to its end stays there.
		while (this.claims.size > 0 && this.claims.size >= this.limits.maxEntries) {
			const oldest = this.oldest.next();
			if (oldest.done) return;
			this.claims.delete(oldest.value);
		}
	}
}
