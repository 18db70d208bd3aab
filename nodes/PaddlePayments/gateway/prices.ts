import { numberAt, stringAt, type JsonObject } from '../../core/json';
import { formatMoney } from '../../core/money';
import { PaddleApi } from './api';
import type { GatewayContext } from '../../gateways/gateway';
import { paddleMoney } from './transaction-total';

export interface CatalogPrice {
	id: string;
	/** 'Gold, Yearly: 290.00 EUR every year' */
	name: string;
}

/** What the account sells, by name. https://developer.paddle.com/api-reference/prices/list-prices */
export async function catalogPrices(context: GatewayContext): Promise<CatalogPrice[]> {
	const query = [
		['status', 'active'],
		['include', 'product'],
		['per_page', '200'],
	] as const;
	const prices: CatalogPrice[] = [];
	for await (const price of new PaddleApi(context.send).list('/prices', query)) {
		prices.push({ id: stringAt(price, 'id') ?? '', name: nameOf(price) });
	}
	return prices.sort((a, b) => a.name.localeCompare(b.name));
}

function nameOf(price: JsonObject): string {
	const names = [
		stringAt(price, 'product', 'name'),
		stringAt(price, 'name') ?? stringAt(price, 'description'),
	].filter((name) => name !== null);
	const money = paddleMoney(
		stringAt(price, 'unit_price', 'amount') ?? '0',
		stringAt(price, 'unit_price', 'currency_code'),
	);
	return `${names.join(', ')}: ${formatMoney(money)}${cycleOf(price)}`;
}

function cycleOf(price: JsonObject): string {
	const interval = stringAt(price, 'billing_cycle', 'interval');
	if (interval === null) return '';
	const frequency = numberAt(price, 'billing_cycle', 'frequency') ?? 1;
	return frequency === 1 ? ` every ${interval}` : ` every ${frequency} ${interval}s`;
}
