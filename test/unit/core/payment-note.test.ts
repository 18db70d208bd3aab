import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { formatLedgerLine, parseLedgerLine } from '../../../nodes/core/payment-ledger';
import { isNoted, noteFor } from '../../../nodes/core/payment-note';
import { ledgerEntry, paymentEvent, refundEvent, subscription } from './payment-events';

const sentenceOf = (event: PaymentEvent) => noteFor(event, ledgerEntry())?.split('\n')[0] ?? null;

describe('a note', () => {
	it.each<[string | null, PaymentEvent]>([
		['Payment received: 100.00 EUR by card.', paymentEvent()],
		['Payment received: 100.00 EUR.', paymentEvent({ method: null })],
		[
			'Payment received: 500 JPY by bank transfer. Invoice INV-1.',
			paymentEvent({
				amountMinor: 500,
				currency: 'JPY',
				method: 'bank_transfer',
				invoiceNumber: 'INV-1',
			}),
		],
		[
			'Subscription payment received: 100.00 EUR by card (Gold). Invoice INV-2.',
			paymentEvent({ subscription: subscription(), planName: 'Gold', invoiceNumber: 'INV-2' }),
		],
		[
			'Payment started: 100.00 EUR by card. The money is not here yet.',
			paymentEvent({ type: 'payment.pending' }),
		],
		[
			'Payment failed: 100.00 EUR by card: insufficient funds.',
			paymentEvent({ type: 'payment.failed', reason: 'insufficient funds' }),
		],
		[
			'Payment failed: 100.00 EUR by card: Your card was declined.',
			paymentEvent({ type: 'payment.failed', reason: 'Your card was declined.' }),
		],
		['Payment failed: 100.00 EUR by card.', paymentEvent({ type: 'payment.failed' })],
		['Refunded in part: 30.00 EUR of 100.00 EUR so far.', refundEvent(3000, false)],
		[
			'Refunded in full: 100.00 EUR: duplicate.',
			refundEvent(10_000, true, { reason: 'duplicate' }),
		],
		['The refund of the payment of 100.00 EUR did not go through.', refundEvent(0, false)],
		[
			'Refund for the payment of 100.00 EUR: requested by customer.',
			paymentEvent({ type: 'payment.refunded', reason: 'requested by customer' }),
		],
		[
			'The client disputes 100.00 EUR of the payment: fraudulent.',
			paymentEvent({ type: 'payment.disputed', reason: 'fraudulent' }),
		],
		[
			'The dispute over 100.00 EUR is closed: won.',
			paymentEvent({ type: 'payment.dispute_closed', reason: 'won' }),
		],
		[
			'Subscription started (Gold). Next charge: 2026-12-20.',
			paymentEvent({
				type: 'subscription.activated',
				planName: 'Gold',
				subscription: subscription({ nextBillingAt: '2026-12-20T10:00:00Z' }),
			}),
		],
		['Subscription started.', paymentEvent({ type: 'subscription.activated' })],
		[
			'Subscription ends on 2027-01-01.',
			paymentEvent({
				type: 'subscription.updated',
				subscription: subscription({ endsAt: '2027-01-01T00:00:00Z' }),
			}),
		],
		[null, paymentEvent({ type: 'subscription.updated', subscription: subscription() })],
		[null, paymentEvent({ type: 'subscription.updated' })],
		[
			'Subscription payment is overdue (Gold): card expired.',
			paymentEvent({ type: 'subscription.past_due', planName: 'Gold', reason: 'card expired' }),
		],
		[
			'Subscription canceled: cancellation requested.',
			paymentEvent({ type: 'subscription.canceled', reason: 'cancellation requested' }),
		],
	])('says "%s"', (sentence, event) => expect(sentenceOf(event)).toBe(sentence));

	it('ends with the ledger line, by which it is found again', () => {
		const entry = ledgerEntry();
		const note = noteFor(paymentEvent(), entry) ?? '';
		expect(note.split('\n')).toEqual([
			'Payment received: 100.00 EUR by card.',
			formatLedgerLine(entry),
		]);
		expect(isNoted(['Called the client.', note], entry)).toBe(true);
		expect(isNoted([note.replaceAll('\n', '\r\n')], entry)).toBe(true);
		expect(isNoted([note], ledgerEntry({ id: 'pi_2' }))).toBe(false);
		expect(isNoted(['Called the client.'], entry)).toBe(false);
		expect(isNoted([], entry)).toBe(false);
	});

	it('of a refund is not the one of the refund that is made again after it failed', () => {
		const refund = (minor: number, seconds: number) =>
			ledgerEntry({ fact: 'partly refunded', minor, at: `2026-11-20T10:00:0${seconds}Z` });
		const notes = [refund(500, 1), refund(0, 2)].map(formatLedgerLine);
		expect(isNoted(notes, refund(500, 1))).toBe(true);
		expect(isNoted(notes.slice(0, 1), refund(500, 3))).toBe(true);
		expect(isNoted(notes, refund(500, 3))).toBe(false);
	});

	it.each(['reason', 'method', 'invoiceNumber', 'planName'] as const)(
		'can’t be made to hold a second ledger line by what somebody wrote as %s',
		(part) => {
			const forged = formatLedgerLine(ledgerEntry({ id: 'pi_forged', minor: 1 }));
			for (const lineBreak of ['\n', '\r', '\r\n', '\u2028']) {
				for (const type of [
					'payment.succeeded',
					'payment.failed',
					'subscription.canceled',
				] as const) {
					const event = paymentEvent({ type, [part]: `x${lineBreak}${forged}${lineBreak}` });
					const lines = (noteFor(event, ledgerEntry()) ?? '').split(/[\r\n\u2028]/);
					const entries = lines.flatMap((line) => parseLedgerLine(line.trim()) ?? []);
					expect(entries).toEqual([ledgerEntry()]);
				}
			}
		},
	);
});
