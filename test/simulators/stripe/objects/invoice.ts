import { newId } from '../ids';
import { apiList } from './api-list';
import { formatMoney } from '../money';
import type { Simulation } from '../simulation';
import type { LineItem } from '../store';
import type { Customer, Invoice, InvoicePayment, Metadata, Price, Subscription } from '../wire';

export interface InvoiceInput {
	customer: Customer;
	lineItems: LineItem[];
	metadata: Metadata;
	description: string | null;
	billingReason: 'manual' | 'subscription_create' | 'subscription_cycle';
	/** Its metadata is copied now, once. */
	subscription: Subscription | null;
	/** A trial is invoiced with nothing to pay. */
	free?: boolean;
}

/** A finalized invoice waiting to be paid. */
export function newInvoice(simulation: Simulation, input: InvoiceInput): Invoice {
	const { customer, subscription } = input;
	const id = newId('in_1');
	const now = simulation.seconds();
	const total = input.free ? 0 : input.lineItems.reduce((sum, item) => sum + item.amount_total, 0);
	const lines = input.lineItems.map((item) => invoiceLine(simulation, id, item, input));
	return {
		id,
		object: 'invoice',
		account_country: 'IE',
		account_name: 'Example Shop',
		account_tax_ids: null,
		amount_due: total,
		amount_overpaid: 0,
		amount_paid: 0,
		amount_remaining: total,
		amount_shipping: 0,
		application: null,
		attempt_count: 0,
		attempted: false,
		auto_advance: true,
		automatic_tax: {
			disabled_reason: null,
			enabled: false,
			liability: null,
			provider: null,
			status: null,
		},
		automatically_finalizes_at: null,
		billing_reason: input.billingReason,
		collection_method: 'charge_automatically',
		created: now,
		currency: input.lineItems[0]?.currency ?? 'usd',
		custom_fields: null,
		customer: customer.id,
		customer_account: null,
		customer_address: null,
		customer_email: customer.email,
		customer_name: customer.name ?? null,
		customer_phone: customer.phone ?? null,
		customer_shipping: null,
		customer_tax_exempt: 'none',
		customer_tax_ids: [],
		default_payment_method: null,
		default_source: null,
		default_tax_rates: [],
		description: input.description,
		discounts: [],
		due_date: null,
		effective_at: now,
		ending_balance: 0,
		footer: null,
		from_invoice: null,
		hosted_invoice_url: `${simulation.url}/i/${id}`,
		invoice_pdf: `${simulation.url}/i/${id}/pdf`,
		issuer: { type: 'self' },
		last_finalization_error: null,
		latest_revision: null,
		lines: apiList(`/v1/invoices/${id}/lines`, lines),
		livemode: simulation.livemode,
		metadata: input.metadata,
		next_payment_attempt: null,
		number: `${customer.invoice_prefix ?? 'SIMULATE'}-${String(customer.next_invoice_sequence ?? 1).padStart(4, '0')}`,
		on_behalf_of: null,
		parent: subscription
			? {
					quote_details: null,
					subscription_details: {
						metadata: { ...subscription.metadata },
						subscription: subscription.id,
					},
					type: 'subscription_details',
				}
			: null,
		payment_settings: {
			default_mandate: null,
			payment_method_options: null,
			payment_method_types: null,
		},
		period_end: now,
		period_start: now,
		post_payment_credit_notes_amount: 0,
		pre_payment_credit_notes_amount: 0,
		receipt_number: null,
		rendering: null,
		shipping_cost: null,
		shipping_details: null,
		starting_balance: 0,
		statement_descriptor: null,
		status: 'open',
		status_transitions: {
			finalized_at: now,
			marked_uncollectible_at: null,
			paid_at: null,
			voided_at: null,
		},
		subtotal: total,
		subtotal_excluding_tax: total,
		test_clock: null,
		total,
		total_discount_amounts: [],
		total_excluding_tax: total,
		total_pretax_credit_amounts: [],
		total_taxes: [],
		webhooks_delivered_at: now,
	};
}

function invoiceLine(
	simulation: Simulation,
	invoiceId: string,
	item: LineItem,
	{ subscription, free }: InvoiceInput,
): Invoice['lines']['data'][number] {
	const price = item.price as Price;
	const subscriptionItem = subscription?.items.data.find(
		(candidate) => candidate.price.id === price.id,
	);
	const amount = free ? 0 : item.amount_total;
	return {
		id: newId('il_1'),
		object: 'line_item',
		amount,
		currency: item.currency,
		description: lineText(item, price),
		discount_amounts: [],
		discountable: true,
		discounts: [],
		invoice: invoiceId,
		livemode: simulation.livemode,
		metadata: subscriptionItem ? { ...subscription?.metadata } : {},
		parent: subscriptionItem
			? {
					invoice_item_details: null,
					subscription_item_details: {
						invoice_item: null,
						proration: false,
						proration_details: { credited_items: null },
						subscription: subscription?.id ?? null,
						subscription_item: subscriptionItem.id,
					},
					type: 'subscription_item_details',
				}
			: {
					invoice_item_details: {
						invoice_item: newId('ii_1'),
						proration: false,
						proration_details: { credited_items: null },
						subscription: null,
					},
					subscription_item_details: null,
					type: 'invoice_item_details',
				},
		period: {
			start: subscriptionItem?.current_period_start ?? simulation.seconds(),
			end: subscriptionItem?.current_period_end ?? simulation.seconds(),
		},
		pretax_credit_amounts: [],
		pricing: {
			price_details: { price: price.id, product: price.product },
			type: 'price_details',
			unit_amount_decimal: free ? '0' : price.unit_amount_decimal,
		},
		quantity: item.quantity ?? 1,
		quantity_decimal: String(item.quantity ?? 1),
		subscription: subscription?.id ?? null,
		subtotal: amount,
		taxes: [],
	};
}

function lineText(item: LineItem, price: Price): string {
	const each = formatMoney(price.unit_amount ?? 0, price.currency);
	const per = price.recurring ? ` / ${price.recurring.interval}` : '';
	return `${item.quantity ?? 1} × ${item.description ?? ''} (at ${each}${per})`;
}

/** The link between an invoice and the intent that pays it. */
export function newInvoicePayment(
	simulation: Simulation,
	invoice: Invoice,
	paymentIntentId: string,
): InvoicePayment {
	return {
		id: newId('inpay_1'),
		object: 'invoice_payment',
		amount_paid: null,
		amount_requested: invoice.amount_due,
		created: simulation.seconds(),
		currency: invoice.currency,
		invoice: invoice.id,
		is_default: true,
		livemode: simulation.livemode,
		payment: { type: 'payment_intent', payment_intent: paymentIntentId },
		status: 'open',
		status_transitions: { canceled_at: null, paid_at: null },
	};
}
