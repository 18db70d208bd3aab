import type Stripe from 'stripe';
import { toMetadata } from '../api/metadata';
import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { LineItem } from '../store';
import type { Price, Product, Wire } from '../wire';

export function newProduct(
	simulation: Simulation,
	input: Wire<Stripe.ProductCreateParams>,
): Product {
	return {
		id: input.id ?? newId('prod_', 14),
		object: 'product',
		active: input.active ?? true,
		created: simulation.seconds(),
		default_price: null,
		description: input.description ?? null,
		images: input.images ?? [],
		livemode: simulation.livemode,
		marketing_features: [],
		metadata: toMetadata(input.metadata),
		name: input.name,
		package_dimensions: null,
		shippable: null,
		statement_descriptor: null,
		tax_details: null,
		type: 'service',
		tax_code: input.tax_code ?? null,
		unit_label: input.unit_label ?? null,
		updated: simulation.seconds(),
		url: null,
	};
}

export interface PriceInput {
	currency: string;
	/** Minor units. */
	unitAmount: number;
	productId: string;
	recurring?: { interval: 'day' | 'week' | 'month' | 'year'; interval_count?: number };
	metadata?: Record<string, string>;
	active?: boolean;
}

export function newPrice(simulation: Simulation, input: PriceInput): Price {
	return {
		id: newId('price_1', 23),
		object: 'price',
		active: input.active ?? true,
		billing_scheme: 'per_unit',
		created: simulation.seconds(),
		currency: input.currency,
		custom_unit_amount: null,
		livemode: simulation.livemode,
		lookup_key: null,
		metadata: input.metadata ?? {},
		nickname: null,
		product: input.productId,
		recurring: input.recurring
			? {
					interval: input.recurring.interval,
					interval_count: input.recurring.interval_count ?? 1,
					meter: null,
					trial_period_days: null,
					usage_type: 'licensed',
				}
			: null,
		tax_behavior: 'unspecified',
		tiers_mode: null,
		transform_quantity: null,
		type: input.recurring ? 'recurring' : 'one_time',
		unit_amount: input.unitAmount,
		unit_amount_decimal: String(input.unitAmount),
	};
}

export function newLineItem(price: Price, quantity: number, productName: string): LineItem {
	const amount = (price.unit_amount ?? 0) * quantity;
	const item = {
		id: newId('li_1', 23),
		object: 'item',
		adjustable_quantity: null,
		amount_discount: 0,
		amount_subtotal: amount,
		amount_tax: 0,
		amount_total: amount,
		currency: price.currency,
		description: productName,
		metadata: {},
		price,
		quantity,
	} as const;
	return item;
}
