import type { RequestHandler } from 'express';
import { addressBlocked, tooManyRequests } from './problem';

const REFUSAL_WINDOW_MS = 10_000;

/** Requests in any second of the real clock; whoever keeps knocking is blocked altogether. */
export class RateLimit {
	/** Once set, every call answers 403 in plain text. */
	blocked = false;
	/** The most requests seen within one second. */
	peak = 0;
	private requests: number[] = [];
	private refusals: number[] = [];

	/** @param perSecond null switches the limit off */
	constructor(
		public perSecond: number | null,
		private readonly blockAfterRefusals: () => number | null,
	) {}

	unblock(): void {
		this.blocked = false;
		this.refusals = [];
		this.requests = [];
	}

	middleware(): RequestHandler {
		return (_req, res, next) => {
			if (this.blocked) return addressBlocked().send(res);
			const now = Date.now();
			this.requests = this.requests.filter((at) => at > now - 1000);
			this.requests.push(now);
			this.peak = Math.max(this.peak, this.requests.length);
			if (this.perSecond === null || this.requests.length <= this.perSecond) return next();
			this.refusals = this.refusals.filter((at) => at > now - REFUSAL_WINDOW_MS);
			this.refusals.push(now);
			const allowed = this.blockAfterRefusals();
			if (allowed !== null && this.refusals.length >= allowed) this.blocked = true;
			return tooManyRequests().send(res);
		};
	}
}
