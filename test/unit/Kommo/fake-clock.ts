import type { Timing } from '../../../nodes/Kommo/client/rate-limiter';

/** Time that passes only when somebody sleeps or a test says so. */
export class FakeClock implements Timing {
	private time = Date.UTC(2026, 10, 20, 12);
	/** Every pause that was taken, in ms. */
	readonly pauses: number[] = [];

	readonly now = (): number => this.time;

	readonly sleep = async (ms: number): Promise<void> => {
		this.pauses.push(ms);
		const end = this.time + ms;
		// Everything else that can happen now happens before time goes on.
		await new Promise((resolve) => setImmediate(resolve));
		this.time = Math.max(this.time, end);
	};

	advance(ms: number): void {
		this.time += ms;
	}
}
