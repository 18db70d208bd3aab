import { createHash } from 'node:crypto';
import { leadReference } from '../../core/lead-reference';
import { toProviderAmount } from '../../core/money';
import { shortened } from '../../core/shortened';
import type { LinkRequest } from '../../gateways/gateway';
import { STRIPE_CURRENCIES } from './currencies';
import { formPairs, type FormParams } from './form';
import { leadMetadata } from '../../core/lead-metadata';
import { readLinkOptions } from './link-options';

/** https://docs.stripe.com/api/products/object#product_object-name */
const LONGEST_NAME = 250;
const LONGEST_DESCRIPTION = 500;

/**
 * The body of `POST /v1/payment_links`. Metadata stands in every place that Stripe copies from, because nothing is
 * passed on from there: https://docs.stripe.com/metadata#exceptions
 * @throws Error or MoneyError with a sentence for the user
 */
export function linkParams(request: LinkRequest, reference: string): FormParams {
	const options = readLinkOptions(request.options);
	const { interval } = options;
	const description = readDescription(request);
	const unitAmount = toProviderAmount(request.money, STRIPE_CURRENCIES);
	if (unitAmount <= 0) throw new Error('The amount must be more than zero.');
	const metadata = leadMetadata({ ...request, reference });
	const copied = { description: shortened(description, LONGEST_DESCRIPTION), metadata };
	return {
		line_items: [
			{
				price_data: {
					currency: request.money.currency.toLowerCase(),
					unit_amount: unitAmount,
					product_data: { name: shortened(description, LONGEST_NAME) },
					recurring: interval === null ? undefined : { interval },
				},
				quantity: 1,
			},
		],
		metadata,
		...(interval === null ? { payment_intent_data: copied } : { subscription_data: copied }),
		invoice_creation:
			options.createInvoice && interval === null
				? { enabled: true, invoice_data: copied }
				: undefined,
		restrictions: { completed_sessions: { limit: 1 } },
		after_completion:
			options.returnUrl === null
				? undefined
				: { type: 'redirect', redirect: { url: options.returnUrl } },
		inactive_message: options.inactiveMessage ?? undefined,
		allow_promotion_codes: options.allowPromotionCodes || undefined,
		phone_number_collection: options.collectPhone ? { enabled: true } : undefined,
		automatic_tax: options.automaticTax ? { enabled: true } : undefined,
	};
}

/** The same for the same request and attempt, another for any other. */
export function linkReference(request: LinkRequest, attempt: number): string {
	const content = JSON.stringify([formPairs(linkParams(request, '')), attempt]);
	const digest = createHash('sha256').update(content).digest('hex');
	return leadReference(request.leadId, digest.slice(0, 20));
}

function readDescription({ description }: LinkRequest): string {
	const text = description.trim();
	if (text !== '') return text;
	throw new Error('The description is empty. Say what is paid for: the client reads it.');
}
