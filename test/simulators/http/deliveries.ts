import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';

/** One webhook to be delivered; headers are made anew for every attempt (signatures carry a time). */
export interface Delivery {
	id: string;
	url: string;
	body: Buffer;
	headers: (attempt: number) => Record<string, string>;
	/** Asked before every retry; true once the receiver is gone or switched off, which ends the retries. */
	cancelled?: () => boolean;
	/** Sent once and never retried, where the receiver's registration says so. */
	once?: boolean;
}

export interface Attempt {
	deliveryId: string;
	url: string;
	attempt: number;
	at: number;
	/** HTTP status, or 0 when there was no answer in time. */
	status: number;
}

export interface DeliveryRules {
	/** Milliseconds the receiver has to answer. */
	timeoutMs: number;
	/** Pause before attempt 2, 3, … in real milliseconds of the provider; divided by timeScale. */
	retryAfterMs: (attempt: number, status: number) => number | null;
	succeeded: (status: number) => boolean;
}

/** What may happen to one attempt on its way. */
export type Mishap =
	/** It never arrives. */
	| { kind: 'lost' }
	/** It arrives, its answer does not: the provider can't know that it was taken. */
	| { kind: 'answerLost' }
	/** It arrives twice at once. */
	| { kind: 'twice' }
	/** Others overtake it. */
	| { kind: 'late'; ms: number };

/**
 * Sends webhooks the way a provider does: with its timeout, its retries and its idea of success.
 * Duplicates, reordering and loss can be switched on.
 */
export class Deliveries {
	readonly attempts: Attempt[] = [];
	/** Deliveries that ran out of attempts, or were lost on purpose. */
	readonly failed: Delivery[] = [];
	/** Divides the provider's retry pauses, so that hours pass in seconds. */
	timeScale = 1000;
	/** How many times each webhook is sent at once (1 = no duplicates). */
	copies = 1;
	/** Holds webhooks back and sends them in reverse order when released. */
	private held: Delivery[] | null = null;
	/** Asked before every attempt; null lets it pass. */
	mishap: () => Mishap | null = () => null;
	/** While true nothing is sent and nothing is retried: the webhook is lost. */
	losing = false;
	private pending = 0;
	private readonly timers = new Set<NodeJS.Timeout>();
	private idle: Array<() => void> = [];

	constructor(private readonly rules: DeliveryRules) {}

	send(delivery: Delivery): void {
		void this.sendAndWait(delivery);
	}

	/** Like send; resolves once the first attempt is answered (at once when held back or lost), to keep an order. */
	async sendAndWait(delivery: Delivery): Promise<void> {
		if (this.losing) {
			this.failed.push(delivery);
			return;
		}
		if (this.held) {
			this.held.push(delivery);
			return;
		}
		await Promise.all(Array.from({ length: this.copies }, () => this.attempt(delivery, 1)));
	}

	hold(): void {
		this.held ??= [];
	}

	/** Sends what was held back, newest first. */
	releaseReversed(): void {
		const held = this.held ?? [];
		this.held = null;
		for (const delivery of held.reverse()) this.send(delivery);
	}

	/** Resolves when nothing is under way and no retry is scheduled. */
	async settled(): Promise<void> {
		if (this.pending === 0) return;
		await new Promise<void>((resolve) => this.idle.push(resolve));
	}

	stop(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.pending -= this.timers.size;
		this.timers.clear();
		this.losing = true;
	}

	private async attempt(delivery: Delivery, attempt: number): Promise<void> {
		this.pending += 1;
		const status = await this.carry(delivery, attempt);
		if (!this.rules.succeeded(status) && !this.losing) this.retry(delivery, attempt, status);
		this.done();
	}

	private async carry(delivery: Delivery, attempt: number): Promise<number> {
		const mishap = this.mishap();
		switch (mishap?.kind) {
			case undefined:
				return await this.post(delivery, attempt);
			case 'lost':
				this.note(delivery, attempt);
				return 0;
			case 'answerLost':
				return await this.post(delivery, attempt, false);
			case 'twice': {
				const copies = [this.post(delivery, attempt), this.post(delivery, attempt)];
				return Math.max(...(await Promise.all(copies)));
			}
			case 'late':
				await pause(mishap.ms);
				return await this.post(delivery, attempt);
		}
	}

	private retry(delivery: Delivery, attempt: number, status: number): void {
		const pause = delivery.once ? null : this.rules.retryAfterMs(attempt, status);
		if (pause === null) {
			this.failed.push(delivery);
			return;
		}
		this.pending += 1;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			if (!delivery.cancelled?.()) void this.attempt(delivery, attempt + 1);
			this.done();
		}, pause / this.timeScale);
		this.timers.add(timer);
	}

	private async post(delivery: Delivery, attempt: number, hearsAnswer = true): Promise<number> {
		const record = this.note(delivery, attempt);
		try {
			const response = await axios.post(delivery.url, delivery.body, {
				headers: delivery.headers(attempt),
				timeout: this.rules.timeoutMs,
				maxRedirects: 0,
				validateStatus: () => true,
				transformRequest: [(body: Buffer) => body],
				responseType: 'text',
			});
			record.status = hearsAnswer ? response.status : 0;
		} catch {
			record.status = 0;
		}
		return record.status;
	}

	private note({ id, url }: Delivery, attempt: number): Attempt {
		const record = { deliveryId: id, url, attempt, at: Date.now(), status: 0 };
		this.attempts.push(record);
		return record;
	}

	private done(): void {
		this.pending -= 1;
		if (this.pending > 0) return;
		const waiting = this.idle;
		this.idle = [];
		for (const resolve of waiting) resolve();
	}
}
