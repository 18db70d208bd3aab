import { listen, rawBodyApp, type RunningServer } from './server';
import { Deliveries, type Mishap } from './deliveries';

describe('A delivery that meets a mishap', () => {
	let receiver: RunningServer;
	const received: string[] = [];

	beforeAll(async () => {
		const app = rawBodyApp();
		app.post('/hook', (req, res) => {
			received.push((req.body as Buffer).toString('utf8'));
			res.sendStatus(200);
		});
		receiver = await listen(app);
	});
	afterAll(async () => await receiver.close());
	beforeEach(() => {
		received.length = 0;
	});

	/** Sends webhooks, the first of which meets the mishap at its first attempt. */
	async function send(mishap: Mishap, bodies: readonly string[]): Promise<Deliveries> {
		const deliveries = new Deliveries({
			timeoutMs: 1000,
			succeeded: (status) => status === 200,
			retryAfterMs: () => 1000,
		});
		const mishaps = [mishap];
		deliveries.mishap = () => mishaps.shift() ?? null;
		for (const body of bodies) {
			deliveries.send({
				id: body,
				url: `${receiver.url}/hook`,
				body: Buffer.from(body),
				headers: () => ({}),
			});
		}
		await deliveries.settled();
		return deliveries;
	}

	it.each<[Mishap, number, number[]]>([
		[{ kind: 'lost' }, 1, [0, 200]],
		[{ kind: 'twice' }, 2, [200, 200]],
	])('%j: arrives %i times', async (mishap, times, statuses) => {
		const { attempts } = await send(mishap, ['paid']);
		expect(received).toEqual(Array.from({ length: times }, () => 'paid'));
		expect(attempts.map(({ status }) => status)).toEqual(statuses);
	});

	it('is sent again when its answer was lost', async () => {
		const { attempts } = await send({ kind: 'answerLost' }, ['paid']);
		expect(received).toEqual(['paid', 'paid']);
		expect(attempts.map(({ status }) => status)).toEqual([0, 200]);
	});

	it('is overtaken when it is late', async () => {
		await send({ kind: 'late', ms: 50 }, ['first', 'second']);
		expect(received).toEqual(['second', 'first']);
	});
});
