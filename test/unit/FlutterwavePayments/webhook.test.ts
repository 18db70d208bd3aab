import { createHmac } from 'node:crypto';
import { flutterwave } from '../../../nodes/FlutterwavePayments/gateway';
import { flutterwaveFixture } from './flutterwave-double';

const SECRET = 'a hash of our own';
const PREVIOUS = 'the hash before';
const BODY = JSON.stringify(
	flutterwaveFixture('v3.webhook.charge.completed.card.successful'),
	null,
	2,
);

function signatureBy(secret: string, body = BODY): string {
	return createHmac('sha256', secret).update(body).digest('base64');
}

function verdict(
	headers: Record<string, string | string[]>,
	secrets: Array<string | null> = [SECRET],
	body = BODY,
) {
	const result = flutterwave.webhook.verify(
		{ rawBody: Buffer.from(body), headers },
		{ secrets, toleranceSeconds: 0, nowMs: 0 },
	);
	return result.genuine ? 'genuine' : result.refusal;
}

describe('verifying a Flutterwave delivery', () => {
	it.each<[string, Record<string, string>, Array<string | null>]>([
		['the secret hash', { 'verif-hash': SECRET }, [SECRET]],
		['the hash before, during a rotation', { 'verif-hash': PREVIOUS }, [SECRET, PREVIOUS]],
		['the hash after, during a rotation', { 'verif-hash': SECRET }, [PREVIOUS, SECRET]],
		['a hash that was saved with a line break', { 'verif-hash': SECRET }, [`${SECRET}\n`]],
		['a signature', { 'flutterwave-signature': signatureBy(SECRET) }, [SECRET]],
		[
			'a signature under the hash before',
			{ 'flutterwave-signature': signatureBy(PREVIOUS) },
			[SECRET, PREVIOUS],
		],
		[
			'a signature beside a hash that is none',
			{ 'verif-hash': 'x', 'flutterwave-signature': signatureBy(SECRET) },
			[SECRET],
		],
	])('accepts %s', (_name, headers, secrets) => {
		expect(verdict(headers, secrets)).toBe('genuine');
	});

	it.each<[string, Record<string, string | string[]>, string]>([
		['another hash', { 'verif-hash': 'x' }, 'signature does not match'],
		['an empty hash', { 'verif-hash': '' }, 'signature does not match'],
		['the hash twice', { 'verif-hash': [SECRET, SECRET] }, 'signature does not match'],
		['the hash in capitals', { 'verif-hash': SECRET.toUpperCase() }, 'signature does not match'],
		['more than the hash', { 'verif-hash': `${SECRET} ` }, 'signature does not match'],
		['the HMAC as a hash', { 'verif-hash': signatureBy(SECRET) }, 'signature does not match'],
		['the hash as a signature', { 'flutterwave-signature': SECRET }, 'signature does not match'],
		[
			'a signature under another secret',
			{ 'flutterwave-signature': signatureBy('x') },
			'signature does not match',
		],
		[
			'a signature of another body',
			{ 'flutterwave-signature': signatureBy(SECRET, `${BODY} `) },
			'signature does not match',
		],
		[
			'a signature in hexadecimal digits',
			{
				'flutterwave-signature': Buffer.from(signatureBy(SECRET), 'base64').toString('hex'),
			},
			'signature does not match',
		],
		['nothing', {}, 'no signature'],
	])('refuses %s', (_name, headers, refusal) => {
		expect(verdict(headers)).toBe(refusal);
	});

	it.each([[[]], [[null]], [['', '  ']]])(
		'refuses everything while the secrets are %p',
		(secrets) => {
			expect(verdict({ 'verif-hash': '' }, secrets)).toBe('no secret configured');
			expect(verdict({ 'verif-hash': SECRET }, secrets)).toBe('no secret configured');
		},
	);
});

const ANY_CHARGE = ['payment.succeeded', 'payment.pending', 'payment.failed'];

describe('reading a Flutterwave delivery', () => {
	it.each([
		[
			'v3.webhook.charge.completed.card.successful',
			'flw:charge.completed:285959875:successful',
			'charge.completed',
			ANY_CHARGE,
		],
		[
			'legacy.webhook.flat.card.successful',
			'flw:charge.completed:8944267:successful',
			'charge.completed',
			ANY_CHARGE,
		],
		['v3.webhook.refund.flat', 'flw:refund:89074:completed', 'refund', ['payment.refunded']],
		[
			'v3.webhook.transfer.completed.failed',
			'flw:transfer.completed:19015073:failed',
			'transfer.completed',
			[],
		],
	])('knows %s', (name, eventId, eventType, types) => {
		expect(flutterwave.webhook.read(flutterwaveFixture(name))).toMatchObject({
			eventId,
			eventType,
			types,
			simulated: false,
		});
	});

	it('gives a delivery without an id one that its repetition has too, and no other', () => {
		const body = flutterwaveFixture('unverified.v3.webhook.subscription.cancelled');
		const read = (value: unknown) => flutterwave.webhook.read(value)?.eventId;
		expect(read(body)).toMatch(/^flw:subscription\.cancelled:[0-9a-f]{64}$/);
		expect(read(JSON.parse(JSON.stringify(body)))).toBe(read(body));
		const other = { ...body, data: { customer: { email: 'other@example.com' } } };
		expect(read(other)).not.toBe(read(body));
	});

	it('gives both shapes of one payment in one state the same id, and another state another', () => {
		const v3 = { event: 'charge.completed', data: { id: 7, status: 'successful' } };
		const flat = { id: '7', txRef: 'x', status: 'SUCCESSFUL', 'event.type': 'CARD_TRANSACTION' };
		const pending = { event: 'charge.completed', data: { id: 7, status: 'pending' } };
		const ids = [v3, flat, pending].map((body) => flutterwave.webhook.read(body)?.eventId);
		expect(ids[0]).toBe(ids[1]);
		expect(ids[0]).not.toBe(ids[2]);
	});

	it('keeps no token of what it stores', () => {
		const charge = flutterwaveFixture('v3.webhook.charge.completed.card.successful');
		const data = { ...(charge['data'] as object), card: { type: 'VISA', token: 'flw-t1nf-1' } };
		expect(flutterwave.webhook.read({ ...charge, data })?.storedBody).toEqual({
			...charge,
			data: { ...data, card: { type: 'VISA' } },
		});
		const flat = flutterwaveFixture('legacy.webhook.flat.card.successful');
		expect(JSON.stringify(flutterwave.webhook.read(flat)?.storedBody)).not.toMatch(/token/);
	});

	it.each([
		[
			'legacy.webhook.flat.transfer.successful',
			flutterwaveFixture('legacy.webhook.flat.transfer.successful'),
		],
		['an event of virtual cards', { event: 'virtualcard.debit', data: { id: 1 } }],
		['an event named like a member of every object', { event: 'constructor', data: { id: 1 } }],
	])('takes no interest in %s', (_name, body) => {
		expect(flutterwave.webhook.read(body)?.types).toEqual([]);
	});

	it.each([
		['a charge without an id', { event: 'charge.completed', data: { status: 'successful' } }],
		['an answer of the API', verifiedAnswer()],
		['a list', [{ event: 'charge.completed', data: { id: 1 } }]],
		['text', 'charge.completed'],
		['nothing', null],
	])('does not take %s for an event', (_name, body) => {
		expect(flutterwave.webhook.read(body)).toBeNull();
	});
});

function verifiedAnswer() {
	return flutterwaveFixture('v3.api.transactions.verify.card.successful');
}
