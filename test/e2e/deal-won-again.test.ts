import { DEFAULTS } from '../simulators/kommo';
import { waitFor } from '../n8n-host/wait-for';
import { startStripeInWorld, type StripeInWorld } from '../world/gateways/stripe';
import { PaymentWorld } from '../world/payment-world';
import { createDeal, waitForStatus, winDeal } from '../world/play-deal';
import { itLeaksNothing } from './leaks-nothing';

const WON = 142;

describe('a deal that is won again', () => {
	let world: PaymentWorld;
	let stripe: StripeInWorld;

	beforeAll(async () => {
		stripe = await startStripeInWorld();
		const packageTarball = process.env.KP_TARBALL ?? '';
		world = await PaymentWorld.start({ packageTarball, gateways: [stripe] });
	});

	afterAll(async () => {
		await world?.stop();
	});

	const linksOf = (leadId: number) =>
		stripe.simulator.store.links
			.oldestFirst()
			.filter(({ metadata }) => metadata.kommo_lead_id === String(leadId));

	/** Reopens the deal and wins it once more, from another stage; resolves when the link was saved again. */
	const winAgain = async (leadId: number) => {
		const { kommo } = world;
		kommo.moveLead(leadId, DEFAULTS.sales.offerMade);
		kommo.log.clear();
		kommo.moveLead(leadId, WON);
		await waitFor('the link to be saved', () =>
			kommo.log.of('PATCH', /\/leads$/).find(({ status }) => status === 200),
		);
		return String(kommo.fieldValue(leadId, 'KP_PAYMENT_LINK'));
	};

	it('keeps its link when nothing has changed', async () => {
		const leadId = createDeal(world.kommo);
		const link = await winDeal(world.kommo, leadId);
		await expect(winAgain(leadId)).resolves.toBe(link);
		expect(linksOf(leadId)).toHaveLength(1);
	});

	it('gets a new link when its price has changed, and the old one is closed', async () => {
		const leadId = createDeal(world.kommo, { price: 1999 });
		const oldLink = await winDeal(world.kommo, leadId);
		world.kommo.updateLead(leadId, { price: 2500 });
		const newLink = await winAgain(leadId);
		expect(newLink).not.toBe(oldLink);
		expect(linksOf(leadId).map(({ active }) => active)).toEqual([false, true]);
		await stripe.pay(newLink);
		await waitForStatus(world.kommo, leadId, 'Paid');
		expect(Number(world.kommo.fieldValue(leadId, 'KP_AMOUNT_PAID'))).toBe(2500);
	});

	it('gets one link although Kommo tells of it several times at once', async () => {
		const leadId = createDeal(world.kommo);
		world.kommo.deliveries.copies = 5;
		await winDeal(world.kommo, leadId);
		world.kommo.deliveries.copies = 1;
		await world.kommo.settled();
		expect(linksOf(leadId)).toHaveLength(1);
	});

	itLeaksNothing(() => world);
});
