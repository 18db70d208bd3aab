import { listAt, stringAt } from '../../core/json';
import { ApiError, type HttpResponse } from '../../http/http';

type Explanation = readonly [message: string, hint?: string];

/** Codes of 422 in words. There is no published list, so those that a link can be expected to meet; the rest is shown as it is. */
const REFUSALS: Readonly<Record<string, Explanation>> = {
	...each('amount_invalid amount_limit_exceeded', [
		'the amount is not one it takes',
		'Check the amount of the deal; nine digits are the most.',
	]),
	...each('billing_address_country_required billing_address_country_invalid country_invalid', [
		'the billing country is missing or wrong',
		'Enter it as two letters in the option "Billing Country", for example GB.',
	]),
	...each('currency_invalid currency_code_invalid currency_required', [
		'it does not know the currency',
		'Use three letters, for example EUR, and a currency that is enabled for your account.',
	]),
	...each('customer_email_invalid email_invalid', [
		"the client's e-mail address is not valid",
		'Correct it on the contact.',
	]),
	...each('event_types_invalid conditions_invalid', [
		'it does not know one of the events',
		'Choose fewer events in the trigger.',
	]),
	...each(
		'processing_channel_id_required processing_channel_id_invalid processing_channel_invalid',
		[
			'the processing channel is missing or wrong',
			'Copy its ID (pc_…) from Settings > Channels in the Dashboard into the credential.',
		],
	),
	...each('return_url_invalid', [
		'the return URL is not one it takes',
		'Give a complete public address that begins with https://.',
	]),
};

/** Checkout.com's refusal in words for an ops manager. 401, 403 and 404 have no body. */
export function checkoutComError(response: HttpResponse): ApiError {
	const codes = listAt(response.body, 'error_codes').filter((code) => typeof code === 'string');
	const [message, hint] = explanation(response.status, codes);
	return new ApiError(message, {
		hint,
		status: response.status,
		requestId: stringAt(response.body, 'request_id') ?? response.headers['cko-request-id'] ?? null,
		code: codes[0] ?? stringAt(response.body, 'error_type'),
	});
}

function explanation(status: number, codes: readonly string[]): Explanation {
	switch (status) {
		case 401:
			return [
				'Checkout.com does not accept the secret key.',
				'Copy it again from Developers > Keys in the Dashboard into the credential. It starts with sk_ (live) or sk_sbox_ (sandbox) and must belong to the environment chosen there.',
			];
		case 403:
			return [
				'The Checkout.com key may not do this.',
				'Edit the key under Developers > Keys: it needs payments and payment links, and workflows where a trigger registers itself.',
			];
		case 404:
			return [
				'Checkout.com does not have it.',
				'Check the ID, and that it was made with the same account and in the same environment as the key of the credential.',
			];
		case 429:
			return [
				'Checkout.com turns requests away because there are too many.',
				'Process fewer items at a time, or run it again in a minute.',
			];
		default:
			if (status >= 500) {
				return [
					`Checkout.com has a problem of its own (status ${status}).`,
					'Run it again in a few minutes; https://status.checkout.com tells more.',
				];
			}
			return refusal(status, codes);
	}
}

function refusal(status: number, codes: readonly string[]): Explanation {
	if (codes.length === 0) return [`Checkout.com refused: status ${status}.`];
	const explained = codes.map(
		(code): Explanation =>
			(Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined) ?? [code.replace(/_/g, ' ')],
	);
	const messages = new Set(explained.map(([message]) => message));
	const hints = new Set(explained.flatMap(([, hint]) => (hint === undefined ? [] : [hint])));
	return [`Checkout.com refused: ${[...messages].join('; ')}.`, [...hints].join(' ') || undefined];
}

function each(codes: string, explained: Explanation): Record<string, Explanation> {
	return Object.fromEntries(codes.split(' ').map((code) => [code, explained]));
}
