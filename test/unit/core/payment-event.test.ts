import { isPaymentEvent } from '../../../nodes/core/payment-event';
import { paymentEvent, refundEvent } from './payment-events';

describe('isPaymentEvent', () => {
	it.each([paymentEvent(), refundEvent(500, false), paymentEvent({ type: 'payment.failed' })])(
		'takes what a trigger emits',
		(event) => expect(isPaymentEvent(JSON.parse(JSON.stringify(event)))).toBe(true),
	);

	it('takes an event that lost what applying it does not need', () => {
		const { gateway, type, currency, amountMinor, occurredAt, paymentId } = paymentEvent();
		expect(isPaymentEvent({ gateway, type, currency, amountMinor, occurredAt, paymentId })).toBe(
			true,
		);
	});

	it.each<[string, Record<string, unknown>]>([
		['an unknown gateway', { gateway: 'acme' }],
		['an unknown type', { type: 'payment.lost' }],
		['no currency', { currency: undefined }],
		['no currency code', { currency: 'euro' }],
		['a lower-case currency', { currency: 'eur' }],
		['an empty currency', { currency: '' }],
		['an amount as text', { amountMinor: '10000' }],
		['a fraction of a minor unit', { amountMinor: 0.5 }],
		['no amount', { amountMinor: null }],
		['a refund that is no amount', { refunded: { amountMinor: '500', total: false } }],
		['a refund without its amount', { refunded: {} }],
		['no time', { occurredAt: null }],
		['a time that is none', { occurredAt: 'yesterday' }],
	])('refuses %s', (_name, parts) => {
		expect(isPaymentEvent({ ...paymentEvent(), ...parts })).toBe(false);
	});

	it.each([null, undefined, 'event', 7, [], [paymentEvent()]])('refuses %p', (value) => {
		expect(isPaymentEvent(value)).toBe(false);
	});
});
