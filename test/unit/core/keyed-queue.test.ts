import { KeyedQueue } from '../../../nodes/core/keyed-queue';

/** A task that ends when it is told to, and says when it has begun. */
function controlled<Result>(log: string[], name: string, result?: Result) {
	let finish: () => void = () => {};
	let fail: (error: Error) => void = () => {};
	const end = new Promise<void>((resolve, reject) => {
		finish = resolve;
		fail = reject;
	});
	return {
		task: async () => {
			log.push(`${name} begins`);
			try {
				await end;
			} finally {
				log.push(`${name} ends`);
			}
			return result;
		},
		finish: () => finish(),
		fail: (error: Error) => fail(error),
	};
}

/** Lets everything that is ready to run do so. */
const settled = async () => await new Promise<void>((resolve) => setImmediate(resolve));

describe('KeyedQueue', () => {
	let queue: KeyedQueue;
	let log: string[];
	beforeEach(() => {
		queue = new KeyedQueue();
		log = [];
	});

	it('runs tasks of one key one after another, in the order they came', async () => {
		const [a, b, c] = ['a', 'b', 'c'].map((name) => controlled(log, name, name));
		const results = [a, b, c].map((each) => queue.run('key', each!.task));
		c?.finish();
		b?.finish();
		await settled();
		expect(log).toEqual(['a begins']);
		a?.finish();
		expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
		expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	it('runs tasks of different keys side by side', async () => {
		const [a, b] = [controlled(log, 'a'), controlled(log, 'b')];
		const results = [queue.run('1', a.task), queue.run('2', b.task)];
		await settled();
		expect(log).toEqual(['a begins', 'b begins']);
		a.finish();
		b.finish();
		await Promise.all(results);
	});

	it('makes a task wait for the one that runs, although the one before that has ended', async () => {
		const [a, b] = [controlled(log, 'a'), controlled(log, 'b')];
		const first = queue.run('key', a.task);
		const second = queue.run('key', b.task);
		a.finish();
		await first;
		await settled();
		const third = queue.run('key', async () => void log.push('c'));
		await settled();
		expect(log).toEqual(['a begins', 'a ends', 'b begins']);
		b.finish();
		await Promise.all([second, third]);
		expect(log.slice(-2)).toEqual(['b ends', 'c']);
	});

	it('hands a failure to its caller only; the tasks behind it run', async () => {
		const failing = controlled(log, 'failing');
		const first = queue.run('key', failing.task);
		const second = queue.run('key', async () => await Promise.resolve('fine'));
		failing.fail(new Error('broken'));
		await expect(first).rejects.toThrow('broken');
		expect(await second).toBe('fine');
	});

	it('treats a task that throws at once like one that fails later', async () => {
		const thrown = queue.run('key', () => {
			throw new Error('at once');
		});
		await expect(thrown).rejects.toThrow('at once');
		expect(await queue.run('key', async () => await Promise.resolve(1))).toBe(1);
	});

	it('forgets a key when nobody waits for it any more', async () => {
		const a = controlled(log, 'a');
		const results = [queue.run('key', a.task), queue.run('key', async () => {})];
		expect(queue.size).toBe(1);
		a.finish();
		await Promise.all(results);
		await expect(
			queue.run('other', async () => await Promise.reject(new Error('broken'))),
		).rejects.toThrow();
		expect(queue.size).toBe(0);
	});

	it('loses no update when many tasks read and write one number', async () => {
		let sum = 0;
		const tasks = Array.from({ length: 100 }, async () => {
			await queue.run('sum', async () => {
				const before = sum;
				await settled();
				sum = before + 1;
			});
		});
		await Promise.all(tasks);
		expect(sum).toBe(100);
	});

	it('holds several keys at once, against single and other multiple holders', async () => {
		const all = controlled(log, 'all');
		const results = [
			queue.runAll(['a', 'b'], all.task),
			queue.run('b', async () => void log.push('b alone')),
			queue.runAll(['b', 'c'], async () => void log.push('b and c')),
			queue.run('d', async () => void log.push('d alone')),
		];
		await settled();
		expect(log).toEqual(['all begins', 'd alone']);
		all.finish();
		await Promise.all(results);
		expect(log).toEqual(['all begins', 'd alone', 'all ends', 'b alone', 'b and c']);
		expect(queue.size).toBe(0);
	});

	it('never lets two holders wait for each other, in whatever order they name the keys', async () => {
		const orders = [
			['a', 'b', 'c'],
			['c', 'b', 'a'],
			['b', 'c', 'a'],
			['c', 'a'],
		];
		let running = 0;
		const runs = Array.from({ length: 40 }, async (_, index) =>
			queue.runAll(orders[index % orders.length] ?? [], async () => {
				running += 1;
				expect(running).toBe(1);
				await settled();
				running -= 1;
				return index;
			}),
		);
		expect(await Promise.all(runs)).toEqual(Array.from({ length: 40 }, (_, index) => index));
		expect(queue.size).toBe(0);
	});

	it('is busy with a key until its last task is over', async () => {
		const first = queue.run('a', async () => await settled());
		const second = queue.run('a', async () => await settled());
		await first;
		expect([queue.isBusy('a'), queue.isBusy('b')]).toEqual([true, false]);
		await second;
		expect(queue.isBusy('a')).toBe(false);
	});

	it('takes a key that is named twice once, and runs at once when none is named', async () => {
		expect(await queue.runAll(['a', 'a'], async () => await Promise.resolve('twice'))).toBe(
			'twice',
		);
		expect(await queue.runAll([], async () => await Promise.resolve('none'))).toBe('none');
	});

	it('frees all keys when the task that holds them fails', async () => {
		await expect(
			queue.runAll(['a', 'b'], async () => await Promise.reject(new Error('broken'))),
		).rejects.toThrow('broken');
		expect(queue.size).toBe(0);
		expect(await queue.run('a', async () => await Promise.resolve('free'))).toBe('free');
	});
});
