import type {
	IAddressResponse,
	IAdjustmentResponse,
	ICustomerResponse,
	INotificationSettingsResponse,
	IPriceResponse,
	IProductResponse,
	ISubscriptionItemResponse,
	ISubscriptionResponse,
	ITaxRatesUsedResponse,
	ITransactionDetailsResponse,
	ITransactionPaymentAttemptResponse,
	ITransactionResponse,
} from '@paddle/paddle-node-sdk';

/** An official SDK type with every key present: the simulator leaves none out. */
export type Complete<T> =
	T extends Array<infer Item>
		? Array<Complete<Item>>
		: T extends object
			? { [Key in keyof T]-?: Complete<Exclude<T[Key], undefined>> }
			: T;

export type CustomData = Record<string, unknown>;
type WithCustomData<T> = Omit<T, 'custom_data'> & { custom_data: CustomData | null };

export type Customer = WithCustomData<Complete<ICustomerResponse>>;
export type Address = WithCustomData<Complete<IAddressResponse>>;
export type Product = WithCustomData<Complete<Omit<IProductResponse, 'prices'>>>;
export type Price = WithCustomData<Complete<Omit<IPriceResponse, 'product'>>>;

export interface TransactionItem {
	price: Price;
	quantity: number;
	proration: null;
}

type Details = Complete<ITransactionDetailsResponse>;
export type LineItem = Omit<Details['line_items'][number], 'product'> & { product: Product };
export type TransactionDetails = Omit<Details, 'line_items'> & { line_items: LineItem[] };
export type Totals = { subtotal: string; discount: string; tax: string; total: string };
export type PaymentAttempt = Complete<ITransactionPaymentAttemptResponse>;

type Included =
	| 'address'
	| 'adjustments'
	| 'adjustments_totals'
	| 'business'
	| 'customer'
	| 'discount'
	| 'available_payment_methods';

export type Transaction = WithCustomData<
	Omit<Complete<Omit<ITransactionResponse, Included>>, 'items' | 'details' | 'checkout'>
> & {
	items: TransactionItem[];
	details: NonNullable<TransactionDetails>;
	checkout: { url: string | null };
};

export type SubscriptionItem = Omit<Complete<ISubscriptionItemResponse>, 'price' | 'product'> & {
	price: Price;
	product: Product;
};

/** As in webhooks: without `management_urls`, which only the API adds. */
export type Subscription = WithCustomData<
	Omit<
		Complete<ISubscriptionResponse>,
		'items' | 'management_urls' | 'next_transaction' | 'recurring_transaction_details'
	>
> & { items: SubscriptionItem[] };

export type Adjustment = Omit<
	Complete<IAdjustmentResponse>,
	'type' | 'credit_applied_to_balance' | 'items'
> & {
	type: 'full' | 'partial' | null;
	credit_applied_to_balance: boolean | null;
	tax_rates_used: Array<
		Omit<Complete<ITaxRatesUsedResponse>, 'totals'> & { totals: AdjustedTotals }
	>;
	items: AdjustmentItem[];
};

export type AdjustedTotals = { subtotal: string; tax: string; total: string };

export interface AdjustmentItem {
	id: string;
	item_id: string;
	type: 'full' | 'partial';
	amount: string;
	proration: null;
	totals: AdjustedTotals;
}

export type NotificationSetting = Omit<
	Complete<INotificationSettingsResponse>,
	'subscribed_events'
> & { subscribed_events: EventType[] };
export interface EventType {
	name: string;
	description: string;
	group: string;
	available_versions: number[];
}

/** An event as `/events` lists it; a webhook adds `notification_id`. */
export interface PaddleEvent {
	event_id: string;
	event_type: string;
	/** RFC 3339, microseconds. */
	occurred_at: string;
	data: object;
}

/** One event on its way to one destination. */
export interface Notification {
	id: string;
	settingId: string;
	event: PaddleEvent;
	origin: 'event' | 'replay';
	replayedAt: string | null;
}
