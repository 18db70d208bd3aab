import { stringAt } from '../../core/json';
import { ApiError, type HttpResponse } from '../../http/http';

/** Stripe's refusal in words for an ops manager. https://docs.stripe.com/api/errors */
export function stripeError(response: HttpResponse): ApiError {
	const said = stringAt(response.body, 'error', 'message')?.replace(/\.$/, '') ?? null;
	const code = stringAt(response.body, 'error', 'code');
	const [message, hint] = explanation(response, said, code);
	return new ApiError(message, {
		hint,
		status: response.status,
		requestId: response.headers['request-id'] ?? null,
		code: code ?? stringAt(response.body, 'error', 'type'),
		parameter: stringAt(response.body, 'error', 'param'),
	});
}

/** Our queries are well-formed, so a 400 means that the account has no search. */
export function searchRefused(response: HttpResponse): ApiError {
	const cause = stripeError(response);
	return new ApiError(`Stripe cannot search this account: ${cause.message}`, {
		...cause.details,
		hint: 'Merchants in India have no search. Leave the lead empty and keep the items with its leadId instead.',
		cause,
	});
}

function explanation(
	{ status, body }: HttpResponse,
	said: string | null,
	code: string | null,
): [message: string, hint?: string] {
	switch (status) {
		case 401:
			// Stripe's own text repeats parts of the key.
			return [
				'Stripe does not accept the secret key.',
				'Copy it again from Developers → API keys in the Stripe Dashboard into the credential. It starts with sk_ or rk_; a key that was rolled or has expired no longer works.',
			];
		case 403:
			return [
				`The Stripe key may not do this${said ? `: ${said}` : ''}.`,
				'Restricted keys (rk_…) need write access to Payment Links and Webhook Endpoints, and read access to Checkout Sessions, PaymentIntents, Charges and Refunds, Disputes, Invoices, Subscriptions and Events. Edit the key under Developers → API keys.',
			];
		case 404:
			return [
				`Stripe does not have it${said ? `: ${said}` : ''}.`,
				'Check the id, and that it was made with the same account and in the same mode (test or live) as the key of the credential.',
			];
		case 409:
			return [
				'Stripe is still busy with the same request.',
				'Another execution is doing this right now. Run it again in a minute.',
			];
		case 429:
			return [
				'Stripe turns requests away because there are too many.',
				'Process fewer items at a time, or run it again in a minute.',
			];
		default:
			if (status >= 500) {
				return [
					`Stripe has a problem of its own (status ${status}).`,
					'Run it again in a few minutes; https://status.stripe.com tells more.',
				];
			}
			if (stringAt(body, 'error', 'type') === 'idempotency_error') {
				return [
					`Stripe refused to repeat a request${said ? `: ${said}` : ''}.`,
					'Change the description a little and run it again.',
				];
			}
			return [`Stripe refused: ${said ?? `status ${status}`}.`, hintFor(code)];
	}
}

function hintFor(code: string | null): string | undefined {
	switch (code) {
		case 'amount_too_small':
			return 'Raise the amount: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts lists the minimum of each currency.';
		case 'amount_too_large':
			return 'Lower the amount, or split it into several payments.';
		case 'url_invalid':
			return 'Give a complete public address that begins with https://.';
		default:
			return undefined;
	}
}
