import { checkoutJsonProblems } from '../../../specs/validate-checkout-json';
import { isAmount, isCurrency } from '../money';
import type { Simulation } from '../simulation';
import type { LinkRequest } from '../wire';
import { invalid } from './checkout-error';
import { errorCodes } from './schema-codes';

const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** The body of `POST /payment-links`. @throws CheckoutError 422 with a code for everything that is wrong */
export function checkLinkRequest(simulation: Simulation, body: unknown): LinkRequest {
	const codes = errorCodes(checkoutJsonProblems('POST /payment-links', 'request', body ?? {}));
	if (codes.length > 0) throw invalid(...codes);
	const request = body as LinkRequest;
	const beyond = beyondTheSchema(simulation, request);
	if (beyond.length > 0) throw invalid(...beyond);
	return request;
}

function beyondTheSchema({ settings, sandbox }: Simulation, request: LinkRequest): string[] {
	const { amount, currency, reference, return_url, processing_channel_id } = request;
	const broken: Array<[boolean, string]> = [
		[!isCurrency(currency), 'currency_invalid'],
		[!isAmount(amount, currency), 'amount_invalid'],
		[!isCountry(request.billing.address.country), 'billing_address_country_invalid'],
		[
			settings.requireProcessingChannel && processing_channel_id === undefined,
			'processing_channel_id_required',
		],
		[
			reference === undefined && (request.allow_payment_methods?.includes('paypal') ?? false),
			'reference_required',
		],
		[return_url !== undefined && !isReturnUrl(return_url, sandbox), 'return_url_invalid'],
	];
	return broken.flatMap(([isBroken, code]) => (isBroken ? [code] : []));
}

function isCountry(code: string): boolean {
	return /^[A-Z]{2}$/.test(code) && COUNTRY_NAMES.of(code) !== undefined;
}

/** https://www.checkout.com/docs/integrate/payment-links/manage-payment-links: localhost only in sandbox */
function isReturnUrl(text: string, sandbox: boolean): boolean {
	const { protocol, hostname } = new URL(text);
	if (!/^https?:$/.test(protocol)) return false;
	return sandbox || hostname !== 'localhost';
}
