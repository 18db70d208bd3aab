import { newPaymentEvent } from '../../../nodes/core/new-payment-event';
import { parseMoney } from '../../../nodes/core/money';

describe('newPaymentEvent', () => {
	it('keeps what is known and says of the rest that nothing is', () => {
		const identity = {
			gateway: 'flutterwave' as const,
			eventId: 'charge-1',
			eventType: 'charge.completed',
			occurredAt: '2026-11-20T09:00:00.000Z',
			live: true,
			raw: { id: 1 },
		};
		const lead = {
			leadId: 7,
			contactId: 8,
			responsibleUserId: null,
			reference: 'kommo_7_abc',
		};
		const event = newPaymentEvent(identity, {
			type: 'payment.succeeded',
			paymentId: '1',
			money: parseMoney('5.120', 'KWD'),
			lead,
			method: 'mpesa',
		});
		expect(event).toEqual({
			...identity,
			...lead,
			type: 'payment.succeeded',
			paymentId: '1',
			amount: '5.120',
			amountMinor: 5120,
			currency: 'KWD',
			method: 'mpesa',
			simulated: false,
			refunded: null,
			reason: null,
			customer: { name: null, email: null, phone: null },
			invoiceNumber: null,
			planName: null,
			subscription: null,
		});
	});
});
