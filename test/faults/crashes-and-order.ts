import fc from 'fast-check';
import { anyOrderOf } from '../unit/core/any-order';
import { withoutPauses } from '../engine/harness';
import { parseLedger } from '../../nodes/core/payment-ledger';
import type { Deal, Office } from './deals/deal';
import { closeWorld, NO_PAYMENTS, officeRow, openWorld, type World } from './deals/story-row';
import { ACCEPTED, inWords, outcomeOf, turnedAway, type Door, type Outcome } from './doors/door';
import { BENCHES, LEAD } from './doors/gateway-door';
import { impossible, type Area, type Case, type Row } from './matrix';
import { NO_DISPUTES, withClockAhead } from './meaning';

const IGNORED = turnedAway(200);
const COME_AGAIN = turnedAway(503);
const READ_IN_VAIN: Outcome = { status: 200, executions: 1, events: 0 };

/** A row about deliveries, the same for all five. */
function doorRow(fault: string, outcome: string, run: (door: Door) => Promise<void>): Row<World> {
	const fresh = async (door: Door) => {
		door.reset();
		await run(door);
	};
	return officeRow(fault, () => ({ outcome, run: async ({ door }) => await fresh(door) }), {
		outcome,
		run: fresh,
	});
}

/** A row about payments, the same for all four gateways. */
function paymentRow(fault: string, cell: Case<Office>): Row<World> {
	return officeRow(fault, () => cell, impossible(NO_PAYMENTS));
}

const send = async (door: Door): Promise<Outcome> => await outcomeOf(door, door.signed(door.body));

/** Repetitions, crashes and every order. */
export const crashesAndOrder: Area<World> = {
	name: 'Crashes and order',
	start: openWorld,
	stop: closeWorld,
	rows: [
		doorRow(
			'the same delivery three times in series',
			`one event; then ${inWords(IGNORED)}`,
			async (door) => {
				expect([await send(door), await send(door), await send(door)]).toEqual([
					ACCEPTED,
					IGNORED,
					IGNORED,
				]);
			},
		),
		doorRow(
			'the same delivery 25 times at the same moment',
			'one event; the others 200 or 503, no execution',
			async (door) => {
				const outcomes = await Promise.all(
					Array.from({ length: 25 }, async () => await send(door)),
				);
				const others = outcomes.filter(({ executions }) => executions === 0);
				expect(others).toHaveLength(24);
				expect(outcomes.filter(({ events }) => events === 1)).toHaveLength(1);
				expect(others.every(({ status }) => status === 200 || status === 503)).toBe(true);
			},
		),
		doorRow('the same delivery after a restart', inWords(READ_IN_VAIN), async (door) => {
			expect(await send(door)).toEqual(ACCEPTED);
			await withClockAhead(async () => {
				expect(await send(door)).toEqual(READ_IN_VAIN);
			});
		}),
		doorRow(
			'the same delivery while the first is being stored',
			`${inWords(COME_AGAIN)}; afterwards ${inWords(IGNORED)}`,
			async (door) => {
				const first = await door.send(door.signed(door.body), { response: 'hold' });
				expect(await send(door)).toEqual(COME_AGAIN);
				await first.closed();
				expect(await send(door)).toEqual(IGNORED);
			},
		),
		doorRow(
			'n8n could not store the execution',
			`sent again: ${inWords(ACCEPTED)}`,
			async (door) => {
				const first = await door.send(door.signed(door.body), { response: 'hold' });
				await first.closed(500);
				expect(await send(door)).toEqual(ACCEPTED);
			},
		),
		doorRow(
			'the provider hung up before the answer',
			`sent again: ${inWords(ACCEPTED)}`,
			async (door) => {
				const first = await door.send(door.signed(door.body), { response: 'hold' });
				await first.closed('hang up');
				expect(await send(door)).toEqual(ACCEPTED);
			},
		),
		paymentRow('the execution failed, and the delivery is sent again', {
			outcome: `the second is no duplicate: ${inWords(ACCEPTED)}`,
			async run({ door, shop }) {
				door.reset();
				const event = await shop.provider.eventThatNeedsLookUp?.(LEAD);
				const attempt = door.signed(event?.body ?? Buffer.alloc(0));
				shop.provider.faults.add({ kind: 'answer', status: 500, body: {} });
				await expect(
					withoutPauses(async () => await outcomeOf(door, attempt)),
				).rejects.toBeInstanceOf(Error);
				shop.provider.faults.clear();
				expect(await outcomeOf(door, attempt)).toEqual(ACCEPTED);
			},
		}),
		paymentRow('the events of a refunded payment in any order', {
			outcome: 'the same lead, field by field but for reasons in words: Refunded',
			async run(office) {
				await expectSameLeadInAnyOrder(office, 'Refunded', async ({ shop }, linkUrl) => {
					await shop.decline(linkUrl);
					const payment = await shop.pay(linkUrl);
					await shop.refund(payment, 3_000);
					await shop.refund(payment);
				});
			},
		}),
		officeRow('the events of a disputed payment in any order', (trigger) =>
			trigger === 'flutterwave'
				? impossible(NO_DISPUTES)
				: {
						outcome: 'the same lead, field by field but for reasons in words: Partially Refunded',
						async run(office) {
							await expectSameLeadInAnyOrder(
								office,
								'Partially Refunded',
								async ({ shop }, linkUrl) => {
									const payment = await shop.pay(linkUrl);
									await shop.refund(payment, 3_000);
									const close = await shop.dispute?.(payment);
									await close?.(true);
								},
							);
						},
					},
		),
		officeRow('a crash after the link was made, before it was saved', (trigger) =>
			trigger === 'stripe' || trigger === 'paddle'
				? {
						outcome: 'the second run finds it: one link',
						async run({ shop, account, createLink }) {
							const leadId = account.createLead();
							const before = shop.provider.openLinks();
							const lost = await createLink(leadId);
							expect(await createLink(leadId)).toBe(lost);
							expect(shop.provider.openLinks()).toBe(before + 1);
						},
					}
				: {
						outcome:
							'a second link, as nobody has the address of the first; what is paid by that counts all the same: Paid',
						async run({ door, shop, openDeal, createLink }) {
							door.reset();
							const deal = await openDeal();
							expect(await createLink(deal.leadId)).not.toBe(deal.linkUrl);
							await shop.pay(deal.linkUrl);
							await deal.deliver();
							expect(deal.state()).toMatchObject({ status: 'Paid', paid: '100.00', tasks: 0 });
						},
					},
		),
		paymentRow('a crash after the change of the lead, before the note', {
			outcome: 'the next delivery writes it: Paid, 1 note',
			run: async (office) => await expectOneNote(office, { kind: 'answer', status: 500 }),
		}),
		paymentRow('the note was written, but the answer was lost', {
			outcome: 'Paid, 1 note',
			run: async (office) => await expectOneNote(office, { kind: 'dropAfter' }),
		}),
	],
};

