import { closeWorld, officeRow, openWorld, storyRow, type World } from './deals/story-row';
import type { Office } from './deals/deal';
import { eventsOf } from './deals/deal';
import { ACCEPTED, inWords, outcomeOf, turnedAway, type Outcome } from './doors/door';
import { LEAD } from './doors/gateway-door';
import type { KommoDoor } from './doors/kommo-door';
import { impossible, type Area, type Case, type GatewayTriggerId } from './matrix';

const IGNORED = turnedAway(200);
const NOT_AN_EVENT = turnedAway(400);
const READ_IN_VAIN: Outcome = { status: 200, executions: 1, events: 0 };
const MONEY_LATER: Partial<Record<GatewayTriggerId, string>> = {
	paddle: 'tells of a transaction when it is completed, which is when it is paid',
};
export const NO_DISPUTES = 'sends no webhooks about disputes';
const EXCEPT_DISPUTES: Partial<Record<GatewayTriggerId, string>> = { flutterwave: NO_DISPUTES };
const SIGNED = 'nobody can sign a body without the secret';

/** One delivery to a gateway's trigger. */
const delivered = (
	outcome: Outcome,
	body: (office: Office) => Buffer | Promise<Buffer>,
	parameters = {},
): Case<Office> => ({
	outcome: inWords(outcome),
	async run(office) {
		office.door.reset();
		const attempt = office.door.signed(await body(office));
		expect(await outcomeOf(office.door, attempt, { parameters })).toEqual(outcome);
	},
});

/** One delivery to the Kommo trigger. */
const told = (
	outcome: Outcome,
	body: (door: KommoDoor) => string | Promise<string>,
	parameters = {},
): Case<KommoDoor> => ({
	outcome: inWords(outcome),
	async run(door) {
		const attempt = door.signed(Buffer.from(await body(door)));
		expect(await outcomeOf(door, attempt, { parameters })).toEqual(outcome);
	},
});

/** The event's own id, wherever the provider keeps it. */
function withoutId(body: Buffer): Buffer {
	const { id, event_id, data, ...event } = JSON.parse(body.toString('utf8')) as {
		id?: unknown;
		event_id?: unknown;
		data: { id?: unknown };
	};
	expect(id ?? event_id ?? data.id).toBeDefined();
	return Buffer.from(
		JSON.stringify({ ...event, data: id || event_id ? data : { ...data, id: undefined } }),
	);
}

/** The same event of real money. */
function withLiveMode(body: Buffer): Buffer {
	const event = JSON.parse(body.toString('utf8')) as object;
	return Buffer.from(JSON.stringify({ ...event, livemode: true }));
}

/** Kommo's brackets, readable. */
function decoded(body: Buffer): string {
	return decodeURIComponent(body.toString('utf8'));
}

const OTHER_MODE = {
	checkoutCom: 'the event does not say; each environment has workflows, and keys, of its own',
	paddle: 'the event does not say; each environment has destinations, and secrets, of its own',
	flutterwave: 'the body is not believed; the API of a key knows the payments of its own mode only',
};

const LIVE_KEY = ['sk', 'live', 'words'].join('_');

/** Leads as in one body of Kommo's, numbered as given. */
function manyLeads(door: KommoDoor, indexes: readonly number[]): string {
	const lead = (index: number) => {
		const change = `leads[status][${index}]`;
		const at = 1_790_000_000 + index;
		return `${change}[id]=${index + 1}&${change}[status_id]=142&${change}[pipeline_id]=1&${change}[old_status_id]=7&${change}[last_modified]=${at}`;
	};
	return [`account[id]=${door.account.kommo.account.id}`, ...indexes.map(lead)].join('&');
}

