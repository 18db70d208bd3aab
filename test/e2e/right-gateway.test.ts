import { WORLD_GATEWAYS } from '../world/gateways';
import { PaymentWorld } from '../world/payment-world';
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

	it('finds the payments whose webhooks all four lost, and writes one note each', async () => {
		const { kommo, n8n, gateways, workflows } = world;
		const leadIds: number[] = [];
		for (const deal of DEALS) {
			const gateway = gateways.find(({ id }) => id === deal.gateway);
			const leadId = createDeal(kommo, { name: deal.name, currency: deal.currency });
			const link = await winDeal(kommo, leadId);
			if (gateway) gateway.deliveries.losing = true;
			await gateway?.pay(link);
			leadIds.push(leadId);
		}
		expect(leadIds.map((leadId) => readCard(kommo, leadId).status)).toEqual(
			DEALS.map(() => 'Awaiting'),
		);
		const workflowId = workflows.get('stripe')?.id ?? '';
		const lookBack = async () => {
			const before = new Set((await n8n.executions(workflowId)).map(({ id }) => id));
			await n8n.runManually(workflowId, 'Every 15 Minutes');
			const run = await n8n.waitForExecution(({ id }) => !before.has(id), { workflowId });
			expect(run.status).toBe('success');
		};
		await lookBack();
		await lookBack();
		const cards = leadIds.map((leadId) => readCard(kommo, leadId));
		expect(cards.map(({ status }) => status)).toEqual(DEALS.map(() => 'Paid'));
		expect(cards.map(({ notes }) => notes.length)).toEqual(DEALS.map(() => 1));
	});

	itLeaksNothing(() => world);
});
