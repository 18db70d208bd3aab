import { parseMoney } from '../../../nodes/core/money';
import type { LinkRequest } from '../../../nodes/gateways/gateway';
import { ApiError } from '../../../nodes/http/http';
import { stripe } from '../../../nodes/StripePayments/gateway';
import { isolateNetwork, type Answer } from '../../http/provider-double';
import { context, stripeAnswers } from './stripe-double';
import { stripeFixture } from './stripe-fixture';

const CREATE = 'POST /v1/payment_links';
const request: LinkRequest = {
	leadId: 31415926,
	contactId: null,
	responsibleUserId: null,
	money: parseMoney('1999.00', 'EUR'),
	description: 'Invoice 42',
	customer: { name: null, email: null, phone: null },
	existingLink: null,
	options: {},
};

describe('what Stripe refuses', () => {
	isolateNetwork();
	const samples = stripeFixture<Record<string, Answer>>('response.errors');

	it.each([
		['auth', 'does not accept the secret key', 'Developers → API keys'],
		['permission', 'may not do this', 'Restricted keys'],
		['missing', "No such webhook endpoint: 'we_x'", 'same mode'],
		['amount_too_small', 'Amount must be at least €0.50 eur', 'Raise the amount'],
		['idempotency_mismatch', 'refused to repeat a request', 'Change the description'],
		['idempotency_in_use', 'busy with the same request', 'Run it again'],
		['rate_limit', 'too many', 'fewer items'],
		['parameter_unknown', 'Received unknown parameter: client_reference_id', undefined],
	])('is put into words: %s', async (name, message, hint) => {
		const sample = samples[name];
		if (!sample) throw new Error(`No sample ${name}`);
		stripeAnswers({ [CREATE]: [{ ...sample, headers: {} }] });
		const error: unknown = await stripe.paymentLinks.create(request, context).catch((e) => e);
		if (!(error instanceof ApiError)) throw error;
		expect(error.message).toContain(message);
		expect(error.details).toMatchObject({
			status: sample.status,
			requestId: 'req_of_the_test',
			...(hint === undefined ? {} : { hint: expect.stringContaining(hint) as string }),
		});
	});

	it('never repeats parts of the key', async () => {
		const { auth } = samples;
		if (!auth) throw new Error('No sample auth');
		stripeAnswers({ [CREATE]: [auth] });
		const error: unknown = await stripe.paymentLinks.create(request, context).catch((e) => e);
		expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/sk_test/);
	});

	it('is not confused by a page of somebody else', async () => {
		stripeAnswers({ [CREATE]: [{ status: 502, body: {} }] });
		await expect(stripe.paymentLinks.create(request, context)).rejects.toThrow(
			'Stripe has a problem of its own (status 502).',
		);
	});
});
