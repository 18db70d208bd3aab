import { stringAt } from '../../core/json';
import { ApiError, type HttpResponse } from '../../http/http';

type Explanation = readonly [message: string, hint?: string];

/** Flutterwave's refusal in words for an ops manager. It names neither codes nor requests, so its message is all there is. */
export function flutterwaveError(response: HttpResponse): ApiError {
	const said = stringAt(response.body, 'message')?.replace(/\.$/, '') ?? null;
	const [message, hint] = explanation(response, said);
	return new ApiError(message, { hint, status: response.status });
}

/** Flutterwave answers 400 or 404, some say 200, when it has no such thing; the message is what they have in common. */
export function isNotFound({ body }: HttpResponse): boolean {
	return (
		stringAt(body, 'status') === 'error' &&
		/\bnot found\b|\bno \w+ was found\b|\bdoes not exist\b/i.test(stringAt(body, 'message') ?? '')
	);
}

/** A link that was closed before. https://developer.flutterwave.com/docs/flutterwave-standard-1 */
export function isInactiveLink({ body }: HttpResponse): boolean {
	return (
		stringAt(body, 'status') === 'error' &&
		/\binactive\b|\bdisabled\b|\bexpired\b/i.test(stringAt(body, 'message') ?? '')
	);
}

function explanation(response: HttpResponse, said: string | null): Explanation {
	const { status } = response;
	if (isNotFound(response)) {
		return [
			`Flutterwave does not have it: ${said}.`,
			'Check the ID, and that it was made with the same account and in the same mode (test or live) as the key of the credential.',
		];
	}
	switch (status) {
		case 401:
			return [
				'Flutterwave does not accept the secret key.',
				'Copy it again from Settings > API keys in the Flutterwave dashboard into the credential. It starts with FLWSECK- (live) or FLWSECK_TEST- (test).',
			];
		case 403:
			return [
				`The Flutterwave key may not do this${said ? `: ${said}` : ''}.`,
				'Check in the Flutterwave dashboard that your account is approved for it, and Settings > Whitelisted IP addresses if you use them.',
			];
		case 429:
			return [
				'Flutterwave turns requests away because there are too many.',
				'Process fewer items at a time, or run it again in a few minutes.',
			];
		default:
			if (status >= 500) {
				return [
					`Flutterwave has a problem of its own (status ${status}).`,
					'Run it again in a few minutes; https://status.flutterwave.com tells more.',
				];
			}
			return [`Flutterwave refused: ${said ?? `status ${status}`}.`, hintFor(said)];
	}
}

/** Flutterwave's wording is not documented; the name of the field is in it. */
function hintFor(said: string | null): string | undefined {
	if (said === null) return undefined;
	if (/email/i.test(said)) return 'Correct the e-mail address of the contact.';
	if (/payment_plan/i.test(said)) {
		return 'Choose an active payment plan whose currency is that of the deal, or none.';
	}
	if (/currency/i.test(said)) {
		return 'Use a currency that is enabled for your Flutterwave account.';
	}
	if (/amount/i.test(said)) return 'Check the amount of the deal and the limits of your account.';
	return undefined;
}
