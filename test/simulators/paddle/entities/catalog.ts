import type { CatalogType, CurrencyCode, TaxCategory, TaxMode } from '@paddle/paddle-node-sdk';
import { invalidField } from '../api/paddle-error';
import type { Simulation } from '../simulation';
import type { CustomData, Price, Product } from '../wire';

export interface ProductInput {
	name: string;
	tax_category: TaxCategory;
	description?: string | null;
	image_url?: string | null;
	custom_data?: CustomData | null;
	type?: CatalogType;
}

export interface PriceInput {
	description: string;
	product_id: string;
	unit_price: { amount: string; currency_code: CurrencyCode };
	name?: string | null;
	billing_cycle?: Price['billing_cycle'];
	trial_period?: { interval: 'day' | 'week' | 'month' | 'year'; frequency: number } | null;
	tax_mode?: TaxMode;
	quantity?: { minimum: number; maximum: number };
	custom_data?: CustomData | null;
	type?: CatalogType;
}

export function createProduct(simulation: Simulation, input: ProductInput): Product {
	const at = simulation.timestamp();
	const product = simulation.store.products.add({
		id: simulation.ids.next('pro'),
		name: input.name,
		type: input.type ?? 'standard',
		description: input.description ?? null,
		tax_category: input.tax_category,
		image_url: input.image_url || null,
		custom_data: input.custom_data ?? null,
		status: 'active',
		created_at: at,
		updated_at: at,
		import_meta: null,
	});
	simulation.events.emit('product.created', product);
	return product;
}

/** @throws PaddleError 400 when the amount is no whole number, 404 for an unknown product */
export function createPrice(
	simulation: Simulation,
	input: PriceInput,
	field = 'unit_price.amount',
): Price {
	checkAmount(input.unit_price.amount, field);
	const product = simulation.store.products.get(input.product_id);
	const at = simulation.timestamp();
	const price = simulation.store.prices.add({
		id: simulation.ids.next('pri'),
		product_id: product.id,
		description: input.description,
		type: input.type ?? 'standard',
		name: input.name ?? null,
		billing_cycle: input.billing_cycle ?? null,
		trial_period: input.trial_period
			? { ...input.trial_period, requires_payment_method: true }
			: null,
		tax_mode: input.tax_mode ?? 'account_setting',
		unit_price: input.unit_price,
		unit_price_overrides: [],
		quantity: input.quantity ?? { minimum: 1, maximum: 100 },
		status: 'active',
		custom_data: input.custom_data ?? null,
		created_at: at,
		updated_at: at,
		import_meta: null,
	});
	simulation.events.emit('price.created', price);
	return price;
}

/** Money is a string, "this value must be a valid integer"; at most 15 digits fit here. */
export function checkAmount(amount: string, field: string): void {
	if (/^\d{1,15}$/.test(amount)) return;
	throw invalidField({ field, message: 'must be a valid integer in the lowest denomination' });
}
