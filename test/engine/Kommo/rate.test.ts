import { startKommoAccount, type KommoAccount } from './kommo-account';

describe('The rate of requests', () => {
	let account: KommoAccount;

	beforeAll(async () => (account = await startKommoAccount({ rateLimit: 7 })));
	afterAll(async () => await account.kommo.close());

	it('stays below seven a second over several executions at once, so that Kommo never says 429', async () => {
		const items = Array.from({ length: 6 }, () => ({}));
		await Promise.all(
			[1, 2, 3, 4].map(async () => await account.run('pipeline:getAll', {}, items)),
		);
		expect(account.kommo.log.entries).toHaveLength(24);
		expect(account.kommo.log.entries.filter(({ status }) => status !== 200)).toEqual([]);
	});

	it('takes 1,000 leads with a note each in 45 calls, and traces what Kommo refuses', async () => {
		const { kommo } = account;
		const leads = Array.from({ length: 1000 }, () => kommo.createLead());
		const gone = leads[678]!;
		kommo.store.leads.delete(gone.id);
		kommo.log.clear();
		const items = leads.map(({ id }, index) => ({ leadId: id, index }));
		const settings = { onError: 'continueRegularOutput' } as const;
		const updateFields = { price: 1 };
		const updated = await account.json('lead:update', { updateFields }, items, settings);
		const text = '={{ "Number " + $json.index }}';
		const noted = await account.json('note:create', { text }, items, settings);

		expect(kommo.log.entries.length).toBeLessThanOrEqual(45);
		expect(kommo.log.entries.filter(({ status }) => status === 429)).toEqual([]);
		for (const results of [updated, noted]) {
			const refused = results.flatMap(({ error }, index) => (error === undefined ? [] : [index]));
			expect(refused).toEqual([678]);
		}
		const texts = [0, 499, 999].map((index) => kommo.notesOf(leads[index]!.id)[0]?.params.text);
		expect(texts).toEqual(['Number 0', 'Number 499', 'Number 999']);
		expect(leads.filter(({ id }) => id !== gone.id && kommo.lead(id).price !== 1)).toEqual([]);
	});

	it('stays below the share that the credential gives this process', async () => {
		account.kommo.log.clear();
		account.kommo.rateLimit.peak = 0;
		const accessToken = account.kommo.token;
		const credential = { accountUrl: account.kommo.url, accessToken, requestsPerSecond: 2 };
		const items = Array.from({ length: 5 }, () => ({}));
		await account.run('pipeline:getAll', {}, items, {
			credentials: { kommoPaymentsApi: credential },
		});
		const times = account.kommo.log.entries.map(({ at }) => at);
		expect(times).toHaveLength(5);
		expect((times[4] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2000);
	});

	it('costs one call for fifty updated leads', async () => {
		const leads = Array.from({ length: 50 }, () => account.kommo.createLead());
		account.kommo.log.clear();
		await account.run(
			'lead:update',
			{ updateFields: { price: 1 } },
			leads.map(({ id }) => ({ leadId: id })),
		);
		expect(account.kommo.log.entries).toHaveLength(1);
	});
});