/** What genuine deliveries say, and what the lead shows then. */
export const meaning: Area<World> = {
	name: 'Meaning',
	start: openWorld,
	stop: closeWorld,
	rows: [
		officeRow(
			'an event of an unknown type',
			() => delivered(IGNORED, async ({ shop }) => (await shop.provider.uninterestingEvent()).body),
			told(IGNORED, ({ body }) => decoded(body).replaceAll('leads[status]', 'leads[moon]')),
		),
		officeRow(
			'an event without an id',
			() => delivered(NOT_AN_EVENT, ({ door }) => withoutId(door.body)),
			impossible('Kommo numbers no events; a change is known by what it tells'),
		),
		officeRow('a live event on a sandbox credential', (trigger) =>
			trigger === 'stripe'
				? delivered(IGNORED, ({ door }) => withLiveMode(door.body))
				: impossible(OTHER_MODE[trigger]),
		),
		officeRow('a sandbox event on a live credential', (trigger) =>
			trigger === 'stripe'
				? {
						outcome: inWords(IGNORED),
						async run({ door, shop }) {
							door.reset();
							const { credential } = shop.provider;
							const { secretKey } = credential;
							credential.secretKey = LIVE_KEY;
							const outcome = await outcomeOf(door, door.signed(door.body));
							credential.secretKey = secretKey;
							expect(outcome).toEqual(IGNORED);
						},
					}
				: impossible(OTHER_MODE[trigger]),
		),
		officeRow(
			"another account's event",
			(trigger) =>
				trigger === 'flutterwave'
					? delivered(READ_IN_VAIN, ({ door }) =>
							Buffer.from(door.body.toString('utf8').replace(/"id":\s*\d+/, '"id":77')),
						)
					: impossible('another account signs with another secret; see there'),
			told(turnedAway(401), ({ body }) =>
				decoded(body).replace(/account\[id\]=\d+/, 'account[id]=1'),
			),
		),
		officeRow('a payment without a lead', () =>
			delivered(READ_IN_VAIN, async ({ shop }) => (await shop.provider.payment(null)).body, {
				withoutLead: false,
			}),
		),
		officeRow('a payment without a lead, where those are wanted', () => ({
			outcome: `${inWords(ACCEPTED)}, for a person, nothing written`,
			async run({ shop, door, account }) {
				door.reset();
				const settings = { parameters: { withoutLead: true } };
				const { body } = await shop.provider.payment(null);
				const call = await door.send(door.signed(body), settings);
				const events = eventsOf(await door.execute(call, settings));
				account.calls();
				const { done, forAPerson } = await account.apply(events);
				expect([done, forAPerson.map(({ outcome }) => outcome)]).toEqual([[], ['unmatched']]);
				expect(account.calls().filter((sent) => !sent.startsWith('GET'))).toEqual([]);
			},
		})),
		officeRow(
			'the lead was deleted',
			() => ({
				outcome: `${inWords(ACCEPTED)}, for a person, nothing written`,
				async run({ door, account, shop, openDeal }) {
					door.reset();
					const deal = await openDeal();
					await shop.pay(deal.linkUrl);
					account.kommo.deleteLead(deal.leadId);
					account.calls();
					const events = await deal.deliver();
					expect(events.map(({ leadId }) => leadId)).toContain(deal.leadId);
					const { forAPerson } = await account.apply(events);
					expect(forAPerson.map(({ outcome }) => outcome)).toContain('unmatched');
					expect(account.calls().filter((sent) => !sent.startsWith('GET'))).toEqual([]);
				},
			}),
			{
				outcome: `${inWords(ACCEPTED)}, with what the body says`,
				async run(door) {
					const deleted = door.account.kommo.createLead();
					door.account.kommo.deleteLead(deleted.id);
					const body = manyLeads(door, [0]).replace('[id]=1&', `[id]=${deleted.id}&`);
					const parameters = { options: { loadLead: true } };
					const call = await door.send(door.signed(Buffer.from(body)), { parameters });
					const items = await door.execute(call, { parameters });
					expect(items.map(({ json }) => [json.leadId, json.lead])).toEqual([[deleted.id, null]]);
				},
			},
		),
		storyRow({
			fault: 'more was paid than the deal asks for now',
			async play(deal, { shop, account }) {
				await shop.pay(deal.linkUrl);
				account.kommo.updateLead(deal.leadId, { price: 80 });
				await deal.deliver();
			},
			must: { status: 'Awaiting', paid: null, notes: 0, tasks: 1 },
		}),
		storyRow({
			fault: 'less was paid than the deal asks for now',
			async play(deal, { shop, account }) {
				await shop.pay(deal.linkUrl);
				account.kommo.updateLead(deal.leadId, { price: 120 });
				await deal.deliver();
			},
			must: { status: 'Awaiting', paid: null, notes: 0, tasks: 1 },
		}),
		storyRow({
			fault: 'less was paid, and parts are welcome',
			link: { amountMinor: 4_000 },
			async play(deal, { shop }) {
				await shop.pay(deal.linkUrl);
				await deal.deliver(deal.told(), { apply: { acceptPartialPayments: true } });
			},
			must: { status: 'Partially Paid', paid: '40.00', notes: 1, tasks: 0 },
		}),
		storyRow({
			fault: 'paid twice',
			async play(deal, { shop, createLink }) {
				await shop.pay(deal.linkUrl);
				const second = await createLink(deal.leadId, { description: 'The same again' });
				await shop.pay(second);
				await deal.deliver();
			},
			must: { status: 'Paid', paid: '100.00', notes: 1, tasks: 1 },
		}),
		storyRow({
			fault: 'paid in another currency',
			link: { currency: 'USD' },
			async play(deal, { shop }) {
				await shop.pay(deal.linkUrl);
				await deal.deliver();
			},
			must: { status: 'Awaiting', paid: null, notes: 0, tasks: 1 },
		}),
		storyRow({
			fault: 'completed unpaid',
			async play(deal, { shop }) {
				await shop.payLater?.(deal.linkUrl);
				await deal.deliver();
			},
			must: { status: 'Awaiting', paid: null, tasks: 0 },
			except: MONEY_LATER,
		}),
		storyRow({
			fault: 'completed unpaid, then the money arrives',
			async play(deal, { shop }) {
				const settle = await shop.payLater?.(deal.linkUrl);
				await settle?.(true);
				await deal.deliver();
			},
			must: { status: 'Paid', paid: '100.00', tasks: 0 },
			except: MONEY_LATER,
		}),
		storyRow({
			fault: 'completed unpaid, then the money does not arrive',
			async play(deal, { shop }) {
				const settle = await shop.payLater?.(deal.linkUrl);
				await settle?.(false);
				await deal.deliver();
			},
			must: { status: 'Failed', paid: null, tasks: 0 },
			except: MONEY_LATER,
		}),
		storyRow({
			fault: 'the refused attempt is told after the payment',
			async play(deal, { shop }) {
				await shop.decline(deal.linkUrl);
				await shop.pay(deal.linkUrl);
				await deal.deliver(deal.told().reverse());
			},
			must: { status: 'Paid', paid: '100.00', tasks: 0 },
		}),
		storyRow({
			fault: 'another session of the link expires after the payment',
			async play(deal, { shop }) {
				const expire = await shop.abandon?.(deal.linkUrl);
				await shop.pay(deal.linkUrl);
				await expire?.();
				await deal.deliver();
			},
			must: { status: 'Paid', paid: '100.00', notes: 1, tasks: 0 },
			except: {
				checkoutCom: 'has no sessions beside the payment',
				paddle: 'has no sessions beside the transaction',
				flutterwave: 'tells nothing of pages that were left',
			},
		}),
		storyRow({
			fault: 'the refund is told before the payment',
			async play(deal, { shop }) {
				await shop.refund(await shop.pay(deal.linkUrl));
				await deal.deliver(deal.told().reverse());
			},
			must: { status: 'Refunded', paid: '100.00', refunded: '100.00', notes: 2, tasks: 0 },
		}),
		storyRow({
			fault: 'refunded in part',
			async play(deal, { shop }) {
				await shop.refund(await shop.pay(deal.linkUrl), 3_000);
				await deal.deliver();
			},
			must: { status: 'Partially Refunded', paid: '100.00', refunded: '30.00', tasks: 0 },
		}),
		storyRow({
			fault: 'refunded in three parts, to the last cent',
			async play(deal, { shop }) {
				const payment = await shop.pay(deal.linkUrl);
				for (const minor of [3_000, 3_000, 4_000]) {
					await shop.refund(payment, minor);
					// Told as it happens, as the bank does.
					await deal.deliver();
				}
			},
			must: { status: 'Refunded', paid: '100.00', refunded: '100.00', notes: 4, tasks: 0 },
		}),
		storyRow({
			fault: 'refunded, and paid again by another link',
			async play(deal, { shop, createLink }) {
				await shop.refund(await shop.pay(deal.linkUrl));
				await deal.deliver();
				await shop.pay(await createLink(deal.leadId));
				await deal.deliver();
			},
			must: { status: 'Paid', paid: '200.00', refunded: '100.00', notes: 3, tasks: 0 },
		}),
		storyRow({
			fault: 'disputed',
			async play(deal, { shop }) {
				await shop.dispute?.(await shop.pay(deal.linkUrl));
				await deal.deliver();
			},
			must: { status: 'Disputed', paid: '100.00', tasks: 0 },
			except: EXCEPT_DISPUTES,
		}),
		storyRow({
			fault: 'disputed, and won',
			async play(deal, { shop }) {
				const close = await shop.dispute?.(await shop.pay(deal.linkUrl));
				await close?.(true);
				await deal.deliver();
			},
			must: { status: 'Paid', paid: '100.00', tasks: 0 },
			except: EXCEPT_DISPUTES,
		}),
		storyRow({
			fault: 'disputed, and lost',
			async play(deal, { shop }) {
				const close = await shop.dispute?.(await shop.pay(deal.linkUrl));
				await close?.(false);
				await deal.deliver();
			},
			must: { status: 'Refunded', paid: '100.00', tasks: 0 },
			except: {
				...EXCEPT_DISPUTES,
				paddle: 'a chargeback is the last word; only its reversal is told',
			},
		}),
		storyRow({
			fault: 'disputed in part, and lost',
			async play(deal, { shop }) {
				const close = await shop.dispute?.(await shop.pay(deal.linkUrl), 3_000);
				await close?.(false);
				await deal.deliver();
			},
			must: { status: 'Partially Refunded', paid: '100.00', refunded: '30.00', tasks: 0 },
			except: {
				...EXCEPT_DISPUTES,
				paddle: { status: 'Disputed', paid: '100.00', tasks: 0 },
			},
		}),
		officeRow('one payment told by two events', () => ({
			outcome: 'one event emitted',
			async run({ shop, door }) {
				door.reset();
				const event = await shop.provider.payment(LEAD);
				const twin = await shop.provider.twinOf(event);
				expect(await outcomeOf(door, door.signed(event.body))).toEqual(ACCEPTED);
				expect(await outcomeOf(door, door.signed(twin.body))).toEqual(READ_IN_VAIN);
			},
		})),
		storyRow({
			fault: 'two payments of one lead at the same moment',
			link: { amountMinor: 4_000 },
			async play(deal, { shop, createLink }) {
				await shop.pay(deal.linkUrl);
				const first = deal.told();
				await shop.pay(await createLink(deal.leadId, { amountMinor: 6_000 }));
				const second = deal.told().slice(first.length);
				const apply = { acceptPartialPayments: true };
				await Promise.all([first, second].map((events) => deal.deliver(events, { apply })));
			},
			must: { status: 'Paid', paid: '100.00', notes: 2, tasks: 0 },
		}),
		officeRow(
			'the same id with another body',
			() => ({
				outcome: `${inWords(IGNORED)}; once forgotten at the door: ${inWords(READ_IN_VAIN)}`,
				async run({ door }) {
					door.reset();
					const other = door.bodyWith(Buffer.from('changed'));
					expect(await outcomeOf(door, door.signed(door.body))).toEqual(ACCEPTED);
					expect(await outcomeOf(door, door.signed(other))).toEqual(IGNORED);
					await withClockAhead(async () => {
						expect(await outcomeOf(door, door.signed(other))).toEqual(READ_IN_VAIN);
					});
				},
			}),
			impossible('Kommo numbers nothing; a delivery is known by what it tells'),
		),
		officeRow('the hash is stolen: an event is made up', (trigger) =>
			trigger === 'flutterwave'
				? delivered(READ_IN_VAIN, () => madeUp('7777777'))
				: impossible(SIGNED),
		),
		officeRow('the hash is stolen: an event is told before it happens', (trigger) =>
			trigger === 'flutterwave'
				? {
						outcome: 'the real one is not kept out: Paid',
						async run({ shop, door, openDeal }) {
							door.reset();
							const deal = await openDeal();
							const settle = await shop.payLater?.(deal.linkUrl);
							const [pending] = deal.told();
							const id = /"id":\s*(\d+)/.exec(pending?.body.toString('utf8') ?? '')?.[1] ?? '';
							await deal.deliver([{ id, body: madeUp(id) }]);
							expect(deal.state()).toMatchObject({ status: 'Awaiting', paid: null });
							await settle?.(true);
							await deal.deliver();
							expect(deal.state()).toMatchObject({ status: 'Paid', paid: '100.00' });
						},
					}
				: impossible(SIGNED),
		),
		officeRow('a body with 100 leads', noLeads, {
			outcome: '200, 1 execution, 100 events',
			run: async (door) => await expectLeads(door, range(100)),
		}),
		officeRow('gaps in the indexes', noLeads, {
			outcome: '200, 1 execution, 3 events',
			run: async (door) => await expectLeads(door, [0, 7, 4_711]),
		}),
		officeRow('more than 1,000 keys', noLeads, {
			outcome: '200, 1 execution, 400 events',
			run: async (door) => await expectLeads(door, range(400)),
		}),
		officeRow('the echo of our own write', noLeads, {
			outcome: `left out where only people's changes are wanted: ${inWords(IGNORED)}`,
			async run(door) {
				const echo = `${manyLeads(door, [0])}&leads[status][0][modified_user_id]=0`;
				const attempt = door.signed(Buffer.from(echo));
				const parameters = { options: { onlyByPeople: true } };
				expect(await outcomeOf(door, attempt, { parameters })).toEqual(IGNORED);
				expect(await outcomeOf(door, attempt)).toEqual(ACCEPTED);
			},
		}),
	],
};

function noLeads() {
	return impossible('tells of payments, not of leads');
}

function range(count: number): number[] {
	return Array.from({ length: count }, (_none, index) => index);
}

async function expectLeads(door: KommoDoor, indexes: readonly number[]): Promise<void> {
	const call = await door.send(door.signed(Buffer.from(manyLeads(door, indexes))));
	expect([call.status, call.error]).toEqual([200, null]);
	const items = await door.execute(call);
	expect(items.map(({ json }) => json.leadId)).toEqual(indexes.map((index) => index + 1));
}

/** What somebody who knows the hash can send. */
function madeUp(transactionId: string): Buffer {
	const data = { id: Number(transactionId), status: 'successful', tx_ref: 'made up' };
	return Buffer.from(JSON.stringify({ event: 'charge.completed', data }));
}

/** An hour later the door has forgotten what it has seen, as after a restart. */
export async function withClockAhead(work: () => Promise<void>): Promise<void> {
	const now = Date.now() + 61 * 60_000;
	const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
	try {
		await work();
	} finally {
		clock.mockRestore();
	}
}
