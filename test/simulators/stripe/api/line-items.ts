import { checkCurrency, checkTotal, checkUnitAmount } from '../money';
import { newLineItem, newPrice, newProduct } from '../objects/price';
import type { Simulation } from '../simulation';
import type { LineItem } from '../store';
import type { Price } from '../wire';
import { toMetadata } from './metadata';
import { invalid, parameterMissing } from './stripe-error';

export interface LineItemInput {
	price?: string;
	price_data?: PriceData;
	quantity?: number;
}

export interface PriceData {
	currency: string;
	product?: string;
	product_data?: { name: string; description?: string; metadata?: unknown };
	recurring?: { interval: 'day' | 'week' | 'month' | 'year'; interval_count?: number };
	/** Minor units. */
	unit_amount?: number;
	unit_amount_decimal?: string;
}

const MOST_ITEMS = 20;

/**
 * Turns the `line_items` parameter into line items with real prices and products.
 * @throws StripeError 400 for too many items, mixed currencies, and every rule of money
 */
export function readLineItems(simulation: Simulation, input: LineItemInput[]): LineItem[] {
	if (input.length === 0) throw parameterMissing('line_items');
	if (input.length > MOST_ITEMS) {
		throw invalid(
			`Array line_items exceeded maximum ${MOST_ITEMS} allowed elements.`,
			'line_items',
		);
	}
	const items = input.map((item, index) => readItem(simulation, item, `line_items[${index}]`));
	const [first] = items;
	if (items.some(({ currency }) => currency !== first?.currency)) {
		throw invalid('You cannot use prices with different currencies in line_items.', 'line_items');
	}
	const total = items.reduce((sum, { amount_total }) => sum + amount_total, 0);
	checkTotal(total, first?.currency ?? '', 'line_items', "The Checkout Session's total amount due");
	return items;
}

function readItem(simulation: Simulation, item: LineItemInput, param: string): LineItem {
	const { prices, products } = simulation.store;
	if (item.price !== undefined && item.price_data) {
		throw invalid('You may only specify one of these parameters: price, price_data.', param);
	}
	if (item.price === undefined && !item.price_data) {
		throw invalid('You must specify either `price` or `price_data` for each line item.', param);
	}
	const quantity = item.quantity ?? 1;
	if (quantity < 1) {
		throw invalid(
			'This value must be greater than or equal to 1.',
			`${param}[quantity]`,
			'parameter_invalid_integer',
		);
	}
	const price = item.price_data
		? makePrice(simulation, item.price_data, `${param}[price_data]`)
		: prices.get(item.price ?? '', `${param}[price]`);
	return newLineItem(price, quantity, products.get(price.product).name);
}

/** A price, and its product when it comes with `product_data`. @throws StripeError 400 */
export function makePrice(simulation: Simulation, data: PriceData, prefix: string): Price {
	const { prices } = simulation.store;
	const param = (name: string): string => (prefix ? `${prefix}[${name}]` : name);
	checkCurrency(data.currency, param('currency'));
	const unitAmount = readAmount(data, param);
	checkUnitAmount(unitAmount, data.currency, param('unit_amount'));
	return prices.add(
		newPrice(simulation, {
			currency: data.currency,
			unitAmount,
			productId: readProduct(simulation, data, param),
			recurring: data.recurring,
		}),
	);
}

function readAmount(data: PriceData, param: (name: string) => string): number {
	if (data.unit_amount !== undefined) return data.unit_amount;
	if (data.unit_amount_decimal === undefined) throw parameterMissing(param('unit_amount'));
	const amount = Number(data.unit_amount_decimal);
	if (data.unit_amount_decimal === '' || !Number.isFinite(amount)) {
		throw invalid('Invalid decimal', param('unit_amount_decimal'));
	}
	return Math.round(amount);
}

function readProduct(
	simulation: Simulation,
	data: PriceData,
	param: (name: string) => string,
): string {
	const { products } = simulation.store;
	if (data.product !== undefined) return products.get(data.product, param('product')).id;
	if (!data.product_data) throw parameterMissing(param('product_data'));
	const { name, description, metadata } = data.product_data;
	for (const [key, value] of Object.entries({ name, description })) {
		if (value !== '') continue;
		throw invalid(
			`You passed an empty string for '${param('product_data')}[${key}]'. We assume empty values are an attempt to unset a parameter; however '${key}' cannot be unset. You should remove '${key}' from your request or supply a non-empty value.`,
			`${param('product_data')}[${key}]`,
			'parameter_invalid_empty',
		);
	}
	const product = newProduct(simulation, {
		name,
		description,
		metadata: toMetadata(metadata as Parameters<typeof toMetadata>[0]),
	});
	return products.add(product).id;
}
