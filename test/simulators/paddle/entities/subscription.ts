import type { Simulation } from '../simulation';
import type { Subscription, SubscriptionItem, Transaction } from '../wire';

type Cycle = { interval: 'day' | 'week' | 'month' | 'year'; frequency: number };

/** A date moved by a number of billing cycles; a month's missing days give its last day. */
export function addCycle(at: string, { interval, frequency }: Cycle): string {
	const date = new Date(at);
	if (interval === 'day') date.setUTCDate(date.getUTCDate() + frequency);
	if (interval === 'week') date.setUTCDate(date.getUTCDate() + frequency * 7);
	if (interval === 'month' || interval === 'year') {
		const day = date.getUTCDate();
		date.setUTCDate(1);
		date.setUTCMonth(date.getUTCMonth() + frequency * (interval === 'year' ? 12 : 1));
		const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
		date.setUTCDate(Math.min(day, days));
	}
	return date.toISOString();
}

/** The subscription that a paid transaction starts; null when nothing on it recurs. */
export function createSubscription(
	simulation: Simulation,
	transaction: Transaction,
): Subscription | null {
	const recurring = transaction.items.filter(({ price }) => price.billing_cycle !== null);
	const first = recurring[0]?.price;
	const cycle = first?.billing_cycle;
	const { customer_id: customerId, address_id: addressId } = transaction;
	if (!first || !cycle || !customerId || !addressId) return null;
	const at = simulation.timestamp();
	const trial = recurring.find(({ price }) => price.trial_period)?.price.trial_period ?? null;
	const period = { starts_at: at, ends_at: addCycle(at, trial ?? cycle) };
	const items = recurring.map(({ price, quantity }): SubscriptionItem => ({
		status: trial ? 'trialing' : 'active',
		quantity,
		recurring: true,
		created_at: at,
		updated_at: at,
		previously_billed_at: trial ? null : at,
		next_billed_at: period.ends_at,
		trial_dates: trial ? period : null,
		price: structuredClone(price),
		product: structuredClone(simulation.store.products.get(price.product_id)),
	}));
	return simulation.store.subscriptions.add({
		id: simulation.ids.next('sub'),
		status: trial ? 'trialing' : 'active',
		customer_id: customerId,
		address_id: addressId,
		business_id: null,
		currency_code: transaction.currency_code,
		created_at: at,
		updated_at: at,
		started_at: at,
		first_billed_at: trial ? null : at,
		next_billed_at: period.ends_at,
		paused_at: null,
		canceled_at: null,
		discount: null,
		collection_mode: transaction.collection_mode,
		billing_details: null,
		current_billing_period: period,
		billing_cycle: cycle,
		scheduled_change: null,
		items,
		custom_data: structuredClone(transaction.custom_data),
		import_meta: null,
	});
}

/** As the API shows it; webhooks have no `management_urls`. */
export function subscriptionView({ url }: Simulation, subscription: Subscription): object {
	const portal = `${url}/portal/${subscription.id}`;
	return {
		...subscription,
		management_urls: {
			update_payment_method:
				subscription.collection_mode === 'automatic' ? `${portal}/update-payment-method` : null,
			cancel: `${portal}/cancel`,
		},
	};
}
