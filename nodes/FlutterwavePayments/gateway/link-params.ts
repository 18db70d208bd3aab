import { leadMetadata } from '../../core/lead-metadata';
import { shortened } from '../../core/shortened';
import type { LinkRequest } from '../../gateways/gateway';
import { toFlutterwaveAmount } from './currencies';
import { readLinkOptions } from './link-options';
import { digestOfTerms, type LinkTerms } from './link-reference';

/** The meta entry that says which payment plan a link was made with. */
export const PLAN_KEY = 'kommo_payment_plan';

/** Long enough for the name of any deal; a limit is not documented. */
const LONGEST_TITLE = 100;

/**
 * The body of `POST /v3/payments`. https://developer.flutterwave.com/docs/flutterwave-standard-1
 * @throws Error or MoneyError with a sentence for the user
 */
export function linkParams(request: LinkRequest, reference: string): object {
	const options = readLinkOptions(request.options);
	const { paymentPlan, paymentMethods, sessionMinutes, mostAttempts } = options;
	const amount = toFlutterwaveAmount(request.money);
	if (amount <= 0) throw new Error('The amount must be more than zero.');
	const title = shortened(request.description.trim(), LONGEST_TITLE);
	return {
		tx_ref: reference,
		amount,
		// Left out, it would be NGN.
		currency: request.money.currency,
		redirect_url: options.returnUrl ?? undefined,
		customer: {
			email: payerEmail(request),
			name: request.customer.name ?? undefined,
			phonenumber: request.customer.phone ?? undefined,
		},
		customizations: { title, logo: options.logoUrl ?? undefined },
		// The reference is `tx_ref` itself.
		meta: {
			...leadMetadata({ ...request, reference: null }),
			...(paymentPlan === null ? {} : { [PLAN_KEY]: String(paymentPlan) }),
		},
		payment_options: paymentMethods.length > 0 ? paymentMethods.join(', ') : undefined,
		payment_plan: paymentPlan ?? undefined,
		configurations:
			sessionMinutes === null && mostAttempts === null
				? undefined
				: {
						session_duration: sessionMinutes ?? undefined,
						max_retry_attempt: mostAttempts ?? undefined,
					},
	};
}

/**
 * What a link that is to be reused must agree with.
 * @param live whether the key is for real money; a link of test mode takes none, even after the key was replaced
 */
export function linkTerms(request: LinkRequest, live: boolean): LinkTerms {
	const { paymentPlan, paymentMethods, sessionMinutes, mostAttempts } = readLinkOptions(
		request.options,
	);
	return {
		money: request.money,
		lifetimeMinutes: sessionMinutes,
		otherTerms: digestOfTerms([
			paymentPlan === null ? null : String(paymentPlan),
			[...paymentMethods].sort().join(','),
			payerEmail(request).toLowerCase(),
			mostAttempts === null ? null : String(mostAttempts),
			live ? 'live' : 'test',
		]),
	};
}

/** Flutterwave makes no link without it: receipts go there, and subscriptions are tied to it. */
function payerEmail({ customer, leadId }: LinkRequest): string {
	if (customer.email !== null) return customer.email;
	const who = customer.name === null ? `The contact of deal ${leadId}` : `"${customer.name}"`;
	throw new Error(
		`${who} has no e-mail address, and Flutterwave makes no payment link without one. Add it to the contact in Kommo.`,
	);
}
