import { objectAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import { LEAD_KEYS, leadOf } from '../../core/lead-metadata';
import type { PaymentLink } from '../../core/payment-link';
import type { GatewayContext, LinkRequest, PaymentLinks } from '../../gateways/gateway';
import { pathTo } from '../../http/path-to';
import { PaddleApi, type Query } from './api';
import { checkoutAddress, transactionIdIn } from './checkout-address';
import { confirmDecimals } from './currencies';
import { customerIdOf } from './customer';
import { explainMissingPage, missingPage } from './default-payment-link';
import { readLinkOptions } from './link-options';
import { linkParams } from './link-params';
import { isSameSale } from './same-sale';
import { totalOf } from './transaction-total';

const COLLECTION = '/transactions';
const DAY_MS = 86_400_000;
/** Transactions looked through for one whose making was never answered. */
const MOST_LOOKED_AT = 300;

/**
 * A link is a transaction that nobody has paid yet; it never expires. Paddle cannot close one (only invoices can be
 * canceled), so a link whose amount has changed is changed itself: the client can't pay the old amount any more.
 * https://developer.paddle.com/build/transactions/create-transaction
 */
export const paddlePaymentLinks: PaymentLinks = {
	async create(request, context) {
		const api = new PaddleApi(context.send);
		const params = linkParams(request);
		const { checkoutUrl } = readLinkOptions(request.options);
		await confirmDecimals(request.money.currency, api);
		const existing = await existingLink(request, api);
		const { transaction, reused } =
			existing !== null && isOpen(existing)
				? { transaction: await adapt(existing, params, api), reused: true }
				: await createOnce(params, request, api, context);
		const url = checkoutAddress(transaction, checkoutUrl);
		if (url === null) throw missingPage();
		return { ...toPaymentLink(transaction, context), url, reused };
	},

	async get(linkId, context) {
		const id = transactionIdIn(linkId);
		if (id === null) {
			throw new Error(
				`"${linkId}" is not the ID of a Paddle payment link. It begins with txn_ and comes out of Create Payment Link.`,
			);
		}
		const transaction = await new PaddleApi(context.send).get(pathTo('transactions', id));
		return toPaymentLink(transaction, context);
	},
};

/** The same address for what is asked for now. */
async function adapt(
	transaction: JsonObject,
	params: JsonObject,
	api: PaddleApi,
): Promise<JsonObject> {
	if (isSameSale(params, transaction)) return transaction;
	return await api.change(pathTo('transactions', stringAt(transaction, 'id') ?? ''), params);
}

/** Looks before it makes one, and again when no answer came, so that one request makes one link. */
async function createOnce(
	params: JsonObject,
	request: LinkRequest,
	api: PaddleApi,
	context: GatewayContext,
): Promise<{ transaction: JsonObject; reused: boolean }> {
	const customerId = await customerIdOf(request.customer, api);
	const find = async () => await findOpen(params, customerId, api, context);
	const earlier = await find();
	if (earlier !== null) return { transaction: earlier, reused: true };
	const body = customerId === null ? params : { ...params, customer_id: customerId };
	const create = async () =>
		await api.create(COLLECTION, body).catch(async (error: unknown) => {
			throw await explainMissingPage(error, api);
		});
	const first = await create();
	if (first.lost === null) return { transaction: first.object, reused: false };
	const unanswered = await find();
	if (unanswered !== null) return { transaction: unanswered, reused: false };
	const second = await create();
	if (second.lost === null) return { transaction: second.object, reused: false };
	throw second.lost;
}

/** An unpaid transaction of the last day with the same reference. Paddle cannot search by custom data. */
async function findOpen(
	params: JsonObject,
	customerId: string | null,
	api: PaddleApi,
	{ now }: GatewayContext,
): Promise<JsonObject | null> {
	const reference = stringAt(params, 'custom_data', LEAD_KEYS.reference);
	const query: Query = [
		['status', 'draft,ready'],
		['created_at[GTE]', new Date(now() - DAY_MS).toISOString()],
		['per_page', '30'],
		...(customerId === null ? [] : [['customer_id', customerId] as const]),
	];
	let seen = 0;
	for await (const transaction of api.list(COLLECTION, query)) {
		const isOurs = stringAt(transaction, 'custom_data', LEAD_KEYS.reference) === reference;
		if (isOurs && isSameSale(params, transaction)) return transaction;
		seen += 1;
		if (seen >= MOST_LOOKED_AT) break;
	}
	return null;
}

/** The lead's present link; null when it is another provider's, another lead's (a copied card) or unknown here. */
async function existingLink(
	{ existingLink: known, leadId }: LinkRequest,
	api: PaddleApi,
): Promise<JsonObject | null> {
	if (known === null) return null;
	// The saved id gives way to the payment's; the address stays.
	const id = transactionIdIn(known.url) ?? transactionIdIn(known.id);
	const transaction = id === null ? null : await api.find(pathTo('transactions', id));
	if (transaction === null) return null;
	return leadOf(valueAt(transaction, 'custom_data')).leadId === leadId ? transaction : null;
}

function isOpen(transaction: JsonObject): boolean {
	const status = valueAt(transaction, 'status');
	return status === 'draft' || status === 'ready';
}

function toPaymentLink(transaction: JsonObject, { live }: GatewayContext): PaymentLink {
	const { leadId, reference } = leadOf(objectAt(transaction, 'custom_data'));
	const money = totalOf(transaction);
	return {
		gateway: 'paddle',
		leadId,
		linkId: stringAt(transaction, 'id') ?? '',
		url: checkoutAddress(transaction, null) ?? '',
		reference,
		amount: money.amount,
		amountMinor: money.amountMinor,
		currency: money.currency,
		status: statusOf(transaction),
		expiresAt: null,
		live,
		reused: false,
		raw: transaction,
	};
}

function statusOf(transaction: JsonObject): PaymentLink['status'] {
	switch (valueAt(transaction, 'status')) {
		case 'paid':
		case 'completed':
			return 'paid';
		case 'canceled':
			return 'inactive';
		default:
			return 'active';
	}
}
