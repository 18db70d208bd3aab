import qs from 'qs';
import type { RegistrationRequest } from '../../../nodes/gateways/gateway';
import { ApiError } from '../../../nodes/http/http';
import { stripe } from '../../../nodes/StripePayments/gateway';
import { validateStripeForm } from '../../specs/validate-stripe-form';
import { isolateNetwork } from '../../http/provider-double';
import { context, listOf, stripeAnswers } from './stripe-double';
import { stripeFixture } from './stripe-fixture';

const CREATE = 'POST /v1/webhook_endpoints';
const LIST = 'GET /v1/webhook_endpoints';
const URL = 'https://n8n.example.com/webhook/7f3c/webhook';
const MARK = { made_by: 'n8n-nodes-kommo-payments', workflow: 'n8n workflow "Payments"' };

const request: RegistrationRequest = {
	url: URL,
	types: ['payment.succeeded', 'payment.refunded'],
	label: 'n8n workflow "Payments"',
	options: {},
};
const events = [
	'checkout.session.completed',
	'checkout.session.async_payment_succeeded',
	'invoice.paid',
	'charge.refunded',
	'refund.failed',
];
const made = {
	...stripeFixture<object>('response.webhook_endpoints.create'),
	id: 'we_new',
	url: URL,
	secret: 'whsec_new',
};

function endpoint(changes: object = {}): object {
	const { data } = stripeFixture<{ data: object[] }>('response.webhook_endpoints.list');
	return { ...data[0], id: 'we_1', url: URL, metadata: MARK, enabled_events: events, ...changes };
}

function registration() {
	if (!stripe.registration) throw new Error('Stripe has no registration');
	return stripe.registration;
}

describe('registering the webhook at Stripe', () => {
	isolateNetwork();

	it('asks for the chosen events in the pinned version, with our mark', async () => {
		const sent = stripeAnswers({ [LIST]: listOf(), [CREATE]: made });
		expect(await registration().create(request, context)).toEqual({
			webhookId: 'we_new',
			secret: 'whsec_new',
			live: false,
		});
		const { body = '', headers = {} } = sent[1] ?? {};
		expect(validateStripeForm(CREATE, body)).toEqual([]);
		expect(qs.parse(body)).toEqual({
			url: URL,
			enabled_events: events,
			api_version: '2026-10-28.endive',
			description: 'Kommo payments: n8n workflow "Payments"',
			metadata: MARK,
		});
		expect(headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
	});

	it('listens to payment intents too when asked to', async () => {
		const sent = stripeAnswers({ [LIST]: listOf(), [CREATE]: made });
		const options = { includePaymentIntents: true };
		await registration().create({ ...request, options }, context);
		expect(sent[1]?.body).toContain('payment_intent.succeeded');
	});

	it('deletes what it left at this address, and nothing else', async () => {
		const sent = stripeAnswers({
			[LIST]: listOf(
				endpoint({ id: 'we_ours' }),
				endpoint({ id: 'we_elsewhere', url: `${URL}/other` }),
				endpoint({ id: 'we_by_hand', metadata: {} }),
			),
			'DELETE /v1/webhook_endpoints/we_ours': { id: 'we_ours', deleted: true },
			[CREATE]: made,
		});
		await registration().create(request, context);
		expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
			LIST,
			'DELETE /v1/webhook_endpoints/we_ours',
			CREATE,
		]);
	});

	it('says what to do when the account has no room for another webhook', async () => {
		const full = Array.from({ length: 16 }, (_, index) =>
			endpoint({ id: `we_${index}`, url: `${URL}/${index}`, metadata: index === 3 ? MARK : {} }),
		);
		const refusal = { status: 400, body: { error: { message: 'Too many endpoints.' } } };
		stripeAnswers({ [LIST]: listOf(...full), [CREATE]: [refusal] });
		const error: unknown = await registration()
			.create(request, context)
			.catch((e) => e);
		if (!(error instanceof ApiError)) throw error;
		expect(error.message).toBe('Stripe allows 16 webhooks per account, and there are 16 already.');
		expect(error.details.hint).toContain('Delete one that is no longer needed');
		expect(error.details.hint).toContain('Made by n8n: n8n workflow "Payments".');
	});

	it('passes on what else Stripe refuses', async () => {
		const body = { error: { message: 'Invalid URL', code: 'url_invalid', param: 'url' } };
		stripeAnswers({ [LIST]: listOf(), [CREATE]: [{ status: 400, body }] });
		await expect(registration().create(request, context)).rejects.toMatchObject({
			message: 'Stripe refused: Invalid URL.',
			details: { parameter: 'url', hint: expect.stringContaining('https://') as string },
		});
	});

	it('wants at least one event', async () => {
		stripeAnswers({ [LIST]: listOf() });
		await expect(registration().create({ ...request, types: [] }, context)).rejects.toThrow(
			'Choose at least one event',
		);
	});
});

