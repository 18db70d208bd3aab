import type { GatewayId } from '../../nodes/core/payment-event';
import { dice, pick } from './dice';

/** What the client, the bank and the merchant do to a deal once its link is on the card. */
export type Step = 'decline' | 'pay' | 'refund a part' | 'refund the rest';

export interface PlannedDeal {
	gateway: GatewayId;
	name: string;
	currency: string;
	/** Major units, whole. */
	price: number;
	steps: readonly Step[];
}

/** How often which fate: most pay, some after a refusal, some get money back, some never pay. */
const FATES: ReadonlyArray<{ weight: number; steps: readonly Step[] }> = [
	{ weight: 44, steps: ['pay'] },
	{ weight: 12, steps: ['decline', 'pay'] },
	{ weight: 8, steps: ['decline'] },
	{ weight: 12, steps: ['pay', 'refund a part'] },
	{ weight: 10, steps: ['pay', 'refund the rest'] },
	{ weight: 6, steps: ['pay', 'refund a part', 'refund the rest'] },
	{ weight: 8, steps: [] },
];

/** The template for all gateways tells by name and currency which one a deal is for. */
const KINDS: ReadonlyArray<Pick<PlannedDeal, 'gateway' | 'name' | 'currency'>> = [
	{ gateway: 'stripe', name: 'Website relaunch', currency: 'USD' },
	{ gateway: 'checkoutCom', name: 'Website relaunch', currency: 'EUR' },
	{ gateway: 'paddle', name: 'Annual plan, team of ten', currency: 'EUR' },
	{ gateway: 'flutterwave', name: 'Website relaunch', currency: 'KES' },
];

/** The same deals for the same seed, the gateways in turn. */
export function planDeals(seed: string, count: number): PlannedDeal[] {
	const roll = dice(seed, 'deals');
	return Array.from({ length: count }, (_, index) => {
		const kind = KINDS[index % KINDS.length];
		if (!kind) throw new Error('There is no gateway.');
		const { steps } = pick(roll, FATES);
		return { ...kind, steps, price: 100 + Math.floor(roll() * 900) };
	});
}
