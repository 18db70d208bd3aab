import type { CollectionMode, CurrencyCode, TransactionOrigin } from '@paddle/paddle-node-sdk';
import { invalidField, notFound, transactionError } from '../api/paddle-error';
import { currency } from '../money';
import type { Simulation } from '../simulation';
import type { CustomData, Price, Transaction, TransactionItem } from '../wire';
import { createPrice, createProduct, type PriceInput, type ProductInput } from './catalog';
import { calculateDetails } from './transaction-totals';

export interface ItemInput {
	price_id?: string;
	quantity: number;
	price?: Omit<PriceInput, 'product_id'> & { product_id?: string; product?: ProductInput };
}

export interface TransactionInput {
	items: ItemInput[];
	status?: string;
	customer_id?: string | null;
	address_id?: string | null;
	business_id?: string | null;
	discount_id?: string | null;
	currency_code?: CurrencyCode | null;
	collection_mode?: CollectionMode;
	billing_details?: Transaction['billing_details'];
	billing_period?: Transaction['billing_period'];
	custom_data?: CustomData | null;
	checkout?: { url?: string | null } | null;
}

/** @throws PaddleError as POST /transactions does */
export function createTransaction(
	simulation: Simulation,
	input: TransactionInput,
	origin: TransactionOrigin,
): Transaction {
	const { settings, store, ids } = simulation;
	const url = input.checkout?.url ?? settings.defaultCheckoutUrl;
	if (
		url === null ||
		(settings.defaultCheckoutUrl === null && !settings.explicitUrlBypassesDefault)
	) {
		throw transactionError(
			'transaction_default_checkout_url_not_set',
			'Cannot create a transaction or open a checkout as no default payment link has been set for this account. Set in the Paddle dashboard, then try again.',
		);
	}
	const items = input.items.map((item, index) => resolveItem(simulation, item, index));
	const at = simulation.timestamp();
	const currencyCode = input.currency_code ?? items[0]?.price.unit_price.currency_code ?? 'USD';
	const transaction: Transaction = {
		id: ids.next('txn'),
		status: 'draft',
		customer_id: null,
		address_id: null,
		business_id: null,
		custom_data: input.custom_data ?? null,
		currency_code: currencyCode,
		origin,
		subscription_id: null,
		invoice_id: null,
		invoice_number: null,
		collection_mode: input.collection_mode ?? 'automatic',
		discount_id: null,
		billing_details: null,
		billing_period: input.billing_period ?? null,
		items,
		details: calculateDetails(simulation, items, currencyCode),
		payments: [],
		checkout: { url: null },
		created_at: at,
		updated_at: at,
		billed_at: null,
		revised_at: null,
	};
	applyParties(simulation, transaction, input);
	applyCheckout(simulation, transaction, url, input.checkout?.url ?? null);
	checkTransaction(simulation, transaction);
	return store.transactions.add(transaction);
}

/** Takes over customer, address and invoicing details, and works out whether that makes it `ready`. */
export function applyParties(
	simulation: Simulation,
	transaction: Transaction,
	input: Partial<TransactionInput>,
): void {
	const { store } = simulation;
	if (input.business_id) throw notFound('Business', input.business_id);
	if (input.discount_id) throw notFound('Discount', input.discount_id);
	if (input.customer_id !== undefined) {
		transaction.customer_id = input.customer_id && store.customers.get(input.customer_id).id;
	}
	if (input.address_id !== undefined) {
		const address = input.address_id ? store.addresses.get(input.address_id) : null;
		if (address && address.customer_id !== transaction.customer_id) {
			throw invalidField({ field: 'address_id', message: 'must belong to customer_id' });
		}
		transaction.address_id = address && address.id;
	}
	if (input.billing_details !== undefined) {
		transaction.billing_details = input.billing_details && {
			...input.billing_details,
			enable_checkout: input.billing_details.enable_checkout ?? false,
			purchase_order_number: input.billing_details.purchase_order_number ?? '',
			additional_information: input.billing_details.additional_information ?? null,
		};
	}
	const complete = transaction.customer_id !== null && transaction.address_id !== null;
	transaction.status = complete ? 'ready' : 'draft';
}

