/** Without a default payment link Paddle makes no transactions: https://developer.paddle.com/build/transactions/default-payment-link */
import { assertError } from '../../core/assert-error';
import { valueAt } from '../../core/json';
import { ApiError } from '../../http/http';
import type { PaddleApi } from './api';

const CODE = 'transaction_default_checkout_url_not_set';

/** The same error, unless it is about the missing page: then with what the account's settings say. */
export async function explainMissingPage(error: unknown, api: PaddleApi): Promise<unknown> {
	if (!(error instanceof ApiError) || error.details.code !== CODE) return error;
	const found = await defaultPaymentLink(api);
	if (typeof found !== 'string') return error;
	return new ApiError(error.message, {
		...error.details,
		hint: `The settings now name ${found}: run this again.`,
		cause: error,
	});
}

/** A transaction that was made without an address to pay at. */
export function missingPage(): ApiError {
	return new ApiError('Paddle made the payment, but no page to pay it on.', {
		status: 200,
		code: CODE,
		hint: 'Set the default payment link in Paddle under Checkout → Checkout settings, or give the option Checkout URL.',
	});
}

/** @returns undefined when the key may not read the settings */
async function defaultPaymentLink(api: PaddleApi): Promise<unknown> {
	return await api.get('/settings/checkout-url').then(
		(settings) => valueAt(settings, 'default_url'),
		(error: unknown) => {
			assertError(error, ApiError);
			return undefined;
		},
	);
}
