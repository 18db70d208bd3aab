import { createHmac } from 'node:crypto';
import { Paddle } from '@paddle/paddle-node-sdk';
import type { VerificationSettings } from '../../../nodes/gateways/gateway';
import { paddle } from '../../../nodes/PaddlePayments/gateway';
import { paddleEvent, paddleFixture } from './paddle-fixture';

/** Real secrets hold characters that Paddle's own pattern does not allow. */
const SECRET = 'pdl_ntfset_01hs0t_GrOWLNef+vmtj/5m';
const PREVIOUS = 'pdl_ntfset_01hs0t_previous/+secret';
const NOW = 1_795_161_700;
/** As on the wire: what is not ASCII is escaped. */
const BODY = JSON.stringify({ ...paddleEvent('transaction.completed'), data: { name: 'Café' } })
	.replace('é', '\\u00e9')
	.replace('"data":', '"data": ');

function signature(secret: string, { at = NOW, body = BODY } = {}): string {
	return createHmac('sha256', secret).update(`${at}:${body}`).digest('hex');
}

function headerBy(secret: string, options: { at?: number; body?: string } = {}): string {
	return `ts=${options.at ?? NOW};h1=${signature(secret, options)}`;
}

function verdict(
	header: string | string[] | undefined,
	settings: Partial<VerificationSettings> = {},
	body = BODY,
) {
	const result = paddle.webhook.verify(
		{ rawBody: Buffer.from(body), headers: { 'paddle-signature': header } },
		{ secrets: [SECRET], toleranceSeconds: 300, nowMs: NOW * 1000, ...settings },
	);
	return result.genuine ? 'genuine' : result.refusal;
}

describe('verifying a Paddle delivery', () => {
	it('accepts what the official SDK accepts', async () => {
		const header = headerBy(SECRET, { at: Math.floor(Date.now() / 1000) });
		const { webhooks } = new Paddle('no-key-needed');
		expect(await webhooks.isSignatureValid(BODY, SECRET, header)).toBe(true);
		expect(verdict(header, { nowMs: Date.now() })).toBe('genuine');
	});

	it.each([
		['first', `${headerBy(SECRET)};h1=${signature(PREVIOUS)}`],
		['last', `${headerBy(PREVIOUS)};h1=${signature(SECRET)}`],
		['after a broken one', `ts=${NOW};h1=dummy;h1=${signature(SECRET)}`],
		['among unknown keys', `ts=${NOW};h2=x;h1=${signature(SECRET)};v=1`],
	])('accepts a header in which the right signature stands %s', (_name, header) => {
		expect(verdict(header)).toBe('genuine');
	});

	it('accepts the previous secret beside the current one', () => {
		expect(verdict(headerBy(PREVIOUS), { secrets: [SECRET, PREVIOUS] })).toBe('genuine');
	});

	it.each([
		['without any secret', headerBy(SECRET), { secrets: [null, ' '] }, 'no secret configured'],
		['without a signature', undefined, {}, 'no signature'],
		['with a broken header', 'h1', {}, 'malformed signature'],
		['with two times', `ts=${NOW};ts=${NOW};h1=${signature(SECRET)}`, {}, 'malformed signature'],
		['with the wrong secret', headerBy('pdl_ntfset_other'), {}, 'signature does not match'],
		['signed 301 s ago', headerBy(SECRET, { at: NOW - 301 }), {}, 'timestamp outside tolerance'],
		['signed 301 s ahead', headerBy(SECRET, { at: NOW + 301 }), {}, 'timestamp outside tolerance'],
	] as const)('refuses one %s', (_name, header, settings, refusal) => {
		expect(verdict(header, settings)).toBe(refusal);
	});

	it.each([-300, 300])('accepts one that was signed %i s from now', (seconds) => {
		expect(verdict(headerBy(SECRET, { at: NOW + seconds }))).toBe('genuine');
	});

	it('accepts any age when the tolerance is 0', () => {
		const header = headerBy(SECRET, { at: NOW - 9999 });
		expect(verdict(header, { toleranceSeconds: 0 })).toBe('genuine');
	});

	it('refuses a body that was parsed and printed again', () => {
		const reprinted = JSON.stringify(JSON.parse(BODY));
		expect(verdict(headerBy(SECRET), {}, reprinted)).toBe('signature does not match');
	});
});

describe('reading a Paddle delivery', () => {
	it('says what an event can turn into', () => {
		expect(paddle.webhook.read(paddleEvent('transaction.completed'))).toEqual({
			eventId: 'evt_01hv8x2axb33yr5y238zfwcn5p',
			eventType: 'transaction.completed',
			types: ['payment.succeeded'],
			simulated: false,
		});
	});

	it('tells events of the webhook simulator apart', () => {
		const event = paddleEvent('transaction.completed', {}, { event_id: 'ntfsimevt_01hv8x2axb' });
		expect(paddle.webhook.read(event)).toMatchObject({ simulated: true });
	});

	it.each([
		'customer.created',
		'subscription.created',
		'transaction.billed',
		'transaction.created',
		'transaction.paid',
		'transaction.ready',
		'transaction.updated',
	])('takes no interest in %s', (name) => {
		expect(paddle.webhook.read(paddleEvent(name))?.types).toEqual([]);
	});

	it('takes no interest in events named like members of every object', () => {
		const event = paddleEvent('transaction.paid', {}, { event_type: 'constructor' });
		expect(paddle.webhook.read(event)?.types).toEqual([]);
	});

	it.each([
		['an entity', paddleFixture('python-sdk.Transactions.response.full_entity')],
		['an event without its entity', { ...paddleEvent('transaction.paid'), data: null }],
		['an event of no time', { ...paddleEvent('transaction.paid'), occurred_at: 'soon' }],
		['a list', [paddleEvent('transaction.paid')]],
		['nothing', null],
	])('does not take %s for an event', (_name, body) => {
		expect(paddle.webhook.read(body)).toBeNull();
	});
});
