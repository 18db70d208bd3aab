import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../n8n-host/wait-for';
import type { KommoSimulator } from '../simulators/kommo';
import type { PaymentWorld } from '../world/payment-world';
import { createDeal } from '../world/play-deal';
import type { WorldGateway } from '../world/world-gateway';
import type { PlannedDeal, Step } from './deals';
import type { Dice } from './dice';

const WON = 142;
/** How long a manager looks at a won deal without a link before moving it to Won again. */
const PATIENCE_MS = 120_000;
const MOST_MOVES = 5;
/** The part that "refund a part" gives back. */
export const PART = 0.25;

export interface PlayedDeal extends PlannedDeal {
	leadId: number;
	/** How many times it had to be moved to Won until it had a link. */
	moves: number;
}

/** One deal as people play it. Nobody waits for the CRM to catch up: the client and the bank don't know it. */
export async function play(
	{ kommo, gateways }: PaymentWorld,
	deal: PlannedDeal,
	roll: Dice,
): Promise<PlayedDeal> {
	const gateway = gateways.find(({ id }) => id === deal.gateway);
	if (!gateway) throw new Error(`There is no ${deal.gateway}.`);
	const { name, currency, price } = deal;
	const leadId = createDeal(kommo, { name, currency, price });
	const { link, moves } = await win(kommo, leadId);
	for (const step of deal.steps) {
		await pause(roll() * 1000);
		await take(gateway, step, link, deal);
	}
	return { ...deal, leadId, moves };
}

async function take(gateway: WorldGateway, step: Step, link: string, { price }: PlannedDeal) {
	switch (step) {
		case 'decline':
			return await gateway.decline(link);
		case 'pay':
			return await gateway.pay(link);
		case 'refund a part':
			return await gateway.refund(link, price * PART);
		case 'refund the rest':
			return await gateway.refund(link);
	}
}

async function win(
	kommo: KommoSimulator,
	leadId: number,
): Promise<{ link: string; moves: number }> {
	const firstStage = kommo.lead(leadId).status_id;
	for (let moves = 1; ; moves += 1) {
		kommo.moveLead(leadId, WON);
		const link = await waitForLink(kommo, leadId);
		if (link !== null) return { link, moves };
		if (moves === MOST_MOVES) throw new Error(`Deal ${leadId} never got a link.`);
		kommo.moveLead(leadId, firstStage);
	}
}

async function waitForLink(kommo: KommoSimulator, leadId: number): Promise<string | null> {
	const until = Date.now() + PATIENCE_MS;
	return await waitFor(
		`a payment link on deal ${leadId}`,
		() => {
			const link = kommo.fieldValue(leadId, 'KP_PAYMENT_LINK');
			if (typeof link === 'string' && link !== '') return link;
			return Date.now() > until ? null : undefined;
		},
		{ timeoutMs: 2 * PATIENCE_MS, everyMs: 250 },
	);
}
