import axios from 'axios';
import { waitFor } from '../n8n-host/wait-for';
import { NO_LOOK_BACK_BY_CLOCK, PaymentWorld, runToEnd } from '../world/payment-world';
import { createDeal, playDeal, readCard, waitForStatus, winDeal } from '../world/play-deal';
import type { WorldGateway } from '../world/world-gateway';
import { itLeaksNothing } from './leaks-nothing';

const COPIES = 30;

/** The proofs every gateway owes, in a real n8n with the packed package and the template as users import it. */
export function describeWonToPaid(startGateway: () => Promise<WorldGateway>): void {
	let world: PaymentWorld;
	let gateway: WorldGateway;

	beforeAll(async () => {
		gateway = await startGateway();
		const packageTarball = process.env.KP_TARBALL ?? '';
		const edits = NO_LOOK_BACK_BY_CLOCK;
		world = await PaymentWorld.start({ packageTarball, gateways: [gateway], edits });
	});

	afterAll(async () => {
		await world?.stop();
	});

	afterEach(() => {
		gateway.deliveries.copies = 1;
		gateway.faults.clear();
		world.kommo.faults.clear();
	});

	/** Requests that changed this lead or wrote to it since the log was cleared. */
	const writesTo = (leadId: number) => {
		const about = new RegExp(`"(entity_)?id":${leadId}\\b`);
		const { log } = world.kommo;
		return {
			patches: log.of('PATCH', /\/leads$/).filter(({ body }) => about.test(body)).length,
			notes: log.of('POST', /\/notes$/).filter(({ body }) => about.test(body)).length,
		};
	};

	const issuedDeal = async (price = 250) => {
		const leadId = createDeal(world.kommo, { price });
		const link = await winDeal(world.kommo, leadId);
		return { leadId, link };
	};

	const paidDeal = async (price = 250) => {
		const deal = await issuedDeal(price);
		await gateway.pay(deal.link);
		await waitForStatus(world.kommo, deal.leadId, 'Paid');
		await world.settled();
		return deal;
	};

	const reconcile = async () => {
		const workflow = world.workflows.get(gateway.id);
		if (!workflow) throw new Error('The template is not there.');
		await runToEnd(world.n8n, workflow, 'Every 15 Minutes');
	};

	it('has a credential whose Test button tells a good key from a wrong one', async () => {
		const { data } = gateway.credential;
		const name = 'apiKey' in data ? 'apiKey' : 'secretKey';
		const wrongKey = `${String(data[name]).slice(0, -6)}wrong0`;
		const wrong = { ...gateway.credential, data: { ...data, [name]: wrongKey } };
		expect(await world.n8n.testCredential(gateway.credential)).toMatchObject({ status: 'OK' });
		expect(await world.n8n.testCredential(wrong)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/ key /) as string,
		});
	});

	it('takes a won deal to a link on the card and, once paid, to Paid with one note', async () => {
		const played = await playDeal(world.kommo, gateway);
		expect(played.before).toMatchObject({ status: '', link: '', notes: [] });
		expect(played.after).toMatchObject({ status: 'Paid', amountPaid: '1999.00' });
		expect(played.after.notes).toEqual([expect.stringContaining('1999.00 EUR')]);
		expect(played.after.notes[0]).toContain(played.after.paymentId);
	});

	it('shows a declined payment on the card, gives its manager a task, and Paid still follows', async () => {
		const { leadId, link } = await issuedDeal();
		await gateway.decline(link);
		await waitForStatus(world.kommo, leadId, 'Failed');
		const task = await waitFor('a task', () => world.kommo.tasksOf(leadId)[0]);
		expect(task.responsible_user_id).toBe(world.kommo.lead(leadId).responsible_user_id);
		expect(task.text).toMatch(/failed/i);
		await gateway.pay(link);
		await waitForStatus(world.kommo, leadId, 'Paid');
	});

	it('shows a refund on the card', async () => {
		const { leadId, link } = await paidDeal();
		await gateway.refund(link);
		await waitForStatus(world.kommo, leadId, 'Refunded');
		expect(Number(world.kommo.fieldValue(leadId, 'KP_REFUNDED'))).toBe(250);
		await world.settled();
		expect(readCard(world.kommo, leadId).notes).toHaveLength(2);
	});

	it('turns a link that could not be made into a task with the reason', async () => {
		gateway.faults.add({
			kind: 'answer',
			method: 'POST',
			status: 401,
			body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } },
		});
		const leadId = createDeal(world.kommo);
		world.kommo.moveLead(leadId, 142);
		const task = await waitFor('a task', () => world.kommo.tasksOf(leadId)[0]);
		expect(task.text).toMatch(/link/i);
		expect(task.text).toMatch(/key/i);
		expect(readCard(world.kommo, leadId).link).toBe('');
	});

	it('turns a won deal without an amount into a task that says what is missing', async () => {
		const leadId = createDeal(world.kommo, { price: 0 });
		world.kommo.moveLead(leadId, 142);
		const task = await waitFor('a task', () => world.kommo.tasksOf(leadId)[0]);
		expect(task.text).toMatch(/no amount/i);
	});

	it(`applies ${COPIES} simultaneous deliveries of one event once, and none after a restart`, async () => {
		const { leadId, link } = await issuedDeal();
		await world.settled();
		world.kommo.log.clear();
		gateway.deliveries.copies = COPIES;
		await gateway.pay(link);
		await waitForStatus(world.kommo, leadId, 'Paid');
		await world.settled();
		expect(writesTo(leadId)).toEqual({ patches: 1, notes: 1 });

		await world.n8n.restart({ awaitWebhook: gateway.webhookUrl() });
		world.kommo.log.clear();
		const before = gateway.deliveries.attempts.length;
		await gateway.resendPayment(link);
		await world.settled();
		// Others are told to come again while the first one is not stored yet, and a busy provider gives up on all of them.
		await waitFor('one of them to be accepted', async () => {
			const answers = gateway.deliveries.attempts.slice(before).map(({ status }) => status);
			if (answers.includes(200)) return true;
			gateway.deliveries.copies = 1;
			await gateway.resendPayment(link);
			await world.settled();
			return undefined;
		});
		expect(writesTo(leadId)).toEqual({ patches: 0, notes: 0 });
	});

	it(`applies ${COPIES} different events that arrive at once`, async () => {
		const deals = [];
		for (let index = 0; index < COPIES; index += 1) deals.push(await issuedDeal(100 + index));
		await Promise.all(deals.map(async ({ link }) => await gateway.pay(link)));
		for (const { leadId } of deals) await waitForStatus(world.kommo, leadId, 'Paid');
		await world.settled();
		const cards = deals.map(({ leadId }) => readCard(world.kommo, leadId));
		expect(cards.map(({ notes }) => notes.length)).toEqual(deals.map(() => 1));
		expect(cards.map(({ amountPaid }) => Number(amountPaid))).toEqual(
			deals.map((_deal, index) => 100 + index),
		);
	});

	it('refuses every hostile delivery with 401 and stores no execution', async () => {
		await paidDeal();
		const executionsBefore = (await world.n8n.executions()).length;
		for (const { name, headers, body } of gateway.hostileDeliveries()) {
			const { status } = await axios.post(gateway.webhookUrl(), body, {
				headers,
				validateStatus: () => true,
			});
			expect({ name, status }).toEqual({ name, status: 401 });
		}
		expect(await world.n8n.executions()).toHaveLength(executionsBefore);
	});

	it('brings a deal to Paid by reconciliation after kill -9 between the 200 and the PATCH', async () => {
		const { leadId, link } = await issuedDeal();
		await world.settled();
		world.kommo.log.clear();
		world.kommo.faults.add({ kind: 'hang', method: 'PATCH', path: /\/leads$/ });
		await gateway.pay(link);
		await waitFor('the PATCH to be under way', () =>
			writesTo(leadId).patches > 0 ? true : undefined,
		);
		await gateway.deliveries.settled();
		expect(gateway.deliveries.attempts.at(-1)?.status).toBe(200);

		await world.n8n.kill9();
		world.kommo.faults.clear();
		await world.n8n.restart({ awaitWebhook: gateway.webhookUrl() });
		expect(readCard(world.kommo, leadId).status).toBe('Awaiting');

		await reconcile();
		await waitForStatus(world.kommo, leadId, 'Paid');
		await world.settled();
		await reconcile();
		expect(readCard(world.kommo, leadId).notes).toHaveLength(1);
	});

	it('writes the note that a kill -9 between PATCH and note left out, once', async () => {
		const { leadId, link } = await issuedDeal();
		await world.settled();
		world.kommo.faults.add({ kind: 'hang', method: 'POST', path: /\/notes$/ });
		await gateway.pay(link);
		await waitForStatus(world.kommo, leadId, 'Paid');
		await waitFor('the note to be under way', () =>
			writesTo(leadId).notes > 0 ? true : undefined,
		);
		await world.n8n.kill9();
		world.kommo.faults.clear();
		await world.n8n.restart({ awaitWebhook: gateway.webhookUrl() });
		expect(readCard(world.kommo, leadId)).toMatchObject({ status: 'Paid', notes: [] });

		await reconcile();
		await reconcile();
		expect(readCard(world.kommo, leadId).notes).toHaveLength(1);
	});

	itLeaksNothing(() => world);
}
