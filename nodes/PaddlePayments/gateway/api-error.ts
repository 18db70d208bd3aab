import { isJsonObject, listAt, stringAt } from '../../core/json';
import { ApiError, type HttpResponse } from '../../http/http';

type Explanation = [message: string, hint?: string];

/** Paddle's refusal in words for an ops manager. https://developer.paddle.com/api-reference/about/errors */
export function paddleError(response: HttpResponse): ApiError {
	const code = stringAt(response.body, 'error', 'code');
	const [message, hint] = explanation(response, code);
	return new ApiError(message, {
		hint,
		status: response.status,
		requestId:
			stringAt(response.body, 'meta', 'request_id') ?? response.headers['request-id'] ?? null,
		code,
		parameter: stringAt(response.body, 'error', 'errors', 0, 'field'),
	});
}

function explanation(response: HttpResponse, code: string | null): Explanation {
	const { status } = response;
	const said = saidIn(response);
	const detail = said === null ? '' : `: ${said}`;
	switch (status) {
		case 401:
		case 403:
			if (code === 'forbidden') {
				return [
					`The Paddle API key may not do this${detail}.`,
					'It lacks a permission. Edit the key under Developer tools → Authentication: it needs to read and write transactions, customers and notification settings, and to read adjustments, prices, products, notifications and checkout settings.',
				];
			}
			return [
				'Paddle does not accept the API key.',
				'Copy it again from Developer tools → Authentication into the credential, and check that Environment fits: live and sandbox keys are not interchangeable. A key that was revoked or has expired no longer works.',
			];
		case 404:
			return [
				`Paddle does not have it${detail}.`,
				'Check the id, and that it was made in the same account and environment (live or sandbox) as the key of the credential.',
			];
		case 429:
			return [
				'Paddle turns requests away because there are too many.',
				'It allows 240 a minute from one address. Process fewer items at a time, or run it again in a minute.',
			];
		default:
			if (status >= 500) {
				return [
					`Paddle has a problem of its own (status ${status}).`,
					'Run it again in a few minutes; https://paddlestatus.com tells more.',
				];
			}
			return BY_CODE[code ?? ''] ?? [`Paddle refused: ${said ?? `status ${status}`}.`];
	}
}

/** https://developer.paddle.com/errors, those whose own words do not say what to do. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
	product_tax_category_not_approved: [
		'Paddle has not approved this tax category for your account.',
		'Choose another one in the option Tax Category, or request it under Catalog → Taxable categories in Paddle.',
	],
	transaction_balance_less_than_charge_limit: [
		'The amount is less than Paddle can charge.',
		'Raise it: the minimum is about 0.70 USD.',
	],
	transaction_checkout_url_domain_is_not_approved: [
		'Paddle has not approved the website of the option Checkout URL.',
		'Add the domain under Checkout → Website approval in Paddle, or empty the option to use your default payment link.',
	],
	transaction_default_checkout_url_not_set: [
		'Paddle makes no payment links for this account yet, because it has no default payment link.',
		'Set it in Paddle under Checkout → Checkout settings → Default payment link. It is the page of your website on which Paddle.js opens the checkout.',
	],
	transaction_immutable: [
		'Paddle does not let this payment be changed any more.',
		'The client has probably paid just now. Look at the deal in a minute.',
	],
	transaction_price_different_billing_cycle: [
		'The chosen prices are billed at different intervals.',
		'Choose prices with the same interval; one-time prices fit to any.',
	],
	url_notification_setting_incorrect: [
		'Paddle cannot send webhooks to this address.',
		'It has to be a public address that begins with https://. Set N8N_WEBHOOK_URL on your n8n server to it.',
	],
};

function saidIn({ body }: HttpResponse): string | null {
	const detail = stringAt(body, 'error', 'detail')?.replace(/\.$/, '') ?? null;
	const fields = listAt(body, 'error', 'errors')
		.filter(isJsonObject)
		.map((error) => `${stringAt(error, 'field')} ${stringAt(error, 'message')}`);
	return fields.length > 0 ? fields.join('; ') : detail;
}
