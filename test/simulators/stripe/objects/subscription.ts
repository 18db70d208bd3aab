import { newId } from '../ids';
import type { Simulation } from '../simulation';
import { apiList } from './api-list';
import type { LineItem } from '../store';
import type { Metadata, Price, Subscription } from '../wire';

const DAY = 24 * 60 * 60;

export interface SubscriptionInput {
	lineItems: LineItem[];
	customerId: string;
	metadata: Metadata;
	description: string | null;
	trialDays: number;
}

export function newSubscription(simulation: Simulation, input: SubscriptionInput): Subscription {
	const now = simulation.seconds();
	const id = newId('sub_1');
	const trialEnd = input.trialDays > 0 ? now + input.trialDays * DAY : null;
	const items = input.lineItems
		.filter(({ price }) => price?.recurring)
		.map((item) => subscriptionItem(id, item, now, trialEnd));
	return {
		id,
		object: 'subscription',
		application: null,
		application_fee_percent: null,
		automatic_tax: { disabled_reason: null, enabled: false, liability: null },
		billing_cycle_anchor: trialEnd ?? now,
		billing_cycle_anchor_config: null,
		billing_mode: { flexible: null, type: 'flexible' },
		billing_schedules: [],
		billing_thresholds: null,
		cancel_at: null,
		cancel_at_period_end: false,
		canceled_at: null,
		cancellation_details: {
			comment: null,
			feedback: null,
			feedback_option: null,
			reason: null,
		},
		collection_method: 'charge_automatically',
		created: now,
		currency: input.lineItems[0]?.currency ?? 'usd',
		customer: input.customerId,
		customer_account: null,
		days_until_due: null,
		default_payment_method: newId('pm_1'),
		default_source: null,
		default_tax_rates: [],
		description: input.description,
		discounts: [],
		ended_at: null,
		invoice_settings: {
			account_tax_ids: null,
			custom_fields: null,
			description: null,
			footer: null,
			issuer: { type: 'self' },
		},
		items: apiList(`/v1/subscription_items?subscription=${id}`, items),
		latest_invoice: null,
		livemode: simulation.livemode,
		managed_payments: null,
		metadata: input.metadata,
		next_pending_invoice_item_invoice: null,
		on_behalf_of: null,
		pause_collection: null,
		payment_settings: {
			payment_method_options: null,
			payment_method_types: null,
			save_default_payment_method: 'off',
		},
		pending_invoice_item_interval: null,
		pending_setup_intent: null,
		pending_update: null,
		schedule: null,
		start_date: now,
		status: trialEnd ? 'trialing' : 'active',
		test_clock: null,
		transfer_data: null,
		trial_end: trialEnd,
		trial_settings: {
			end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' },
		},
		trial_start: trialEnd ? now : null,
	};
}

function subscriptionItem(
	subscriptionId: string,
	item: LineItem,
	start: number,
	trialEnd: number | null,
): Subscription['items']['data'][number] {
	const price = item.price as Price;
	return {
		id: newId('si_', 14),
		object: 'subscription_item',
		billing_thresholds: null,
		created: start,
		current_period_end: trialEnd ?? periodEnd(start, price),
		current_period_start: start,
		current_trial: null,
		discounts: [],
		metadata: {},
		plan: planOf(price),
		price,
		quantity: item.quantity ?? 1,
		subscription: subscriptionId,
		tax_rates: [],
	};
}

/** The older name of a recurring price, which items still carry. */
function planOf(price: Price): Subscription['items']['data'][number]['plan'] {
	return {
		id: price.id,
		object: 'plan',
		active: price.active,
		amount: price.unit_amount,
		amount_decimal: price.unit_amount_decimal,
		billing_scheme: 'per_unit',
		created: price.created,
		currency: price.currency,
		interval: price.recurring?.interval ?? 'month',
		interval_count: price.recurring?.interval_count ?? 1,
		livemode: price.livemode,
		metadata: {},
		meter: null,
		nickname: null,
		product: price.product,
		tiers_mode: null,
		transform_usage: null,
		trial_period_days: null,
		usage_type: 'licensed',
	};
}

/** End of the billing period that begins at `start`; both in Unix seconds. */
export function periodEnd(start: number, price: Price): number {
	const date = new Date(start * 1000);
	const count = price.recurring?.interval_count ?? 1;
	switch (price.recurring?.interval) {
		case 'year':
			return date.setUTCFullYear(date.getUTCFullYear() + count) / 1000;
		case 'week':
			return start + 7 * DAY * count;
		case 'day':
			return start + DAY * count;
		default:
			return date.setUTCMonth(date.getUTCMonth() + count) / 1000;
	}
}