/** `<payment link>?_ptxn=txn_…` https://developer.paddle.com/build/transactions/default-payment-link */
export function applyCheckout(
	simulation: Simulation,
	transaction: Transaction,
	url: string,
	chosen: string | null,
): void {
	const approved = simulation.settings.approvedDomains;
	if (!URL.canParse(url)) throw invalidField({ field: 'checkout.url', message: 'must be a URL' });
	const link = new URL(url);
	const allowed = approved?.some(
		(domain) => link.hostname === domain || link.hostname.endsWith(`.${domain}`),
	);
	if (chosen !== null && allowed === false) {
		throw transactionError(
			'transaction_checkout_url_domain_is_not_approved',
			'The value you passed for `checkout.url` does not contain a domain that has been approved by Paddle',
		);
	}
	link.searchParams.set('_ptxn', transaction.id);
	const shown =
		transaction.collection_mode === 'automatic' || transaction.billing_details?.enable_checkout;
	transaction.checkout = { url: shown ? link.toString() : null };
}

/** The rules that hold for a whole transaction. @throws PaddleError 400 */
export function checkTransaction(simulation: Simulation, transaction: Transaction): void {
	const { items, currency_code: code, details } = transaction;
	const cycles = new Set(
		items.flatMap(({ price }) =>
			price.billing_cycle ? [JSON.stringify(price.billing_cycle)] : [],
		),
	);
	if (cycles.size > 1) {
		throw transactionError(
			'transaction_price_different_billing_cycle',
			'All recurring prices must have the same billing cycle',
		);
	}
	if (items.some(({ price }) => price.unit_price.currency_code !== code)) {
		throw invalidField({
			field: 'currency_code',
			message: 'differs from the currency of a price; conversion is not simulated',
		});
	}
	const balance = Number(details.totals?.balance);
	const minimum = Number(currency(code).minimum_payment_amount);
	if (balance > 0 && balance < minimum) {
		throw transactionError(
			'transaction_balance_less_than_charge_limit',
			`Transaction balance is less than what we can charge. Transaction balance: ${balance}, Minimum payment amount: ${minimum}, Currency code: ${code}`,
		);
	}
	if (transaction.collection_mode === 'manual') checkManual(simulation, transaction);
}

function checkManual({ store }: Simulation, transaction: Transaction): void {
	if (!transaction.billing_details) {
		throw transactionError(
			'transaction_billing_details_object_required',
			'billing_details must be non null if collection_mode=manual',
		);
	}
	if (!['USD', 'EUR', 'GBP'].includes(transaction.currency_code)) {
		throw invalidField({
			field: 'currency_code',
			message: 'must be one of the following: USD, EUR, GBP',
		});
	}
	const customer = store.customers.find(transaction.customer_id);
	if (customer && customer.name === null) {
		throw transactionError(
			'transaction_customer_is_not_suitable_for_collection_mode',
			'Customer entity must be suitable for the transactions current collection mode',
		);
	}
}

/** Finds or makes the price of an item. @throws PaddleError 400, 404 */
export function resolveItem(
	simulation: Simulation,
	item: ItemInput,
	index: number,
): TransactionItem {
	const price = item.price_id
		? simulation.store.prices.get(item.price_id)
		: ownPrice(simulation, item, index);
	const { minimum, maximum } = price.quantity;
	if (item.quantity < minimum || item.quantity > maximum) {
		throw transactionError(
			'transaction_item_quantity_out_of_range',
			`Quantity for price ${price.id} must be between ${minimum} and ${maximum}`,
		);
	}
	return { price: structuredClone(price), quantity: item.quantity, proration: null };
}

function ownPrice(simulation: Simulation, { price }: ItemInput, index: number): Price {
	if (!price) throw invalidField({ field: `items.${index}.price`, message: 'must be provided' });
	const { product, product_id: productId, ...rest } = price;
	const id = product ? createProduct(simulation, { ...product, type: 'custom' }).id : productId;
	if (!id)
		throw invalidField({ field: `items.${index}.price.product_id`, message: 'must be provided' });
	return createPrice(
		simulation,
		{ ...rest, product_id: id, type: 'custom' },
		`items.${index}.price.unit_price.amount`,
	);
}
