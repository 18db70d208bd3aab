import { createHmac } from 'node:crypto';
import type { VerificationSettings } from '../../../nodes/gateways/gateway';
import { checkoutCom } from '../../../nodes/CheckoutComPayments/gateway';
import { checkoutComEvent, checkoutComFixture } from './checkout-com-fixture';

/** As in the documentation's samples; used as plain text. */
const SECRET = '8V8x0dLK%AyD*DNS8JJr';
const PREVIOUS = 'the key before it';
/** Re-serialising would change `20.00` and could change the ®. */
const BODY = JSON.stringify(checkoutComEvent('payment_captured', { product: 'Widget®' })).replace(
	'"amount":199900',
	'"amount":199900,"rate":20.00',
);

function sign(secret: string, body: string | Buffer = BODY): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

function verdict(
	header: string | string[] | undefined,
	settings: Partial<VerificationSettings> = {},
	body: string | Buffer = BODY,
) {
	const result = checkoutCom.webhook.verify(
		{ rawBody: Buffer.from(body), headers: { 'cko-signature': header } },
		{ secrets: [SECRET], toleranceSeconds: 0, nowMs: 0, ...settings },
	);
	return result.genuine ? 'genuine' : result.refusal;
}

describe('verifying a Checkout.com delivery', () => {
	it('accepts the signature of the raw body', () => {
		expect(BODY).toContain('20.00');
		expect(verdict(sign(SECRET))).toBe('genuine');
	});

	it('accepts upper-case hex', () => {
		expect(verdict(sign(SECRET).toUpperCase())).toBe('genuine');
	});

	it('accepts the previous key beside the current one', () => {
		const secrets = [SECRET, PREVIOUS];
		expect(verdict(sign(PREVIOUS), { secrets })).toBe('genuine');
		expect(verdict(sign(SECRET), { secrets })).toBe('genuine');
	});

	it('accepts a delivery of any age: the signature has no time', () => {
		expect(checkoutCom.webhook.defaultToleranceSeconds).toBeNull();
		expect(verdict(sign(SECRET), { nowMs: Number.MAX_SAFE_INTEGER })).toBe('genuine');
	});

	it('accepts bytes that are no text', () => {
		const bytes = Buffer.from([0xff, 0x00, 0xfe]);
		expect(verdict(sign(SECRET, bytes), {}, bytes)).toBe('genuine');
	});

	it.each([
		['without any secret', sign(SECRET), { secrets: [null, ' '] }, 'no secret configured'],
		['without a signature', undefined, {}, 'no signature'],
		['with an empty signature', '', {}, 'malformed signature'],
		['with a signature cut short', sign(SECRET).slice(1), {}, 'malformed signature'],
		['with two signatures', [sign(SECRET), sign(SECRET)], {}, 'malformed signature'],
		['with the wrong key', sign('another key'), {}, 'signature does not match'],
		[
			'with the key as hex',
			sign(Buffer.from(SECRET).toString('hex')),
			{},
			'signature does not match',
		],
	] as const)('refuses one %s', (_name, header, settings, refusal) => {
		expect(verdict(header as string, settings)).toBe(refusal);
	});

	it('refuses a body of which one byte was changed', () => {
		const changed = BODY.replace('199900', '199901');
		expect(verdict(sign(SECRET), {}, changed)).toBe('signature does not match');
	});

	it('refuses a body that was parsed and printed again', () => {
		const reprinted = JSON.stringify(JSON.parse(BODY));
		expect(verdict(sign(SECRET), {}, reprinted)).toBe('signature does not match');
	});
});

describe('reading a Checkout.com delivery', () => {
	it('says what an event can turn into', () => {
		expect(checkoutCom.webhook.read(checkoutComEvent('payment_declined'))).toEqual({
			eventId: 'evt_wlbf3ivtsjjuxjabg3jlju4ysa',
			eventType: 'payment_declined',
			types: ['payment.failed'],
			simulated: false,
		});
	});

	it.each(['payment_paid', 'card_verified', 'constructor'])('takes no interest in %s', (type) => {
		expect(checkoutCom.webhook.read(checkoutComEvent('payment_pending', {}, type))?.types).toEqual(
			[],
		);
	});

	it.each([
		['a payment', checkoutComFixture('payments.get.response.200')],
		['an event without data', { ...checkoutComEvent('payment_pending'), data: undefined }],
		['an event without a time', { id: 'evt_1', type: 'payment_pending', data: {} }],
		['a list', [checkoutComEvent('payment_pending')]],
		['nothing', null],
	])('does not take %s for an event', (_name, body) => {
		expect(checkoutCom.webhook.read(body)).toBeNull();
	});
});
