import { createHash } from 'node:crypto';
import type { JsonObject } from '../../core/json';
import { leadMetadata } from '../../core/lead-metadata';
import { leadReference } from '../../core/lead-reference';
import { toProviderAmount } from '../../core/money';
import { shortened } from '../../core/shortened';
import type { LinkRequest } from '../../gateways/gateway';
import { PADDLE_CURRENCIES, requireOffered } from './currencies';
import { isHostedCheckout } from './checkout-address';
import { readLinkOptions, type LinkOptions } from './link-options';

/** https://developer.paddle.com/api-reference/products/create-product */
const LONGEST_NAME = 200;
/** https://developer.paddle.com/api-reference/prices/create-price */
const LONGEST_DESCRIPTION = 500;

/**
 * The body of `POST /transactions`, and of the `PATCH` that changes a link which nobody has paid yet.
 * https://developer.paddle.com/api-reference/transactions/create-transaction
 * @throws Error or MoneyError with a sentence for the user
 */
export function linkParams(request: LinkRequest): JsonObject {
	const options = readLinkOptions(request.options);
	const { priceIds, checkoutUrl } = options;
	const ownPage = checkoutUrl !== null && !isHostedCheckout(checkoutUrl);
	return {
		items: priceIds.length > 0 ? catalogItems(options) : [ownItem(request, options)],
		...(priceIds.length > 0 ? {} : { currency_code: request.money.currency }),
		custom_data: leadMetadata({ ...request, reference: linkReference(request) }),
		...(ownPage ? { checkout: { url: checkoutUrl.href } } : {}),
	};
}

/**
 * The same for the same request, another for any other: Paddle has no idempotency keys, so that this is how a
 * transaction is recognized whose making was never answered.
 */
function linkReference({ leadId, money, description, options }: LinkRequest): string {
	const { checkoutUrl, ...rest } = readLinkOptions(options);
	const content = [leadId, money.amount, money.currency, description, checkoutUrl?.href, rest];
	const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
	return leadReference(leadId, digest.slice(0, 20));
}

function catalogItems({ priceIds, quantity }: LinkOptions): JsonObject[] {
	return priceIds.map((priceId) => ({ price_id: priceId, quantity }));
}

/** A product and price of this link alone; the quantity is fixed so that the client cannot change the amount. */
function ownItem(request: LinkRequest, options: LinkOptions): JsonObject {
	const { money, leadId } = request;
	requireOffered(money.currency);
	const amount = toProviderAmount(money, PADDLE_CURRENCIES);
	if (amount <= 0) throw new Error('The amount must be more than zero.');
	const name = readName(request);
	const { interval, taxCategory, taxMode } = options;
	return {
		quantity: 1,
		price: {
			description: shortened(`Kommo lead ${leadId}: ${name}`, LONGEST_DESCRIPTION),
			unit_price: { amount: String(amount), currency_code: money.currency },
			tax_mode: taxMode,
			...(interval === null ? {} : { billing_cycle: { interval, frequency: 1 } }),
			quantity: { minimum: 1, maximum: 1 },
			product: { name: shortened(name, LONGEST_NAME), tax_category: taxCategory },
		},
	};
}

function readName({ description }: LinkRequest): string {
	const text = description.trim();
	if (text !== '') return text;
	throw new Error('The description is empty. Say what is paid for: the client reads it.');
}
