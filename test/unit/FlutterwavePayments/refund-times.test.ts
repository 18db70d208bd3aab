import fc from 'fast-check';
import type { JsonObject } from '../../../nodes/core/json';
import { FlutterwaveApi } from '../../../nodes/FlutterwavePayments/gateway/api';
import { refundEvent } from '../../../nodes/FlutterwavePayments/gateway/payment-events/refund';
import { CardOfPayment } from '../../simulators/flutterwave/gateway/card-of-payment';
import { context, listOf, verified } from './flutterwave-double';

const START = Date.parse('2026-11-20T12:00:00Z');
const PAYMENT = verified({ id: 1, amount: 1000, meta: { kommo_lead_id: '7' } }).data;

interface Refund {
	id: number;
	amount: number;
	status: 'pending' | 'completed' | 'failed';
	createdAt: number;
	updatedAt: number;
}

type Step = { amount: number } | { back: number; arrives: boolean };

/** Each step makes a refund of so much, or brings the last one but `back` to its next state. */
const stories = fc.array(
	fc.record({
		seconds: fc.integer({ min: 1, max: 3 }),
		step: fc.oneof(
			fc.record({ amount: fc.integer({ min: 1, max: 99 }) }),
			fc.record({ back: fc.nat(3), arrives: fc.boolean() }),
		),
		isHeard: fc.boolean(),
	}),
	{ maxLength: 25 },
);

/** The refunds of one payment. */
class Bank {
	private now = START;
	private readonly refunds: Refund[] = [];

	constructor(private readonly tellsChanges: boolean) {}

	/** @returns the refund that changed; null when there was nothing left to happen to it */
	do(step: Step, seconds: number): string | null {
		this.now += seconds * 1000;
		return 'amount' in step ? this.add(step.amount) : this.advance(step.back, step.arrives);
	}

	rows(): JsonObject[] {
		return this.refunds.map(({ id, amount, status, createdAt, updatedAt }) => ({
			id,
			tx_id: PAYMENT['id'],
			amount_refunded: amount,
			status,
			created_at: new Date(createdAt).toISOString(),
			...(this.tellsChanges && { updated_at: new Date(updatedAt).toISOString() }),
		}));
	}

	private add(amount: number): string {
		const id = this.refunds.length + 1;
		const times = { createdAt: this.now, updatedAt: this.now };
		this.refunds.push({ id, amount, status: 'pending', ...times });
		return String(id);
	}

	private advance(back: number, arrives: boolean): string | null {
		const refund = this.refunds.at(-1 - back);
		if (!refund || refund.status === 'failed') return null;
		refund.status = refund.status === 'pending' && arrives ? 'completed' : 'failed';
		refund.updatedAt = this.now;
		return String(refund.id);
	}
}

describe('the time of a refund', () => {
	it.each([true, false])(
		'leaves the right sum on the card, whatever arrives or fails in which order (rows tell changes: %s)',
		async (tellsChanges) => {
			const tell = fc.asyncProperty(stories, async (story) => {
				const bank = new Bank(tellsChanges);
				const card = new CardOfPayment();
				const api = new FlutterwaveApi(async () => ({
					status: 200,
					headers: {},
					body: listOf(...bank.rows()),
				}));
				for (const { seconds, step, isHeard } of story) {
					const refundId = bank.do(step, seconds);
					if (refundId === null || !isHeard) continue;
					const event = await refundEvent(PAYMENT, refundId, { ...context, api });
					if (event === null) continue;
					card.hear([event]);
					expect(card.returned).toBe(event.refunded?.amount);
				}
			});
			await fc.assert(tell);
		},
	);
});