async function expectOneNote(
	{ door, shop, account, openDeal }: Office,
	fault: { kind: 'answer'; status: number } | { kind: 'dropAfter' },
): Promise<void> {
	door.reset();
	const deal = await openDeal();
	await shop.pay(deal.linkUrl);
	account.kommo.faults.add({ ...fault, method: 'POST', path: /notes$/ });
	await expect(withoutPauses(async () => await deal.deliver())).rejects.toBeInstanceOf(Error);
	account.kommo.faults.clear();
	// As after a restart, or as reconciliation brings it.
	door.reset();
	await deal.deliver();
	expect(deal.state()).toMatchObject({ status: 'Paid', paid: '100.00', notes: 1, tasks: 0 });
}

/** Of each story, as many orders as a quick run allows; the rules alone are tested with hundreds. */
const ORDERS = 12;

async function expectSameLeadInAnyOrder(
	office: Office,
	status: string,
	play: (office: Office, linkUrl: string) => Promise<void>,
): Promise<void> {
	const { door, openDeal } = office;
	door.reset();
	const deal = await openDeal();
	await play(office, deal.linkUrl);
	const events = deal.told().filter(({ body }) => isOfInterest(office, body));
	await deal.deliver(events);
	const inOrder = cardOf(office, deal);
	expect(inOrder).toMatchObject({ status, amountPaid: '100.00' });
	const orders = anyOrderOf(events.map((_event, index) => index));
	await fc.assert(
		fc.asyncProperty(orders, async (order) => {
			deal.wipe();
			door.reset();
			await deal.deliver(order.flatMap((index) => events[index] ?? []));
			expect(cardOf(office, deal)).toEqual(inOrder);
		}),
		{ numRuns: ORDERS },
	);
}

function isOfInterest({ trigger }: Office, body: Buffer): boolean {
	const event = BENCHES[trigger].gateway.webhook.read(JSON.parse(body.toString('utf8')));
	return event !== null && event.types.length > 0;
}

/** Of two events that tell of one refund, only one may say why; the one that comes first is written down. */
function cardOf({ account }: Office, { leadId }: Deal): object {
	const { ledger, ...card } = account.card(leadId);
	const { entries } = parseLedger(String(ledger));
	return { ...card, ledger: entries.map(({ detail: _detail, ...entry }) => entry) };
}
