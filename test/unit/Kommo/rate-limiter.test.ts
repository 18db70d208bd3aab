import { RateLimiter } from '../../../nodes/Kommo/client/rate-limiter';
import { ApiError } from '../../../nodes/http/http';
import { FakeClock } from './fake-clock';

/** Starts so many requests at once, answered at once, and returns when each was sent, in ms since the start. */
async function turnTimes(
	count: number,
	clock: FakeClock,
	limiter: RateLimiter,
	perSecond?: number,
): Promise<number[]> {
	const start = clock.now();
	const times: number[] = [];
	await Promise.all(
		Array.from({ length: count }, async () => {
			const answered = await limiter.turn('read', perSecond);
			times.push(clock.now() - start);
			answered();
		}),
	);
	return times;
}

describe('The rate limiter', () => {
	it('lets seven requests through at once and makes the eighth wait', async () => {
		const clock = new FakeClock();
		const times = await turnTimes(8, clock, new RateLimiter(clock));
		expect(times.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
		expect(times[7]).toBeGreaterThan(1000);
	});

	it('never lets more than seven requests start within any second', async () => {
		const clock = new FakeClock();
		const times = await turnTimes(50, clock, new RateLimiter(clock));
		for (const time of times) {
			const inTheSecondAfter = times.filter((other) => other >= time && other - time <= 1000);
			expect(inTheSecondAfter.length).toBeLessThanOrEqual(7);
		}
	});

	it('counts from the answer, because a request may have been under way for long', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		const answers = await Promise.all(
			Array.from({ length: 7 }, async () => await limiter.turn('read')),
		);
		const eighth = limiter.turn('read').then(() => clock.now());
		clock.advance(5000);
		for (const answered of answers) answered();
		const answeredAt = clock.now();
		expect((await eighth) - answeredAt).toBeGreaterThanOrEqual(1000);
	});

	it('gives up one place, and not all of them, to a request that gets no answer', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		await limiter.turn('read');
		const times = await turnTimes(18, clock, limiter);
		expect(times.filter((time) => time === 0)).toHaveLength(6);
		expect(Math.max(...times)).toBeLessThan(3000);
	});

	it('keeps to the share that one of several n8n processes is given', async () => {
		const clock = new FakeClock();
		const times = await turnTimes(7, clock, new RateLimiter(clock), 3);
		expect(times.map((time) => Math.floor(time / 1000))).toEqual([0, 0, 0, 1, 1, 1, 2]);
	});

	it('goes on after a request that was never sent', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		limiter.pause(300_000);
		for (let turn = 0; turn < 7; turn += 1)
			await expect(limiter.turn('read')).rejects.toThrow('5 min');
		clock.advance(300_000);
		expect(await turnTimes(7, clock, limiter)).toEqual([0, 0, 0, 0, 0, 0, 0]);
	});

	it('serves callers in the order in which they asked', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		const order: number[] = [];
		await Promise.all(
			Array.from({ length: 20 }, async (_none, index) => {
				const answered = await limiter.turn('read');
				order.push(index);
				answered();
			}),
		);
		expect(order).toEqual(Array.from({ length: 20 }, (_none, index) => index));
	});

	it('lets writes go before reads that wait, so that a lead is written soon after it was read', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		const order: string[] = [];
		await Promise.all(
			Array.from({ length: 14 }, async (_none, index) => {
				for (const turn of ['read', 'write'] as const) {
					const answered = await limiter.turn(turn);
					order.push(`${turn} ${index}`);
					answered();
				}
			}),
		);
		const all = (turn: string, from: number) =>
			Array.from({ length: 7 }, (_none, index) => `${turn} ${from + index}`);
		expect(order).toEqual([
			...all('read', 0),
			...all('write', 0),
			...all('read', 7),
			...all('write', 7),
		]);
	});

	it('holds everybody back while Kommo has asked for a pause', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		limiter.pause(5000);
		expect(await turnTimes(2, clock, limiter)).toEqual([5000, 5000]);
	});

	it('refuses at once when the pause is longer than anybody would wait', async () => {
		const clock = new FakeClock();
		const limiter = new RateLimiter(clock);
		limiter.pause(300_000);
		await expect(limiter.turn('read')).rejects.toThrow('for another 5 min');
		await expect(limiter.turn('read')).rejects.toBeInstanceOf(ApiError);
		clock.advance(300_000);
		await expect(limiter.turn('read')).resolves.toBeInstanceOf(Function);
	});
});
