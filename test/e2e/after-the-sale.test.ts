import { waitFor } from '../n8n-host/wait-for';
import { DEFAULTS } from '../simulators/kommo';
import { startStripeInWorld, type StripeInWorld } from '../world/gateways/stripe';
import { PaymentWorld } from '../world/payment-world';
import { createDeal, readCard, waitForStatus, winDeal } from '../world/play-deal';

const HOUR_S = 3600;

describe('a subscription that was sold by a deal', () => {
	let world: PaymentWorld;
	let stripe: StripeInWorld;
	let leadId: number;
	let link: string;
	let subscriptionId: string;

	beforeAll(async () => {
		stripe = await startStripeInWorld();
		world = await PaymentWorld.start({
			packageTarball: process.env.KP_TARBALL ?? '',
			gateways: [stripe],
			edits: {
				'Create Payment Link': { parameters: { options: { interval: 'month' } } },
				'Send by Salesbot': {
					disabled: false,
					parameters: { resource: 'salesbot', operation: 'run', botId: DEFAULTS.bot },
				},
			},
		});
		const { kommo } = world;
		const field = kommo.store.fieldByCode('leads', 'KP_PAYMENT_LINK');
		const bot = kommo.store.bots.get(DEFAULTS.bot)!;
		kommo.store.bots.set(bot.id, { ...bot, message: `Please pay: {{lead.cf.${field?.id}}}` });
		leadId = createDeal(kommo, { price: 49, name: 'Care plan' });
		link = await winDeal(kommo, leadId);
	});

	afterAll(async () => {
		await world?.stop();
	});

	const tasks = () => world.kommo.tasksOf(leadId);
	const field = (code: string) => world.kommo.fieldValue(leadId, code);

	it('is offered to the client by the Salesbot that prints the link', async () => {
		const { sentMessages } = world.kommo.store;
		await waitFor('the message', () => sentMessages[0]);
		expect(sentMessages).toMatchObject([{ leadId, text: `Please pay: ${link}` }]);
	});

	it('is paid, and paid again by itself a month later: two notes and one running total', async () => {
		const { subscriptionId: id } = await stripe.simulator.pay(link);
		subscriptionId = String(id);
		await waitForStatus(world.kommo, leadId, 'Paid');
		const firstBilling = await waitFor(
			'the next billing',
			() => field('KP_NEXT_BILLING') ?? undefined,
		);

		await stripe.simulator.renew(subscriptionId);
		await waitFor('the running total', () =>
			Number(field('KP_AMOUNT_PAID')) === 98 ? true : undefined,
		);
		await waitFor('a later billing', () =>
			Number(field('KP_NEXT_BILLING')) > Number(firstBilling) ? true : undefined,
		);
		const payments = () =>
			readCard(world.kommo, leadId).notes.filter((text) => text.startsWith('Subscription payment'));
		await waitFor('the second note', () => payments()[1]);
		expect(payments()).toHaveLength(2);
		expect(tasks()).toEqual([]);
	});

	it('becomes Overdue when a charge fails, with one task although Stripe tells it twice', async () => {
		// Stripe tells times in seconds; of one second nobody could say what came last.
		await waitFor('the next second', () =>
			Date.now() / 1000 >= Number(field('KP_PAID_AT')) + 1 ? true : undefined,
		);
		await stripe.simulator.failRenewal(subscriptionId);
		await waitForStatus(world.kommo, leadId, 'Overdue');
		const task = await waitFor('the task', () => tasks()[0]);
		const notes = () => readCard(world.kommo, leadId).notes;
		await waitFor('both notes', () =>
			['Payment failed', 'Subscription payment is overdue'].every((start) =>
				notes().some((text) => text.startsWith(start)),
			)
				? true
				: undefined,
		);
		await world.settled();
		expect(tasks()).toHaveLength(1);
		expect(task.text).toMatch(/^The (payment failed|renewal could not be charged)/);
		expect(task.responsible_user_id).toBe(world.kommo.lead(leadId).responsible_user_id);
	});

	it('gives its manager a day to win the client back when it is canceled', async () => {
		const before = Math.floor(Date.now() / 1000);
		await stripe.simulator.cancelSubscription(subscriptionId);
		const task = await waitFor('the task', () =>
			tasks().find(({ text }) => text.startsWith('The subscription was canceled')),
		);
		expect(task.text).toMatch(/win the client back \(.+\)/);
		expect(task.complete_till - before).toBeGreaterThanOrEqual(24 * HOUR_S);
		expect(task.complete_till - before).toBeLessThan(25 * HOUR_S);
		expect(field('KP_SUBSCRIPTION_STATUS')).toBe('canceled');
	});

	it('gives its manager a task with the deadline when the client disputes a charge', async () => {
		const deal = createDeal(world.kommo, { price: 49 });
		const { paymentIntentId } = await stripe.simulator.pay(await winDeal(world.kommo, deal));
		await waitForStatus(world.kommo, deal, 'Paid');
		await stripe.simulator.dispute(paymentIntentId);
		await waitForStatus(world.kommo, deal, 'Disputed');
		const task = await waitFor('the task', () => world.kommo.tasksOf(deal)[0]);
		expect(task.text).toMatch(/^The client disputes the payment.*answer by \d{4}-\d{2}-\d{2}/);
	});
});
