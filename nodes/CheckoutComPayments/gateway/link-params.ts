import { createHash } from 'node:crypto';
import type { JsonObject } from '../../core/json';
import { leadMetadata } from '../../core/lead-metadata';
import { formatMoney, toProviderAmount } from '../../core/money';
import { shortened } from '../../core/shortened';
import type { GatewayContext, LinkRequest } from '../../gateways/gateway';
import { CHECKOUT_COM_CURRENCIES } from './currencies';
import { referenceOfLead } from './lead-reference';
import { readLinkOptions } from './link-options';

/** Metadata that tells what was asked for: payments carry it, but not the id of their link. */
export const REQUEST_KEY = 'kommo_request';

const LONGEST_DESCRIPTION = 100;
const LONGEST_TEXT = 255;
/** Nine digits. https://www.checkout.com/docs/payments/accept-payments/format-the-amount-value */
const LARGEST_AMOUNT = 999_999_999;

/**
 * The body of `POST /payment-links`. Payment methods are left to the account, wallets included.
 * @throws Error or MoneyError with a sentence for the user
 */
export function linkParams(request: LinkRequest, { settings }: GatewayContext): JsonObject {
	const options = readLinkOptions(request.options, settings);
	const { challenge } = options;
	return {
		amount: amountOf(request),
		currency: request.money.currency,
		reference: referenceOfLead(request.leadId),
		description: shortened(request.description.trim(), LONGEST_DESCRIPTION),
		billing: { address: { country: options.billingCountry } },
		expires_in: options.expiresIn,
		metadata: {
			...leadMetadata({ ...request, reference: referenceOfLead(request.leadId) }),
			[REQUEST_KEY]: requestDigest(request),
		},
		...customerOf(request),
		'3ds':
			challenge === null ? { enabled: false } : { enabled: true, challenge_indicator: challenge },
		...given({
			capture: options.capture,
			locale: options.locale,
			processing_channel_id: options.processingChannelId,
			return_url: options.returnUrl,
		}),
	};
}

/** The same for requests that a client would take for the same: so much, for that. */
export function requestDigest({ leadId, money, description }: LinkRequest): string {
	const content = JSON.stringify([leadId, money.amount, money.currency, description.trim()]);
	return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

function amountOf({ money }: LinkRequest): number {
	const amount = toProviderAmount(money, CHECKOUT_COM_CURRENCIES);
	if (amount <= 0) throw new Error('The amount must be more than zero.');
	if (amount <= LARGEST_AMOUNT) return amount;
	throw new Error(
		`${formatMoney(money)} is more than Checkout.com takes in one payment. Split it into several.`,
	);
}

function customerOf({ customer: { name, email } }: LinkRequest): { customer?: JsonObject } {
	const customer = given({
		email: email !== null && email.length <= LONGEST_TEXT ? email : null,
		name: name === null ? null : shortened(name, LONGEST_TEXT),
	});
	return Object.keys(customer).length === 0 ? {} : { customer };
}

/** Without what nobody chose. */
function given(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
