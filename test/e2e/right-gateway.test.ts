import { WORLD_GATEWAYS } from '../world/gateways';
import { NO_LOOK_BACK_BY_CLOCK, PaymentWorld, runToEnd } from '../world/payment-world';
import { createDeal, readCard, waitForStatus, winDeal } from '../world/play-deal';
import { waitFor } from '../n8n-host/wait-for';
import { itLeaksNothing } from './leaks-nothing';

describe('one workflow for all four gateways', () => {
	let world: PaymentWorld;

	beforeAll(async () => {
		const gateways = await Promise.all(WORLD_GATEWAYS.map(async (start) => await start()));
		world = await PaymentWorld.start({
			packageTarball: process.env.KP_TARBALL ?? '',
			gateways,
			sharedTemplate: 'won-to-paid-with-the-right-gateway.json',
			edits: NO_LOOK_BACK_BY_CLOCK,
		});
	});

	afterAll(async () => {
		await world?.stop();
	});

	const DEALS = [
		{ name: 'Website relaunch', currency: 'USD', gateway: 'stripe' },
		{ name: 'Website relaunch', currency: 'EUR', gateway: 'checkoutCom' },
		{ name: 'Annual plan, team of ten', currency: 'EUR', gateway: 'paddle' },
		{ name: 'Website relaunch', currency: 'KES', gateway: 'flutterwave' },
	];

	it.each(DEALS)('sends "$name" in $currency to $gateway, and the deal is paid', async (deal) => {
		const { kommo, gateways } = world;
		const leadId = createDeal(kommo, { name: deal.name, currency: deal.currency });
		const link = await winDeal(kommo, leadId);
		expect(kommo.fieldValue(leadId, 'KP_GATEWAY')).toBe(deal.gateway);
		await gateways.find(({ id }) => id === deal.gateway)?.pay(link);
		await waitForStatus(kommo, leadId, 'Paid');
		const note = await waitFor('the note', () => readCard(kommo, leadId).notes[0]);
		expect(note).toContain(`1999.00 ${deal.currency}`);
	});

	/** Deals whose clients have paid without a word of it. */
	const payInSilence = async (deals: typeof DEALS): Promise<number[]> => {
		const { kommo, gateways } = world;
		const leadIds: number[] = [];
		for (const { name, currency, gateway: id } of deals) {
			const leadId = createDeal(kommo, { name, currency });
			const link = await winDeal(kommo, leadId);
			const gateway = gateways.find((candidate) => candidate.id === id);
			if (gateway) gateway.deliveries.losing = true;
			await gateway?.pay(link);
			leadIds.push(leadId);
		}
		return leadIds;
	};

	const lookBack = async () => {
		const workflow = world.workflows.get('stripe');
		if (!workflow) throw new Error('The template is not active.');
		await runToEnd(world.n8n, workflow, 'Every 15 Minutes');
	};

	/** What the cards show, by gateway. */
	const cardsOf = (leadIds: readonly number[]) =>
		Object.fromEntries(
			leadIds.map((leadId, index) => {
				const { status, notes } = readCard(world.kommo, leadId);
				return [DEALS[index]?.gateway, { status, notes: notes.length }];
			}),
		);

	const allShow = (status: string, notes: number) =>
		Object.fromEntries(DEALS.map(({ gateway }) => [gateway, { status, notes }]));

	it('finds the payments whose webhooks all four lost, and writes one note each', async () => {
		const leadIds = await payInSilence(DEALS);
		expect(cardsOf(leadIds)).toEqual(allShow('Awaiting', 0));
		await lookBack();
		await lookBack();
		expect(cardsOf(leadIds)).toEqual(allShow('Paid', 1));
	});

	it('still asks the others when two can not be asked, and says so once a day', async () => {
		const { kommo, gateways } = world;
		const leadIds = await payInSilence(DEALS);
		const silent = ['stripe', 'checkoutCom'];
		const failing = gateways.filter(({ id }) => silent.includes(id));
		for (const { faults } of failing) faults.add({ kind: 'answer', status: 401, body: {} });
		await lookBack();
		await lookBack();
		expect(cardsOf(leadIds)).toEqual({
			...allShow('Paid', 1),
			stripe: { status: 'Awaiting', notes: 0 },
			checkoutCom: { status: 'Awaiting', notes: 0 },
		});
		const tasks = [...kommo.store.tasks.values()].filter(({ text }) =>
			text.startsWith('The look back could not ask for payments'),
		);
		// One for each provider, however many deals it was asked about.
		expect(tasks.map(({ text }) => text).sort()).toEqual([
			expect.stringContaining('Checkout.com'),
			expect.stringContaining('Stripe'),
		]);
		for (const { faults } of failing) faults.clear();
		await lookBack();
		expect(cardsOf(leadIds)).toEqual(allShow('Paid', 1));
	});

	itLeaksNothing(() => world);
});