describe('checking the webhook at Stripe', () => {
	isolateNetwork();
	const known = { webhookId: 'we_1', secret: 'whsec_1', live: false };
	const GET = 'GET /v1/webhook_endpoints/we_1';
	const UPDATE = 'POST /v1/webhook_endpoints/we_1';

	it('finds it as it should be, in whatever order its events are', async () => {
		stripeAnswers({ [GET]: endpoint({ enabled_events: [...events].reverse() }) });
		expect(await registration().check(known, request, context)).toBe(true);
	});

	it.each([
		['other events', { enabled_events: ['*'] }],
		['fewer events', { enabled_events: events.slice(1) }],
		['itself switched off', { status: 'disabled' }],
	])('repairs one with %s', async (_name, changes) => {
		const sent = stripeAnswers({ [GET]: endpoint(changes), [UPDATE]: endpoint() });
		expect(await registration().check(known, request, context)).toBe(true);
		const body = sent[1]?.body ?? '';
		expect(validateStripeForm('POST /v1/webhook_endpoints/{id}', body)).toEqual([]);
		expect(qs.parse(body)).toEqual({ enabled_events: events, disabled: 'false' });
	});

	it('does not find one that was deleted', async () => {
		stripeAnswers({ [GET]: [{ status: 404, body: { error: { code: 'resource_missing' } } }] });
		expect(await registration().check(known, request, context)).toBe(false);
	});

	it('leaves one alone that points elsewhere (the workflow was copied)', async () => {
		const sent = stripeAnswers({ [GET]: endpoint({ url: 'https://other.example.com/webhook' }) });
		expect(await registration().check(known, request, context)).toBe(false);
		expect(sent).toHaveLength(1);
	});

	it('fails when Stripe does not answer the question', async () => {
		stripeAnswers({ [GET]: [{ status: 401, body: {} }] });
		await expect(registration().check(known, request, context)).rejects.toThrow(
			'does not accept the secret key',
		);
	});
});

describe('removing the webhook from Stripe', () => {
	isolateNetwork();
	const known = { webhookId: 'we_1', secret: 'whsec_1', live: false };
	const DELETE = 'DELETE /v1/webhook_endpoints/we_1';

	it.each([
		['deletes it', 200],
		['is content when it is gone already', 404],
	])('%s', async (_name, status) => {
		const sent = stripeAnswers({ [DELETE]: [{ status, body: {} }] });
		await registration().remove(known, context);
		expect(sent).toHaveLength(1);
	});

	it('fails when Stripe refuses', async () => {
		stripeAnswers({ [DELETE]: [{ status: 403, body: {} }] });
		await expect(registration().remove(known, context)).rejects.toThrow('may not do this');
	});
});

describe('the key of a credential', () => {
	it.each([
		['sk_live_x', true],
		['rk_live_x', true],
		['sk_test_x', false],
		['rk_test_x', false],
		[undefined, false],
	])('%s is for real money: %s', (secretKey, live) => {
		expect(stripe.isLive({ secretKey })).toBe(live);
	});
});
