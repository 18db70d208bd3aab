import Stripe from 'stripe';
import type { VerificationSettings } from '../../../nodes/gateways/gateway';
import { stripe } from '../../../nodes/StripePayments/gateway';
import { stripeEvent, stripeFixture } from './stripe-fixture';

const { webhooks } = new Stripe('sk_test_x');
const SECRET = 'whsec_current';
const PREVIOUS = 'whsec_previous';
const NOW = 1_795_161_700;
const BODY = JSON.stringify(stripeEvent('checkout.session.completed'), null, 2);

function headerBy(secret: string, options: { at?: number; body?: string; scheme?: string } = {}) {
	const { at = NOW, body = BODY, scheme = 'v1' } = options;
	return webhooks.generateTestHeaderString({ payload: body, secret, timestamp: at, scheme });
}

function verdict(
	header: string | string[] | undefined,
	settings: Partial<VerificationSettings> = {},
	body = BODY,
) {
	const result = stripe.webhook.verify(
		{ rawBody: Buffer.from(body), headers: { 'stripe-signature': header } },
		{ secrets: [SECRET], toleranceSeconds: 300, nowMs: NOW * 1000, ...settings },
	);
	return result.genuine ? 'genuine' : result.refusal;
}

function signatureIn(header: string): string {
	return header.split(',').find((part) => part.startsWith('v1=')) ?? '';
}

describe('verifying a Stripe delivery', () => {
	it('accepts what the official SDK signs', () => {
		expect(verdict(headerBy(SECRET))).toBe('genuine');
	});

	it('accepts either signature while a secret is rolled', () => {
		const both = `${headerBy(SECRET)},${signatureIn(headerBy(PREVIOUS))}`;
		expect(verdict(both, { secrets: [PREVIOUS] })).toBe('genuine');
		expect(verdict(both, { secrets: [SECRET] })).toBe('genuine');
	});

	it('accepts the previous secret beside the current one', () => {
		expect(verdict(headerBy(PREVIOUS), { secrets: [SECRET, PREVIOUS] })).toBe('genuine');
	});

	it.each([
		['without any secret', headerBy(SECRET), { secrets: [null, ' '] }, 'no secret configured'],
		['without a signature', undefined, {}, 'no signature'],
		['with a broken header', 'v1', {}, 'malformed signature'],
		['with the wrong secret', headerBy('whsec_other'), {}, 'signature does not match'],
		['with a v0 signature only', headerBy(SECRET, { scheme: 'v0' }), {}, 'malformed signature'],
		['signed 301 s ago', headerBy(SECRET, { at: NOW - 301 }), {}, 'timestamp outside tolerance'],
		['signed 301 s ahead', headerBy(SECRET, { at: NOW + 301 }), {}, 'timestamp outside tolerance'],
	] as const)('refuses one %s', (_name, header, settings, refusal) => {
		expect(verdict(header, settings)).toBe(refusal);
	});

	it('accepts one that was signed exactly 300 s ago', () => {
		expect(verdict(headerBy(SECRET, { at: NOW - 300 }))).toBe('genuine');
	});

	it('accepts any age when the tolerance is 0', () => {
		const header = headerBy(SECRET, { at: NOW - 9999 });
		expect(verdict(header, { toleranceSeconds: 0 })).toBe('genuine');
	});

	it('refuses a body of which one byte was changed', () => {
		const changed = BODY.replace('199900', '199901');
		expect(verdict(headerBy(SECRET), {}, changed)).toBe('signature does not match');
	});

	it('refuses a body that was parsed and printed again', () => {
		const reprinted = JSON.stringify(JSON.parse(BODY));
		expect(verdict(headerBy(SECRET), {}, reprinted)).toBe('signature does not match');
	});
});

describe('reading a Stripe delivery', () => {
	it('says what an event can turn into', () => {
		expect(stripe.webhook.read(stripeEvent('checkout.session.completed'))).toEqual({
			eventId: 'evt_mIw72RZ73TlgvbPUKol8kyPO',
			eventType: 'checkout.session.completed',
			live: false,
			types: ['payment.succeeded', 'payment.pending'],
			simulated: false,
		});
	});

	it.each(['checkout.session.expired', 'charge.succeeded', 'invoice_payment.paid'])(
		'takes no interest in %s',
		(name) => {
			expect(stripe.webhook.read(stripeEvent(name))?.types).toEqual([]);
		},
	);

	it('takes no interest in events named like members of every object', () => {
		const event = stripeEvent('charge.succeeded', {}, 'constructor');
		expect(stripe.webhook.read(event)?.types).toEqual([]);
	});

	it.each([
		[
			'a thin v2 notification',
			{ id: 'evt_1', object: 'v2.core.event', type: 'v1.charge.captured' },
		],
		['another object', stripeFixture('response.payment_links.create')],
		['an event without its object', { ...stripeEvent('refund.created'), data: {} }],
		['a list', [stripeEvent('refund.created')]],
		['nothing', null],
	])('does not take %s for an event', (_name, body) => {
		expect(stripe.webhook.read(body)).toBeNull();
	});
});
