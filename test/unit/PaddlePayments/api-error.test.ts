import { paddleError } from '../../../nodes/PaddlePayments/gateway/api-error';

const body = (code: string, detail = 'Said by Paddle.') => ({
	error: { type: 'request_error', code, detail },
	meta: { request_id: 'e3b0c442-98fc' },
});

describe("Paddle's refusals in words", () => {
	it.each<[number, object, string, RegExp]>([
		[403, body('invalid_token'), 'Paddle does not accept the API key.', /not interchangeable/],
		[401, {}, 'Paddle does not accept the API key.', /Environment/],
		[403, body('forbidden'), 'The Paddle API key may not do this: Said by Paddle.', /Edit the key/],
		[404, body('not_found'), 'Paddle does not have it: Said by Paddle.', /same account/],
		[429, body('too_many_requests'), 'Paddle turns requests away', /240 a minute/],
		[502, {}, 'Paddle has a problem of its own (status 502).', /in a few minutes/],
		[
			400,
			body('transaction_checkout_url_domain_is_not_approved'),
			'Paddle has not approved the website',
			/Website approval/,
		],
		[
			400,
			body('product_tax_category_not_approved'),
			'Paddle has not approved this tax category',
			/Tax Category/,
		],
		[
			400,
			body('transaction_price_different_billing_cycle'),
			'The chosen prices are billed at different intervals.',
			/same interval/,
		],
		[
			400,
			body('url_notification_setting_incorrect'),
			'Paddle cannot send webhooks to this address.',
			/N8N_WEBHOOK_URL/,
		],
	])('%i %j', (status, answer, message, hint) => {
		const error = paddleError({ status, headers: {}, body: answer });
		expect(error.message).toContain(message);
		expect(error.details.hint).toMatch(hint);
	});

	it('names the fields that are wrong', () => {
		const errors = [
			{ field: 'items.0.quantity', message: 'must be at least 1' },
			{ field: 'custom_data', message: 'must be an object' },
		];
		const answer = { error: { code: 'invalid_field', detail: 'Invalid.', errors } };
		const error = paddleError({ status: 400, headers: {}, body: answer });
		expect(error.message).toBe(
			'Paddle refused: items.0.quantity must be at least 1; custom_data must be an object.',
		);
		expect(error.details).toMatchObject({ code: 'invalid_field', parameter: 'items.0.quantity' });
	});

	it.each([
		['in the body', {}, body('bad_request'), 'e3b0c442-98fc'],
		['in a header', { 'request-id': 'of-the-header' }, '', 'of-the-header'],
		['nowhere', {}, '', null],
	])('keep the id of the request: %s', (_name, headers, answer, expected) => {
		expect(paddleError({ status: 400, headers, body: answer }).details.requestId).toBe(expected);
	});
});
